"""The exponential function on a logarithmic scale, with the ranges of number formats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsRectItem

from gui.plots.axes.axis import dress_axes, raised_power, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import font, px, theme
from gui.plots.drawing.ink import brush, faded, pen

_EVERY, _FURTHEST = 100, 400
"""The distance between two tick texts at the left axis and the largest tick, both as powers of ten."""


@dataclass(frozen=True)
class Limit:
    """A number format: its limit in words, the range of x in which e^x can be stored, and whether the format is
    chosen.
    """

    words: str
    lowest: float
    highest: float
    chosen: bool


class LimitsPlot(Chart):
    """A plot of e^x as a straight line over x, on a logarithmic axis, with the present exponents as dots. Dots beyond
    the plot stay at its edge.
    """

    def __init__(self, ends: tuple[float, float]) -> None:
        super().__init__()
        self._ends = ends
        self.setXRange(*ends, padding=0)
        self.setYRange(*(end / math.log(10) for end in ends), padding=0)
        powers = range(-_FURTHEST, _FURTHEST + 1, _EVERY)
        self.getAxis("left").setTicks([[(power, raised_power(power)) for power in powers]])
        self.boxes = (QGraphicsRectItem(), QGraphicsRectItem())
        self.walls = (pg.InfiniteLine(0, 90), pg.InfiniteLine(0, 90))
        # The narrower format's words stand above the line, the wider one's below it.
        self.words = (pg.TextItem(anchor=(0, 0)), pg.TextItem(anchor=(1, 1)))
        self.line = pg.PlotCurveItem([*ends], [end / math.log(10) for end in ends])
        self.ghost, self.dots = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.put(*reversed(self.boxes), *self.walls, self.line, self.ghost, self.dots, *self.words)

    def set_names(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        colors = theme()
        dress_axes(self, across, up)
        steady(self, "10⁴⁰⁰")
        self.line.setPen(pen(colors.text, 2))
        self.dots.setPen(pen(colors.surface, 1))
        self.dots.setBrush(brush(colors.forward))
        self.ghost.setPen(pen(colors.text, 1.2, Qt.PenStyle.SolidLine, colors.ghost_opacity))
        self.ghost.setBrush(brush(colors.surface, 0.0))
        for scatter in (self.dots, self.ghost):
            scatter.setSize(px(11))
        for words in self.words:
            words.setFont(font("notes"))

    def show_limits(self, limits: Sequence[Limit]) -> None:
        """Show the ranges of two number formats, of the narrower one and of the wider one."""
        colors = theme()
        for limit, box, wall, words in zip(limits, self.boxes, self.walls, self.words, strict=True):
            low, high = limit.lowest / math.log(10), limit.highest / math.log(10)
            box.setRect(QRectF(limit.lowest, low, limit.highest - limit.lowest, high - low))
            box.setBrush(brush(colors.forward, 0.2 if limit.chosen else 0.09))
            box.setPen(pen(colors.forward, 1.5 if limit.chosen else 0.8))
            wall.setPos(limit.highest)
            wall.setPen(pen(colors.wrong, 2 if limit.chosen else 1, Qt.PenStyle.DashLine))
            words.setText(f" {limit.words} ")
            words.setColor(faded(colors.wrong if limit.chosen else colors.muted_text, 1.0))
        bottom, top = (end / math.log(10) for end in self._ends)
        self.words[0].setPos(limits[0].highest, top)
        self.words[1].setPos(limits[1].highest, bottom)

    def show_exponents(self, x: Sequence[float], ghost: Sequence[float] = ()) -> None:
        """Show dots at these exponents on the line, and rings at their earlier places."""
        for scatter, values in ((self.dots, x), (self.ghost, ghost)):
            kept = [min(max(value, self._ends[0]), self._ends[1]) for value in values]
            scatter.setData(kept, [value / math.log(10) for value in kept])
