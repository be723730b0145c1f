"""Fields for a matrix of real numbers, such as a layer's weights or a batch, and for one cell of a matrix; the shape
may come from other fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import MOST_PARTS, Field, Ranged, change_of, joined, range_text
from engine.contract.fields.numbers import check_real
from engine.contract.numerals import format_real
from engine.contract.text import Refused, Text, notation, shortened, untranslated

Rows = tuple[tuple[float, ...], ...]
_MOST_SPELLED = 60


@dataclass(frozen=True, kw_only=True)
class Matrix(Ranged):
    """A tuple of rows of equal length, each number from ``minimum`` to ``maximum``.

    ``rows`` and ``columns`` are numbers, or names of integer parameters of the same set: then 1 to ``most_rows`` and 1
    to ``most_columns`` are accepted, and ``fit`` resizes the matrix to those parameters. It keeps the elements that
    fit; a new element in row r and column c, counted from 0, gets first + down·r + across·c of ``fill = (first, down,
    across)``, kept in range. ``row_names`` and ``column_names`` label the rows and columns, as many as are needed;
    without them there are no labels. ``whole`` accepts integers only, such as class labels. ``first`` is the index by
    which the first row and the first column are named, as in W[1,2].
    """

    kind: ClassVar[str] = "matrix"

    rows: int | str
    columns: int | str
    step: float
    most_rows: int = 8
    most_columns: int = 8
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()
    fill: tuple[float, float, float] = (0.0, 0.0, 0.0)
    whole: bool = False
    first: int = 1

    @property
    def of_many(self) -> bool:
        return True

    def check(self, value: object) -> Rows:
        if not isinstance(value, (list, tuple)) or not self._allows(len(value), self.rows, self.most_rows):
            raise self._refusal(value)
        lengths = {len(row) if isinstance(row, (list, tuple)) else None for row in value}
        length = lengths.pop()
        if lengths or length is None or not self._allows(length, self.columns, self.most_columns):
            raise self._refusal(value)
        return tuple(tuple(self._checked(part) for part in row) for row in value)

    def fit(self, value: Rows, params: object) -> Rows:
        return self.resized(value, *(_size(size, params) for size in (self.rows, self.columns)))

    def resized(self, value: Rows, rows: int, columns: int) -> Rows:
        """Resizes a matrix: elements within the new shape are kept, new ones follow ``fill``."""
        kept = [row[:columns] for row in value[:rows]]
        return tuple(
            tuple(kept[r][c] if r < len(kept) and c < len(kept[r]) else self._filled(r, c) for c in range(columns))
            for r in range(rows)
        )

    def example(self) -> str:
        rows, columns = (size if isinstance(size, int) else 2 for size in (self.rows, self.columns))
        middle = format_real(min(max(0.5, self.minimum), self.maximum)).replace("\N{MINUS SIGN}", "-")
        return "[" + ", ".join(["[" + ", ".join([middle] * columns) + "]"] * rows) + "]"

    def to_json(self, value: Rows) -> object:
        return [list(row) for row in value]

    def spell(self, value: Rows) -> Text:
        text = "; ".join(" ".join(format_real(part, 4) for part in row) for row in value)
        if len(value) == len(value[0]) == 1:
            return untranslated(text)
        if len(text) <= _MOST_SPELLED:
            return untranslated(f"({text})")
        size = Text("{rows}×{columns} numbers")
        return size(rows=len(value), columns=len(value[0]))

    def spell_change(self, before: Rows, after: Rows) -> Text:
        sizes = [f"{len(value)}×{len(value[0])}" for value in (before, after)]
        if sizes[0] != sizes[1]:
            return change_of(self.label, *sizes)
        places = [
            (row, column)
            for row in range(len(after))
            for column in range(len(after[0]))
            if before[row][column] != after[row][column]
        ]
        if len(places) > MOST_PARTS:
            return Text("{label}: {count} of the numbers")(label=self.label, count=len(places))
        return joined(
            [
                change_of(
                    self._name_of(row, column, len(after)),
                    format_real(before[row][column]),
                    format_real(after[row][column]),
                )
                for row, column in places
            ]
        )

    def count_changes(self, before: Rows, after: Rows) -> int:
        if (len(before), len(before[0])) != (len(after), len(after[0])):
            return 1
        rows = zip(before, after, strict=True)
        return sum(old != new for row, other in rows for old, new in zip(row, other, strict=True))

    def describe(self) -> dict[str, object]:
        return {"rows": self.rows, "columns": self.columns, **super().describe()}

    def _name_of(self, row: int, column: int, rows: int) -> Text:
        """The label of an element. With a single row it is the column's name alone, as in the main picture."""
        if rows > 1:
            return notation("{label}[{row},{column}]")(
                label=self.label, row=row + self.first, column=column + self.first
            )
        if self.column_names:
            return untranslated(self.column_names[column])
        return notation("{label}[{column}]")(label=self.label, column=column + self.first)

    def _checked(self, part: object) -> float:
        number = check_real(part, self.minimum, self.maximum)
        if self.whole and number != round(number):
            raise Refused(
                Text("“{value}” is not a whole number from {range}.")(value=format_real(number), range=self.allowed())
            )
        return number

    def _filled(self, row: int, column: int) -> float:
        first, down, across = self.fill
        # Tidied, so that 0.1 + 2·0.1 is written as 0.3.
        number = round(first + down * row + across * column, 10)
        return float(min(max(number, self.minimum), self.maximum)) + 0.0

    def _refusal(self, value: object) -> Refused:
        return Refused(
            Text("“{value}” is not a list of {rows} rows of {columns} numbers each.")(
                value=shortened(value),
                rows=_count(self.rows, self.most_rows),
                columns=_count(self.columns, self.most_columns),
            )
        )

    @staticmethod
    def _allows(count: int, size: int | str, most: int) -> bool:
        return count == size if isinstance(size, int) else 1 <= count <= most


def _size(size: int | str, params: object) -> int:
    return size if isinstance(size, int) else getattr(params, size)


def _count(size: int | str, most: int) -> Text:
    return untranslated(str(size)) if isinstance(size, int) else range_text(1, most)


@dataclass(frozen=True, kw_only=True)
class Cell(Field):
    """The position of a cell as (row, column), both from 0 as in NumPy. In the window people read and type them from 1,
    or from ``first`` = 0 where the main picture names cells as NumPy does. The command line, guides and sessions use
    the value itself: [0, 30] is the 31st cell of the first row.

    ``rows`` and ``columns`` are numbers, or names of parameters or properties of the same set: then up to ``most`` are
    accepted, and a cell outside the grid is replaced by the nearest one inside.
    """

    kind: ClassVar[str] = "cell"
    components: ClassVar[tuple[Text, ...]] = (Text("row"), Text("column"))
    rows: int | str
    columns: int | str
    most: int = 100
    first: int = 1

    minimum: ClassVar[int] = 0
    step: ClassVar[int] = 1

    @property
    def maximum(self) -> int:
        """The largest possible row or column index, but at least 1, so that a control's slider has two distinct
        ends.
        """
        return max(self._most(self.rows), self._most(self.columns), 2) - 1

    def check(self, value: object) -> tuple[int, int]:
        parts = value if isinstance(value, (list, tuple)) and len(value) == 2 else ()
        if not parts or not all(_is_index(part, self._most(n)) for part, n in zip(parts, self._sizes(), strict=True)):
            rows, columns = (self._most(size) - 1 for size in self._sizes())
            raise Refused(
                Text("“{value}” is not a cell such as [0, 0]: its row may be {rows}, its column {columns}.")(
                    value=shortened(value), rows=range_text(0, rows), columns=range_text(0, columns)
                )
            )
        row, column = parts
        return int(row), int(column)

    def fit(self, value: tuple[int, int], params: object) -> tuple[int, int]:
        rows, columns = (size if isinstance(size, int) else getattr(params, size) for size in self._sizes())
        return min(value[0], max(rows, 1) - 1), min(value[1], max(columns, 1) - 1)

    def example(self) -> str:
        return "[0, 0]"

    def spell(self, value: tuple[int, int]) -> Text:
        if self.rows == 1:
            return untranslated(str(value[1] + self.first))
        if not self.first:
            return untranslated(f"[{value[0]},{value[1]}]")
        words = Text("row {row}, column {column}")
        return words(row=value[0] + self.first, column=value[1] + self.first)

    def describe(self) -> dict[str, object]:
        return {"rows": self.rows, "columns": self.columns}

    def allowed(self) -> Text:
        return range_text(self.first, self.maximum + self.first)

    def _sizes(self) -> tuple[int | str, int | str]:
        return self.rows, self.columns

    def _most(self, size: int | str) -> int:
        return size if isinstance(size, int) else self.most


def _is_index(part: object, size: int) -> bool:
    if not isinstance(part, (int, float)) or isinstance(part, bool):
        return False
    return 0 <= part < size and part == int(part)
