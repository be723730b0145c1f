"""Foreign source made into a function or class: read, run once, and looked up by its name.

It is run in a confined process only (``executor``, ``engine.exercises.at_work``). What Python keeps away here are
accidents, said in a sentence; attacks are kept away by the system.
"""

from __future__ import annotations

import builtins
import io
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.sandbox.audit import Forbidden

FaultKind = Literal["syntax", "missing", "raised", "forbidden", "memory", "endless", "ended", "broken"]
FILE = "<yours"
"""How the name begins that Python gives the source in its traces; the exercise's id follows."""
MODULES = frozenset((
    "numpy", "math", "cmath", "random", "collections", "functools", "itertools", "operator", "copy", "typing",
    "dataclasses", "abc", "enum", "__future__",
))  # fmt: skip
"""What can be imported: numbers, and what Python code is commonly written with."""
_LONGEST_WORDS = 300


@dataclass(frozen=True)
class Fault:
    """Why foreign code came to no result: the line is one of its own, counted from 1; ``words`` are Python's own."""

    kind: FaultKind
    line: int | None = None
    column: int | None = None
    words: str = ""


class Unusable(Exception):
    """The source cannot be read, or is not what was asked for; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


def compiled(source: str, exercise: str = "") -> types.CodeType:
    """The source as code; ``Unusable`` with line and column where Python cannot read it."""
    try:
        return compile(source, f"{FILE} {exercise}>", "exec", dont_inherit=True)
    except SyntaxError as error:
        column = error.offset if error.offset is not None and error.offset > 0 else None
        raise Unusable(Fault("syntax", error.lineno, column, printable(f"{error.msg}"))) from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise Unusable(Fault("syntax", words=printable(f"{error}"))) from None


def made_by(code: types.CodeType, name: str, given: Mapping[str, Any], source: str = "") -> Any:
    """The function or class that the code defines under ``name``; ``Unusable`` where it raises, or defines no such.

    With its ``source`` the code can read its own file, ``__file__``, as text; it can open no other.
    """
    scope: dict[str, Any] = {"__builtins__": _builtins(source), "__name__": "yours", "__file__": "yours.py", "np": np,
                             **given}  # fmt: skip
    try:
        exec(code, scope)
    except BaseException as error:  # whatever it raises, SystemExit too
        raise Unusable(fault_of(error)) from None
    written = scope.get(name)
    if not callable(written) or written is given.get(name):
        raise Unusable(Fault("missing", words=name))
    return written


def is_learners(code: types.CodeType) -> bool:
    """Whether a piece of code was made of foreign source."""
    return code.co_filename.startswith(FILE)


def exercise_of(code: types.CodeType) -> str:
    """The id of the exercise that the code was written for."""
    return code.co_filename.removeprefix(FILE).strip(" >")


def line_of(error: BaseException) -> int | None:
    """The line of the foreign code that an exception came from, the innermost one; one that came of a function that was
    given, called in another process, carries its line along as ``foreign_line``."""
    line, trace = getattr(error, "foreign_line", None), error.__traceback__
    while trace is not None:
        if is_learners(trace.tb_frame.f_code):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def fault_of(error: BaseException) -> Fault:
    """What an exception of foreign code says, and the line that it came from."""
    line = line_of(error)
    if isinstance(error, Forbidden):
        return Fault("forbidden", line, words=_said_by(error)[:100])
    if isinstance(error, SystemExit):
        return Fault("forbidden", line, words="exit()")
    if isinstance(error, MemoryError):
        return Fault("memory", line)
    said = _said_by(error)
    return Fault("raised", line, words=f"{type(error).__name__}: {said}"[:_LONGEST_WORDS] if said else
                 type(error).__name__)  # fmt: skip


def printable(words: str) -> str:
    """The same words without what a terminal would take for a command: control characters as Python writes them."""
    return "".join(one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in words)


def _said_by(error: BaseException) -> str:
    try:
        return printable(str(error)[: 2 * _LONGEST_WORDS])
    except BaseException:  # its own __str__ may do anything
        return ""


def _builtins(source: str) -> dict[str, Any]:
    refused = {name: _refusing(f"{name}()") for name in ("input", "exit", "quit", "breakpoint")}

    def open_own(path: Any, mode: str = "r", *further: Any, **named: Any) -> io.StringIO:
        if source and path == "yours.py" and mode in ("r", "rt"):
            return io.StringIO(source)
        raise Forbidden("open()")

    return {**vars(builtins), **refused, "open": open_own, "__import__": _import}


def _import(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
    if level or name.partition(".")[0] not in MODULES:
        raise Forbidden(f"import {name}")
    if name == "numpy" and fromlist and "*" in fromlist:
        return _everything_of_numpy()
    return builtins.__import__(name, globals, locals, fromlist, level)


def _everything_of_numpy() -> types.ModuleType:
    """NumPy's names for ``from numpy import *``, but for modules in it that are not loaded, such as its tests."""
    found = types.ModuleType("numpy")
    names = [name for name in np.__all__ if name in vars(np) or f"numpy.{name}" in sys.modules]
    vars(found).update({name: getattr(np, name) for name in names}, __all__=names)
    return found


def _refusing(name: str) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise Forbidden(name)

    return refuse
