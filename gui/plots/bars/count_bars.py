"""Bars of counts, one for each round; new bars are added on the right, and the axes grow in steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from gui.plots.axes.axis import dress_axes, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, brush, font, pen, px, theme

# Slots of the axis and every how many of them are numbered.
_SLOTS = {6: 1, 12: 1, 24: 4, 48: 8}
_WIDEST = max(_SLOTS)
_NUMBERED_BARS = 12
_BLOCK = 12
_HIGHEST = "60"
"""The widest count that the axis has room for."""
_Counts = dict[int, int]


class CountBars(Chart):
    """A bar plot of counts: finished rounds filled, the current round as an outline, an earlier run as faint outlines.

    The axis has room for 6 rounds and widens to 12, 24 and 48; after that the oldest rounds leave on the left, twelve
    at a time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bars = _Bars()
        self.put(self.bars)

    def set_words(self, across: str, up: str) -> None:
        """Set the names of both axes; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_room(_HIGHEST)
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
        """Show the counts of rounds from number ``first`` on and the count of the ``running`` round; ``most`` is their
        largest.

        ``ghost`` has the first round and the counts of an earlier run. If an earlier update is shown, ``later`` has the
        same for the part of this run after that update.
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
        # What the running round came to later stands behind what it has so far.
        counted = last - (running is not None)
        after = {number: count for number, count in after.items() if number > max(start, counted)}
        present = None if running is None else (last, running)
        self.bars.show_state(solid, present, faint, after, slots <= _NUMBERED_BARS)
        self.setXRange(start + 0.4, start + slots + 0.6, padding=0)
        self.setYRange(0, most * 1.22, padding=0)
        ticks = [number for number in range(start + 1, start + slots + 1) if number % _SLOTS[slots] == 0]
        self.getAxis("bottom").setTicks([[(number, str(number)) for number in ticks]])
        half = most // 2
        self.getAxis("left").setTicks([[(number, str(number)) for number in sorted({0, half, most})]])


class _Bars(PlotOverlay):
    """The overlay that draws bars: finished rounds, the current one, later ones, an earlier run, and counts above if
    wanted.
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
    """The number of rounds that the axis has room for if round ``last`` is the newest, and the round after which the
    axis begins.
    """
    slots = next((slots for slots in _SLOTS if last <= slots), _WIDEST)
    return slots, max(0, -(-(last - slots) // _BLOCK) * _BLOCK)


def _box(sketch: PixelPainter, number: int, count: int) -> QRectF:
    """The rectangle of a round's bar, in pixels."""
    return sketch.area(number - 0.34, 0, number + 0.34, count)


def _write_above(sketch: PixelPainter, bar: QRectF, count: int, color: str) -> None:
    height, half = sketch.height_of("number"), px(20)
    above = QRectF(bar.center().x() - half, bar.top() - height - 1, 2 * half, height)
    sketch.words(str(count), above, "number", color)


class CountPlot(Chart):
    """A plot of counts as a curve, with a dashed line and words at the largest possible count, ``ceiling``; a cursor
    marks the present value.

    A single value that differs from both neighbours is drawn as a dot, not a spike, with a ring on the curve.
    """

    def __init__(self, ends: tuple[float, float], ticks: Sequence[float], ceiling: int) -> None:
        super().__init__()
        margin = (ends[1] - ends[0]) / 14
        self.setXRange(ends[0] - margin, ends[1] + margin, padding=0)
        self.setYRange(0, ceiling + 0.8, padding=0)
        self.getAxis("bottom").setTicks([[(tick, f"{tick:g}") for tick in ticks]])
        self.getAxis("left").setTicks([[(count, str(count)) for count in range(ceiling + 1)]])
        self.area = pg.PlotCurveItem(connect="all")
        self.curve = pg.PlotCurveItem()
        self.dots, self.rings = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.ceiling = pg.InfiniteLine(ceiling, 0)
        self.words = pg.TextItem(anchor=(0.5, 1))
        self.words.setPos((ends[0] + ends[1]) / 2, ceiling)
        self.cursor = pg.InfiniteLine(ends[0], 90)
        self.put(self.area, self.ceiling, self.cursor, self.curve, self.rings, self.dots, self.words)

    def set_words(self, across: str, up: str, ceiling: str) -> None:
        """Set the names of both axes and the ceiling's words; applies the current colours and fonts."""
        colors = theme()
        dress_axes(self, across, up)
        steady(self, "0")
        self.area.setPen(pen(colors.surface, 0.0, Qt.PenStyle.NoPen))
        self.area.setBrush(brush(colors.selection_fill))
        self.curve.setPen(pen(colors.accent, 3))
        self.dots.setPen(pen(colors.surface, 1))
        self.dots.setBrush(brush(colors.accent))
        self.rings.setPen(pen(colors.accent, 1.5))
        self.rings.setBrush(brush(colors.surface))
        for scatter in (self.dots, self.rings):
            scatter.setSize(px(9))
        self.ceiling.setPen(pen(colors.wrong, 1.5, Qt.PenStyle.DashLine))
        self.cursor.setPen(pen(colors.text, 1.5))
        self.words.setFont(font("strong"))
        self.words.setColor(colors.wrong)
        self.words.setText(ceiling)

    def show_counts(self, at: np.ndarray, counts: np.ndarray, cursor: float) -> None:
        """Show the counts (N,) at the values ``at`` (N,), and the cursor at the present value."""
        level = counts[1:] == counts[:-1]
        alone = ~(np.append(level, False) | np.append(False, level))
        self.curve.setData(at, counts, connect=np.append(level, False))
        # Only the corners: pyqtgraph fills long curves in pieces, and seams would show between them.
        steady = np.flatnonzero(~alone)
        change = np.flatnonzero(np.diff(counts[steady]))
        corners = steady[np.unique(np.concatenate([[0, len(steady) - 1], change, change + 1]).astype(int))]
        self.area.setData(at[corners], counts[corners], fillLevel=0)
        self.dots.setData(at[alone], counts[alone])
        beside = np.where(np.arange(len(counts)) + 1 < len(counts), np.roll(counts, -1), np.roll(counts, 1))
        self.rings.setData(at[alone], beside[alone])
        self.cursor.setPos(cursor)
