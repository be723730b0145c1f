"""Which parts of Python source are keywords, comments and so on: by its signs alone, so that any text can be looked at.

Python's own tokenizer begins at the beginning and stops at the first fault; while one writes there always is a fault,
and a part of a long source is wanted quickly.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Literal

Kind = Literal["plain", "keyword", "name", "comment", "docstring", "string", "number"]

_TEXTS = (
    r"(?P<comment>\#[^\n]*)"
    r"|(?P<string>(?:(?<!\w)(?:[rR][bBfF]?|[bBfF][rR]?|[uU]))?(?:"
    r'"""(?:[^"\\]+|\\.|"(?!""))*(?:"""|\\?\Z)'
    r"|'''(?:[^'\\]+|\\.|'(?!''))*(?:'''|\\?\Z)"
    r'|"(?:[^"\\\n]+|\\.)*"?'
    r"|'(?:[^'\\\n]+|\\.)*'?))"
)
"""What can hide everything else. A text that is not closed goes on to the end, of one line where it is such a text."""
_TEXT = re.compile(_TEXTS, re.DOTALL)
_PART = re.compile(
    _TEXTS + r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<number>0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)",
    re.DOTALL,
)


def runs(source: str) -> list[tuple[str, Kind]]:
    """The source cut into runs of one kind, which put together are the source again."""
    return runs_between(source, 0, len(source))


def runs_between(source: str, start: int, end: int, widest: int | None = None) -> list[tuple[str, Kind]]:
    """The runs of a part of the source that begins with a line, cut off where the part begins and ends.

    What of a line stands behind its first ``widest`` signs may be called plain.
    """
    found: list[tuple[str, Kind]] = []
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
    """Where the text or comment begins within which the place lies; the place itself where it lies in none."""
    for match in _TEXT.finditer(source):
        if match.end() > place:
            return min(match.start(), place)
    return place


def _parts(source: str, start: int, end: int, widest: int) -> Iterator[tuple[int, int, Kind]]:
    """Where each part that begins before the end begins and ends, and what it is."""
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
    """The next part; from the place ``far`` on only texts and comments to the end of the line, for what they hide."""
    if place >= far:
        line_end = source.find("\n", place)
        hiding = _TEXT.search(source, place, len(source) if line_end < 0 else line_end)
        if hiding is not None:
            return _TEXT.match(source, hiding.start())
        if line_end < 0:
            return None
        place = line_end
    return _PART.search(source, place)
