"""The base of plots over the updates of a training: one axis that only widens, and a line where each epoch ends."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.axis import dress_axes
from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

SHORTEST = 600
_MOST_LINES = 8
# How many lines of words high a plot must be for the epochs to be named in it.
_LINES = 9


def span_for(updates: int) -> int:
    """How many updates an axis shows for a run that has done so many: 600, and doubled as often as is needed."""
    span = SHORTEST
    while span < updates:
        span *= 2
    return span


def epoch_stride(span: int, updates_per_epoch: int) -> int:
    """Every how many epochs a line is drawn, so that there are at most eight: 1, 2, 5, 10, 20, …"""
    epochs, stride, factors = span / updates_per_epoch, 1, (2, 2.5, 2)
    turn = 0
    while epochs / stride > _MOST_LINES:
        stride = round(stride * factors[turn % 3])
        turn += 1
    return stride


class UpdatePlot(Chart):
    """``show_span`` sets the axis; plots that stand one above the other show the same span."""

    def __init__(self, names_epochs: bool, numbered_below: bool = True) -> None:
        super().__init__()
        self._numbered_below = numbered_below
        self._up = ""
        self.epochs = _EpochLines(names_epochs)
        self.later, self.place = pg.PlotCurveItem(connect="finite"), pg.InfiniteLine(0, 90)
        self.later.setZValue(-15)
        self.place.setZValue(15)
        self.put(self.epochs, self.later, self.place)
        self.show_later(None, ())
        self._span = 0
        self.show_span(0, SHORTEST)

    def set_names(self, across: str, up: str, epoch: str) -> None:
        """The names of both axes and of an epoch; takes colours and fonts anew."""
        self._up = up
        dress_axes(self, across, up)
        self.later.setPen(pen(theme().muted_text, 1.2, opacity=theme().ghost_opacity))
        self.place.setPen(pen(theme().text, 1.2))
        self.getAxis("bottom").setStyle(
            showValues=self._numbered_below,
            autoExpandTextSpace=False,
            tickTextHeight=round(QFontMetricsF(font("notes")).height()),
        )
        if not self._numbered_below:
            self.getAxis("bottom").setHeight(scaled(6))
        self.epochs.set_name(epoch)

    def set_room(self, widest: str) -> None:
        """Give the left axis room for ``widest`` at its ticks, so that plots above one another are flush."""
        ticks = QFontMetricsF(font("notes")).horizontalAdvance(widest)
        name = QFontMetricsF(font("text")).height() if self._up else 0
        self.getAxis("left").setWidth(round(ticks + name) + scaled(12))

    def show_span(self, updates: int, updates_per_epoch: int) -> None:
        """Make room for a run that has done so many updates."""
        span = span_for(updates)
        if span != self._span:
            self._span = span
            # A little air at the left end, so that the first value does not lie on the axis.
            self.setXRange(-span / 150, span * 1.005, padding=0)
        self.epochs.show_epochs(updates_per_epoch, epoch_stride(span, updates_per_epoch), span)


    def show_later(self, at: int | None, curves: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
        """A line ``at`` the place of a run that is looked at, and faintly its curves after that; None at the newest."""
        self.place.setVisible(at is not None)
        self.later.setVisible(at is not None)
        if at is None:
            return
        self.place.setPos(at)
        rows = [np.column_stack([updates, heights])[updates >= at] for updates, heights in curves]
        # A row without numbers between two curves keeps them apart.
        joined = np.concatenate([piece for row in rows for piece in (row, np.full((1, 2), np.nan))])
        self.later.setData(joined[:, 0], joined[:, 1])


class _EpochLines(OverPlot):
    """Hairlines where epochs end, with their numbers at the top."""

    def __init__(self, named: bool) -> None:
        super().__init__()
        self._named, self._name = named, ""
        self._shown = (1, 1, 0)
        self.setZValue(-20)

    def set_name(self, name: str) -> None:
        """What an epoch is called, with a place for its number."""
        self._name = name
        self.update()

    def show_epochs(self, updates: int, stride: int, span: int) -> None:
        """A line at every ``stride`` epochs of so many ``updates``, up to ``span``."""
        if (updates, stride, span) != self._shown:
            self._shown = updates, stride, span
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        updates, stride, span = self._shown
        shown = self.boundingRect()
        with in_pixels(painter, self) as to_pixels:
            painter.setFont(font("notes"))
            metrics = QFontMetricsF(painter.font())
            box = to_pixels.mapRect(shown)
            free = box.left()
            # In a low plot the names would lie on what is drawn at the top.
            named = self._named and box.height() > _LINES * metrics.height()
            for epoch in range(stride, span // updates + 1, stride):
                x = to_pixels.map(QPointF(epoch * updates, 0)).x()
                painter.setPen(pen(theme().hairline))
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
                words = self._name.format(number=epoch)
                left = x - metrics.horizontalAdvance(words) - scaled(4)
                if named and left > free:
                    painter.setPen(pen(theme().muted_text))
                    painter.drawText(QPointF(left, box.top() + metrics.ascent() + 1), words)
                    free = x
