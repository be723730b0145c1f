"""A plot of curves over one quantity, each in its own ink, with a cursor; axes stay as they are told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg

from gui.plots.axes.chart import Chart
from gui.plots.curves.cursor_line import CursorLine
from gui.plots.curves.touch_points import TouchPoints
from gui.plots.drawing.curve_ink import curve_pen
from gui.plots.drawing.ink import pen
from gui.style.theme import theme

_CURVES = 7


@dataclass(frozen=True)
class Curve:
    """``number`` is the ink; ``x`` and ``y`` have one length; ``width`` is in pixels."""

    number: int
    x: np.ndarray
    y: np.ndarray
    width: float = 2.6


class CurvesPlot(Chart):
    """``show_curves`` for what is drawn, ``show_range`` for the axes, ``cursor`` and ``touches`` for what is read."""

    def __init__(self, low: float, high: float, numbered_below: bool = True) -> None:
        super().__init__()
        self._numbered_below = numbered_below
        self.setXRange(low, high, padding=0)
        self.zero = pg.InfiniteLine(0, 0)
        self.ghosts = [pg.PlotCurveItem() for _ in range(_CURVES)]
        self.lines = [pg.PlotCurveItem() for _ in range(_CURVES)]
        self.cursor, self.touches = CursorLine(), TouchPoints()
        self.put(self.zero, *self.ghosts, *self.lines)
        self.addItem(self.cursor, ignoreBounds=True)
        self.addItem(self.touches, ignoreBounds=True)
        # Solid lines below dashed ones: where curves coincide, both are seen.
        for number, curve in enumerate(self.lines):
            curve.setZValue(1 if theme().curve_dashes[number] else 0)

    def set_names(self, across: str, up: str) -> None:
        """The names of both axes; takes colours and fonts anew."""
        self.name_axes(across, up)
        self.set_numbered_below(self._numbered_below)
        self.zero.setPen(pen(theme().control_outline, 1))

    def set_numbered_below(self, numbered: bool) -> None:
        """Whether the lower axis has numbers of its own, or is that of a plot beneath."""
        self._numbered_below = numbered
        self.getAxis("bottom").setStyle(showValues=numbered)

    def show_range(self, low: float, high: float) -> None:
        """What the left axis shows."""
        self.setYRange(low, high, padding=0)

    def show_curves(self, curves: Sequence[Curve], ghosts: Sequence[Curve] = ()) -> None:
        """The curves, and those from before."""
        for items, shown, thinner, opacity in (
            (self.lines, curves, 0.0, 1.0),
            (self.ghosts, ghosts, 0.6, theme().ghost_opacity),
        ):
            by_number = {curve.number: curve for curve in shown}
            for number, item in enumerate(items):
                item.setVisible(number in by_number)
                if number in by_number:
                    item.setData(by_number[number].x, by_number[number].y)
                    item.setPen(curve_pen(number, by_number[number].width - thinner, opacity))
