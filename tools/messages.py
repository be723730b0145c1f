"""Extracts the English messages from the program's sources, for translation.

A message is a string literal passed to ``Text`` or ``counted``, or a docstring of a piece of the book, which learners
see in the headings that they fill in. A comment above a literal that begins with "Translators:" is included for
translators.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.contract.text import counting

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("engine", "gui", "start", "tools/site")
_BOOK = "engine/book/"
_COMMENT = "# Translators:"


@dataclass
class Message:
    """A template, its plural if it has one, its context, and the files that contain it."""

    message: str
    plural: str = ""
    context: str = ""
    files: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """The unique key: the context and the template."""
        return self.context, self.message


def messages(root: Path = ROOT) -> dict[tuple[str, str], Message]:
    """All messages by key, in the order of files and lines."""
    found: dict[tuple[str, str], Message] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            source, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
            for one in _documented(source) if name.startswith(_BOOK) else _written(source):
                known = found.setdefault(one.key, one)
                known.files += [name] if name not in known.files else []
                known.comments += [comment for comment in one.comments if comment not in known.comments]
    return found


def _documented(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and (words := ast.get_docstring(node)) is not None:
            yield Message(words)


def _written(source: str) -> Iterator[Message]:
    lines, calls = source.splitlines(), (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for node in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if not isinstance(node.func, ast.Name) or node.func.id not in ("Text", "counted"):
            continue
        words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if not words:
            continue
        contexts = [str(ast.literal_eval(one.value)) for one in node.keywords if one.arg == "context"]
        message, plural = counting(words[0]) if node.func.id == "counted" else (words[0], "")
        yield Message(message, plural, "".join(contexts), comments=list(_comments_above(lines, node.lineno)))


def _comments_above(lines: list[str], number: int) -> Iterator[str]:
    """The comments for translators in the lines above a message."""
    above = number - 2
    while above >= 0 and lines[above].strip().startswith("#"):
        if lines[above].strip().startswith(_COMMENT):
            yield lines[above].strip().removeprefix(_COMMENT).strip()
        above -= 1
