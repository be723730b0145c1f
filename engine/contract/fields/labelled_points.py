"""A field of points in the plane, each with a class label: a small data set that can be edited by hand."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Ranged
from engine.contract.fields.numbers import check_real
from engine.contract.numerals import parse_real
from engine.contract.text import Refused, Text, counted, shortened

_NO_LINE = Text("line {number}, “{line}”, is not x1, x2 and label with {mark} between.")
_MARKS = {",": re.compile("[,，、]"), ";": re.compile("[;；]"), "\t": re.compile("\t")}
"""Each separator of a CSV file with a pattern for how it is typed, on Chinese keyboards too."""
_NAMES = {",": Text("commas"), ";": Text("semicolons"), "\t": Text("tabs")}
_EMPTY = ' \t,;，；、"'
_NOT_TEXT = Text("it is not text in UTF-8, UTF-16 or GBK.")
_NAME = re.compile(r"[^\W\d_]")
_NO_NAMES = ("nan", "inf", "infinity")
_TOLD = re.compile(r"sep=([,;\t])", re.IGNORECASE)


def decoded(content: bytes) -> str:
    """Decodes a text file: UTF-8, UTF-16, or GBK, used by spreadsheets in China; ``Refused`` for anything else."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        # Without a byte order mark; the zero byte of a digit comes before or after it.
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
    """Yields the number of each line and its three values [x1, x2, label]; a first line of names is skipped as a
    header, and so are empty lines.

    The separator is a comma, semicolon or tab, the same in all lines; with semicolons or tabs a comma is a decimal
    comma. ``Refused``, with the number of the line, if a line has any other form.
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
    """A line of a CSV file: ``number`` from 1, ``text``, ``cells`` without quotes and spaces, separator ``mark``."""

    number: int
    text: str
    cells: tuple[str, ...]
    mark: str

    def number_in(self, cell: str) -> float:
        """Parses the number in a cell, with a decimal comma unless commas separate the cells; ``Refused`` for anything
        else.
        """
        return parse_real(cell if self.mark == "," else cell.replace(",", "."))


def lines_of(text: str) -> Iterator[CsvLine]:
    """The non-empty lines of a CSV file; the separator is taken from a line ``sep=…`` or else from the first line."""
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
    """Whether a cell is a column name: a word other than those for a missing or infinite number (nan, inf)."""
    return bool(_NAME.match(cell)) and cell.lower() not in _NO_NAMES


Point = tuple[float, float, int]
_ADDED = Text("point {number} added")
_TOO_MANY = Text("line {number}: at most {most} points are allowed.")
_AT_LINE = Text("line {number}: {reason}")
_REMOVED = Text("point {number} removed")


@dataclass(frozen=True, kw_only=True)
class LabelledPoints(Ranged):
    """A tuple of (x1, x2, label): coordinates from ``minimum`` to ``maximum``, label 0 to ``classes`` − 1."""

    kind: ClassVar[str] = "labelled_points"

    classes: int = 2
    fewest: int = 1
    most: int = 200

    @property
    def of_many(self) -> bool:
        return True

    def check(self, value: object) -> tuple[Point, ...]:
        if not isinstance(value, (list, tuple)) or not self.fewest <= len(value) <= self.most:
            count = len(value) if isinstance(value, (list, tuple)) else shortened(value)
            raise Refused(
                Text("{count} points: a list of {fewest} to {most} is needed.")(
                    count=count, fewest=self.fewest, most=self.most
                )
            )
        return tuple(self._check_point(point) for point in value)

    def parse(self, text: str) -> tuple[Point, ...]:
        """Parses points from text: JSON, or the lines of a CSV file."""
        return super().parse(text) if text.lstrip().startswith("[") else self.check(self._of_lines(text))

    def _of_lines(self, text: str) -> tuple[Point, ...]:
        points: list[Point] = []
        for number, row in rows_of(text):
            if len(points) == self.most:
                raise Refused(_TOO_MANY(number=number, most=self.most))
            try:
                points.append(self._check_point(row))
            except Refused as refusal:
                raise Refused(_AT_LINE(number=number, reason=refusal.text)) from None
        return tuple(points)

    def _check_point(self, point: object) -> Point:
        if not isinstance(point, (list, tuple)) or len(point) != 3:
            raise Refused(Text("“{value}” is not a point [x1, x2, label].")(value=shortened(point)))
        x1, x2, label = point
        number = check_real(label, 0, self.classes - 1)
        if number != int(number):
            raise Refused(Text("label {value} is not a whole number.")(value=number))
        return (
            check_real(x1, self.minimum, self.maximum),
            check_real(x2, self.minimum, self.maximum),
            int(number),
        )

    def example(self) -> str:
        return "[[0.5, -1, 0], [1, 0.2, 1]]"

    def to_json(self, value: tuple[Point, ...]) -> object:
        return [list(point) for point in value]

    def spell(self, value: tuple[Point, ...]) -> Text:
        return counted(len(value), "point")

    def spell_change(self, before: tuple[Point, ...], after: tuple[Point, ...]) -> Text:
        if len(before) == len(after):
            places = [index for index in range(len(after)) if before[index] != after[index]]
            if len(places) == 1:
                return _point_change(places[0], before[places[0]], after[places[0]])
            return Text("{count} points changed")(count=len(places))
        longer, shorter = (after, before) if len(after) > len(before) else (before, after)
        extra = next((place for place in range(len(longer)) if longer[:place] + longer[place + 1 :] == shorter), None)
        if extra is None:
            return super().spell_change(before, after)
        return (_ADDED if longer is after else _REMOVED)(number=extra + 1)

    def count_changes(self, before: tuple[Point, ...], after: tuple[Point, ...]) -> int:
        if len(before) != len(after):
            return 1
        return sum(old != new for old, new in zip(before, after, strict=True))

    def describe(self) -> dict[str, object]:
        return {**super().describe(), "classes": self.classes, "fewest": self.fewest, "most": self.most}


def _point_change(place: int, before: Point, after: Point) -> Text:
    if before[2] == after[2]:
        return Text("point {number} moved")(number=place + 1)
    if before[:2] == after[:2]:
        words = Text("point {number} is now class {label}")
        return words(number=place + 1, label=after[2])
    return Text("point {number} changed")(number=place + 1)
