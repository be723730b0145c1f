"""What the system keeps away from a confined process, each of its lines by itself: no hook of Python's is set here."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.contract.text import LANGUAGES
from engine.sandbox.confinement import CALLS, FILES, SEATBELT, WINDOWS, expected
from engine.sandbox.lacking import what_is_not_held
from tests.attack.hostile_code import DEEDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps it away so")
ROOT = Path(__file__).resolve().parents[3]
_ENDING = (
    "an answer on the pipe", "an end without a word", "a kill of itself", "a stop of itself", "a flood on the pipes",
)  # fmt: skip
"""What a process may do to itself and to its own pipes."""
_HARMLESS = (
    "a thread that stays", "an engine", "an exercise", "an audit hook gone", "leave the limits",
    "write as if it were text that lies",
)  # fmt: skip
"""Of these one ends with its process, and the others are the hook's, or said by other deeds."""
_OF_FILES = [name for name in DEEDS if name.startswith(("read a file", "list", "scan", "write", "empty", "shorten",
             "delete", "rename", "make")) and name not in _HARMLESS]  # fmt: skip
_SCRIPT = """
import sys
sys.path[:0] = json_given["paths"]
import os, io, socket, subprocess, ctypes, signal, resource, mmap, time, _thread, _posixsubprocess, _posixshmem
import numpy as np
import numpy.random, numpy.linalg, numpy.lib.format
from engine.sandbox import landlock, seccomp
home, port, mark, answer = json_given["home"], json_given["port"], json_given["mark"], b""
get = __import__
held = []
if "files" in json_given["lines"]:
    held.append(landlock.restrict_files(json_given["readable"]))
if "calls" in json_given["lines"]:
    held.append(seccomp.restrict_calls(bool(json_given["readable"]), (1, 2)))
print(json.dumps(held), flush=True)
for name, deed in json_given["deeds"].items():
    room = dict(globals())
    before = os.getpid()
    try:
        exec(deed, room)
        said = "done"
    except BaseException as error:
        said = type(error).__name__
    if os.getpid() != before:
        os._exit(0)
    print(json.dumps([name, said]), flush=True)
"""


def _tried(
    lines: list[str], deeds: dict[str, str], home: Path, readable: list[str], port: int = 9, prepared: str = ""
) -> dict[str, str]:
    """What came of each deed in one process that is confined by these lines alone."""
    given = {"paths": [str(ROOT), str(Path(np.__file__).parents[1])], "home": str(home), "port": port,
             "mark": f"layerwise-{home.name}", "lines": lines, "deeds": deeds, "readable": readable}  # fmt: skip
    script = f"import json\njson_given = json.loads({json.dumps(given)!r})\n{prepared}\n{_SCRIPT}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=60, cwd="/")
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert said and all(said[0]), f"not held: {said} {done.stderr}"
    return dict(said[1:])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with something to be read, and to be left as it is."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "link").symlink_to("goal")
    return tmp_path


def _is_untouched(home: Path) -> bool:
    return (
        sorted(one.name for one in home.iterdir()) == ["link", "secret.txt"]
        and (home / "secret.txt").read_text() == "secret"
    )


def test_the_filter_of_calls_alone_refuses_every_deed(home: Path) -> None:
    deeds = {name: deed for name, deed in DEEDS.items() if name not in (*_ENDING, *_HARMLESS)}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        said = _tried([CALLS], deeds, home, [], listener.getsockname()[1])
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert said.keys() == deeds.keys()
    quiet = {"a trace of the parent", "a system call", "system"}  # what C tells by its value
    assert {name for name, came in said.items() if came == "done"} <= quiet, said
    assert _is_untouched(home)


def test_landlock_alone_keeps_all_files_away(home: Path) -> None:
    said = _tried([FILES], {name: DEEDS[name] for name in _OF_FILES}, home, [])
    assert set(said.values()) <= {"PermissionError", "FileNotFoundError"}, said
    assert _is_untouched(home)


@pytest.mark.parametrize("lines", [[FILES], [FILES, CALLS]])
def test_what_is_readable_can_be_read_and_nothing_else_and_nothing_be_written(home: Path, lines: list[str]) -> None:
    lent = home / "lent"
    lent.mkdir()
    (lent / "table.csv").write_text("1,2", encoding="utf-8")
    reading = {
        "its own": "assert open(home + '/lent/table.csv').read() == '1,2'",
        "its folder": "assert os.listdir(home + '/lent') == ['table.csv']",
        "another": "open(home + '/secret.txt')",
        "by a way around": "open(home + '/lent/../secret.txt')",
        "writing": "open(home + '/lent/new', 'w')",
        "appending": "open(home + '/lent/table.csv', 'a')",
    }
    said = _tried(lines, reading, home, [str(lent)])
    assert [said[name] for name in ("its own", "its folder")] == ["done", "done"], said
    assert {said[name] for name in ("another", "by a way around", "writing", "appending")} == {"PermissionError"}, said


def test_nothing_is_written_but_to_the_pipes_that_are_named(home: Path) -> None:
    deeds = {
        "another pipe": "os.write(json_given['other'][1], b'x')",
        "by another number": "os.dup2(json_given['other'][1], 1)",
        "by the next number": "get('fcntl').fcntl(json_given['other'][1], 0)",
    }
    script_given = "json_given['other'] = __import__('os').pipe(); "
    said = _tried([CALLS], deeds, home, [], prepared=script_given)
    assert set(said.values()) == {"PermissionError"}, said


def test_what_learners_need_works(home: Path) -> None:
    needed = {
        "linear algebra": "a = np.random.rand(300, 300); np.linalg.inv(a) @ a; np.linalg.svd(a)",
        "threads": "import threading; t = threading.Thread(target=print); t.start(); t.join()",
        "chance": "np.random.rand(3); np.random.seed(1); import random; random.random()",
        "print": "print('x' * 1000, flush=True)",
        "sleep": "time.sleep(0.01)",
        "time": "time.time(); time.perf_counter()",
        "memory": "[np.zeros(10**6) for _ in range(50)]",
        "a signal to itself": "signal.signal(signal.SIGUSR1, signal.SIG_IGN); os.kill(os.getpid(), signal.SIGUSR1)",
    }
    assert set(_tried([FILES, CALLS], needed, home, []).values()) == {"done"}


def test_linear_algebra_works_with_threads_of_its_own(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    script = (
        "import os, sys; threads = os.environ['OPENBLAS_NUM_THREADS']\n"
        f"sys.path[:0] = {[str(ROOT), str(Path(np.__file__).parents[1])]!r}\n"
        "import numpy as np, numpy.random\n"
        "from engine.sandbox import landlock, seccomp\n"
        "assert landlock.restrict_files([]) and seccomp.restrict_calls(False, (1, 2))\n"
        "a = np.random.default_rng(0).normal(size=(600, 600)); print(threads, abs(np.linalg.inv(a) @ a).sum() > 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=60)
    assert done.stdout.split() == ["2", "True"], done.stderr


def test_a_process_ends_with_the_one_that_started_it() -> None:
    inner = (
        f"import sys, time; sys.path.insert(0, {str(ROOT)!r})\n"
        "from engine.sandbox.confinement import die_with_parent\n"
        "die_with_parent(); print('here', flush=True)\n"
        "for _ in range(600): time.sleep(0.1)"
    )
    outer = (
        "import subprocess, sys, os, signal\n"
        f"child = subprocess.Popen([sys.executable, '-c', {inner!r}], stdout=subprocess.PIPE)\n"
        "child.stdout.readline(); print(child.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # The child holds the second pipe too: there is an end of it once both have ended, and 60 s later by itself.
        began = time.monotonic()
        process.communicate()
    assert time.monotonic() - began < 30


def test_each_system_says_what_has_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert expected() == {CALLS, FILES}
    monkeypatch.setattr(sys, "platform", "darwin")
    assert expected() == {SEATBELT}
    for lacks in ([CALLS], [FILES, CALLS], [SEATBELT], [WINDOWS]):
        for language in LANGUAGES:
            assert len(what_is_not_held(lacks).render(language)) > 30
