"""Bars of whole numbers in a row, one a round, that grow to the right while the axes stay where they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt

from gui.plots.axes.axis import dress_axes
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, px, theme

# Slots of the axis and every how many of them are numbered.
_SLOTS = {6: 1, 12: 1, 24: 4, 48: 8}
_WIDEST = max(_SLOTS)
_NUMBERED_BARS = 12
_BLOCK = 12
_Counts = dict[int, int]


class CountBars(Chart):
    """Counts of finished rounds, the one going on in outline, and those of an earlier run as a faint outline.

    The axis has 6 slots and widens to 12, 24 and 48; then the oldest rounds leave on the left, twelve at a time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bars = _Bars()
        self.put(self.bars)

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
        present = None if running is None else (last, running)
        self.bars.show_state(solid, present, faint, after, slots <= _NUMBERED_BARS)
        self.setXRange(start + 0.4, start + slots + 0.6, padding=0)
        self.setYRange(0, most * 1.22, padding=0)
        ticks = [number for number in range(start + 1, start + slots + 1) if number % _SLOTS[slots] == 0]
        self.getAxis("bottom").setTicks([[(number, str(number)) for number in ticks]])
        half = most // 2
        self.getAxis("left").setTicks([[(number, str(number)) for number in sorted({0, half, most})]])


class _Bars(PlotOverlay):
    """Counts by round, the running round with its count, those of an earlier run, those that follow in this one, and
    whether numbers stand above the bars.
    """

    state: tuple[_Counts, tuple[int, int] | None, _Counts, _Counts, bool] = ({}, None, {}, {}, True)

    def draw(self, sketch: PixelPainter) -> None:
        solid, running, faint, later, numbered = self.state
        colors = theme()
        for number, count in solid.items():
            box = _box(sketch, number, count)
            if count:
                sketch.fill(box, colors.wrong, 0.75)
            if numbered:
                _write_above(sketch, box, count, colors.wrong if count else colors.right)
        for number, count in later.items():
            sketch.fill(_box(sketch, number, count), colors.wrong, 0.75 * colors.ghost_opacity)
        # A round that has only begun has no count yet.
        if running is not None and running[1]:
            box = _box(sketch, *running)
            sketch.panel(box, colors.wrong, colors.wrong, 1.5, opacity=0.25)
            if numbered:
                _write_above(sketch, box, running[1], colors.wrong)
        for number, count in faint.items():
            box = _box(sketch, number, count)
            # On a ground of its own, or a bar of now would hide it.
            sketch.frame(box, colors.surface, 2.5)
            sketch.frame(box, colors.text, 1.2, Qt.PenStyle.DashLine, 0.7)


def _axis(last: int) -> tuple[int, int]:
    """How many slots the axis has for so many rounds, and after which round they begin."""
    slots = next((slots for slots in _SLOTS if last <= slots), _WIDEST)
    return slots, max(0, -(-(last - slots) // _BLOCK) * _BLOCK)


def _box(sketch: PixelPainter, number: int, count: int) -> QRectF:
    """The bar of a round in pixels."""
    return sketch.area(number - 0.34, 0, number + 0.34, count)


def _write_above(sketch: PixelPainter, bar: QRectF, count: int, color: str) -> None:
    height, half = sketch.height_of("number"), px(20)
    above = QRectF(bar.center().x() - half, bar.top() - height - 1, 2 * half, height)
    sketch.words(str(count), above, "number", color)
