"""Tests use what is public: how often they reach for another object's private names may only fall."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
MOST = 230
_OURS = {"self", "cls"}
_SYSTEM = {"os", "sys", "threading"}
"""Modules of Python's own whose documented functions begin so, such as ``os._exit``."""


def _reached(source: str) -> list[str]:
    """The private names that a source takes of another object."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in _OURS | _SYSTEM)
        and ast.unparse(node.value) != "super()"
    ]


def test_what_is_reached_for_is_seen():
    source = "self._a = one._b\none.c._d()\nsuper()._e()\nos._exit(1)\nraise one.__class__\n"
    assert _reached(source) == ["one._b", "one.c._d"]


def test_private_names_of_others_are_used_no_more_often_than_before():
    found = {path: _reached(path.read_text(encoding="utf-8")) for path in TESTS.rglob("*.py")}
    assert sum(map(len, found.values())) <= MOST, "use what is public, or make it so where a reader needs it"
