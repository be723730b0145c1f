"""Reads and writes the learner's code as a file: it names its exercise, and has checks that need only NumPy."""

from __future__ import annotations

import ast
import inspect
import pprint
import textwrap
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine.contract.text import Refused, Text, path_words, shortened
from engine.data.plain_file import Unreadable, read_plain_file
from engine.data.python_text import python_text
from engine.exercises import default_stage, ids, load_exercise
from engine.exercises.exercise import LONGEST_SOURCE, Exercise, inputs_of

_MARK = "# Layerwise exercise: "
_CHECKS = "# --- Its checks; `python3 FILE.py` runs them, and Layerwise leaves them out. ---"
_NOT_READ = Text("{path} cannot be read: {reason}.")
_NO_EXERCISE = Text("{path} names no exercise: its first line has to be “{mark}ID”.")
_TOO_LONG = Text("{path} has {size} characters; at most {most} are checked.")
_RUN = """

def _apart(got, wanted, tolerance, whole):
    if whole and not isinstance(got, (int, np.integer)):
        return "is no int, but of the type %s" % type(got).__name__
    got, wanted = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)
    if got.shape != wanted.shape:
        return "has the shape %s, wanted is %s" % (got.shape, wanted.shape)
    near = np.abs(got - wanted) <= tolerance * np.maximum(1.0, np.abs(wanted))
    places = np.argwhere(~(near | (got == wanted) | (np.isnan(got) & np.isnan(wanted))))
    if not len(places):
        return ""
    place = tuple(int(one) for one in places[0])
    return "%s: yours %g, expected %g" % (list(place), got[place], wanted[place])


def _check():
    for words, inputs, expected, tolerance, whole in CHECKS:
        made = {name: np.array(value) if isinstance(value, list) else value for name, value in inputs.items()}
        for name, got in _use(NAME, **made):
            if name in expected:
                apart = _apart(got, expected[name], tolerance, whole)
                if apart:
                    raise SystemExit("x %s. %s %s" % (words, name, apart))
        code = sys.stdout.encoding or "utf-8"
        print("ok", words.encode(code, "replace").decode(code))


if __name__ == "__main__":
    import sys

    _check()
"""


def file_of(exercise: Exercise, source: str, language: str) -> str:
    """The text of a file with the learner's code and, if NumPy suffices for them, checks that run on their own."""
    head = f"{_MARK}{exercise.id}\n# {exercise.heading.render(language)}\n\nimport numpy as np\n\n\n"
    body = source.rstrip() + "\n"
    checks = _checks_of(exercise, language)
    return head + body + (f"\n\n{_CHECKS}\n\n{checks}" if checks else "")


class SourceFile(NamedTuple):
    """What a file with the learner's code contains: its exercise, the code, and the line where the code begins."""

    exercise: Exercise
    source: str
    begins: int

    @property
    def in_its_lines(self) -> str:
        """The code preceded by empty lines, so that its line numbers are those of the file."""
        return "\n" * (self.begins - 1) + self.source


def read_source_file(path: Path) -> SourceFile:
    """Reads the learner's code from a file; the exercise is named in its first line or by the file's name.

    ``Refused`` for a file that cannot be read, names no exercise, or is too long. Its code is not run.
    """
    text = read_code(path)
    first = text.partition("\n")[0]
    if first.startswith(_MARK):
        exercise = load_exercise(first.removeprefix(_MARK).strip())
    else:
        try:
            exercise = load_exercise(path.stem)
        except Refused:
            raise Refused(_NO_EXERCISE(path=shortened(str(path)), mark=_MARK)) from None
    lines = text.partition(_CHECKS)[0].split("\n")
    above = next((number for number, line in enumerate(lines) if not _is_head(line)), len(lines))
    source = "\n".join(lines[above:]).rstrip() + "\n"
    refuse_long(path, source)
    return SourceFile(exercise, source, above + 1)


def names_exercise(path: Path, text: str) -> bool:
    """Whether a file names an exercise in its first line or by its file name."""
    return text.startswith(_MARK) or path.stem in ids()


def read_code(path: Path) -> str:
    """The text of a source file; ``Refused`` if it cannot be read, or is no Python text."""
    try:
        return python_text(read_plain_file(path, 4 * LONGEST_SOURCE))
    except Unreadable as error:
        raise Refused(_NOT_READ(path=path_words(path), reason=error.reason)) from None
    except Refused as refusal:
        raise Refused(_NOT_READ(path=path_words(path), reason=refusal.text)) from None


def refuse_long(path: Path, source: str) -> None:
    """Raises ``Refused`` if the source is longer than ``LONGEST_SOURCE``."""
    if len(source) > LONGEST_SOURCE:
        raise Refused(_TOO_LONG(path=shortened(str(path)), size=len(source), most=LONGEST_SOURCE))


def _is_head(line: str) -> bool:
    """Whether a line above the code belongs to the header that the program writes, not to the learner's code."""
    return not line.strip() or line.startswith("#") or line.strip() == "import numpy as np"


def _checks_of(exercise: Exercise, language: str) -> str:
    """The checks as Python source, data and the code that runs them; "" if they need more than NumPy."""
    if set(inspect.getclosurevars(exercise.use).globals) - {"np"}:
        return ""
    use = _plain_source(exercise.use)
    rows = []
    for check in exercise.checks:
        inputs = inputs_of(check, default_stage(exercise) if check.inputs is None else None)
        if exercise.given() or any(callable(value) for value in inputs.values()):
            return ""
        plain = {name: _plain(value) for name, value in inputs.items()}
        made = dict(exercise.use(exercise.reference, **inputs_of(check, plain if check.inputs is None else None)))
        wanted = {name: _plain(made[name]) for name in check.quantities or made}
        rows.append((check.words.render(language), plain, wanted, check.tolerance, check.whole))
    data = pprint.pformat(rows, width=116, compact=True, sort_dicts=False)
    return f"NAME = {exercise.name}\nCHECKS = {data}\n\n\n{use}{_RUN}"


def _plain_source(use: Any) -> str:
    """The source of the exercise's function ``use``, renamed to ``_use`` and without annotations."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(use)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    function.name = "_use"
    return ast.unparse(tree) + "\n"


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value
