"""The absolute values of products over the number of factors, on a scale of powers of ten with a place for 0 below."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF

from engine.contract.numerals import rounded_up
from engine.geometry.heights import LOWEST_POWER, height_range, power_heights, signed_heights
from gui.plots.axes.axis import PowerAxis, power_of_ten, raised_power
from gui.plots.axes.chart import Chart
from gui.plots.curves.curves import Curve
from gui.plots.drawing.api import brush, curve_color, curve_pen, font, pen, px, theme
from gui.plots.drawing.curve_ink import curve_dashes
from gui.plots.learning.curve_key import Curve as Drawn
from gui.plots.learning.pinned_curves import PinnedCurve, PinnedCurves

_MOST_NUMBERS = 11
"""Fewer factors than this all have a tick text; of more, only some have one."""
_ZERO = 1.0
"""How far the coordinate of 0 lies below the lowest power of ten, in powers of ten."""


class PowersPlot(Chart):
    """A plot of the absolute values of products after 0, 1, 2, … factors, on a scale of powers of ten.

    0 and values that are too small for the scale lie at the bottom.
    """

    def __init__(self) -> None:
        super().__init__()
        self._low, self._high, self._has_zero = -1.0, 0.0, False
        self.vb.sigResized.connect(self._number)
        self.one, self.place = pg.InfiniteLine(0, 0), pg.InfiniteLine(0, 90)
        self.place.hide()
        self.one.setZValue(-2)
        self.place.setZValue(-2)
        self.ghosts: list[pg.PlotCurveItem] = []
        self.lines: list[pg.PlotDataItem] = []
        self.put(self.one, self.place)

    def set_names(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.one.setPen(pen(theme().control_outline, 1))
        self.place.setPen(pen(theme().selection, 1.6))

    def show_scale(self, factors: int, low: float, high: float, has_zero: bool) -> None:
        """Set the number of factors and the range of the vertical axis in powers of ten; ``has_zero`` adds a place for
        0 below it.
        """
        self._low, self._high, self._has_zero = low, high, has_zero
        self.setXRange(-0.15, factors + 0.15, padding=0)
        bottom = low - (_ZERO if has_zero else 0)
        room = 0.08 * (high - bottom)
        self.setYRange(bottom - room, high + room, padding=0)
        every = 1 if factors < _MOST_NUMBERS else round(rounded_up(factors / (_MOST_NUMBERS - 1), (1, 2, 5, 10)))
        self.getAxis("bottom").setTicks([[(layer, str(layer)) for layer in range(0, factors + 1, every)]])
        self._number()

    def show_place(self, factors: float) -> None:
        """Show a vertical line at this number of factors."""
        self.place.setPos(factors)
        self.place.show()

    def height_of(self, product: float) -> float:
        """The vertical coordinate of a product: log10 of its absolute value, or the bottom of the scale."""
        if product == 0:
            return self._low - (_ZERO if self._has_zero else 0)
        return max(math.log10(abs(product)), self._low)

    def show_products(self, products: Sequence[Curve], ghosts: Sequence[Curve] = ()) -> None:
        """Show products over the number of factors, one curve for each row, and earlier curves as ghosts."""
        self._make_items(max((curve.number + 1 for curve in (*products, *ghosts)), default=0))
        for items, shown, opacity in ((self.lines, products, 1.0), (self.ghosts, ghosts, theme().ghost_opacity)):
            by_number = {curve.number: curve for curve in shown}
            for number, item in enumerate(items):
                item.setVisible(number in by_number)
                if number not in by_number:
                    continue
                curve = by_number[number]
                item.setData(curve.x, np.array([self.height_of(product) for product in curve.y.tolist()]))
                item.setPen(curve_pen(number, 2.4, opacity))
                if items is self.lines:
                    item.setSymbol("o")
                    item.setSymbolSize(px(7))
                    item.setSymbolPen(pen(theme().surface, 1))
                    item.setSymbolBrush(brush(curve_color(number)))

    def _make_items(self, count: int) -> None:
        """Create a line and a ghost for each of the first ``count`` styles."""
        for number in range(len(self.lines), count):
            ghost, line = pg.PlotCurveItem(), pg.PlotDataItem()
            ghost.setZValue(-1)
            # Solid lines below dashed ones: where curves coincide, both are seen.
            line.setZValue(1 if curve_dashes(number) else 0)
            self.ghosts.append(ghost)
            self.lines.append(line)
            self.put(ghost, line)

    def _number(self, *_: object) -> None:
        """Label the left axis with as many powers of ten as there is room for."""
        bottom = self._low - (_ZERO if self._has_zero else 0)
        line = 1.3 * QFontMetricsF(font("notes")).height()
        # The place of 0 needs a line of its own below the lowest power.
        low = self._low if not self._has_zero else bottom + max(1.0, self._lines(line))
        every = max(1, math.ceil(self._lines(line)))
        powers = [power for power in range(math.ceil(low), int(self._high) + 1) if power % every == 0]
        ticks = [(float(power), power_of_ten(power)) for power in powers]
        self.getAxis("left").setTicks([[*([(bottom, "0")] if self._has_zero else []), *ticks]])

    def _lines(self, line: float) -> float:
        """The height in powers of ten of a text line of ``line`` pixels."""
        low, high = self.vb.viewRange()[1]
        return line * (high - low) / max(1.0, self.vb.height())


_FEW = 45
"""A curve of at most this many points has a dot at each."""
_MARGIN = 0.04
_BELOW = "≤" + raised_power(round(LOWEST_POWER))


class PowerCurves(Chart):
    """One curve and its ghost, or several curves of which one is selected. The vertical coordinates are exponents of
    ten, or on a ``signed`` axis sign(v) · log10(1 + |v|).
    """

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
        """Set the names of both axes; an empty one hides the numbers below. Applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_room("\N{MINUS SIGN}1000")
        self.getAxis("bottom").setStyle(showValues=bool(across))
        self.showGrid(y=True, alpha=0.15)

    def show_scale(self, last_step: int, low: float, high: float, signed: bool = False) -> None:
        """Set the range to steps up to ``last_step`` and heights from ``low`` to ``high``; it is extended to hold the
        curves of pinned runs.
        """
        self.getAxis("left").set_signed(signed)
        if signed != self._signed:
            self._signed = signed
            self.show_pinned(self._offered)
            self.pinned.draw_anew()
        if self.pinned.shown:
            ends = height_range(self._heights(self.pinned.values), signed)
            low, high = min(low, float(ends[0])), max(high, float(ends[1]))
        # Of all that are offered, so that a plot below with other values of the same steps keeps the same axis.
        last_step = max(last_step, *(round(float(one.at[-1])) for one in self._offered if len(one.at)), 0)
        margin = _MARGIN * last_step
        self.setXRange(-margin, last_step + margin, padding=0)
        room = _MARGIN * (high - low)
        self.setYRange(low - room, high + room, padding=0)

    def show_curve(self, steps: np.ndarray, heights: np.ndarray, color: str, marked: int | None) -> None:
        """Show heights (K,) over steps (K,); the point ``marked`` gets a ring, or, if None, the last one a dot."""
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
        """Show the curves of pinned runs, behind all others; those with negative values only on a signed axis.

        ``show_scale`` makes room for them from then on.
        """
        self._offered = tuple(curves)
        shown = [one for one in curves if self._signed or not np.any(one.values < 0)]
        self.pinned.show(shown)

    def _heights(self, values: np.ndarray) -> np.ndarray:
        return signed_heights(values) if self._signed else power_heights(values)

    def _drawn(self) -> list[Drawn]:
        """The curves of the current run, which the names of pinned runs avoid."""
        lines = [line for line in (self.line, self.ghost, *self._beside) if line.isVisible()]
        return [line.getData() for line in lines if line.getData()[0] is not None]

    def show_ghost(self, steps: np.ndarray, heights: np.ndarray, color: str) -> None:
        """Show an earlier curve as a ghost; none if ``steps`` is empty."""
        self.ghost.setData(steps, heights)
        self.ghost.setPen(pen(color, 2, opacity=theme().ghost_opacity))

    def show_curves(self, curves: Sequence[Curve], looked_at: int, ghosts: Sequence[Curve] = ()) -> None:
        """Show several curves; the one with the style number ``looked_at`` lies on top, with a dot at each step."""
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
