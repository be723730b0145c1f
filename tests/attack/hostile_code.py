"""Wrong programs for an exercise that do, before they answer, what no program of a learner's should be able to do."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator

# How foreign code gets at modules that it cannot import: each makes ``get(name)``.
WAYS = {
    "import": "def get(name):\n    return __import__(name)",
    "the real import": "def get(name):\n    return np.linalg.__builtins__['__import__'](name)",
    "exec in a module of NumPy": (
        "def get(name):\n    room = dict(vars(np.linalg))\n    exec('import ' + name + ' as found', room)\n"
        "    return room['found']"
    ),
    "sys.modules": (
        "def get(name):\n    import typing\n    modules = typing.sys.modules\n"
        "    return modules.get(name) or modules['importlib'].import_module(name)"
    ),
    "subclasses": (
        "def get(name):\n    for one in ().__class__.__base__.__subclasses__():\n"
        "        if one.__name__ == '_wrap_close':\n            return one.__init__.__globals__['sys'].modules[name]\n"
        "    raise LookupError(name)"
    ),
    "the loader of built-in modules": (
        "def get(name):\n    import typing\n    importlib = typing.sys.modules['_frozen_importlib']\n"
        "    name = {'os': 'posix', 'socket': '_socket', 'subprocess': '_posixsubprocess'}.get(name, name)\n"
        "    return importlib.BuiltinImporter.load_module(name)"
    ),
}

# What it does then; ``home``, ``port`` and ``mark`` are of the attack. What it learns it prints.
DEEDS = {
    "read a file": "print(get('io').open(home + '/secret.txt').read())",
    "read a file by its number": "os = get('os'); print(os.read(os.open(home + '/secret.txt', 0), 99))",
    "read a file as code": "print(get('io').open_code(home + '/secret.txt').read())",
    "read a file by NumPy": "print(bytes(np.fromfile(home + '/secret.txt', np.uint8)))",
    "read a file by a map": "print(bytes(np.memmap(home + '/secret.txt', np.uint8, 'r')))",
    "read a file by loadtxt": "print(np.loadtxt(home + '/secret.txt', dtype=str))",
    "list a folder": "print(get('os').listdir(home))",
    "scan a folder": "print([one.name for one in get('os').scandir(home)])",
    "read a link": "print(get('os').readlink(home + '/link'))",
    "read an attribute": "print(get('os').getxattr(home + '/secret.txt', 'user.secret'))",
    "write a file": "get('io').open(home + '/new', 'w').write('x')",
    "write a file that ends in .py": (
        "os = get('os'); os.write(os.open(home + '/new.py', os.O_CREAT | os.O_WRONLY), b'x')"
    ),
    "write as if it were text that lies": (
        "class Name(str):\n    def endswith(self, *_): return True\n    def startswith(self, *_): return True\n"
        "get('io').open(Name(home + '/new'), 'w').write('x')"
    ),
    "write by NumPy": "np.save(home + '/new', np.zeros(3))",
    "write by tofile": "np.zeros(3).tofile(home + '/new')",
    "empty a file": "os = get('os'); os.open(home + '/secret.txt', os.O_TRUNC | os.O_WRONLY)",
    "shorten a file": "get('os').truncate(home + '/secret.txt', 1)",
    "delete a file": "get('os').unlink(home + '/secret.txt')",
    "rename a file": "get('os').rename(home + '/secret.txt', home + '/new')",
    "make a folder": "get('os').mkdir(home + '/new')",
    "make a pipe": "get('os').mkfifo(home + '/new')",
    "make a node": "get('os').mknod(home + '/new')",
    "make a link": "get('os').symlink('/', home + '/new')",
    "make a hard link": "get('os').link(home + '/secret.txt', home + '/new')",
    "change rights": "get('os').chmod(home + '/secret.txt', 0)",
    "change times": "get('os').utime(home + '/secret.txt', (1, 1))",
    "set an attribute": "get('os').setxattr(home + '/secret.txt', 'user.new', b'x')",
    "shared memory": "get('_posixshmem').shm_open('/' + mark, 66, 0o600)",
    "connect": "s = get('socket').socket(); s.connect(('127.0.0.1', port))",
    "send a datagram": "k = get('socket'); k.socket(k.AF_INET, k.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', port))",
    "a raw socket": "get('_socket').socket().connect(('127.0.0.1', port))",
    "system": "get('os').system('touch ' + home + '/new')",
    "a program": "get('subprocess').Popen(['/bin/touch', home + '/new'])",
    "spawn": "get('os').posix_spawn('/bin/touch', ['touch', home + '/new'], {})",
    "fork and exec in C": (
        "get('_posixsubprocess').fork_exec([b'/bin/touch', home.encode() + b'/new'], [b'/bin/touch'], True, (), None, "
        "None, -1, -1, -1, -1, -1, -1, -1, -1, True, True, -1, None, None, None, -1, None, False)"
    ),
    "become another program": "get('os').execv('/bin/touch', ['touch', home + '/new'])",
    "fork and stay": "os = get('os')\nif os.fork() == 0:\n    os.setsid()\n    get('time').sleep(30)",
    "two forks": (
        "os = get('os')\nif os.fork() == 0:\n    if os.fork() == 0:\n"
        "        os.setsid()\n        get('time').sleep(30)"
    ),
    "a thread that stays": "get('_thread').start_new_thread(get('time').sleep, (30,))",
    "kill the parent": "os = get('os'); os.kill(os.getppid(), 9)",
    "kill the group": "os = get('os'); os.kill(0, 9)",
    "stop the parent": "os = get('os'); os.kill(os.getppid(), 19)",
    "signal by a handle": "os = get('os'); get('signal').pidfd_send_signal(os.pidfd_open(os.getppid()), 9)",
    "a trace of the parent": "get('ctypes').CDLL(None).ptrace(16, get('os').getppid(), 0, 0)",
    "a system call": "print(get('ctypes').CDLL(None).syscall(2, (home + '/new').encode(), 66, 0o600))",
    "its own memory": "print(get('io').open('/proc/self/mem', 'rb'))",
    "the parent's environment": "print(get('io').open('/proc/%d/environ' % get('os').getppid()).read())",
    "leave the limits": "r = get('resource'); r.setrlimit(r.RLIMIT_AS, (-1, -1)); np.zeros(5 * 10**9)[::512] = 1",
    "an answer on the pipe": (
        "os = get('os')\nfor pipe in range(10):\n"
        "    try: os.write(pipe, answer)\n    except Exception: pass\nos._exit(0)"
    ),
    "an end without a word": "get('os')._exit(0)",
    "a kill of itself": "os = get('os'); os.kill(os.getpid(), 9)",
    "a stop of itself": "os = get('os'); os.kill(os.getpid(), 19)",
    "a flood on the pipes": (
        "os = get('os')\nfor pipe in range(10):\n"
        "    try: os.write(pipe, b'x' * 10**8)\n    except Exception: pass"
    ),
    "an engine": "print(get('engine.nn.layers'))",
    "an exercise": "print(get('engine.exercises').load_exercise(mark))",
    "an audit hook gone": (
        "get('sys').addaudithook(lambda *_: None); print(get('io').open(home + '/secret.txt').read())"
    ),
}  # fmt: skip

# How a wrong answer tries to count as right without leaving its process.
TRICKS = {
    "argwhere": "np.argwhere = lambda *_: []",
    "abs": "np.abs = np.absolute = lambda x: np.zeros_like(x)",
    "asarray": "np.asarray = lambda x, *a, **k: np.zeros(1)",
    "array_equal": "np.array_equal = lambda *_: True",
    "isnan": "np.isnan = lambda x: np.ones_like(x, bool)",
    "allclose": "np.allclose = lambda *a, **k: True",
    "maximum": "np.maximum = lambda *a, **k: np.full(1, np.inf)",
    "shape": "np.shape = lambda x: ()",
    "json": "import typing; typing.sys.modules['json'].dumps = lambda *a, **k: '{\"steps\": 99}'",
    "the encoder": "import typing; typing.sys.modules['json.encoder'].JSONEncoder.encode = lambda *a: 'null'",
    "the exchange": (
        "import typing\nvalues = typing.sys.modules['engine.sandbox.values']\n"
        "values.Exchange.packed = lambda self, message: b'\\x02\\0\\0\\0{}'"
    ),
    "the serving": (
        "import typing\ncode = typing.sys.modules['engine.sandbox.served_code']\n"
        "code.ServedCode.served = lambda self, message: {'value': None, 'given': None, 'printed': '', 'warned': ()}"
    ),
    "gives its input back": "Right = type('Right', (), {'__call__': lambda self, x: x}); globals()[name] = Right()",
    "an equal that lies": (
        "class Same(np.ndarray):\n    def __eq__(self, other): return np.ones(self.shape, bool)\n"
        "    def __sub__(self, other): return np.zeros(self.shape)\n"
        "globals()[name] = lambda *a, **k: np.zeros((1,)).view(Same)"
    ),
    "a float that lies": (
        "class Same(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0.0\n"
        "    __rsub__ = __sub__\n    def __hash__(self): return 0\nglobals()[name] = lambda *a, **k: Same(7)"
    ),
    "frames": (
        "def look(*given, **named):\n    import typing\n    frame = typing.sys._getframe()\n    while frame:\n"
        "        for value in frame.f_locals.values():\n            if isinstance(value, dict) and 'wanted' in value:\n"
        "                return value['wanted']\n"
        "        frame = frame.f_back\n    return 0\nglobals()[name] = look"
    ),
    "the garbage collector": (
        "def look(*given, **named):\n    import typing\n    for one in typing.sys.modules['gc'].get_objects():\n"
        "        if getattr(one, '__name__', '') == '_ours': return one(*given, **named)\n"
        "    return 0\nglobals()[name] = look"
    ),
    "references in modules": (
        "def look(*given, **named):\n    import typing\n    for key, module in list(typing.sys.modules.items()):\n"
        "        if key.startswith('engine.'):\n            for one in ('reference', '_ours', name, 'EXERCISE'):\n"
        "                if hasattr(module, one): return getattr(module, one)(*given, **named)\n"
        "    return 0\nglobals()[name] = look"
    ),
    "an exit of 0": "import typing; typing.sys.modules['atexit'].register(print); raise SystemExit(0)",
    "no number": "globals()[name] = lambda *a, **k: float('nan')",
    "an endless number": "globals()[name] = lambda *a, **k: 10**10**9",
    "a deep list": "deep = []\nfor _ in range(10**5): deep = [deep]\nglobals()[name] = lambda *a, **k: deep",
    "a list of itself": "knot = []; knot.append(knot)\nglobals()[name] = lambda *a, **k: knot",
    "a large array": "globals()[name] = lambda *a, **k: np.zeros(10**7)",
    "a large text": "globals()[name] = lambda *a, **k: 'x' * 10**8",
    "a long dictionary": "globals()[name] = lambda *a, **k: {n: n for n in range(10**6)}",
    "objects": "globals()[name] = lambda *a, **k: np.array([object()], dtype=object)",
    "a stand-in": "globals()[name] = lambda *a, **k: globals()[name]",
    "an error that lies": (
        "class Odd(Exception):\n    def __str__(self): raise Odd()\n    __repr__ = __str__\n"
        "def odd(*a, **k): raise Odd()\nglobals()[name] = odd"
    ),
    "a sequence of escape": "def odd(*a, **k): raise ValueError('\\x1b[2J\\x1b]0;x\\x07')\nglobals()[name] = odd",
    "warnings": (
        "def odd(*a, **k):\n    for _ in range(10**4): np.log(np.zeros(1))\n    return 0\nglobals()[name] = odd"
    ),
    "a flood of print": "print('x' * 10**9)",
    "recursion": "def odd(*a, **k): return odd(*a, **k)\nglobals()[name] = odd",
    "memory": "globals()[name] = lambda *a, **k: np.ones(10**10)",
    "lists of memory": "globals()[name] = lambda *a, **k: [0] * 10**10",
    "a loop": "while True: pass",
    "a call that holds the interpreter": "10**10**9",
}  # fmt: skip


def hostile_sources(
    name: str, home: str, port: int, mark: str, answer: bytes, wrong: str = "0"
) -> Iterator[tuple[str, str]]:
    """Every such program for an exercise whose function or class has this ``name``, with what it is called; it gives
    back what is ``wrong``.
    """
    head = f"home, port, mark, name, answer = {home!r}, {port!r}, {mark!r}, {name!r}, {answer!r}\n"
    answering = f"def {name}(*given, **named):\n    return {wrong}\n"
    for (way, get), (deed, does) in itertools.product(WAYS.items(), DEEDS.items()):
        # As its source is read; and when it is called, by the one way in two that is not the first.
        yield f"{deed}, by {way}", f"{head}{get}\n{answering}{does}\n"
        if way == "the real import":
            inside = textwrap.indent(does, "    ")
            yield f"{deed}, in a call", f"{head}{get}\ndef {name}(*given, **named):\n{inside}\n    return {wrong}\n"
    for trick, does in TRICKS.items():
        yield f"trick: {trick}", f"{head}{answering}{does}\n"
