"""Lines of a CSV file, as spreadsheets of every country write them, and points in it: each x1, x2 and a label."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.contract.text.numerals import parse_real
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text

_NO_LINE = Text("line {number}, “{line}”, is not x1, x2 and label with {mark} between.")
_MARKS = {",": re.compile("[,，、]"), ";": re.compile("[;；]"), "\t": re.compile("\t")}
"""What may stand between two numbers; people type it on Chinese keyboards too."""
_NAMES = {",": Text("commas"), ";": Text("semicolons"), "\t": Text("tabs")}
_EMPTY = ' \t,;，；、"'
_NOT_TEXT = Text("it is not text in UTF-8, UTF-16 or GBK.")
_NAME = re.compile(r"[^\W\d_]")
_NO_NAMES = ("nan", "inf", "infinity")
_TOLD = re.compile(r"sep=([,;\t])", re.IGNORECASE)


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, or GBK, which spreadsheets write in China; ``Refused`` for what is none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        # Without a mark; the zero byte of a digit stands before it or behind it.
        encodings = ["utf-16-be" if content[::2].count(0) > content[1::2].count(0) else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(_NOT_TEXT)


def rows_of(text: str) -> Iterator[tuple[int, list[float]]]:
    """The number of each line and its three numbers; a first line of names is a heading, empty lines are passed over.

    Commas, semicolons or tabs stand between them, in all lines the same; beside the latter two a comma is decimal.
    ``Refused``, with its number, for a line that is none of this.
    """
    is_begun = False
    for line in lines_of(text):
        is_heading = not is_begun and len(line.cells) == 3 and all(map(is_name, line.cells))
        is_begun = True
        if is_heading:
            continue
        try:
            x1, x2, label = map(line.number_in, line.cells)
        except ValueError:  # Refused is one, and so is another count
            raise Refused(_NO_LINE(number=line.number, line=shortened(line.text), mark=_NAMES[line.mark])) from None
        yield line.number, [x1, x2, label]


@dataclass(frozen=True)
class CsvLine:
    """A line by its ``number`` from 1: its ``text``, the ``cells`` without quotes and spaces, the ``mark`` between."""

    number: int
    text: str
    cells: tuple[str, ...]
    mark: str

    def number_in(self, cell: str) -> float:
        """The number that a cell spells; ``Refused`` for any other."""
        return parse_real(cell if self.mark == "," else cell.replace(",", "."))


def lines_of(text: str) -> Iterator[CsvLine]:
    """The lines of a CSV file that are not empty; the first tells the mark that parts the cells of all of them."""
    mark, is_begun = "", False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        told = _TOLD.fullmatch(line.strip().strip('"'))
        if told and not is_begun:
            mark = told[1]
            continue
        if not line.strip(_EMPTY):
            continue
        is_begun = True
        mark = mark or next((one for one in "\t;" if _MARKS[one].search(line)), ",")
        cells = tuple(cell.strip().strip('"').strip() for cell in _MARKS[mark].split(line))
        yield CsvLine(number, line, cells, mark)


def is_name(cell: str) -> bool:
    """Whether a cell names its column: a word, and none that stands for a number that is missing or infinite."""
    return bool(_NAME.match(cell)) and cell.lower() not in _NO_NAMES
