"""Time against size on two logarithmic axes: a point for every size that was tried."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg

from gui.plots.axes.axis import dress_axes, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled

_UNITS = ((1e-6, "µs"), (1e-3, "ms"), (1.0, "s"))
_USUAL = (-6, -3)


class TimePlot(Chart):
    """Sizes from 1 to 1000, times from 1 µs to 1 ms and, where that does not suffice, as much more as is needed."""

    def __init__(self) -> None:
        super().__init__()
        self._decades = _USUAL
        self.curve, self.dots, self.now = pg.PlotCurveItem(), pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.words = pg.TextItem(anchor=(0.5, 1.3))
        self.put(self.curve, self.dots, self.now, self.words)
        self.setXRange(-0.25, 3.25, padding=0)
        self.getAxis("bottom").setTicks([[(power, f"{10**power}") for power in range(4)]])
        self._show_decades()

    def set_words(self, across: str, up: str) -> None:
        """The names of both axes; takes colours and fonts anew."""
        colors = theme()
        dress_axes(self, across, up)
        steady(self, "100 µs")
        self.showGrid(y=True, alpha=0.15)
        self.curve.setPen(pen(colors.accent, 2))
        self.dots.setPen(pen(colors.surface, 1))
        self.dots.setBrush(brush(colors.accent))
        self.now.setPen(pen(colors.accent, 2))
        self.now.setBrush(brush(colors.surface, 0.0))
        self.dots.setSize(scaled(10))
        self.now.setSize(scaled(18))
        self.words.setColor(colors.text)
        self.words.setFont(font("strong"))

    def show_times(self, sizes: np.ndarray, seconds: np.ndarray, current: int, words: str) -> None:
        """Times (K,) of sizes (K,); the current size is ringed, with words above it if it has a time."""
        powers = np.log10(np.maximum(seconds, 1e-9))
        wanted = (min(self._decades[0], math.floor(powers.min())), max(self._decades[1], math.ceil(powers.max())))
        if wanted != self._decades:
            self._decades = wanted
            self._show_decades()
        across = np.log10(sizes)
        self.curve.setData(across, powers)
        self.dots.setData(across, powers)
        here = np.flatnonzero(sizes == current)
        self.now.setData(across[here], powers[here])
        self.words.setText(words if len(here) else "")
        if len(here):
            # Near the edges the words stand to the inside of the point.
            anchor = min(1.0, max(0.0, (float(across[here[0]]) + 0.25) / 3.5))
            self.words.setAnchor((anchor, 1.4))
            self.words.setPos(float(across[here[0]]), float(powers[here[0]]))

    def _show_decades(self) -> None:
        low, high = self._decades
        self.setYRange(low, high + 0.15, padding=0)
        self.getAxis("left").setTicks([[(power, _spelled(power)) for power in range(low, high + 1)]])


def _spelled(power: int) -> str:
    factor, unit = next((pair for pair in reversed(_UNITS) if 10.0**power >= pair[0] * 0.999), _UNITS[0])
    return f"{10.0**power / factor:g} {unit}"
