"""Curves over the steps of a run on an axis of powers of ten, with the step that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from engine.geometry.heights import LOWEST_POWER, height_range, power_heights, signed_heights
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import PowerAxis, raised_power
from gui.plots.curves.curves import Curve
from gui.plots.drawing.api import brush, curve_color, curve_pen, pen, px, theme
from gui.plots.learning.curve_key import Curve as Drawn
from gui.plots.learning.pinned_curves import PinnedCurve, PinnedCurves

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
        self._signed = False
        self._offered: tuple[PinnedCurve, ...] = ()
        self.pinned = PinnedCurves(self, self._heights, self._drawn)

    def set_names(self, across: str, up: str) -> None:
        """The names of both axes, an empty one leaves the numbers below out; takes colours and fonts anew."""
        self.name_axes(across, up)
        self.set_room("\N{MINUS SIGN}1000")
        self.getAxis("bottom").setStyle(showValues=bool(across))
        self.showGrid(y=True, alpha=0.15)

    def show_scale(self, last_step: int, low: float, high: float, signed: bool = False) -> None:
        """Steps from 0 to ``last_step``, heights from ``low`` to ``high``, and room for what was pinned."""
        self.getAxis("left").set_signed(signed)
        if signed != self._signed:
            self._signed = signed
            self.show_pinned(self._offered)
            self.pinned.draw_anew()
        if self.pinned.shown:
            ends = height_range(self._heights(self.pinned.values), signed)
            low, high = min(low, float(ends[0])), max(high, float(ends[1]))
            last_step = max(last_step, round(self.pinned.last))
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
            self.dots.setData(steps, heights, pen=pen(theme().surface, 0.5), brush=brush(color), size=px(6))
        place = slice(-1, None) if marked is None else slice(marked, marked + 1)
        if marked is None:
            ink = {"size": px(9), "pen": pen(theme().surface, 1), "brush": brush(color)}
        else:
            ink = {"size": px(14), "pen": pen(color, 2), "brush": brush(theme().surface, 0.0)}
        self.mark.setData(steps[place], heights[place], **ink)
        if self.pinned.shown:
            self.pinned.names.redraw()

    def show_pinned(self, curves: Sequence[PinnedCurve]) -> None:
        """The curves of pinned runs, behind all others; those with values below 0 only where the axis has such.

        ``show_scale`` makes room for them from then on.
        """
        self._offered = tuple(curves)
        shown = [one for one in curves if self._signed or not np.any(one.values < 0)]
        self.pinned.show(shown)

    def _heights(self, values: np.ndarray) -> np.ndarray:
        return signed_heights(values) if self._signed else power_heights(values)

    def _drawn(self) -> list[Drawn]:
        """The curves of the run that is shown."""
        lines = [line for line in (self.line, self.ghost, *self._beside) if line.isVisible()]
        return [line.getData() for line in lines if line.getData()[0] is not None]

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
