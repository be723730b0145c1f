"""Computing times over sizes on two logarithmic axes: a point for every size tried, and a second method if wanted."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg

from gui.plots.axes.axis import dress_axes, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import brush, curve_color, curve_pen, font, pen, px, theme

_UNITS = ((1e-6, "µs"), (1e-3, "ms"), (1.0, "s"))
_USUAL = (-6, -3)
_BESIDE = 0.25
"""The margin on both sides of the sizes, in powers of ten."""
_OTHER = 2
"""The curve style of the second method."""


class TimePlot(Chart):
    """A plot of times over sizes; ``powers`` are the smallest and the largest size as powers of ten.

    ``usual`` is the range of the times as powers of ten, in seconds, by default from 1 µs to 1 ms. It is extended if
    needed.
    """

    def __init__(self, powers: tuple[int, int] = (0, 3), usual: tuple[int, int] = _USUAL) -> None:
        super().__init__()
        self._decades = usual
        self._left, self._width = powers[0] - _BESIDE, powers[1] - powers[0] + 2 * _BESIDE
        self.curve, self.dots, self.now = pg.PlotCurveItem(), pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.other, self.other_dots = pg.PlotCurveItem(), pg.ScatterPlotItem()
        self.words = pg.TextItem(anchor=(0.5, 1.3))
        self.spread = pg.PlotCurveItem(connect="pairs")
        self.put(self.spread, self.other, self.other_dots, self.curve, self.dots, self.now, self.words)
        self.setXRange(self._left, self._left + self._width, padding=0)
        self.getAxis("bottom").setTicks([[(power, f"{10**power}") for power in range(powers[0], powers[1] + 1)]])
        self._show_decades()

    def set_words(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        colors = theme()
        dress_axes(self, across, up)
        steady(self, "100 µs")
        self.showGrid(y=True, alpha=0.15)
        self.curve.setPen(pen(colors.accent, 2))
        self.spread.setPen(pen(colors.accent, 6, opacity=0.3))
        self.dots.setPen(pen(colors.surface, 1))
        self.dots.setBrush(brush(colors.accent))
        self.other.setPen(curve_pen(_OTHER, 2))
        self.other_dots.setPen(pen(colors.surface, 1))
        self.other_dots.setBrush(brush(curve_color(_OTHER)))
        self.other_dots.setSize(px(10))
        self.now.setPen(pen(colors.accent, 2))
        self.now.setBrush(brush(colors.surface, 0.0))
        self.dots.setSize(px(10))
        self.now.setSize(px(18))
        self.words.setColor(colors.text)
        self.words.setFont(font("strong"))

    def show_times(
        self,
        sizes: np.ndarray,
        seconds: np.ndarray,
        current: int,
        words: str,
        other: np.ndarray | None = None,
        spread: np.ndarray | None = None,
    ) -> None:
        """Show times (K,) for sizes (K,), and those of an ``other`` method. The size with the index ``current`` has a
        ring, and if its time is known, words above it. ``spread`` (2, K) are the bounds of a band around each time.
        """
        powers = np.log10(np.maximum(seconds, 1e-9))
        self.spread.setVisible(spread is not None)
        if spread is not None:
            ends = np.log10(np.maximum(spread, 1e-9)).T.ravel()
            self.spread.setData(np.repeat(np.log10(sizes), 2), ends)
        beside = powers if other is None else np.log10(np.maximum(other, 1e-9))
        lowest, highest = min(powers.min(), beside.min()), max(powers.max(), beside.max())
        wanted = (min(self._decades[0], math.floor(lowest)), max(self._decades[1], math.ceil(highest)))
        if wanted != self._decades:
            self._decades = wanted
            self._show_decades()
        across = np.log10(sizes)
        self.curve.setData(across, powers)
        self.dots.setData(across, powers)
        for item in (self.other, self.other_dots):
            item.setVisible(other is not None)
            item.setData(across, beside)
        here = np.flatnonzero(sizes == current)
        self.now.setData(across[here], powers[here])
        self.words.setText(words if len(here) else "")
        if len(here):
            # Near the edges the words stand to the inside of the point.
            anchor = min(1.0, max(0.0, (float(across[here[0]]) - self._left) / self._width))
            self.words.setAnchor((anchor, 1.4))
            self.words.setPos(float(across[here[0]]), float(powers[here[0]]))

    def _show_decades(self) -> None:
        low, high = self._decades
        self.setYRange(low, high + 0.15, padding=0)
        self.getAxis("left").setTicks([[(power, _spelled(power)) for power in range(low, high + 1)]])


def _spelled(power: int) -> str:
    factor, unit = next((pair for pair in reversed(_UNITS) if 10.0**power >= pair[0] * 0.999), _UNITS[0])
    return f"{10.0**power / factor:g} {unit}"
