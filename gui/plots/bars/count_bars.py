"""Bars of whole numbers in a row, one a round, that grow to the right while the axes stay where they are."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.axis import dress_axes
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

# Slots of the axis and every how many of them are numbered.
_SLOTS = {6: 1, 12: 1, 24: 4, 48: 8}
_WIDEST = max(_SLOTS)
_NUMBERED_BARS = 12
_BLOCK = 12


class CountBars(pg.PlotItem):
    """Counts of finished rounds, the one going on in outline, and those of an earlier run as a faint outline.

    The axis has 6 slots and widens to 12, 24 and 48; then the oldest rounds leave on the left, twelve at a time.
    """

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.vb.setDefaultPadding(0)
        self.bars = _Bars()
        self.addItem(self.bars, ignoreBounds=True)

    def set_words(self, across: str, up: str) -> None:
        """The names of both axes; takes colours and fonts anew."""
        dress_axes(self, across, up)
        self.bars.update()

    def show_counts(
        self,
        first: int,
        counts: Sequence[int],
        running: int | None,
        most: int,
        ghost: tuple[int, Sequence[int]] | None = None,
        later: tuple[int, Sequence[int]] | None = None,
    ) -> None:
        """Counts of the rounds from ``first`` on and of the ``running`` one; none exceeds ``most``.

        ``ghost`` are first round and counts of the earlier run, ``later`` those of this run up to where it has come,
        where an earlier place of it is looked at.
        """
        last = first + len(counts) - (running is None)
        farthest = max(last, later[0] + len(later[1]) - 1) if later else last
        slots, start = _axis(farthest)
        if last <= start:
            # So far back that the axis of the newest round does not show it.
            slots, start = _axis(last)
        solid = {first + index: count for index, count in enumerate(counts) if first + index > start}
        faint = {ghost[0] + index: count for index, count in enumerate(ghost[1])} if ghost else {}
        after = {later[0] + index: count for index, count in enumerate(later[1])} if later else {}
        after = {number: count for number, count in after.items() if start < number and number > last}
        self.bars.show_bars(solid, None if running is None else (last, running), faint, after, slots)
        self.setXRange(start + 0.4, start + slots + 0.6, padding=0)
        self.setYRange(0, most * 1.22, padding=0)
        ticks = [number for number in range(start + 1, start + slots + 1) if number % _SLOTS[slots] == 0]
        self.getAxis("bottom").setTicks([[(number, str(number)) for number in ticks]])
        half = most // 2
        self.getAxis("left").setTicks([[(number, str(number)) for number in sorted({0, half, most})]])


class _Bars(OverPlot):
    """The bars themselves with their numbers, drawn in pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._solid: dict[int, int] = {}
        self._running: tuple[int, int] | None = None
        self._faint: dict[int, int] = {}
        self._later: dict[int, int] = {}
        self._numbered = True

    def show_bars(
        self,
        solid: dict[int, int],
        running: tuple[int, int] | None,
        faint: dict[int, int],
        later: dict[int, int],
        slots: int,
    ) -> None:
        """Counts by round; numbers stand above the bars where there are few slots."""
        self._solid, self._running, self._faint, self._later = solid, running, faint, later
        self._numbered = slots <= _NUMBERED_BARS
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        with in_pixels(painter, self) as to_pixels:
            painter.setFont(font("number"))
            for number, count in self._solid.items():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(brush(colors.wrong, 0.75))
                ink = colors.wrong if count else colors.right
                self._bar(painter, to_pixels.mapRect(_span(number, count)), count, ink)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.wrong, 0.75 * colors.ghost_opacity))
            for number, count in self._later.items():
                painter.drawRect(to_pixels.mapRect(_span(number, count)))
            for number, count in self._faint.items():
                painter.setPen(pen(colors.text, 1.2, Qt.PenStyle.DashLine, colors.ghost_opacity))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(to_pixels.mapRect(_span(number, count)))
            if self._running is not None:
                painter.setPen(pen(colors.wrong, 1.5))
                painter.setBrush(brush(colors.wrong, 0.25))
                number, count = self._running
                ink = colors.wrong if count else colors.muted_text
                if count:
                    # A round that has only begun has no count yet.
                    self._bar(painter, to_pixels.mapRect(_span(number, count)), count, ink)

    def _bar(self, painter: QPainter, box: QRectF, count: int, color: str) -> None:
        if count:
            painter.drawRect(box)
        if self._numbered:
            height = QFontMetricsF(painter.font()).height()
            painter.setPen(pen(color))
            above = QRectF(box.center().x() - scaled(20), box.top() - height - 1, 2 * scaled(20), height)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))


def _axis(last: int) -> tuple[int, int]:
    """How many slots the axis has for so many rounds, and after which round they begin."""
    slots = next((slots for slots in _SLOTS if last <= slots), _WIDEST)
    return slots, max(0, -(-(last - slots) // _BLOCK) * _BLOCK)


def _span(number: int, count: int) -> QRectF:
    """The bar of a round in the plot's coordinates."""
    return QRectF(number - 0.34, 0, 0.68, count)
