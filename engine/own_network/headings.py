"""Inserts the headings that a station asks for into a file: functions at its end, methods into their class."""

from __future__ import annotations

import ast

from engine.own_network.terminal import MARK

_CLASS = "TwoLayerNet"
_APART = 3
"""The number of newlines between the file's text and what is appended."""


def with_headings(source: str, blank: str) -> tuple[str, int]:
    """Inserts a station's ``blank`` into a file; returns the new text, and the line, counted from 1, where the
    insertion begins.

    What follows a comment in the blank, indented, are methods for the class. If the file has no such class or is not
    valid Python, the whole blank goes to its end, but before the lines that train in a terminal.
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
    """The line number, counted from 1, of the last line of the class; None if there is no such class."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return next((one.end_lineno for one in tree.body if isinstance(one, ast.ClassDef) and one.name == _CLASS), None)
