"""Names of curves beside a plot, at the heights where the curves end, each with a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, StageItem, curve_color, curve_pen, font, pen, px, theme

_LEAD = 26
_WHOLE = Qt.TextFlag.TextDontClip


@dataclass(frozen=True)
class EndLabel:
    """The label of a curve: ``number`` is its style, ``end`` its height at the right edge in plot units, ``value`` its
    value as text.
    """

    number: int
    name: str
    value: str
    end: float


class EndLabels(StageItem):
    """Labels on the right of ``plot``; labels that would overlap are moved apart, with thin lines to their curves."""

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__()
        self._plot = plot
        self._heading = ""
        self._labels: Sequence[EndLabel] = ()
        plot.vb.sigRangeChanged.connect(self._changed)
        plot.vb.sigResized.connect(self._changed)

    def show_labels(self, heading: str, labels: Sequence[EndLabel]) -> None:
        """Show the labels, and a heading above their values."""
        self._heading, self._labels = heading, labels
        self.take_room(self.needed_width(), px(40))

    @property
    def labels(self) -> Sequence[EndLabel]:
        """The labels that are shown."""
        return self._labels

    @property
    def plot(self) -> pg.PlotItem:
        """The plot whose curves the labels name."""
        return self._plot

    def needed_width(self) -> float:
        """The width that names and values need, whatever the present values."""
        names, numbers, notes = (QFontMetricsF(font(role)) for role in ("strong", "number", "notes"))
        widest = max((names.horizontalAdvance(label.name) for label in self._labels), default=0.0)
        rows = px(_LEAD) + widest + px(12) + numbers.horizontalAdvance("\N{MINUS SIGN}0.000000")
        return max(rows, notes.horizontalAdvance(self._heading)) + 2

    def places(self) -> list[QRectF]:
        """The rectangle of every label, in item coordinates."""
        top, bottom = self._top(), self.size().height()
        height = min(QFontMetricsF(font("strong")).height(), (bottom - top) / max(1, len(self._labels)))
        wanted = sorted((self._end(label) - height / 2, index) for index, label in enumerate(self._labels))
        tops: dict[int, float] = {}
        free = float(top)
        for place, index in wanted:
            tops[index] = max(free, place)
            free = tops[index] + height
        limit = bottom
        for _, index in reversed(wanted):
            tops[index] = min(tops[index], limit - height)
            limit = tops[index]
        width = self.size().width()
        return [QRectF(px(_LEAD), tops[index], width - px(_LEAD), height) for index in range(len(self._labels))]

    def draw(self, sketch: PixelPainter) -> None:
        heading = QRectF(0, 0, self.size().width(), self._top())
        sketch.words(self._heading, heading, color=theme().muted_text, align=RIGHT)
        for label, box in zip(self._labels, self.places(), strict=True):
            start = QPointF(2, self._end(label))
            sketch.painter.setPen(curve_pen(label.number, 1.2))
            sketch.painter.drawLine(start, QPointF(box.left() - px(5), box.center().y()))
            sketch.painter.setFont(_fitting(font("strong"), box.height()))
            sketch.painter.setPen(pen(curve_color(label.number)))
            # Lines may be two pixels lower than their letters, whose tails are seen all the same.
            sketch.painter.drawText(box, LEFT | _WHOLE, label.name)
            sketch.painter.setFont(_fitting(font("number"), box.height()))
            sketch.painter.setPen(pen(theme().text))
            sketch.painter.drawText(box, RIGHT | _WHOLE, label.value)

    def _top(self) -> float:
        """The height of the heading in pixels; smaller if there is little room for many labels."""
        notes = QFontMetricsF(font("notes")).height()
        tight = (len(self._labels) + 1) * notes > self.size().height() - px(4)
        return notes - 2 if tight else px(18)

    def _end(self, label: EndLabel) -> float:
        scene = self._plot.vb.mapViewToScene(QPointF(0, label.end))
        return min(max(self.mapFromScene(scene).y(), 0.0), self.size().height())

    def _changed(self, *_: object) -> None:
        self.update()


def _fitting(made: QFont, height: float) -> QFont:
    """The font ``made``, or a smaller one if its lines are higher than ``height``."""
    if QFontMetricsF(made).height() > height + 2:
        made.setPixelSize(font("notes").pixelSize())
    needed = QFontMetricsF(made).height()
    if needed > height + 2:
        made.setPixelSize(max(1, int(made.pixelSize() * (height + 2) / needed)))
    return made
