"""The probabilities of the right answer and of the strongest other answer over a slider's values; pressing the plot
sets the slider.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, curve_color, curve_pen, px, theme

_RIGHT, _OTHER = 1, 2
_LOWEST = 60
"""The smallest height of the plot in pixels, tick texts included, at which values can be read off."""
_AIR = 0.04
"""Free room above the probability 1 and below 0."""


class SweepPlot(Chart):
    """A plot that serves as a slider: ``moved`` carries the value under the pointer on press and drag, ``released``
    follows.
    """

    moved = Signal(float)
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.right, self.other, self.here = pg.PlotCurveItem(), pg.PlotCurveItem(), _Here(self)
        self.put(self.other, self.right)
        self.addItem(self.here, ignoreBounds=True)
        self.setYRange(-_AIR, 1 + _AIR, padding=0)
        self.getAxis("left").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")], []])

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self.name_axes("", "")
        self.set_room("0.5")
        self.setMinimumHeight(px(_LOWEST))
        self.right.setPen(curve_pen(_RIGHT, 2.6))
        self.other.setPen(curve_pen(_OTHER, 2.0))
        self.here.redraw()

    def show_sweep(self, values: np.ndarray, right: np.ndarray, other: np.ndarray, now: float) -> None:
        """Show the probabilities of the right answer and of the strongest other one, both (K,), at ascending slider
        values (K,), and the slider's present value.
        """
        self.setXRange(float(values[0]), float(values[-1]), padding=0.01)
        self.right.setData(values, right)
        self.other.setData(values, other)
        place = int(np.argmin(np.abs(values - now)))
        self.here.show_state(now, float(right[place]), float(other[place]))


class _Here(PlotOverlay):
    """The overlay that takes mouse presses and drags, with a line at the slider's present value."""

    def __init__(self, plot: SweepPlot) -> None:
        super().__init__()
        self._plot = plot
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        now, *heights = self.state
        x = sketch.at(now, 0).x()
        sketch.line(QPointF(x, sketch.box.top()), QPointF(x, sketch.box.bottom()), theme().text, 1.2)
        for number, height in zip((_RIGHT, _OTHER), heights, strict=True):
            sketch.dot(sketch.at(now, height), px(4), curve_color(number), theme().surface, 1.5)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        self._plot.moved.emit(event.pos().x())

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._plot.moved.emit(event.pos().x())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._plot.released.emit()
