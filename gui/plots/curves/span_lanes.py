"""Bars along a plot's horizontal axis, in one row (a lane) for each curve, which mark ranges in which something is
true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.drawing.api import PixelPainter, StageItem, curve_color, font, px, theme


@dataclass(frozen=True)
class Lane:
    """A row of bars in the style of curve ``number``: ``spans`` are their ranges (from, to), with the longest wording
    that fits written in each.
    """

    number: int
    spans: Sequence[tuple[float, float]]
    wordings: Sequence[str] = ()


class SpanLanes(StageItem):
    """Rows of bars above or below ``plot``, sharing its horizontal axis and cursor; ``thin`` rows have no words.

    A bar that contains the cursor is emphasized.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__()
        self._plot = plot
        self._lanes: Sequence[Lane] = ()
        self._cursor = 0.0
        self._thin = False
        plot.vb.sigRangeChanged.connect(self._changed)
        plot.vb.sigResized.connect(self._changed)

    def show_lanes(self, lanes: Sequence[Lane], cursor: float) -> None:
        """Show lanes, from top to bottom, and the cursor at this x."""
        self._lanes, self._cursor = lanes, cursor
        self._resize()

    def set_thin(self, thin: bool) -> None:
        """Switch to low bars without words, for a low stage."""
        self._thin = thin
        self._resize()

    def span(self, lane: int, number: int) -> QRectF:
        """The rectangle of the bar with index ``number`` in a lane, in item coordinates."""
        low, high = (self._across(x) for x in self._lanes[lane].spans[number])
        return QRectF(low, lane * self._pitch() + 1, high - low, self._pitch() - 3)

    def draw(self, sketch: PixelPainter) -> None:
        for row, lane in enumerate(self._lanes):
            color = curve_color(lane.number)
            for number in range(len(lane.spans)):
                box = self.span(row, number)
                strength = 0.9 if self._thin else 0.45 if self._is_inside(lane, number) else 0.2
                sketch.fill(box, color, strength, radius=2)
                if not self._thin:
                    sketch.words(sketch.fitting(lane.wordings, box.width() - 2), box)
        x = self._across(self._cursor)
        sketch.line(QPointF(x, 0), QPointF(x, self.size().height()), theme().text, 1.2)

    def _is_inside(self, lane: Lane, number: int) -> bool:
        low, high = lane.spans[number]
        return low <= self._cursor <= high

    def _across(self, x: float) -> float:
        return self.mapFromScene(self._plot.vb.mapViewToScene(QPointF(x, 0))).x()

    def _pitch(self) -> float:
        return px(6) if self._thin else QFontMetricsF(font("notes")).height() + px(4)

    def _resize(self) -> None:
        self.take_room(px(100), max(1.0, len(self._lanes) * self._pitch()), "across")

    def _changed(self, *_: object) -> None:
        self.update()
