"""Escapes untrusted text for CSV, Markdown, LaTeX and terminals: one function per format, used wherever files are
written.

A name may come from somebody else's session or file: a spreadsheet would take ``=1+1`` for a formula, and a Markdown
page ``[x](y)`` for a link.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The characters that start a formula in a spreadsheet, in East Asian versions also their full-width forms."""
_NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|inf|nan)")
_MARKDOWN = re.compile(r"(?!(?<=\d)[.](?=\d))[!-+./:<-@\[-`{-~-]")
"""All characters with a meaning in Markdown, except a decimal point between digits."""
_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "[": "{[}", "]": "{]}", "*": "{*}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\char34{}", "`": "{`}", "\N{MINUS SIGN}": "$-$",
}  # fmt: skip


def on_one_line(text: str) -> str:
    """The text on one line: line breaks, other whitespace and characters that are not printable become single
    spaces.
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def in_csv(text: str) -> str:
    """Escapes a text for a CSV cell: an apostrophe is put before what would start a formula, unless it is a number or a
    single character, such as an operator.
    """
    text = text.replace("\0", "")
    begins_like_one = len(text) > 1 and text.startswith(_FORMULA)
    return f"'{text}" if begins_like_one and not _NUMBER.fullmatch(text) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Formats rows as CSV text, each row ended by a line feed; all text in them is escaped."""
    lines = []
    for row in rows:
        line = io.StringIO()
        # With this line end the writer puts quotes around cells with either of these characters.
        csv.writer(line, lineterminator="\r\n").writerow([in_csv(one) if isinstance(one, str) else one for one in row])
        lines.append(line.getvalue().removesuffix("\r\n") + "\n")
    return "".join(lines)


def in_markdown(text: str) -> str:
    """Escapes a text for Markdown: it cannot produce emphasis, links, images or HTML."""
    return _MARKDOWN.sub(r"\\\g<0>", on_one_line(text))


def in_latex(text: str) -> str:
    """Escapes a text for LaTeX. In a table cell too, where a bracket or a star at the start of a row would be read as
    an option.
    """
    return "".join(_LATEX.get(sign, sign) for sign in on_one_line(text))
