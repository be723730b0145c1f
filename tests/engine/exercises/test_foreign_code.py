"""Code of every bad kind gets one clear sentence within seconds, and leaves no process, no file, no thread."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from engine.contract.language import LANGUAGES
from engine.exercises import default_stage, load_exercise
from engine.exercises.checking import Checking
from engine.exercises.sentences import sentence_of, step_words
from engine.exercises.verdict import Verdict
from engine.sandbox.cancellable import Cancelled
from tests.attack.hostile_code import TRICKS, hostile_sources

EXERCISE = load_exercise("affine")
COUNT = len(step_words(EXERCISE))
RIGHT = load_exercise("affine").plain_source
_LONGEST = 5.0


def judged(source: str) -> Verdict:
    """The verdict from a process of its own."""
    return Checking(EXERCISE, source, default_stage(EXERCISE)).verdict()


def _in_forward(line: str) -> str:
    first = "        self.original_x_shape = x.shape\n"
    return RIGHT.replace(first, f"        {line}\n{first}")


BAD = {
    "nothing": ("", "missing", None),
    "a bracket": ("class Affine(:\n  pass", "syntax", 1),
    "a Chinese comma": ("x = (1，2)", "syntax", 1),
    "no colon": ("class Affine\n    pass", "syntax", 1),
    "a null": ("x = '\0'", "syntax", None),
    "returns None": (_in_forward("return None"), "nothing", None),
    "returns a list": (_in_forward("return [[1.0, 2.0], [3.0, 4.0]]"), "type", None),
    "another shape": (_in_forward("return np.zeros((2, 3))"), "shape", None),
    "not a number": (RIGHT.replace("np.dot(self.x, self.W)", "np.nan * np.dot(self.x, self.W)"), "value", None),
    "words": (_in_forward("return np.full((4, 2), 'a')"), "type", None),
    "raises": (_in_forward("1 / 0"), "raised", 7),
    "a long loop": (_in_forward("while True: pass"), "endless", 7),
    "a sleep of NumPy's": (_in_forward("10 ** 10 ** 9"), "endless", 7),
    "prints": (_in_forward("print('x' * 10**7)"), None, None),
    "an import": ("import os", "forbidden", 1),
    "an import of ctypes": (_in_forward("import ctypes"), "forbidden", 7),
    "exit": (_in_forward("exit()"), "forbidden", 7),
    "a raised exit": (_in_forward("raise SystemExit"), "forbidden", 7),
    "a file": (_in_forward("open('a', 'w')"), "forbidden", 7),
    "a file of NumPy's": (_in_forward("np.save('a', x)"), "forbidden", 7),
    "a thread": (_in_forward("__builtins__['__import__']('threading').Thread(target=print).start()"), "forbidden", 7),
    "recursion": (_in_forward("return self.forward(x)"), "raised", 7),
    "greed": (_in_forward("np.zeros(5 * 10**9)"), "memory", 7),
    "a list of greed": (_in_forward("[0] * 10**10"), "memory", 7),
    "a fork": (
        _in_forward("np.linalg.__builtins__['__import__']('os').fork()"),
        "forbidden" if hasattr(os, "fork") else "raised",
        7,
    ),
    "a program": (_in_forward("np.linalg.__builtins__['__import__']('os').system('touch /tmp/x')"), "forbidden", 7),
    "writes into x": (_in_forward("x[0] = 0"), "changed", None),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_code_gets_one_sentence_soon_and_leaves_nothing(name, tmp_path, monkeypatch):
    source, kind, line = BAD[name]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    began = time.monotonic()
    verdict = judged(source)
    took = time.monotonic() - began
    assert took < _LONGEST * 3, f"{took:.1f} s"  # five on a quiet machine; the process has 3.5 to live
    assert list(tmp_path.iterdir()) == []
    if sys.platform != "win32":  # which has no such command
        ours = subprocess.run(["ps", "-o", "args", "--ppid", f"{os.getpid()}"], capture_output=True, text=True).stdout
        assert "sandbox/executor.py" not in ours
    if kind is None:
        assert verdict.is_right and len(verdict.printed) == 2_000
        return
    assert verdict.failure is not None and (verdict.failure.kind, verdict.failure.line) == (kind, line), verdict
    for language in LANGUAGES:
        assert 5 < len(sentence_of(verdict.failure, EXERCISE).render(language)) < 700


def test_what_was_written_into_is_told_with_the_number_that_came_in_and_the_one_it_is_now():
    failure = judged(BAD["writes into x"][0]).failure
    assert failure is not None
    assert (failure.quantity, failure.place, failure.expected, failure.yours) == ("x", (0, 0), 1.0, 0.0)


def test_a_number_that_is_told_stays_told_where_later_checks_that_tell_mistakes_apart_never_end():
    exercise = load_exercise("three_layers")
    source = """
def forward(network, x):
    while x.ndim == 2:
        pass
    for number in "123":
        x = np.dot(x, network["W" + number]) + network["b" + number]
    return x
"""
    failure = Checking(exercise, source, default_stage(exercise)).verdict().failure
    assert failure is not None and (failure.kind, failure.mistakes) == ("value", ())


def test_a_check_that_is_cancelled_ends_at_once():
    checking = Checking(EXERCISE, _in_forward("while True: pass"), default_stage(EXERCISE))
    checking.cancel()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        checking.verdict()
    assert time.monotonic() - began < 1


RELU = load_exercise("relu_function")
_LONGEST_SAID = 2_500


def _verdict_of(source: str) -> Verdict:
    return Checking(RELU, source, default_stage(RELU)).verdict()


_EVERY_DAY = (
    "argwhere", "asarray", "isnan", "the exchange", "the serving", "frames", "references in modules", "a deep list",
    "a list of itself", "a large array", "objects", "an error that lies", "a sequence of escape",
)  # fmt: skip


@pytest.mark.parametrize(
    "trick", [pytest.param(name, marks=[pytest.mark.whole] * (name not in _EVERY_DAY)) for name in TRICKS]
)
def test_no_trick_makes_a_wrong_answer_right_and_each_gets_one_sentence(trick):
    source = dict(hostile_sources("relu", "/nowhere", 9, "x", b"{}", "given[0] * 0"))[f"trick: {trick}"]
    verdict = _verdict_of(source)
    assert verdict.failure is not None
    said = sentence_of(verdict.failure, RELU).render("en") + verdict.printed
    assert 5 < len(said) < _LONGEST_SAID
    assert all(one.isprintable() or one == "\n" for one in said)


_REACHING = """
get = np.linalg.__builtins__['__import__']
exec('''def relu(x):
    {inside}
    return np.maximum(x, 0)
''', globals())
"""


@pytest.mark.parametrize(
    "inside",
    ["print(get('io').open('HOME/secret').read())", "get('os').unlink('HOME/secret')",
     "get('os').open('HOME/secret', 513)", "get('os').system('touch HOME/new')", "print(get('os').listdir('HOME'))",
     "get('_posixsubprocess').fork_exec", "get('os').mkfifo('HOME/new')"],
)  # fmt: skip
def test_what_one_exec_once_passed_is_refused_with_a_sentence_and_not_counted_right(inside, tmp_path):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    verdict = _verdict_of(_REACHING.format(inside=inside.replace("HOME", tmp_path.as_posix())))
    assert verdict.failure is not None and verdict.failure.kind in ("forbidden", "raised"), verdict
    assert "secret\n" not in verdict.printed and [one.name for one in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").read_text(encoding="utf-8") == "secret"


def test_what_the_engine_knows_is_not_in_the_process_of_foreign_code():
    verdict = _verdict_of(
        "import typing\n"
        "def relu(x):\n"
        "    found = [one for one in typing.sys.modules if one.startswith('engine')]\n"
        "    raise ValueError(','.join(sorted(found)))\n"
    )
    assert verdict.failure is not None
    modules = verdict.failure.words.removeprefix("ValueError: ").split(",")
    assert "engine" in modules
    assert {one.split(".")[1] for one in modules if "." in one} == {"sandbox"}


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [("from numpy import *\ndef relu(x):\n    return maximum(x, 0)", None, ""),
     ("from __future__ import annotations\ndef relu(x: int) -> int:\n    return np.maximum(x, 0)", None, ""),
     ("import random, math\ndef relu(x):\n    random.random()\n    return np.maximum(x, math.floor(0.5))", None, ""),
     ("from collections import OrderedDict\ndef relu(x):\n    return np.maximum(x, len(OrderedDict()))", None, ""),
     ("def relu(x):\n    assert 'my own words' in open(__file__).read()\n    return np.maximum(x, 0)", None, ""),
     ("def relu(x):\n    np.linalg.svd(np.random.rand(200, 200))\n    return np.maximum(x, 0)", None, ""),
     ("import numpy.testing\ndef relu(x):\n    return np.maximum(x, 0)", "forbidden", "numpy.testing"),
     ("class E(Exception):\n    def __str__(self): raise self\ndef relu(x):\n    raise E", "raised", "E"),
     ("def relu(x):\n    raise ValueError('\x1b[31m\x07')", "raised", r"\x1b[31m\x07"),
     ("typing = __import__('typing')\ndef relu(x):\n    os = typing.sys.modules['os']\n    os._exit(0)",
      "ended", ""),
     ("def relu(x):\n    print('x' * 10**8)\n    return x", "value", "")],
)  # fmt: skip
def test_what_is_common_works_and_what_is_odd_is_said_as_what_it_is(source, kind, said):
    verdict = _verdict_of(source)
    assert (None if verdict.failure is None else verdict.failure.kind) == kind, verdict
    if verdict.failure is not None:
        assert said in verdict.failure.words and "/" not in verdict.failure.words


@pytest.mark.parametrize(
    "answers",
    [b"[" * 50_000, b"", b"\xff\xfe\n", b"9" * 200_000, b"\x05\0\0\0" + b"[1, 2", (2**31).to_bytes(4, "little") + b"x",
     b"\x0c\0\0\0\x08\0\0\0" + b"[{},[],[]]"[:8], b'\x2d\0\0\0\x29\0\0\0[{"ready": ["calls", "files"]}, [], [1]]  '],
    ids=range(8),
)  # fmt: skip
def test_whatever_comes_on_the_pipe_of_a_check_becomes_a_verdict(answers, monkeypatch):
    times = max(1, len(answers) // 100)
    program = f"import sys; sys.stdout.buffer.write({answers[:100]!r} * {times}); sys.stdout.flush(); sys.stdin.read()"
    monkeypatch.setattr("engine.sandbox.caller._command", lambda trains: [sys.executable, "-c", program])
    monkeypatch.setattr("engine.sandbox.caller.STARTING", 2.0)
    verdict = judged(RIGHT)
    assert verdict.failure is not None and verdict.failure.kind in ("ended", "endless", "broken") and verdict.steps == 0


def test_a_pipe_that_somebody_keeps_open_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("engine.sandbox.caller.STARTING", 0.5)
    program = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(4)\n    os._exit(0)\ntime.sleep(8)"
    monkeypatch.setattr("engine.sandbox.caller._command", lambda trains: [sys.executable, "-c", program])
    began = time.monotonic()
    assert judged(RIGHT).failure is not None
    assert time.monotonic() - began < 3.5
    for thread in threading.enumerate():  # which still listens, and ends with the pipe
        if thread.name == "complaints":
            thread.join()


def test_a_source_that_is_too_long_is_not_checked_and_says_its_length():
    failure = judged("x" * 60_000).failure
    assert failure is not None and failure.kind == "long"
    assert "60000" in sentence_of(failure, EXERCISE).render("en").replace(",", "")


def test_a_way_back_that_fits_its_own_wrong_pass_forward_only_is_wrong():
    # Right where it was looked at before, and for the differences another function with its own gradient.
    source = RIGHT.replace(
        "np.dot(self.x, self.W) + self.b", "(2 if len(x) == 4 else 1) * (np.dot(self.x, self.W) + self.b)"
    )
    source = source.replace(
        "def backward(self, dout):\n", "def backward(self, dout):\n        dout = (2 if len(dout) == 4 else 1) * dout\n"
    )
    failure = judged(source).failure
    assert failure is not None and failure.kind == "value"


@pytest.mark.parametrize(
    ("exercise_id", "old", "new"),
    [("dropout", "rand(*x.shape)", "rand(10**5, 10**5)"),
     ("convolution", "self.stride, self.pad)", "self.stride, 10**4)"),
     ("gradient_descent", "numerical_gradient(f, x)", "numerical_gradient(f, np.zeros(10**6))")],
)  # fmt: skip
def test_what_is_given_makes_no_more_numbers_than_a_check_needs(exercise_id, old, new):
    source = load_exercise(exercise_id).plain_source
    assert old in source
    exercise = load_exercise(exercise_id)
    failure = Checking(exercise, source.replace(old, new), default_stage(exercise)).verdict().failure
    assert failure is not None and "was asked for" in failure.words and failure.line
