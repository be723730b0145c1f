"""What factors multiply to, one after another, on a scale of powers of ten, with a place for 0 below."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF

from engine.contract.text.numerals import rounded_up
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import power_of_ten
from gui.plots.curves.curves import Curve
from gui.plots.drawing.api import brush, font, pen, px, theme
from gui.plots.drawing.curve_ink import curve_color, curve_dashes, curve_pen

_MOST_NUMBERS = 11
"""So many factors are numbered one by one; of more, some."""
_ZERO = 1.0
"""Powers of ten that the place of 0 lies below the lowest one."""


class PowersPlot(Chart):
    """Sizes of products after 0, 1, 2, … factors; signs are not shown, what is 0 or too small lies at the bottom."""

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
        """The names of both axes; takes colours and fonts anew."""
        self.name_axes(across, up)
        self.one.setPen(pen(theme().control_outline, 1))
        self.place.setPen(pen(theme().selection, 1.6))

    def show_scale(self, factors: int, low: float, high: float, has_zero: bool) -> None:
        """So many factors, and the powers of ten from ``low`` to ``high``; ``has_zero`` adds the place of 0."""
        self._low, self._high, self._has_zero = low, high, has_zero
        self.setXRange(-0.15, factors + 0.15, padding=0)
        bottom = low - (_ZERO if has_zero else 0)
        room = 0.08 * (high - bottom)
        self.setYRange(bottom - room, high + room, padding=0)
        every = 1 if factors < _MOST_NUMBERS else round(rounded_up(factors / (_MOST_NUMBERS - 1), (1, 2, 5, 10)))
        self.getAxis("bottom").setTicks([[(layer, str(layer)) for layer in range(0, factors + 1, every)]])
        self._number()

    def show_place(self, factors: float) -> None:
        """An upright line where one looks, after so many factors."""
        self.place.setPos(factors)
        self.place.show()

    def height_of(self, product: float) -> float:
        """Where a product lies on the scale."""
        if product == 0:
            return self._low - (_ZERO if self._has_zero else 0)
        return max(math.log10(abs(product)), self._low)

    def show_products(self, products: Sequence[Curve], ghosts: Sequence[Curve] = ()) -> None:
        """Products after x factors, one curve for each row, and those from before."""
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
        """Have a line and a ghost for each of the first ``count`` looks."""
        for number in range(len(self.lines), count):
            ghost, line = pg.PlotCurveItem(), pg.PlotDataItem()
            ghost.setZValue(-1)
            # Solid lines below dashed ones: where curves coincide, both are seen.
            line.setZValue(1 if curve_dashes(number) else 0)
            self.ghosts.append(ghost)
            self.lines.append(line)
            self.put(ghost, line)

    def _number(self, *_: object) -> None:
        """As many powers of ten at the left axis as there is room for."""
        bottom = self._low - (_ZERO if self._has_zero else 0)
        line = 1.3 * QFontMetricsF(font("notes")).height()
        # The place of 0 needs a line of its own below the lowest power.
        low = self._low if not self._has_zero else bottom + max(1.0, self._lines(line))
        every = max(1, math.ceil(self._lines(line)))
        powers = [power for power in range(math.ceil(low), int(self._high) + 1) if power % every == 0]
        ticks = [(float(power), power_of_ten(power)) for power in powers]
        self.getAxis("left").setTicks([[*([(bottom, "0")] if self._has_zero else []), *ticks]])

    def _lines(self, line: float) -> float:
        """How many powers of ten a line of so many pixels is high."""
        low, high = self.vb.viewRange()[1]
        return line * (high - low) / max(1.0, self.vb.height())
