"""A curve with straight lines of given slopes through its points: tangents and secants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.axis import dress_axes
from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

_LINES = 2
_FURTHEST = 1e6
"""Heights of the plot above and below it to which lines are drawn: further away pixels are no numbers any more."""
_DOT = 5


@dataclass(frozen=True)
class Straight:
    """A line through (``x``, ``y``) with a slope, in a colour of the theme."""

    x: float
    y: float
    slope: float
    color: str
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A point in a colour of the theme; a hollow one is what was meant, a filled one what is."""

    x: float
    y: float
    color: str
    hollow: bool = False


class SlopesPlot(Chart):
    """``show_curve``, ``show_straights``, ``show_dots`` and ``show_words`` are independent of one another."""

    def __init__(self) -> None:
        super().__init__()
        self._names = ("", "")
        self.grid = [pg.InfiniteLine(0, 90) for _ in range(8)]
        self.ghost = pg.PlotCurveItem(connect="finite")
        self.curve = pg.PlotCurveItem(connect="finite")
        self.straights = [pg.PlotCurveItem() for _ in range(_LINES)]
        self.marks = _Marks()
        for z, item in enumerate((*self.grid, self.ghost, self.curve, *self.straights, self.marks)):
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            item.setZValue(z)
            self.addItem(item, ignoreBounds=True)
        self.show_grid()

    def set_names(self, across: str, up: str, widest: str) -> None:
        """The names of both axes and the widest number at the left one; takes colours and fonts anew."""
        notes = QFontMetricsF(font("notes"))
        dress_axes(self, across, up)
        self.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=round(notes.height()))
        room = notes.horizontalAdvance(widest) + (notes.height() if up else 0)
        self.getAxis("left").setWidth(round(room) + scaled(10))
        self.marks.update()

    def show_range(self, across: Sequence[float], up: Sequence[float]) -> None:
        """What both axes show."""
        self.setXRange(*across, padding=0)
        self.setYRange(*up, padding=0)

    def show_ticks(self, ticks: Sequence[tuple[float, str]] | None) -> None:
        """Named places of the lower axis; None for its own numbers."""
        self.getAxis("bottom").setTicks(None if ticks is None else [list(ticks)])

    def show_grid(self, places: Sequence[float] = ()) -> None:
        """Upright lines at places, such as all that can be stored."""
        for line, place in zip(self.grid, [*places, *[None] * len(self.grid)], strict=False):
            line.setVisible(place is not None)
            if place is not None:
                line.setPos(place)
                line.setPen(pen(theme().hairline, 1, Qt.PenStyle.DashLine))

    def show_curve(self, x: np.ndarray, y: np.ndarray, ghost: tuple[np.ndarray, np.ndarray] | None = None) -> None:
        """The curve, with gaps where y is nan, and the one from before."""
        colors = theme()
        self.curve.setData(x, np.clip(y, *self._limits()))
        self.curve.setPen(pen(colors.text, 1.8))
        self.ghost.setVisible(ghost is not None)
        if ghost is not None:
            self.ghost.setData(ghost[0], np.clip(ghost[1], *self._limits()))
            self.ghost.setPen(pen(colors.text, 1.8, Qt.PenStyle.SolidLine, colors.ghost_opacity))

    def _limits(self) -> np.ndarray:
        low, high = self.vb.viewRange()[1]
        return np.array([low, high]) + _FURTHEST * (high - low) * np.array([-1.0, 1.0])

    def show_straights(self, lines: Sequence[Straight]) -> None:
        """Up to two lines across all that is shown."""
        (left, right), _ = self.vb.viewRange()
        limits = self._limits()
        for item, line in zip(self.straights, [*lines, *[None] * _LINES], strict=False):
            item.setVisible(line is not None)
            if line is not None:
                ends = np.array([left, right])
                with np.errstate(over="ignore"):
                    if line.slope:
                        # A steep line ends where it is out of sight: clipped at its sides it would be less steep.
                        ends = np.clip(ends, *np.sort(line.x + (limits - line.y) / line.slope))
                    item.setData(ends, np.clip(line.y + line.slope * (ends - line.x), *limits))
                style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
                item.setPen(pen(line.color, 2.4, style))

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Points over everything else."""
        self.marks.dots = tuple(dots)
        self.marks.update()

    def show_words(self, rows: Sequence[tuple[str, str]]) -> None:
        """Lines of words with their colours in the upper left corner."""
        self.marks.rows = tuple(rows)
        self.marks.update()


class _Marks(OverPlot):
    """Dots, and words on a plate, drawn in pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.dots: tuple[Dot, ...] = ()
        self.rows: tuple[tuple[str, str], ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        radius = scaled(_DOT)
        with in_pixels(painter, self) as to_pixels:
            shown = to_pixels.mapRect(self.boundingRect())
            for dot in self.dots:
                place = to_pixels.map(QPointF(dot.x, dot.y))
                # Pixels so far away that they are no numbers any more cannot be painted.
                if not shown.adjusted(-radius, -radius, radius, radius).contains(place):
                    continue
                painter.setPen(pen(dot.color if dot.hollow else colors.surface, 2))
                painter.setBrush(brush(colors.surface if dot.hollow else dot.color))
                painter.drawEllipse(place, radius, radius)
            metrics = QFontMetricsF(font("notes"))
            rows = [row for row in self.rows if row[0]]
            if not rows:
                return
            width = max(metrics.horizontalAdvance(words) for words, _ in rows) + scaled(10)
            top = shown.top() + scaled(3)
            plate = QRectF(shown.left() + scaled(4), top, width, len(rows) * metrics.height() + scaled(4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.surface, 0.85))
            painter.drawRoundedRect(plate, scaled(4), scaled(4))
            painter.setFont(font("notes"))
            line = metrics.height()
            for number, (words, color) in enumerate(rows):
                box = QRectF(plate.left() + scaled(5), top + scaled(2) + number * line, width, line)
                painter.setPen(pen(color))
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
