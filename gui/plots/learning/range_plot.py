"""The loss of a range test over the learning rate, in powers of ten, with the learner's mark and what was found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import PowerAxis
from gui.plots.drawing.pieces import LEFT, OverPlot, Sketch, brush, curve_color, curve_pen, scaled, theme

_ASIDE = 0.03
"""Free room at both sides, as a share of the range."""
_HEADROOM = 1.2
"""Above the losses the words of the marks have a place of their own."""
_DOT = 4
_INK = 1


class RangePlot(Chart):
    """Powers of ten from ``low`` to ``high`` across, losses from 0 to ``top`` upwards; higher ones leave the plot."""

    def __init__(self, low: float, high: float, top: float) -> None:
        super().__init__({"bottom": PowerAxis("bottom")})
        self.dots, self.line, self.places = pg.ScatterPlotItem(), pg.PlotCurveItem(), _Places()
        self.put(self.dots, self.line, self.places)
        aside = _ASIDE * (high - low)
        self.setXRange(low - aside, high + aside, padding=0)
        self.setYRange(0, _HEADROOM * top, padding=0)

    def set_names(self, across: str, up: str) -> None:
        """The names of both axes; takes colours and fonts anew."""
        self.name_axes(across, up)
        self.set_room("0.5")
        self.places.redraw()

    def show_losses(self, powers: np.ndarray, losses: np.ndarray, means: np.ndarray) -> None:
        """The loss of every batch (N,) as a dot, and the means around them (N,) as a line."""
        dots = {"brush": brush(theme().muted_text, 0.55), "pen": None, "size": scaled(_DOT)}
        self.dots.setData(powers, losses, **dots)
        self.line.setData(powers, means)
        self.line.setPen(curve_pen(_INK, 2.8))

    def show_places(self, mark: tuple[float, str], found: Sequence[tuple[float, Sequence[str]]]) -> None:
        """The learner's mark with its words, dashed, and places that were found, each with words from long to short."""
        self.places.show_state(mark, tuple((power, tuple(words)) for power, words in found))


class _Places(OverPlot):
    """Upright lines with their words at the top, each on a line of its own."""

    def draw(self, sketch: Sketch) -> None:
        if not self.state:
            return
        (at, name), found = self.state
        rows = [(at, (name,), theme().text, Qt.PenStyle.DashLine)]
        rows += [(power, words, curve_color(_INK), Qt.PenStyle.SolidLine) for power, words in found]
        height, gap = sketch.height_of("strong"), scaled(6)
        for number, (power, wordings, color, style) in enumerate(rows):
            line = sketch.span(power, power)
            x, top = line.left(), line.top() + scaled(2) + number * height
            sketch.line(line.topLeft(), line.bottomLeft(), color, 1.4, style)
            right, left = sketch.box.right() - x - gap, x - sketch.box.left() - gap
            words = sketch.fitting(wordings, max(right, left), "strong")
            width = sketch.width_of(words, "strong")
            box = QRectF(x + gap if width <= right else x - gap - width, top, width, height)
            sketch.fill(box.adjusted(-scaled(2), 0, scaled(2), 0), theme().surface, 0.85)
            sketch.words(words, box, "strong", color, LEFT)
