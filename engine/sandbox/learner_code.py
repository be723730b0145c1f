"""Makes a function or class from untrusted source: compiles it, runs it once, and looks up the name.

It is run only in a confined process (``executor``, ``engine.exercises.at_work``). The checks here report mistakes in a
sentence; attacks are prevented by the system.
"""

from __future__ import annotations

import ast
import builtins
import io
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from engine.sandbox.audit import Forbidden

FaultKind = Literal["syntax", "missing", "raised", "forbidden", "memory", "endless", "ended", "broken"]
FILE = "<yours"
"""The beginning of the file name that tracebacks show for the learner's code; the exercise's id follows."""
MODULES = frozenset((
    "numpy", "math", "cmath", "random", "collections", "functools", "itertools", "operator", "copy", "typing",
    "dataclasses", "abc", "enum", "warnings", "__future__",
))  # fmt: skip
"""The modules that can be imported: for computing, and common ones of Python.

``warnings`` is among them because, where NumPy warns, Python 3.13 imports it by the ``__import__`` of the code
concerned.
"""
_LONGEST_WORDS = 300
_sources: dict[str, str] = {}
"""The latest source of every exercise, by the file name that its code has in tracebacks."""


@dataclass(frozen=True)
class Fault:
    """An error in untrusted code: its line number in that code, counted from 1, and ``words``, Python's message.

    ``caller`` is the line of that code which called the function that failed; None if it was called from elsewhere.
    """

    kind: FaultKind
    line: int | None = None
    column: int | None = None
    words: str = ""
    caller: int | None = None


class Unusable(Exception):
    """Raised if the source cannot be compiled, or does not define the requested name; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


def compiled(source: str, exercise: str = "") -> types.CodeType:
    """Compiles the source; raises ``Unusable``, with line and column, if it is not valid Python."""
    _sources[f"{FILE} {exercise}>"] = source
    try:
        return _code(source, f"{FILE} {exercise}>")
    except SyntaxError as error:
        column = error.offset if error.offset is not None and error.offset > 0 else None
        raise Unusable(Fault("syntax", error.lineno, column, printable(f"{error.msg}"))) from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise Unusable(Fault("syntax", words=printable(f"{error}"))) from None


@lru_cache(maxsize=4)
def _code(source: str, file: str) -> types.CodeType:
    """The compiled source, cached, since every check runs it anew."""
    return compile(source, file, "exec", dont_inherit=True)


def made_by(code: types.CodeType, name: str, given: Mapping[str, Any], source: str = "") -> Any:
    """Runs the code and returns the function or class ``name``; ``Unusable`` if it raises, or does not define it.

    With ``source`` the code can read its own file, ``__file__``, as text; it can open no other.
    """
    written = run(code, given, source).get(name)
    if not callable(written) or written is given.get(name):
        raise Unusable(Fault("missing", words=name))
    return written


def run(code: types.CodeType, given: Mapping[str, Any], source: str = "") -> dict[str, Any]:
    """Runs the code and returns its global names, those ``given`` included; ``Unusable`` if it raises."""
    scope: dict[str, Any] = {"__builtins__": _builtins(source), "__name__": "yours", "__file__": "yours.py", "np": np,
                             **given}  # fmt: skip
    try:
        exec(code, scope)
    except BaseException as error:  # whatever it raises, SystemExit too
        raise Unusable(fault_of(error)) from None
    return scope


def is_learners(code: types.CodeType) -> bool:
    """Whether a code object was compiled from untrusted source."""
    return code.co_filename.startswith(FILE)


def exercise_of(code: types.CodeType) -> str:
    """The id of the exercise that the code was written for."""
    return code.co_filename.removeprefix(FILE).strip(" >")


def line_of(error: BaseException) -> int | None:
    """The line number of the innermost untrusted code in an exception's traceback; None if there is none.

    If the exception comes from another process, it is its attribute ``foreign_line``.
    """
    lines = _lines_of(error)
    return lines[-1] if lines else getattr(error, "foreign_line", None)


def _lines_of(error: BaseException) -> list[int]:
    """The line numbers of all untrusted code in an exception's traceback, the innermost last."""
    trace, lines = error.__traceback__, []
    while trace is not None:
        if is_learners(trace.tb_frame.f_code):
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return lines


def fault_of(error: BaseException) -> Fault:
    """Converts an exception of untrusted code to a ``Fault``, with its message and line."""
    line, lines = line_of(error), _lines_of(error)
    caller = lines[-2] if len(lines) > 1 and lines[-2] != line else None
    if isinstance(error, Forbidden):
        return Fault("forbidden", line, words=_said_by(error)[:100])
    if isinstance(error, SystemExit):
        return Fault("forbidden", line, words="exit()")
    if isinstance(error, MemoryError):
        return Fault("memory", line)
    said = _misaligned(error) or _said_by(error)
    words = f"{type(error).__name__}: {said}"[:_LONGEST_WORDS] if said else type(error).__name__
    return Fault("raised", line, words=words, caller=caller)


_PLAIN = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Slice, ast.Tuple, ast.UnaryOp, ast.Load, ast.USub)


def _misaligned(error: BaseException) -> str:
    """The message of ``numpy.dot``, which states the shapes, for a matrix product by @ that failed.

    "" if the error is another one, or the operands cannot be determined.
    """
    if not isinstance(error, ValueError) or "mismatch in its core dimension" not in str(error):
        return ""
    try:
        left, right = (np.shape(one) for one in _operands(error))
    except Exception:  # whatever the names stand for now
        return ""
    if len(left) != 2 or len(right) != 2 or left[1] == right[0]:
        return ""
    return f"shapes {left} and {right} not aligned: {left[1]} (dim 1) != {right[0]} (dim 0)"


def _operands(error: BaseException) -> list[Any]:
    """The two operands of the matrix product that raised an exception; empty if they are not plain names."""
    trace, found = error.__traceback__, None
    while trace is not None:
        found = trace if is_learners(trace.tb_frame.f_code) else found
        trace = trace.tb_next
    if found is None:
        return []
    code, frame = found.tb_frame.f_code, found.tb_frame
    line, last_line, column, last_column = list(code.co_positions())[found.tb_lasti // 2]
    for node in ast.walk(ast.parse(_sources[code.co_filename])):
        place = tuple(getattr(node, name, None) for name in ("lineno", "end_lineno", "col_offset", "end_col_offset"))
        if place != (line, last_line, column, last_column):
            continue
        match node:
            case ast.BinOp(left=left, op=ast.MatMult(), right=right) | ast.Call(args=[left, right]):
                sides = [left, right]
            case ast.AugAssign(target=left, op=ast.MatMult(), value=right):
                sides = [left, right]
            case _:
                continue
        if all(isinstance(part, (*_PLAIN, ast.Store)) for side in sides for part in ast.walk(side)):
            return [eval(ast.unparse(side), frame.f_globals, frame.f_locals) for side in sides]
    return []


def printable(words: str) -> str:
    """The text with control characters escaped as in Python, so that a terminal does not interpret them."""
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
    """A module with NumPy's names for ``from numpy import *``, without submodules that are not loaded, such as
    ``testing``.
    """
    found = types.ModuleType("numpy")
    names = [name for name in np.__all__ if name in vars(np) or f"numpy.{name}" in sys.modules]
    vars(found).update({name: getattr(np, name) for name in names}, __all__=names)
    return found


def _refusing(name: str) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise Forbidden(name)

    return refuse
