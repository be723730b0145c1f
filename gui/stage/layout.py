"""Where the parts of a stage stand: rows and columns written down as they are seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import Qt

from gui.stage.stage import Stage

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignTop
_PIXELS_A_SHARE = 1
"""So few that they never exceed the stage: where they do, Qt takes away without regard to the shares."""


@dataclass(frozen=True)
class Layout:
    """``cells`` has a string for each row, with a name for each column: the view's attribute that stands there.

    A name that is repeated beside or below itself spans those cells; ``.`` leaves one empty. ``heights`` and ``widths``
    are shares of what is left after the rows and columns of share 0 have taken the room they need. ``align`` says
    where an item stands in its cells when they are larger than it. ValueError where the parts do not agree.
    """

    cells: tuple[str, ...]
    heights: tuple[int, ...]
    widths: tuple[int, ...]
    align: Mapping[str, Qt.AlignmentFlag] = field(default_factory=lambda: MappingProxyType({"views": RIGHT}))

    def __post_init__(self) -> None:
        _check(self.cells, len(self.heights), len(self.widths))

    def below(self, item: str, names: tuple[str, str], share: int) -> Layout:
        """The same with words and a plot, ``names``, right below an item, which leaves ``share`` percent of its last
        row to them. What stands beside it there reaches as far down as before; without the item it is this layout.
        """
        rows = self._rows()
        if item not in self.places():
            return self
        last = max(number for number, row in enumerate(rows) if item in row)
        more = [" ".join(name if one == item else one for one in rows[last]) for name in names]
        cells = (*self.cells[: last + 1], *more, *self.cells[last + 1 :])
        taken = round(self.heights[last] * share / 100)
        shared = self.heights[last] - taken, 0, taken
        heights = (*self.heights[:last], *shared, *self.heights[last + 1 :])
        return Layout(cells, heights, self.widths, self.align)

    def places(self) -> dict[str, tuple[int, int, int, int]]:
        """Row, column, and number of rows and columns of each name."""
        return _places(self._rows())

    def apply(self, stage: Stage, items: Mapping[str, object], before: Layout | None) -> None:
        """Place the named items on the stage; what stood there only in the layout ``before`` is taken away."""
        for name in before.places() if before is not None else ():
            stage.take_away(items[name])
        grid = stage.ci.layout
        for name, (row, column, rows, columns) in self.places().items():
            stage.place(items[name], row, column, rows, columns)
            grid.setAlignment(items[name], self.align.get(name, Qt.AlignmentFlag(0)))
        stage.set_stretch(self.heights, self.widths)
        for share_out, shares, count in (
            (grid.setRowPreferredHeight, self.heights, grid.rowCount()),
            (grid.setColumnPreferredWidth, self.widths, grid.columnCount()),
        ):
            for line in range(count):
                share = shares[line] if line < len(shares) else 0
                # In the proportion of the shares, or what stands in a row or column would move them.
                share_out(line, _PIXELS_A_SHARE * share if share else -1)
        stage.fill()

    def _rows(self) -> list[list[str]]:
        return _rows(self.cells)


@cache
def _check(cells: tuple[str, ...], heights: int, widths: int) -> None:
    """ValueError where the parts of a layout do not agree; a view writes its few down with every frame."""
    rows = _rows(cells)
    if len(rows) != heights or any(len(row) != widths for row in rows):
        raise ValueError(f"layout {cells}: {heights} heights, {widths} widths")
    for name, (row, column, height, width) in _places(rows).items():
        filled = sum(line.count(name) for line in rows)
        if filled != height * width:
            raise ValueError(f"layout {cells}: {name} at row {row}, column {column} is no rectangle")


def _rows(cells: tuple[str, ...]) -> list[list[str]]:
    return [row.split() for row in cells]


def _places(rows: list[list[str]]) -> dict[str, tuple[int, int, int, int]]:
    found: dict[str, tuple[int, int, int, int]] = {}
    for r, line in enumerate(rows):
        for c, name in enumerate(line):
            if name != ".":
                row, column, _, _ = found.get(name, (r, c, 0, 0))
                found[name] = (row, column, r - row + 1, max(c - column + 1, found.get(name, (0, 0, 0, 0))[3]))
    return found
