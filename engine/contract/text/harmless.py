"""Text from elsewhere as the words of a table, whatever it holds: one function a format, used by all that is written.

A name may come with somebody's session or file: a spreadsheet would take ``=1+1`` for a formula, and a page in Markdown
``[x](y)`` for a link.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in East Asia also in full width."""
_NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|inf|nan)")
_MARKDOWN = re.compile(r"(?!(?<=\d)[.](?=\d))[!-+./:<-@\[-`{-~-]")
"""All signs that can mean something, but a point between digits."""
_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "[": "{[}", "]": "{]}", "*": "{*}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\char34{}", "`": "{`}", "\N{MINUS SIGN}": "$-$",
}  # fmt: skip


def on_one_line(text: str) -> str:
    """A text without what moves a pen or a terminal: ends of lines and signs that print nothing are spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def in_csv(text: str) -> str:
    """A text as a cell of CSV: an apostrophe stands before what begins like a formula and is no number, nor a sign
    alone, such as the name of an operation."""
    text = text.replace("\0", "")
    begins_like_one = len(text) > 1 and text.startswith(_FORMULA)
    return f"'{text}" if begins_like_one and not _NUMBER.fullmatch(text) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a line feed behind each; every text in them is harmless."""
    lines = []
    for row in rows:
        line = io.StringIO()
        # A writer whose lines end so puts quotes around both of these signs.
        csv.writer(line, lineterminator="\r\n").writerow([in_csv(one) if isinstance(one, str) else one for one in row])
        lines.append(line.getvalue().removesuffix("\r\n") + "\n")
    return "".join(lines)


def in_markdown(text: str) -> str:
    """A text as words of Markdown: no emphasis, link, picture or HTML comes of it."""
    return _MARKDOWN.sub(r"\\\g<0>", on_one_line(text))


def in_latex(text: str) -> str:
    """A text as words of LaTeX, in a cell too, where a bracket or a star behind a new row would be an option."""
    return "".join(_LATEX.get(sign, sign) for sign in on_one_line(text))
