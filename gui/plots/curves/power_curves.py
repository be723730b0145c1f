"""Curves over the steps of a run on an axis of powers of ten, with the step that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from engine.geometry.heights import LOWEST_POWER
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import PowerAxis, raised_power
from gui.plots.curves.curves import Curve
from gui.plots.drawing.pieces import brush, curve_color, curve_pen, pen, scaled, theme

_FEW = 45
"""Up to so many points each is a dot."""
_MARGIN = 0.04
_BELOW = "≤" + raised_power(round(LOWEST_POWER))


class PowerCurves(Chart):
    """One curve and its ghost, or several of which one is looked at; heights are exponents, or signed ones."""

    def __init__(self) -> None:
        super().__init__({"left": PowerAxis("left", LOWEST_POWER, _BELOW)})
        self.ghost, self.line = pg.PlotCurveItem(), pg.PlotCurveItem()
        self.dots, self.mark = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.put(self.ghost, self.line, self.dots, self.mark)
        self._beside: list[pg.PlotCurveItem] = []

    def set_names(self, across: str, up: str) -> None:
        """The names of both axes, an empty one leaves the numbers below out; takes colours and fonts anew."""
        self.name_axes(across, up)
        self.set_room("\N{MINUS SIGN}1000")
        self.getAxis("bottom").setStyle(showValues=bool(across))
        self.showGrid(y=True, alpha=0.15)

    def show_scale(self, last_step: int, low: float, high: float, signed: bool = False) -> None:
        """Steps from 0 to ``last_step``, heights from ``low`` to ``high``."""
        self.getAxis("left").set_signed(signed)
        margin = _MARGIN * last_step
        self.setXRange(-margin, last_step + margin, padding=0)
        room = _MARGIN * (high - low)
        self.setYRange(low - room, high + room, padding=0)

    def show_curve(self, steps: np.ndarray, heights: np.ndarray, color: str, marked: int | None) -> None:
        """Heights (K,) over steps (K,); the point ``marked`` is ringed, without one the last is a dot."""
        self.line.setData(steps, heights)
        self.line.setPen(pen(color, 2))
        few = len(steps) <= _FEW
        self.dots.setVisible(few)
        # All at once: each setting by itself would have the points drawn up anew.
        if few:
            self.dots.setData(steps, heights, pen=pen(theme().surface, 0.5), brush=brush(color), size=scaled(6))
        place = slice(-1, None) if marked is None else slice(marked, marked + 1)
        if marked is None:
            ink = {"size": scaled(9), "pen": pen(theme().surface, 1), "brush": brush(color)}
        else:
            ink = {"size": scaled(14), "pen": pen(color, 2), "brush": brush(theme().surface, 0.0)}
        self.mark.setData(steps[place], heights[place], **ink)

    def show_ghost(self, steps: np.ndarray, heights: np.ndarray, color: str) -> None:
        """The curve from before, or nothing."""
        self.ghost.setData(steps, heights)
        self.ghost.setPen(pen(color, 2, opacity=theme().ghost_opacity))

    def show_curves(self, curves: Sequence[Curve], looked_at: int, ghosts: Sequence[Curve] = ()) -> None:
        """Several curves, each in its own ink; the one of ink ``looked_at`` lies on top, with a dot a step."""
        beside = [(curve, theme().ghost_opacity) for curve in ghosts]
        beside += [(curve, 1.0) for curve in curves if curve.number != looked_at]
        while len(self._beside) < len(beside):
            self._beside.append(pg.PlotCurveItem())
            self._beside[-1].setZValue(-1)
            self.put(self._beside[-1])
        for place, item in enumerate(self._beside):
            item.setVisible(place < len(beside))
            if place < len(beside):
                curve, opacity = beside[place]
                item.setData(curve.x, curve.y)
                item.setPen(curve_pen(curve.number, curve.width, opacity))
        for curve in curves:
            if curve.number == looked_at:
                self.show_curve(curve.x, curve.y, curve_color(looked_at), None)
