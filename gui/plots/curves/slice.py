"""A slice of a function beside its map: one variable along the map's axis, the function's value across it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.axis import dress_axes, name_axis
from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

_TANGENT = 80
_SPARSE = 0.5
"""Ticks of an axis on which numbers stand side by side, as part of those that pyqtgraph would draw."""


class SlicePlot(Chart):
    """``sideways`` stands beside the map, with the variable going up; otherwise it lies beneath.

    The variable's axis has no numbers: it is that of the map, to be kept equal by ``show_part``.
    """

    def __init__(self, sideways: bool) -> None:
        super().__init__()
        self.sideways = sideways
        self.vb.disableAutoRange()
        if sideways:
            self.getAxis("bottom").setTickDensity(_SPARSE)
        self.curve, self.ghost = pg.PlotCurveItem(connect="finite"), pg.PlotCurveItem(connect="finite")
        self.guide = pg.InfiniteLine(angle=0 if sideways else 90)
        self.level = pg.InfiniteLine(angle=90 if sideways else 0)
        self.mark = _SliceMark(self)
        self.put(self.guide, self.level, self.ghost, self.curve, self.mark)

    @property
    def variable_axis(self) -> pg.AxisItem:
        """The axis that is the map's."""
        return self.getAxis("left" if self.sideways else "bottom")

    @property
    def value_axis(self) -> pg.AxisItem:
        """The axis of the function's values."""
        return self.getAxis("bottom" if self.sideways else "left")

    def restyle(self, name: str, color: str) -> None:
        """Take colours and fonts anew; ``name`` is that of the values, ``color`` the variable's."""
        colors = theme()
        dress_axes(self)
        self.variable_axis.setStyle(showValues=False)
        name_axis(self.value_axis, name)
        self.curve.setPen(pen(colors.text, 2.2))
        self.ghost.setPen(pen(colors.text, 1.5, opacity=colors.ghost_opacity))
        self.guide.setPen(pen(colors.control_outline, 1, Qt.PenStyle.DashLine))
        self.level.setPen(pen(colors.hairline, 1))
        self.mark.color = color
        self.mark.update()

    def show_heights(self, low: float, high: float) -> None:
        """What the axis of values shows."""
        (self.setXRange if self.sideways else self.setYRange)(low, high, padding=0)

    def show_part(self, low: float, high: float) -> None:
        """What the map shows of the variable."""
        (self.setYRange if self.sideways else self.setXRange)(low, high, padding=0)

    def show_slice(
        self,
        places: np.ndarray,
        values: np.ndarray,
        at: float,
        value: float | None,
        slope: float | None,
        wordings: Sequence[str],
    ) -> None:
        """The slice, and at ``at`` its value with the tangent of ``slope``, None where there is none.

        ``wordings`` say what is seen, the fullest first.
        """
        self.curve.setData(*self._turned(places, values))
        self.guide.setValue(at)
        self.level.setVisible(value is not None)
        if value is not None:
            self.level.setValue(value)
        self.mark.show_mark(at, value, slope, wordings)

    def show_ghost(self, places: np.ndarray | None, values: np.ndarray | None) -> None:
        """The slice from before, None for none."""
        self.ghost.setVisible(places is not None)
        if places is not None:
            self.ghost.setData(*self._turned(places, values))

    def place_of(self, at: float, value: float) -> QPointF:
        """A place of the variable and a value in the plot's coordinates."""
        return QPointF(value, at) if self.sideways else QPointF(at, value)

    def _turned(self, places: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return (values, places) if self.sideways else (places, values)


class _SliceMark(OverPlot):
    """Tangent, dot and words, drawn in pixels."""

    def __init__(self, plot: SlicePlot) -> None:
        super().__init__()
        self._plot = plot
        self.color = "#000000"
        self._at, self._value, self._slope = 0.0, None, None
        self._wordings: Sequence[str] = ()
        self.setZValue(20)

    def show_mark(self, at: float, value: float | None, slope: float | None, wordings: Sequence[str]) -> None:
        self._at, self._value, self._slope, self._wordings = at, value, slope, wordings
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with in_pixels(painter, self) as to_pixels:
            box = to_pixels.mapRect(self.boundingRect())
            if self._value is not None:
                place = to_pixels.map(self._plot.place_of(self._at, self._value))
                if self._slope is not None:
                    self._paint_tangent(painter, to_pixels, box, place)
                # The point itself: its handle is not there in a figure.
                painter.setPen(pen(theme().surface, 2))
                painter.setBrush(brush(self.color))
                painter.drawEllipse(place, scaled(5), scaled(5))
            self._paint_words(painter, box)

    def _paint_tangent(self, painter: QPainter, to_pixels: QTransform, box: QRectF, place: QPointF) -> None:
        ahead = to_pixels.map(self._plot.place_of(self._at + 1, self._value + self._slope)) - place
        along = ahead / max(1e-12, math.hypot(ahead.x(), ahead.y())) * scaled(_TANGENT)
        painter.setClipRect(box)
        painter.setPen(pen(self.color, 3.2))
        painter.drawLine(place - along, place + along)
        painter.setClipping(False)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        """What is seen, in the corner; of several wordings the fullest that fits."""
        painter.setFont(font("strong"))
        metrics = QFontMetricsF(painter.font())
        room = box.width() - scaled(12)
        words = next((words for words in self._wordings if metrics.horizontalAdvance(words) <= room), "")
        if not words:
            return
        width, height = metrics.horizontalAdvance(words) + scaled(8), metrics.height() + scaled(2)
        plate = QRectF(box.right() - width - scaled(2), box.top() + scaled(2), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().surface, 0.85))
        painter.drawRoundedRect(plate, scaled(3), scaled(3))
        painter.setPen(pen(self.color))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
