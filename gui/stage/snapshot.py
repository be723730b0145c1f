"""The data from which a view draws: snapshots of a run, probe points under the pointer, and layouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.handle import Position, ProbePoint
from engine.contract.params import Params
from gui.plots.axes.chart import Chart
from gui.stage.stage import Stage

P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Frame)


@dataclass(frozen=True)
class Snapshot(Generic[P, F]):
    """A frame and the parameters with which it was computed."""

    params: P
    frame: F


def refuse_foreign(experiment: Experiment[Any, Any], *snapshots: Snapshot[Any, Any] | None) -> None:
    """Raise TypeError unless all snapshots belong to the experiment: frames of another experiment with fields of the
    same names would be drawn without an error.
    """
    for shown in snapshots:
        if shown is not None and not experiment.owns(shown.params, shown.frame):
            raise TypeError(f"{experiment.id}: {type(shown.frame).__name__} is of another experiment")


class Spots:
    """Converts points of the scene and of plots into probe points, for which the engine returns what lies there."""

    def __init__(self) -> None:
        self._plots: list[tuple[Chart, str]] = []

    def add(self, plot: Chart, part: str) -> None:
        """Register a plot, with the name that its probe points have as ``part``."""
        self._plots.append((plot, part))

    def at(self, scene_place: QPointF, with_axes: bool = False) -> ProbePoint | None:
        """The probe point at a point of the scene, None outside all plots; ``with_axes`` includes their axes."""
        for plot, part in self._plots:
            if lies_over(plot if with_axes else plot.vb, scene_place):
                place = plot.place_at(scene_place)
                return None if place is None else ProbePoint(place.x(), place.y(), part)
        return None

    def on(self, plot: Chart, place: Position) -> ProbePoint | None:
        """The probe point at a point of a plot, None if the plot is not registered."""
        return next((ProbePoint(place[0], place[1], part) for one, part in self._plots if one is plot), None)


def lies_over(item: pg.GraphicsWidget, scene_place: QPointF) -> bool:
    """Whether an item is on the stage and contains this point of the scene."""
    return item.scene() is not None and item.sceneBoundingRect().contains(scene_place)


RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignTop
_PIXELS_A_SHARE = 1
"""The preferred pixels of a row or column per share. They are so few that preferred sizes never exceed the stage;
otherwise Qt would shrink rows without regard to the shares.
"""


@dataclass(frozen=True)
class Layout:
    """The grid of a stage: ``cells`` has a string for each row, which names the view's attribute in each column.

    A name repeated beside or below itself spans those cells; ``.`` leaves a cell empty. Rows and columns with the share
    0 in ``heights`` or ``widths`` get the room they need; the others share the rest in proportion. ``align`` aligns an
    item within cells that are larger than it. ValueError if rows, ``heights`` and ``widths`` do not match.
    """

    cells: tuple[str, ...]
    heights: tuple[int, ...]
    widths: tuple[int, ...]
    align: Mapping[str, Qt.AlignmentFlag] = field(default_factory=lambda: MappingProxyType({"views": RIGHT}))

    def __post_init__(self) -> None:
        _check(self.cells, len(self.heights), len(self.widths))

    def below(self, item: str, names: tuple[str, str], share: int) -> Layout:
        """This layout with a line of words and a plot (``names``) inserted directly below ``item``; they get ``share``
        percent of the height of the item's last row. Items beside it extend as far down as before. If the layout does
        not have the item, it is returned unchanged.
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
        """The (row, column, row span, column span) of each name."""
        return _places(self._rows())

    def apply(self, stage: Stage, items: Mapping[str, object], before: Layout | None) -> None:
        """Place the named items on the stage and remove those that only the layout ``before`` has."""
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
    """Raise ValueError if the cells, heights and widths of a layout do not match; cached, since views build the same
    few layouts at every frame.
    """
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
