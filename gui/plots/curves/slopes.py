"""A curve with straight lines of given slopes through its points: tangents and secants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import LEFT, Sketch
from gui.style.theme import theme
from gui.style.typography import scaled

_LINES, _GRID = 2, 8
_FURTHEST = 1e6
"""Heights of the plot above and below it to which lines are drawn: further away pixels are no numbers any more."""
_DOT = 5


@dataclass(frozen=True)
class Straight:
    """A line through (``x``, ``y``) with a slope, in a colour of the theme, and words about it for the corner."""

    x: float
    y: float
    slope: float
    color: str
    dashed: bool = False
    words: str = ""


class SlopesPlot(Chart):
    """``show_range`` comes first, since lines are drawn as far as it reaches; the others are independent."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = [pg.InfiniteLine(0, 90) for _ in range(_GRID)]
        self.ghost, self.curve = pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite")
        self.straights = [pg.PlotCurveItem() for _ in range(_LINES)]
        self.marks = _Marks()
        self.put(*self.grid, self.ghost, self.curve, *self.straights, self.marks)
        self.show_grid(())

    def show_range(self, across: Sequence[float], up: Sequence[float]) -> None:
        """What both axes show."""
        self.setXRange(*across, padding=0)
        self.setYRange(*up, padding=0)

    def show_grid(self, named: Sequence[tuple[float, str]]) -> None:
        """Upright lines at named places of the lower axis, such as all that can be stored."""
        self.getAxis("bottom").setTicks([list(named)] if named else None)
        for line, place in zip(self.grid, [*named, *[None] * _GRID], strict=False):
            line.setVisible(place is not None)
            if place is not None:
                line.setPos(place[0])
                line.setPen(pen(theme().hairline, 1, Qt.PenStyle.DashLine))

    def show_curve(self, x: np.ndarray, y: np.ndarray, ghost: tuple[np.ndarray, np.ndarray] | None = None) -> None:
        """The curve, with gaps where y is nan, and the one from before."""
        for item, shown, opacity in ((self.curve, (x, y), 1.0), (self.ghost, ghost, theme().ghost_opacity)):
            item.setVisible(shown is not None)
            if shown is not None:
                item.setData(shown[0], np.clip(shown[1], *self._limits()))
                item.setPen(pen(theme().text, 1.8, opacity=opacity))

    def _limits(self) -> np.ndarray:
        low, high = self.vb.viewRange()[1]
        return np.array([low, high]) + _FURTHEST * (high - low) * np.array([-1.0, 1.0])

    def show_marks(
        self, lines: Sequence[Straight], dots: Sequence[tuple[float, float, str]], *more: tuple[str, str]
    ) -> None:
        """Up to two lines across all that is shown with their words, dots (x, y, colour), and ``more`` words (words,
        colour) in the corner.
        """
        limits = self._limits()
        for item, line in zip(self.straights, [*lines, *[None] * _LINES], strict=False):
            item.setVisible(line is not None)
            if line is not None:
                ends = np.array(self.vb.viewRange()[0])
                with np.errstate(over="ignore"):
                    if line.slope:
                        # A steep line ends where it is out of sight: clipped at its sides it would be less steep.
                        ends = np.clip(ends, *np.sort(line.x + (limits - line.y) / line.slope))
                    item.setData(ends, np.clip(line.y + line.slope * (ends - line.x), *limits))
                item.setPen(pen(line.color, 2.4, Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine))
        rows = (*((line.words, line.color) for line in lines), *more)
        self.marks.show_state(tuple(dots), [row for row in rows if row[0]])


class _Marks(OverPlot):
    """Dots, and words on a plate in the upper left corner."""

    state = ((), ())

    def draw(self, sketch: Sketch) -> None:
        (dots, rows), radius = self.state, scaled(_DOT)
        seen = sketch.box.adjusted(-radius, -radius, radius, radius)
        for x, y, color in dots:
            # Pixels so far away that they are no numbers any more cannot be painted.
            if seen.contains(sketch.at(x, y)):
                sketch.dot(sketch.at(x, y), radius, color, theme().surface)
        if not rows:
            return
        width, line = max(sketch.width_of(words) for words, _ in rows), sketch.height_of()
        left, top = sketch.box.left() + scaled(4), sketch.box.top() + scaled(3)
        plate = QRectF(left, top, width + scaled(10), len(rows) * line + scaled(4))
        sketch.fill(plate, theme().surface, 0.85, scaled(4))
        row = QRectF(left + scaled(5), top + scaled(2), plate.width(), line)
        for words, color in rows:
            sketch.words(words, row, color=color, align=LEFT)
            row.translate(0, line)
