"""Pieces of the book: functions and classes of ``engine.book``, cut from its pages by the syntax tree.

Everything that an exercise shows of the book is cut here: the heading to begin with, the right lines, and the names of
the book that these lines use.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from engine.contract.text import Text

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Piece:
    """Functions or classes of one page: ``address`` is the page and their names, such as ``layers.Affine``; of several,
    ``gradients.numerical_gradient+SimpleNet``, the last one is asked for.

    Of a class the methods ``asked`` are to be written, by default all but ``__init__``. Those before them are given
    whole, and those behind them are no part of the piece.
    """

    address: str
    asked: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its functions and classes."""
        return tuple(self.address.partition(".")[2].split("+"))

    @property
    def name(self) -> str:
        """The name of the function or class that is asked for."""
        return self.names[-1]

    @property
    def page(self) -> ModuleType:
        """The module of the book that the piece stands in."""
        return importlib.import_module(f"engine.book.{self.address.partition('.')[0]}")

    @property
    def right(self) -> Any:
        """The book's own function or class."""
        return getattr(self.page, self.name)

    @property
    def source(self) -> str:
        """The lines of the piece as they stand on the page."""
        return _cut(self)

    @property
    def asked_names(self) -> tuple[str, ...]:
        """The functions that are to be written, named as ``softmax`` or ``Affine.forward``."""
        right = _definition(ast.parse(self.source), self.name)
        if isinstance(right, ast.FunctionDef):
            return (self.name,)
        methods = [one.name for one in _methods(right)]
        asked = self.asked or [one for one in methods if one != "__init__"]
        return tuple(f"{self.name}.{one}" for one in asked)

    @property
    def blank(self) -> Text:
        """The piece without the lines that are to be written, and without comments; its docstrings are translated."""
        return shown(self.source, self.asked_names)

    @property
    def given(self) -> Mapping[str, Any]:
        """What the lines use of the page and do not define themselves, by name, but for ``np``."""
        scope = vars(self.page)
        return {name: scope[name] for name in free_names(self.source) if name in scope and name != "np"}


@dataclass(frozen=True)
class _Heading(Text):
    """Code whose docstrings are translated: ``message`` has a placeholder for each, which is indented as it stands."""

    __hash__ = Text.__hash__

    def render(self, language: str) -> str:
        lines = []
        for line in self.message.split("\n"):
            name = line.strip().removeprefix("\0")
            if name == line.strip():
                lines.append(line)
                continue
            words, indent = self.values[name], line[: len(line) - len(line.lstrip())]
            assert isinstance(words, Text)
            said = words.render(language)
            if name.startswith("doc"):
                said = f'"""{said}\n"""' if "\n" in said else f'"""{said}"""'
            lines.append(textwrap.indent(said, indent))
        return "\n".join(lines)


@cache
def _cut(piece: Piece) -> str:
    lines = inspect.getsource(piece.page).splitlines()
    found = [node for node in _definitions(piece.page) if node.name in piece.names]
    assert [node.name for node in found] == list(piece.names), f"{piece.address} is not on its page"
    return (
        "\n\n\n".join("\n".join(lines[start - 1 : end]) for start, end in (_lines_of(piece, one) for one in found))
        + "\n"
    )


def _lines_of(piece: Piece, node: Definition) -> tuple[int, int]:
    """The first and the last line of a definition that belong to the piece."""
    end = node.end_lineno or node.lineno
    if piece.asked and node.name == piece.name and isinstance(node, ast.ClassDef):
        end = max(one.end_lineno or 0 for one in _methods(node) if one.name in piece.asked)
    return node.lineno, end


def _definitions(page: ModuleType) -> list[Definition]:
    return [node for node in ast.parse(inspect.getsource(page)).body if isinstance(node, Definition)]


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [one for one in node.body if isinstance(one, ast.FunctionDef)]


def _definition(tree: ast.Module, name: str) -> Definition:
    return next(node for node in tree.body if isinstance(node, Definition) and node.name == name)


@cache
def shown(source: str, left_out: tuple[str, ...] = ()) -> Text:
    """Code of the book as a learner gets it: without comments, with translated docstrings, and without the lines of the
    functions ``left_out``, named as ``softmax`` or ``Affine.forward``.
    """
    tree, lines = ast.parse(source), source.splitlines()
    kept: dict[int, str | None] = {
        number: line for number, line in enumerate(lines, 1) if not line.strip().startswith("#")
    }
    words: dict[str, Text] = {}
    for name, node in _named(tree):
        first = node.body[0]
        if name in left_out:
            for number in range(first.lineno, (node.end_lineno or 0) + 1):
                kept.pop(number, None)
        documented = ast.get_docstring(node)
        if documented is not None:
            for number in range(first.lineno, (first.end_lineno or 0) + 1):
                kept.pop(number, None)
            # The tool that collects messages finds the docstrings of the book by themselves.
            words[f"doc{len(words)}"] = Text(documented)
            kept[first.lineno] = f"{' ' * first.col_offset}\0doc{len(words) - 1}"
    code = "\n".join(kept[number] or "" for number in sorted(kept)) + "\n"
    return _Heading(re.sub(r"\n\n\n\n+", "\n\n\n", code), values=words)


def _named(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """All definitions of a tree by name, methods as ``Class.method``, and what is defined within a function."""
    for node in tree.body:
        if isinstance(node, Definition):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{one.name}", one) for one in _methods(node))


@cache
def bare(source: str) -> str:
    """A source without docstrings and comments."""
    documented = {
        number
        for node in ast.walk(ast.parse(source))
        if isinstance(node, Definition) and ast.get_docstring(node) is not None
        for number in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    lines = source.splitlines()
    plain = [line for number, line in enumerate(lines, start=1) if number not in documented]
    code = "\n".join(line for line in plain if not line.strip().startswith("#")) + "\n"
    return re.sub(r":\n\n(?= )", ":\n", code)


@cache
def free_names(source: str) -> tuple[str, ...]:
    """The names that a source uses and does not define at its top, without those of Python, in alphabetical order."""
    tree = ast.parse(source)
    defined = {node.name for node in tree.body if isinstance(node, Definition)}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return tuple(sorted(used - defined - set(vars(builtins))))


def definition_at(source: str, name: str) -> tuple[int, int]:
    """Where a function, class or method, named as ``Class.method``, begins and ends in a source, in characters."""
    node = next(node for found, node in _named(ast.parse(source)) if found == name)
    lines = source.splitlines(keepends=True)
    return sum(map(len, lines[: node.lineno - 1])), sum(map(len, lines[: node.end_lineno]))


_IN_CLASS = Text("# In the class {name}:")


def headings(source: str, names: tuple[str, ...]) -> Text:
    """The headings of some functions, classes and methods of a source with their docstrings, translated, to be filled
    in. A method whose class is not among the names stands below a comment that says where it belongs.
    """
    lines, words, told = source.splitlines(), dict[str, Text](), list[str]()
    for name, node in _named(ast.parse(source)):
        owner, _, method = name.partition(".")
        if name not in names and not (method == "__init__" and owner in names):
            continue
        if method and owner not in names:
            words[f"in{len(words)}"] = _IN_CLASS(name=owner)
            told += ["", "", f"\0in{len(words) - 1}", ""]
        elif told:
            told += [""] if method else ["", ""]
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is None:
            told.append(lines[node.lineno - 1])
            continue
        told += lines[node.lineno - 1 : node.body[0].lineno - 1]
        indent, documented = " " * node.body[0].col_offset, ast.get_docstring(node)
        if documented is None:
            told.append(f"{indent}pass")
            continue
        words[f"doc{len(words)}"] = Text(documented)
        told.append(f"{indent}\0doc{len(words) - 1}")
    return _Heading("\n".join(told).lstrip("\n") + "\n", values=words)
