"""Selectable histograms side by side or in a grid, such as one for each layer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from engine.contract.numerals import format_real, percent
from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, curve_color, font, px, theme

_GAP = 18
_LEAST_WIDTH, _LEAST_HEIGHT = 40, 26
_LOWEST = 8
"""The smallest height of the bins in pixels; if there is less, lines of words are left out."""
_BEYOND = 0.005
"""The smallest share outside the range of the axis that is written at its end."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """A histogram: ``shares`` (B,) in equal bins from ``low`` to ``high``, in the style of curve ``number``.

    ``beyond`` are the two shares of values below and above the axis, ``before`` (B,) the earlier shares. ``notes`` are
    lines below the title, each in several wordings, the fullest first.
    """

    value: str
    title: str
    low: float
    high: float
    shares: np.ndarray
    number: int
    notes: tuple[tuple[str, ...], ...] = ()
    beyond: tuple[float, float] = (0.0, 0.0)
    before: np.ndarray | None = None


class Histograms(ChoosingItem):
    """Histograms in rows of ``columns``, one of which is selected. ``set_options`` lists all values that arrow keys
    step through, even those of histograms that are not shown now.

    The vertical axes end at ``top``, a share of the values that is written at the left; if it is None, each ends at its
    own highest bin. With ``heads``, names left of the rows, each title is shown only once, above its column.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Histogram, ...] = ()
        self._columns = 1
        self._top: float | None = 1.0
        self._heads: tuple[str, ...] = ()

    def show_histograms(
        self, shown: Sequence[Histogram], columns: int, top: float | None = None, heads: Sequence[str] = ()
    ) -> None:
        """Show the histograms, row by row."""
        changes_shape = (len(shown), columns, len(heads)) != (len(self._shown), self._columns, len(self._heads))
        self._shown, self._columns, self._top, self._heads = tuple(shown), columns, top, tuple(heads)
        if changes_shape:
            self.measure()
        self.update()

    def box(self, value: str) -> QRectF:
        for place, one in enumerate(self._shown):
            if one.value == value:
                return self._box(*divmod(place, self._columns))
        return QRectF()

    def measure(self) -> None:
        rows = math.ceil(len(self._shown) / self._columns)
        # Where a row has a head, the words above its bins give way to more rows.
        words = 0.0 if self._heads else self._line()
        high = rows * (px(_LEAST_HEIGHT) + words) + max(self._line(), self._above())
        self.take_room(self._columns * px(_LEAST_WIDTH) + self._lead(), high)

    def draw(self, sketch: PixelPainter) -> None:
        if not self._shown:
            return
        colors = theme()
        for row, head in enumerate(self._heads):
            box = self._box(row, 0)
            place = QRectF(0, box.top(), box.left() - px(6), box.height())
            sketch.words(sketch.elided(head, place.width()), place, color=colors.text, align=LEFT)
        if self._heads:
            for column, one in enumerate(self._shown[: self._columns]):
                box = self._box(0, column)
                words = sketch.fitting((one.title,), box.width(), bold=True)
                sketch.words(words, QRectF(box.left(), 0, box.width(), self._line()), color=colors.text, bold=True)
        for index, one in enumerate(self._shown):
            row, column = divmod(index, self._columns)
            self._draw_one(sketch, self._box(row, column), one)
        if self._top is not None:
            plot = self._plot(self._box(0, 0), self._shown[0])
            line = sketch.height_of()
            for share, middle in ((self._top, plot.top() + line / 2), (0.0, plot.bottom() - line / 2)):
                room = QRectF(0, middle - line / 2, plot.left() - px(5), line)
                sketch.words(percent(share), room, color=colors.muted_text, align=RIGHT)

    def _draw_one(self, sketch: PixelPainter, box: QRectF, one: Histogram) -> None:
        colors, line, plot = theme(), self._line(), self._plot(box, one)
        chosen = one.value == self.value
        if chosen:
            sketch.fill(box.adjusted(-px(3), 0, px(3), -line), colors.selection_fill, radius=px(4))
            if self.hasFocus():
                sketch.focus(box.adjusted(-px(3), 1, px(3), -line - 1), px(4))
        for number, wordings in enumerate(self._rows_above(one, box.height())):
            is_title = number == 0 and not self._heads
            words = sketch.fitting(wordings, box.width(), bold=is_title)
            row = QRectF(box.left(), box.top() + number * line, box.width(), line)
            sketch.words(words, row, color=colors.text if is_title else colors.muted_text, bold=is_title)
        self._draw_bars(sketch, plot, one)
        self._draw_beyond(sketch, plot, one)
        sketch.line(plot.bottomLeft(), plot.bottomRight(), colors.control_outline, 1.2)
        self._draw_numbers(sketch, plot, one)

    def _draw_bars(self, sketch: PixelPainter, plot: QRectF, one: Histogram) -> None:
        top, ink = self._top or max(float(np.max(one.shares)), 1e-9), curve_color(one.number)
        edges = np.linspace(plot.left(), plot.right(), len(one.shares) + 1).tolist()
        gap = min(1.0, 0.15 * (edges[1] - edges[0]))
        for left, right, share in zip(edges, edges[1:], one.shares.tolist(), strict=False):
            if share:
                height = max(min(share / top, 1.0) * plot.height(), 1.0)
                sketch.fill(QRectF(left, plot.bottom() - height, right - left - gap, height), ink, 0.85)
        if one.before is not None:
            heights = [plot.bottom() - min(share / top, 1.0) * plot.height() for share in one.before.tolist()]
            ends = [end for left, right, y in zip(edges, edges[1:], heights, strict=False)
                    for end in (QPointF(left, y), QPointF(right, y))]  # fmt: skip
            for start, end in pairwise(ends):
                sketch.line(start, end, theme().text, 1.2, opacity=theme().ghost_opacity)

    def _draw_beyond(self, sketch: PixelPainter, plot: QRectF, one: Histogram) -> None:
        """Draw the shares to the left and right of the axis, with arrows pointing there."""
        colors, line = theme(), self._line()
        # One below the other, or side by side where that would reach below the axis.
        left_row = 1.5 if plot.height() >= 2 * line else 0.5
        for side, share in zip((-1, 1), one.beyond, strict=True):
            if share < _BEYOND:
                continue
            end, along = (plot.right(), QPointF(1, 0)) if side > 0 else (plot.left(), QPointF(-1, 0))
            middle = plot.top() + (0.5 if side > 0 else left_row) * line
            sketch.head(QPointF(end, middle), along, px(8), colors.wrong)
            room = QRectF(plot.left(), middle - line / 2, plot.width(), line).adjusted(px(11), 0, -px(11), 0)
            words = sketch.fitting((percent(share),), room.width())
            sketch.words(words, room, color=colors.wrong, align=RIGHT if side > 0 else LEFT)

    def _draw_numbers(self, sketch: PixelPainter, plot: QRectF, one: Histogram) -> None:
        """Draw the tick texts at both ends of a histogram's axis, and at the middle or 0 if there is room."""
        middle = 0.0 if one.low < 0 < one.high else (one.low + one.high) / 2
        free = plot.left() - px(_GAP) / 2
        for number in (one.low, middle, one.high):
            words = format_real(number, 3)
            at = plot.left() + (number - one.low) / (one.high - one.low) * plot.width()
            half = sketch.width_of(words) / 2
            last = number == one.high
            left = min(max(at - half, plot.left() - px(4)), plot.right() + px(4) - 2 * half)
            if left < free and not last:
                continue
            if number == middle and left + 2 * half > plot.right() - sketch.width_of(format_real(one.high, 3)) - 4:
                continue
            sketch.words(words, QRectF(left - 1, plot.bottom() + 1, 2 * half + 2, self._line()),
                         color=theme().muted_text)  # fmt: skip
            free = left + 2 * half + px(4)

    def _plot(self, box: QRectF, one: Histogram) -> QRectF:
        """The area of a histogram's bins in its box, below its words and above its numbers."""
        words = len(self._rows_above(one, box.height())) * self._line() + px(3)
        return box.adjusted(0, words, 0, -self._line())

    def _box(self, row: int, column: int) -> QRectF:
        rows = math.ceil(len(self._shown) / self._columns)
        gap, lead = px(_GAP), self._lead()
        width = (self.size().width() - lead - gap * self._columns) / self._columns
        height = (self.size().height() - self._above()) / rows
        return QRectF(lead + gap / 2 + column * (width + gap), self._above() + row * height, width, height)

    def _rows_above(self, one: Histogram, height: float) -> tuple[tuple[str, ...], ...]:
        """The lines above a histogram's bins, each in its wordings. If ``height`` is small, the last lines are left out
        to keep the bins visible, but never the title.
        """
        rows = one.notes if self._heads else ((one.title,), *one.notes)
        free = (height - self._line() - px(_LOWEST)) / self._line()
        return rows[: max(0 if self._heads else 1, math.floor(free))]

    def _above(self) -> float:
        """The height in pixels reserved above the first row for shared titles."""
        return self._line() if self._heads else 0.0

    def _lead(self) -> float:
        """The width in pixels reserved left of the first column for the row names."""
        metrics = QFontMetricsF(font("notes"))
        words = self._heads or (("100%",) if self._top is not None else ())
        return max((metrics.horizontalAdvance(word) for word in words), default=0.0) + px(4)

    def _line(self) -> float:
        return QFontMetricsF(font("notes")).height()
