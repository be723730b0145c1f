"""The learner's source made into a function or class: read, run once, and looked up by its name.

It runs in a process of its own only (``engine.exercises.workbench``, ``engine.exercises.at_work``), never in the
window's: what is kept away here is an accident, not an attack.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.exercises.verdict import Failure

FILE = "<yours"
"""How the name begins that Python gives the learner's source in its traces; the exercise's id follows."""
MODULES = ("numpy", "math")


class Forbidden(Exception):
    """Something that an exercise has no use for: a module, a file, a process; ``str`` of this names it."""


class Unusable(Exception):
    """The source cannot be read, or is not what was asked for; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


def compiled(source: str, exercise: str = "") -> types.CodeType:
    """The source as code; ``Unusable`` with line and column where Python cannot read it."""
    try:
        return compile(source, f"{FILE} {exercise}>", "exec", dont_inherit=True)
    except SyntaxError as error:
        column = error.offset if error.offset is not None and error.offset > 0 else None
        raise Unusable(Failure("syntax", error.lineno, column, f"{error.msg}")) from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise Unusable(Failure("syntax", words=f"{error}")) from None


def made_by(code: types.CodeType, name: str, given: Mapping[str, Any]) -> Any:
    """The function or class that the code defines under ``name``; ``Unusable`` where it raises, or defines no such."""
    scope: dict[str, Any] = {"__builtins__": _builtins(), "__name__": "yours", "np": np, **given}
    try:
        exec(code, scope)
    except BaseException as error:  # whatever it raises, SystemExit too
        raise Unusable(failure_of(error)) from None
    written = scope.get(name)
    if not callable(written) or written is given.get(name):
        raise Unusable(Failure("missing", words=name))
    return written


def is_learners(code: types.CodeType) -> bool:
    """Whether a piece of code was written by the learner."""
    return code.co_filename.startswith(FILE)


def exercise_of(code: types.CodeType) -> str:
    """The id of the exercise that the learner's code was written for."""
    return code.co_filename.removeprefix(FILE).strip(" >")


def failure_of(error: BaseException) -> Failure:
    """What an exception of the learner's code says, and the learner's line that it came from."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if is_learners(trace.tb_frame.f_code):
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, Forbidden):
        return Failure("forbidden", line, words=f"{error}"[:100])
    if isinstance(error, SystemExit):
        return Failure("forbidden", line, words="exit()")
    if isinstance(error, MemoryError):
        return Failure("memory", line)
    return Failure("raised", line, words=f"{type(error).__name__}: {error}"[:300])


def _builtins() -> dict[str, Any]:
    refused = {name: _refusing(f"{name}()") for name in ("open", "input", "exit", "quit", "breakpoint")}
    return {**vars(builtins), **refused, "__import__": _import}


def _import(name: str, *further: Any, **named: Any) -> Any:
    if name.partition(".")[0] not in MODULES:
        raise Forbidden(f"import {name}")
    return builtins.__import__(name, *further, **named)


def _refusing(name: str) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise Forbidden(name)

    return refuse
