"""Writes the headings that a station asks for into a learner's file: functions at its end, methods into their class."""

from __future__ import annotations

import ast

from engine.own_network.terminal import MARK

_CLASS = "TwoLayerNet"
_APART = 3
"""Ends of lines between what stands in the file and what is put in at its end."""


def with_headings(source: str, blank: str) -> tuple[str, int]:
    """The file with a station's ``blank``, and the line, counted from 1, where what was put in begins.

    What is indented there below a comment are methods. Where the file has no such class, or Python cannot read it, all
    of the blank goes to its end. The lines that train in a terminal stay the last ones.
    """
    source, terminal, lines = source.partition(f"\n{MARK}")
    made, line = _with_blank(source, blank)
    return (made + "\n" + terminal + lines if terminal else made), line


def _with_blank(source: str, blank: str) -> tuple[str, int]:
    functions, mark, methods = blank.partition("\n# ") if not blank.startswith("#") else ("", "# ", blank[2:])
    end = _end_of_class(source) if mark else None
    if end is None:
        return _appended(source, blank)
    lines = source.rstrip("\n").split("\n")
    body = methods.partition("\n")[2].strip("\n").split("\n")
    found = [*lines[:end], "", *body, *lines[end:]]
    made, line = "\n".join(found) + "\n", end + 2
    return _appended(made, functions) if functions.strip() else (made, line)


def _appended(source: str, text: str) -> tuple[str, int]:
    kept = source.rstrip("\n")
    gap = "\n" * _APART if kept else ""
    return f"{kept}{gap}{text.strip(chr(10))}\n", (kept + gap).count("\n") + 1


def _end_of_class(source: str) -> int | None:
    """The number of the class's last line."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return next((one.end_lineno for one in tree.body if isinstance(one, ast.ClassDef) and one.name == _CLASS), None)
