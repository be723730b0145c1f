"""The plot of a learning-rate range test: loss over powers of ten, with the user's mark and the rates found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.plots.axes.axis import PowerAxis
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, brush, curve_color, curve_pen, px, theme

_ASIDE = 0.03
"""The margin on both sides, as a share of the horizontal range."""
_DOT, _ARROW = 4, 7
_INK = 1
_FREE = 0.4
"""Words at the initial loss stand to the right of this share of the horizontal range, where the curve has left that
loss.
"""


class RangePlot(Chart):
    """A plot of losses from 0 to ``top`` over learning rates, as powers of ten from ``low`` to ``high``. A loss above
    ``top`` is drawn as an arrow at the upper edge.
    """

    def __init__(self, low: float, high: float, top: float) -> None:
        super().__init__({"bottom": PowerAxis("bottom")})
        self._top = top
        self._beyond: tuple[float, ...] = ()
        self.dots, self.line = pg.ScatterPlotItem(), pg.PlotCurveItem()
        self.start, self.places = _Start(low + _FREE * (high - low)), _Places()
        self.put(self.start, self.dots, self.line, self.places)
        aside = _ASIDE * (high - low)
        self.setXRange(low - aside, high + aside, padding=0)
        self.setYRange(0, top, padding=0)

    def set_names(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_room("0.5")
        self.places.redraw()

    def show_losses(self, powers: np.ndarray, losses: np.ndarray, means: np.ndarray) -> None:
        """Show the loss of every batch (N,) as a dot at its power of ten (N,), and running means (N,) as a line."""
        dots = {"brush": brush(theme().muted_text, 0.55), "pen": None, "size": px(_DOT)}
        self.dots.setData(powers, losses, **dots)
        self.line.setData(powers, means)
        self.line.setPen(curve_pen(_INK, 2.8))
        self._beyond = tuple(powers[losses > self._top].tolist())

    def show_start(self, start: tuple[float, Sequence[str]] | None) -> None:
        """Show the initial loss as a thin line with its words, the longest first; None hides it."""
        self.start.show_state(start)

    def show_places(
        self, mark: tuple[float, str], found: Sequence[tuple[float, Sequence[str]]], beyond: Sequence[str] = ()
    ) -> None:
        """Show the user's mark (power of ten, words) as a dashed line, and the rates ``found``, each with wordings, the
        longest first. ``beyond`` are wordings for the losses above the axis.
        """
        self.places.show_state(mark, tuple((power, tuple(words)) for power, words in found), self._beyond, beyond)


class _Start(PlotOverlay):
    """The initial loss as a line under the curve; its words stand where the curve no longer runs."""

    def __init__(self, free_from: float) -> None:
        super().__init__()
        self._free_from = free_from

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state or self.state[0] is None:
            return
        (loss, wordings), color = self.state[0], theme().muted_text
        at = sketch.at(self._free_from, loss)
        sketch.line(QPointF(sketch.box.left(), at.y()), QPointF(sketch.box.right(), at.y()), color, 1, opacity=0.8)
        words, height = sketch.fitting(wordings, sketch.box.right() - at.x()), sketch.height_of()
        box = QRectF(at.x(), at.y() - height - 1, sketch.width_of(words) + 1, height)
        sketch.words(words, box, color=color, align=LEFT)


class _Places(PlotOverlay):
    """The overlay of vertical lines with their words at the top, one below the other; the top row is left to the arrows
    of losses above the axis.
    """

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        (at, name), found, beyond, beyond_words = self.state
        rows = [(at, (name,), theme().text, Qt.PenStyle.DashLine)]
        rows += [(power, words, curve_color(_INK), Qt.PenStyle.SolidLine) for power, words in found]
        height, gap = sketch.height_of("strong"), px(6)
        for number, (power, wordings, color, style) in enumerate(rows):
            line = sketch.span(power, power)
            x, top = line.left(), line.top() + sketch.height_of() + number * height
            sketch.line(line.topLeft(), line.bottomLeft(), color, 1.4, style)
            right, left = sketch.box.right() - x - gap, x - sketch.box.left() - gap
            words = sketch.fitting(wordings, max(right, left), "strong")
            width = sketch.width_of(words, "strong")
            box = QRectF(x + gap if width <= right else x - gap - width, top, width, height)
            sketch.fill(box.adjusted(-px(2), 0, px(2), 0), theme().surface, 0.85)
            sketch.words(words, box, "strong", color, LEFT)
        if beyond:
            _draw_beyond(sketch, [sketch.at(power, 0).x() for power in beyond], beyond_words)


def _draw_beyond(sketch: PixelPainter, places: Sequence[float], wordings: Sequence[str]) -> None:
    """Draw an arrow at the upper edge for each dot above it, and words beside them, on the side with more room."""
    for x in places:
        tip = QPointF(x, sketch.box.top() + px(1))
        sketch.head(tip, QPointF(0, -1), px(_ARROW), theme().muted_text)
    gap, first, last = px(_ARROW), min(places), max(places)
    right, left = sketch.box.right() - last - gap, first - sketch.box.left() - gap
    words = sketch.fitting(wordings, max(right, left))
    width = sketch.width_of(words) + 1
    box = QRectF(last + gap if width <= right else first - gap - width, sketch.box.top(), width, sketch.height_of())
    sketch.plate(words, box, theme().muted_text)
