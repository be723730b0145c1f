"""The axes of plots: how their numbers are written, how they look, and how they stand still."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from engine.contract.text.numerals import format_real
from gui.plots.drawing.api import font, pen, theme

_LENGTHS = (100, 200, 400, 800, 1600)
"""Pixels; the distance of ticks goes by the root of the length, so that no distance in use lies between two of them."""


class StillAxis(pg.AxisItem):
    """An axis that moves no plot: a turn of the wheel over it scrolls what the plot stands in."""

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        event.ignore()


class NumberAxis(StillAxis):
    """Real minus signs, and no digits that say nothing: −0.5, 0, 0.5, 1."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [format_real(value * scale) for value in values]

    def told_ticks(self) -> list[tuple[float, str]]:
        """The ticks that stand here because they were set, with their words; none where the axis finds its own."""
        return [tick for level in self._tickLevels or () for tick in level]

    def numbers_within(self, low: float, high: float) -> list[str]:
        """All that may stand here while the axis shows this range, however long it is on the screen."""
        levels = [level for length in _LENGTHS for level in self.tickValues(low, high, length)]
        return [words for spacing, values in levels for words in self.tickStrings(values, 1.0, spacing)]


def widest_of(labels: Sequence[str]) -> str:
    """The label that takes the most room at an axis."""
    return max(labels, key=QFontMetricsF(font("notes")).horizontalAdvance, default="")


def dress_axes(plot: pg.PlotItem, across: str | None = None, up: str | None = None) -> None:
    """Give both axes the colours and fonts in use, and the names that are given; to be called again after a change."""
    colors = theme()
    for side, name in (("bottom", across), ("left", up)):
        axis = plot.getAxis(side)
        axis.setPen(pen(colors.hairline))
        axis.setTextPen(pen(colors.muted_text))
        axis.setTickFont(font("notes"))
        axis.setStyle(tickLength=4)
        _leave_unscaled(axis)
        if name is not None:
            name_axis(axis, name)


def name_axis(axis: pg.AxisItem, name: str) -> None:
    """The name of one axis; none gives its room back."""
    # The font first: the axis takes its width from the name when that is set.
    axis.label.setFont(font("text"))
    # The label reads HTML, and a name may come from a file.
    axis.setLabel(escape(name, quote=False), siPrefixEnableRanges=(), color=theme().muted_text)
    # pyqtgraph centres a name only when the axis changes its size.
    axis.resizeEvent()


def steady(plot: pg.PlotItem, widest: str) -> None:
    """Give both axes room for ``widest`` at their ticks, in the font in use; to be called after a change of style.

    Left to itself an axis grows with its numbers and gives little back, so that a plot would not look the same again.
    """
    metrics = QFontMetricsF(font("notes"))
    plot.getAxis("left").setStyle(autoExpandTextSpace=False, tickTextWidth=round(metrics.horizontalAdvance(widest)))
    plot.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=round(metrics.height()))


def _leave_unscaled(axis: pg.AxisItem) -> None:
    """No thousandths in the place of ones.

    pyqtgraph 0.14 computes a scale even while it is told that prefixes are off, and then writes 200 for 0.2.
    """
    axis.setSIPrefixEnableRanges(())
    axis.enableAutoSIPrefix(False)
