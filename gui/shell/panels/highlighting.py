"""Which parts of Python source are keywords, comments and so on, by the standard library's tokenizer."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterator
from typing import Literal

Kind = Literal["plain", "keyword", "name", "comment", "docstring", "string", "number"]

# From Python 3.12 on an f-string comes in pieces.
_STRINGS = {"STRING", "FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END"}
_LINE_BEGINS = {"NEWLINE", "INDENT", "DEDENT", "NL", "COMMENT", "ENCODING"}


def runs(source: str) -> list[tuple[str, Kind]]:
    """The source cut into runs of one kind, which put together are the source again."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found: list[tuple[str, Kind]] = []
    place = 0
    for (row, column), (end_row, end_column), kind in _tokens(source):
        begin, end = starts[row - 1] + column, starts[end_row - 1] + end_column
        if begin < place:
            continue
        if begin > place:
            found.append((source[place:begin], "plain"))
        found.append((source[begin:end], kind))
        place = end
    if place < len(source):
        found.append((source[place:], "plain"))
    return found


def _tokens(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int], Kind]]:
    before, named = "ENCODING", ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            name = tokenize.tok_name[token.type]
            kind = _kind(name, token.string, before, named)
            if kind != "plain":
                yield token.start, token.end, kind
            before, named = name, token.string
    except (tokenize.TokenError, SyntaxError):
        # A piece that is no whole statement, such as a lambda of a longer line, stays plain from here on.
        return


def _kind(name: str, text: str, before: str, word_before: str) -> Kind:
    if name == "COMMENT":
        return "comment"
    if name in _STRINGS:
        return "docstring" if name == "STRING" and before in _LINE_BEGINS else "string"
    if name == "NUMBER":
        return "number"
    if name == "NAME" and keyword.iskeyword(text):
        return "keyword"
    return "name" if name == "NAME" and word_before in ("def", "class") else "plain"
