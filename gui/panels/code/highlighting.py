"""A tolerant tokenizer of Python source for highlighting, which accepts any text.

Python's own tokenizer starts at the beginning and stops at the first error; while someone types there always is an
error, and a part of a long source is needed quickly.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Literal

from PySide6.QtGui import QBrush, QColor, QFont, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from gui.style.theme import theme
from gui.style.typography import font

CodeRole = Literal["plain", "keyword", "name", "comment", "docstring", "string", "number"]

_TEXTS = (
    r"(?P<comment>\#[^\n]*)"
    r"|(?P<string>(?:(?<!\w)(?:[rR][bBfF]?|[bBfF][rR]?|[uU]))?(?:"
    r'"""(?:[^"\\]+|\\.|"(?!""))*(?:"""|\\?\Z)'
    r"|'''(?:[^'\\]+|\\.|'(?!''))*(?:'''|\\?\Z)"
    r'|"(?:[^"\\\n]+|\\.)*"?'
    r"|'(?:[^'\\\n]+|\\.)*'?))"
)
"""Comments and strings, inside which no other token begins. An unclosed string goes on to the end of the source if it
is triple-quoted, otherwise to the end of its line.
"""
_TEXT = re.compile(_TEXTS, re.DOTALL)
_HIDES_NOTHING = re.compile(
    r"(?:[^'\"#\n]+"
    r'|"""(?:[^"\\\n]|\\[^\n]|"(?!""))*+"""|"(?!"")(?:[^"\\\n]|\\[^\n])*+"'
    r"|'''(?:[^'\\\n]|\\[^\n]|'(?!''))*+'''|'(?!'')(?:[^'\\\n]|\\[^\n])*+')*+"
)
"""The part of a line before its first comment or the first string that is not closed on the same line."""
_PART = re.compile(
    _TEXTS + r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<number>0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)",
    re.DOTALL,
)


def runs(source: str) -> list[tuple[str, CodeRole]]:
    """The source split into runs of text with one ``CodeRole`` each; joined, the texts are the source again."""
    return runs_between(source, 0, len(source))


def runs_between(source: str, start: int, end: int, widest: int | None = None) -> list[tuple[str, CodeRole]]:
    """The runs of ``source[start:end]``, where ``start`` is the start of a line. Runs are cut at both ends.

    Tokens behind the first ``widest`` characters of a line may be returned as plain.
    """
    found: list[tuple[str, CodeRole]] = []
    place = start
    for begin, behind, kind in _parts(source, _begin_of_text(source, start), end, widest or len(source) + 1):
        begin, behind = max(begin, place), min(behind, end)
        if behind <= place:
            continue
        if begin > place:
            found.append((source[place:begin], "plain"))
        found.append((source[begin:behind], kind))
        place = behind
    if place < end:
        found.append((source[place:end], "plain"))
    return found


def _begin_of_text(source: str, place: int) -> int:
    """The start of the string or comment that contains a position; the position itself if there is none."""
    for match in _TEXT.finditer(source):
        if match.end() > place:
            return min(match.start(), place)
    return place


def _parts(source: str, start: int, end: int, widest: int) -> Iterator[tuple[int, int, CodeRole]]:
    """The start, end and kind of each token that begins before ``end``."""
    word_before, place = "", start
    line = source.rfind("\n", 0, start) + 1
    is_blank = not source[line:start].strip()
    while (match := _next(source, place, line + widest)) and match.start() < end:
        begin, behind, kind, word = match.start(), match.end(), match.lastgroup, ""
        between = source[place:begin]
        if is_new_line := "\n" in between:
            line = source.rfind("\n", place, begin) + 1
        is_blank = (is_blank or is_new_line) and not source[max(line, place) : begin].strip()
        if kind == "comment":
            yield begin, behind, "comment"
        elif kind == "string":
            yield begin, behind, "docstring" if is_blank else "string"
        elif kind == "number":
            yield begin, behind, "number"
        else:
            word = match[0]
            if keyword.iskeyword(word):
                yield begin, behind, "keyword"
            elif word_before in ("def", "class") and not is_new_line and between.isspace():
                yield begin, behind, "name"
        line = max(line, source.rfind("\n", begin, behind) + 1)
        word_before, place, is_blank = word, behind, False


def _next(source: str, place: int, far: int) -> re.Match[str] | None:
    """The next token from ``place`` on. From position ``far`` on, only comments, and strings that are not closed on
    their line.
    """
    if place >= far:
        line_end = source.find("\n", place)
        if passed := _HIDES_NOTHING.match(source, place):
            place = passed.end()
        hiding = _TEXT.search(source, place, len(source) if line_end < 0 else line_end)
        if hiding is not None:
            return _TEXT.match(source, hiding.start())
        if line_end < 0:
            return None
        place = line_end
    return _PART.search(source, place)


def code_formats() -> dict[CodeRole, QTextCharFormat]:
    """The text format of each role. Roles differ by weight and text colours only, since other colours stand for values
    and classes.
    """
    made: dict[CodeRole, QTextCharFormat] = {}
    inks: dict[CodeRole, str] = {
        "plain": theme().text,
        "keyword": theme().accent,
        "name": theme().text,
        "comment": theme().muted_text,
        "docstring": theme().muted_text,
        "string": theme().accent,
        "number": theme().text,
    }
    for kind, ink in inks.items():
        look = font("code")
        if kind in ("keyword", "name"):
            look.setWeight(QFont.Weight.Bold)
        made[kind] = QTextCharFormat()
        made[kind].setFont(look)
        made[kind].setForeground(QBrush(QColor(ink)))
    return made


def lit_line(block: QTextBlock) -> QTextEdit.ExtraSelection:
    """A selection that highlights a whole line in the selection's background colour."""
    selection = QTextEdit.ExtraSelection()
    selection.cursor = QTextCursor(block)
    selection.format.setBackground(QColor(theme().selection_fill))
    selection.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
    return selection
