"""Code of every bad kind gets one clear sentence within seconds, and leaves no process, no file, no thread."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from engine.exercises import default_stage, load_exercise
from engine.exercises.elsewhere import Checking
from engine.exercises.sentences import sentence_of, step_words
from engine.exercises.verdict import Verdict, read_verdict

EXERCISE = load_exercise("affine")
COUNT = len(step_words(EXERCISE))
RIGHT = (Path(__file__).parent / "answers" / "affine.py").read_text(encoding="utf-8")
_LONGEST = 5.0


def judged(source: str) -> Verdict:
    """The verdict from a process of its own."""
    return Checking(EXERCISE, source, default_stage(EXERCISE)).verdict()


def _in_forward(line: str) -> str:
    return RIGHT.replace("        self.shape = x.shape\n", f"        {line}\n        self.shape = x.shape\n")


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
    "words": (_in_forward("return np.full((2, 2), 'a')"), "type", None),
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
    "a fork": (_in_forward("np.linalg.__builtins__['__import__']('os').fork()"), "forbidden", 7),
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
    assert "workbench.py" not in subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True).stdout
    if kind is None:
        assert verdict.is_right and len(verdict.printed) == 2_000
        return
    assert verdict.failure is not None and (verdict.failure.kind, verdict.failure.line) == (kind, line), verdict
    for language in ("en", "zh_CN"):
        assert 5 < len(sentence_of(verdict.failure, EXERCISE).render(language)) < 700


def test_what_was_written_into_is_told_with_the_number_that_came_in_and_the_one_it_is_now():
    failure = judged(BAD["writes into x"][0]).failure
    assert failure is not None
    assert (failure.quantity, failure.place, failure.expected, failure.yours) == ("x", (0, 0), 1.0, 0.0)


def test_a_check_that_is_cancelled_ends_at_once():
    checking = Checking(EXERCISE, _in_forward("while True: pass"), default_stage(EXERCISE))
    checking.cancel()
    began = time.monotonic()
    assert not checking.verdict().is_right
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "said",
    [None, [], {}, {"steps": "1"}, {"steps": 1, "failure": {"kind": "no such"}}, {"steps": 1, "printed": 3},
     {"steps": 1, "failure": {"kind": "value", "place": ["a"]}}, {"steps": 1, "failure": {"kind": "value", "line": -1}},
     {"steps": 1, "failure": {"kind": "value", "words": "x" * 3000}}],
)  # fmt: skip
def test_what_is_no_verdict_is_not_taken_for_one(said):
    with pytest.raises(ValueError, match=r"is|text"):
        read_verdict(said, COUNT)


def test_a_verdict_comes_back_as_it_was():
    verdict = judged(RIGHT.replace("axis=0", "axis=1"))
    assert read_verdict(verdict.to_json(), COUNT) == verdict
    assert verdict.failure is not None and verdict.failure.quantity == "db"
