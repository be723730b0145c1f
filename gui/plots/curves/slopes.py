"""A curve with straight lines through its points, such as tangents and secants, and words in a corner."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, Role, pen, px, theme
from gui.plots.drawing.points import divided

_LINES, _GRID = 2, 8
_FURTHEST = 1e6
"""How far above and below the plot lines are drawn at most, in plot heights; larger pixel coordinates would overflow.
"""
_DOT = 5
_RING = 9
"""Pixels around the centre of a handle that words leave free."""


@dataclass(frozen=True)
class Straight:
    """A line through (``x``, ``y``) with a slope, in a theme colour, and words about it for the corner.

    It crosses the whole plot; with a ``reach`` it only extends so many pixels to either side of the point.
    """

    x: float
    y: float
    slope: float
    color: str
    dashed: bool = False
    words: str = ""
    reach: float = 0.0


T = TypeVar("T")
_Dot = tuple[float, float, str]
_Words = tuple[str | Sequence[str], str]


class SlopesPlot(Chart):
    """A plot of a curve and lines; call ``show_range`` before the other methods, since lines extend to that range.

    A plot that stands ``sideways`` beside another one has x going up and y across.
    """

    thickness = 1.8
    """The width of the curve in pixels."""

    def __init__(self, sideways: bool = False, role: Role = "notes", on_right: bool = False) -> None:
        super().__init__()
        self.sideways = sideways
        self.grid = [pg.InfiniteLine(0, 90) for _ in range(_GRID)]
        self.ghost, self.curve = pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite")
        self.straights = [pg.PlotCurveItem() for _ in range(_LINES)]
        self.marks = _Marks(self._place, role, on_right)
        self.put(*self.grid, self.ghost, self.curve, *self.straights, self.marks)
        self.show_grid(())

    def show_range(self, across: Sequence[float], up: Sequence[float]) -> None:
        """Set the range of both axes."""
        self.setXRange(*across, padding=0)
        self.setYRange(*up, padding=0)

    def show_grid(self, named: Sequence[tuple[float, str]]) -> None:
        """Show vertical lines at named places (x, name) of the lower axis, such as all numbers that can be stored."""
        self.getAxis("bottom").setTicks([list(named)] if named else None)
        for line, place in zip(self.grid, [*named, *[None] * _GRID], strict=False):
            line.setVisible(place is not None)
            if place is not None:
                line.setPos(place[0])
                line.setPen(pen(theme().hairline, 1, Qt.PenStyle.DashLine))

    def show_curve(self, x: np.ndarray, y: np.ndarray, ghost: tuple[np.ndarray, np.ndarray] | None = None) -> None:
        """Show the curve, with gaps where y is NaN; ``ghost`` is an earlier one."""
        for item, shown, opacity in ((self.curve, (x, y), 1.0), (self.ghost, ghost, theme().ghost_opacity)):
            item.setVisible(shown is not None)
            if shown is not None:
                item.setData(*self._place(shown[0], np.clip(shown[1], *self._limits())))
                item.setPen(pen(theme().text, self.thickness, opacity=opacity))

    def _place(self, x: T, y: T) -> tuple[T, T]:
        """The coordinates x and y of the curve as (horizontal, vertical) plot coordinates, swapped if the plot stands
        sideways.
        """
        return (y, x) if self.sideways else (x, y)

    def _limits(self) -> np.ndarray:
        low, high = self._place(*self.vb.viewRange())[1]
        return np.array([low, high]) + _FURTHEST * (high - low) * np.array([-1.0, 1.0])

    def show_marks(
        self,
        lines: Sequence[Straight],
        dots: Sequence[_Dot],
        *more: _Words,
        clear_of: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Show up to two lines with their words, dots (x, y, colour), and in the corner ``more`` words with their
        colour, of several wordings the longest that fits. The words avoid handles at ``clear_of``.
        """
        limits, whole = self._limits(), [line for line in lines if not line.reach]
        for item, line in zip(self.straights, [*whole, *[None] * _LINES], strict=False):
            item.setVisible(line is not None)
            if line is not None:
                ends = np.array(self._place(*self.vb.viewRange())[0])
                with np.errstate(over="ignore"):
                    if line.slope:
                        # A steep line ends where it is out of sight: clipped at its sides it would be less steep.
                        ends = np.clip(ends, *np.sort(line.x + (limits - line.y) / line.slope))
                    heights = np.clip(line.y + line.slope * (ends - line.x), *limits)
                item.setData(*self._place(ends, heights))
                item.setPen(pen(line.color, 2.4, Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine))
        rows = [row for row in (*((line.words, line.color) for line in lines), *more) if row[0]]
        self.marks.show_state([line for line in lines if line.reach], tuple(dots), rows, tuple(clear_of))


class _Marks(PlotOverlay):
    """The overlay of short lines, dots, and words on a plate in a corner."""

    state: tuple[Sequence[Straight], Sequence[_Dot], Sequence[_Words], Sequence[tuple[float, float]]] = (
        (), (), (), (),
    )  # fmt: skip

    def __init__(self, place: Callable[[float, float], tuple[float, float]], role: Role, on_right: bool) -> None:
        super().__init__()
        self._place, self._role, self._on_right = place, role, on_right
        self.setZValue(1)

    def draw(self, sketch: PixelPainter) -> None:
        lines, dots, rows, rings = self.state
        for line in lines:
            self._draw_line(sketch, line)
        radius = px(_DOT)
        seen = sketch.box.adjusted(-radius, -radius, radius, radius)
        for x, y, color in dots:
            # Pixels so far away that they are no numbers any more cannot be painted.
            if seen.contains(sketch.at(*self._place(x, y))):
                sketch.dot(sketch.at(*self._place(x, y)), radius, color, theme().surface)
        self._draw_words(sketch, rows, [sketch.at(*self._place(x, y)) for x, y in rings])

    def _draw_line(self, sketch: PixelPainter, line: Straight) -> None:
        place = sketch.at(*self._place(line.x, line.y))
        ahead = sketch.at(*self._place(line.x + 1, line.y + line.slope)) - place
        along = divided(ahead, max(1e-12, math.hypot(ahead.x(), ahead.y()))) * px(line.reach)
        sketch.painter.setClipRect(sketch.box)
        sketch.line(place - along, place + along, line.color, 3.2)
        sketch.painter.setClipping(False)

    def _draw_words(self, sketch: PixelPainter, rows: Sequence[_Words], rings: Sequence[QPointF]) -> None:
        most = sketch.box.width() - px(12)
        fitting = (sketch.fitting([words] if isinstance(words, str) else words, most, self._role) for words, _ in rows)
        shown = [(words, color) for words, (_, color) in zip(fitting, rows, strict=True) if words]
        if not shown:
            return
        width, line = max(sketch.width_of(words, self._role) for words, _ in shown), sketch.height_of(self._role)
        plates = self._corners(sketch.box, QSizeF(width + px(10), len(shown) * line + px(4)))
        near = px(_RING)
        free = (one for one in plates if not any(one.adjusted(-near, -near, near, near).contains(at) for at in rings))
        plate = next(free, plates[0])
        sketch.fill(plate, theme().surface, 0.85, px(4))
        row = QRectF(plate.left() + px(5), plate.top() + px(2), width, line)
        for words, color in shown:
            sketch.words(words, row, self._role, color, RIGHT if self._on_right else LEFT)
            row.translate(0, line)

    def _corners(self, box: QRectF, size: QSizeF) -> list[QRectF]:
        """The places for the plate, the best first: the upper corner meant for it, the other upper corner, and the
        places below these.
        """
        plates = [QRectF(QPointF(), size) for _ in range(4)]
        for number, plate in enumerate(plates):
            plate.moveTopLeft(box.topLeft() + QPointF(px(4), px(3)))
            if self._on_right == (number % 2 == 0):
                plate.moveRight(box.right() - px(2))
            if number > 1:
                plate.moveBottom(box.bottom() - px(3))
        return plates
