"""A cell of a grid, such as the one of an output whose window is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Field, range_text
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, untranslated


@dataclass(frozen=True, kw_only=True)
class Cell(Field):
    """(row, column), both from 0 as in NumPy; people read and type them from 1 in the window, or from ``first`` 0 where
    the stage names cells as NumPy does. The command line, guides and sessions spell the value itself: [0, 30] is the
    31st cell of the first row.

    ``rows`` and ``columns`` are numbers, or names of parameters or properties of the same set: then up to ``most`` are
    accepted, and a cell beyond the grid becomes the nearest one in it.
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
        """The largest row or column; 1 for a single cell, so that the scale of a control has two ends."""
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
