"""Horizontal bars on a common scale of powers of ten, with selectable rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from gui.plots.axes.axis import power_of_ten
from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, curve_color, font, px, theme

_ROW, _LEAST_ROW = 84, 20


@dataclass(frozen=True)
class LogBar:
    """A bar for the value ``size`` in the style of curve ``number``, with ``text`` at the right; ``before`` is an
    earlier value.

    The row is marked by a disc, or with ``diamond`` by a diamond, like its points in another plot.
    """

    size: float
    text: str
    number: int
    diamond: bool = False
    before: float | None = None


class LogBars(ChoosingItem):
    """Selectable bars: ``set_options`` names the rows, ``show_bars`` sets the bars. The scale begins at the value
    ``low``, where a bar has no length, and ends at ``high``.

    ``level`` is a value at which a line crosses all rows.
    """

    def __init__(self, low: float, high: float, level: float) -> None:
        super().__init__()
        self._ends, self._level = (math.log10(low), math.log10(high)), level
        self._bars: tuple[LogBar, ...] = ()
        self._words = ("", "")

    def show_bars(self, bars: Sequence[LogBar], below: str, above: str) -> None:
        """Show the bars in the order of the rows, and words for the sides ``below`` and ``above`` the level."""
        self._bars, self._words = tuple(bars), (below, above)
        self.update()

    def measure(self) -> None:
        self.take_room(px(230), max(2, len(self.options)) * px(_LEAST_ROW) + 2 * self._line())

    def box(self, value: str) -> QRectF:
        rows = [name for name, _ in self.options]
        height = self._row()
        return QRectF(0, self._line() + rows.index(value) * height, self.size().width(), height)

    def draw(self, sketch: PixelPainter) -> None:
        colors, line, height = theme(), self._line(), self._row()
        names = max((sketch.width_of(name, "strong") for _, name in self.options), default=0) + px(28)
        numbers = sketch.width_of("0.0×10⁻⁰⁰", "number", bold=True) + px(10)
        left, right = names, sketch.box.width() - numbers
        bottom = line + height * len(self.options)

        def across(size: float) -> float:
            low, high = self._ends
            power = min(max(math.log10(size), low), high) if size > 0 else low
            return left + (power - low) / (high - low) * (right - left)

        level = across(self._level)
        sketch.fill(QRectF(left, line, level - left, bottom - line), colors.right, 0.1)
        below, above = self._words
        sketch.words(sketch.fitting([below], level - left - 4), QRectF(left, 0, level - left - 4, line), align=RIGHT,
                     color=colors.right)  # fmt: skip
        sketch.words(sketch.fitting([above], right - level), QRectF(level + 4, 0, right, line), align=LEFT,
                     color=colors.wrong)  # fmt: skip
        for (value, name), bar in zip(self.options, self._bars, strict=False):
            self._draw_row(sketch, self.box(value), value, name, bar, across)
        sketch.line(QPointF(level, 2), QPointF(level, bottom), colors.text, 1.2, Qt.PenStyle.DashLine)
        sketch.line(QPointF(left, bottom), QPointF(right, bottom), colors.hairline)
        _draw_powers(sketch, *self._ends, across, QRectF(0, bottom + 2, sketch.box.width(), line))

    def _draw_row(
        self, sketch: PixelPainter, box: QRectF, value: str, name: str, bar: LogBar, across: Callable[[float], float]
    ) -> None:
        colors, ink = theme(), curve_color(bar.number)
        if value == self.value:
            sketch.fill(box.adjusted(0, 1, 0, -1), colors.selection_fill, radius=px(4))
            if self.hasFocus():
                sketch.focus(box.adjusted(2, 3, -2, -3), px(4))
        middle, size = box.center().y(), px(5)
        place = QPointF(px(11), middle)
        if bar.diamond:
            sketch.diamond(place, 1.15 * size, ink)
        else:
            sketch.dot(place, size, ink)
        sketch.words(name, box.adjusted(px(22), 0, 0, 0), "strong", align=LEFT)
        half = min(px(13), 0.3 * box.height())
        start, end = across(0.0), across(bar.size)
        sketch.fill(QRectF(start, middle - half, max(end - start, 1), 2 * half), ink, 0.8)
        if bar.before is not None:
            before = across(bar.before)
            sketch.line(QPointF(before, middle - half - 2), QPointF(before, middle + half + 2), colors.text, 2,
                        opacity=colors.ghost_opacity)  # fmt: skip
        sketch.words(bar.text, box.adjusted(0, 0, -px(4), 0), "number", align=RIGHT, bold=value == self.value)

    def _row(self) -> float:
        free = self.size().height() - 2 * self._line() - 2
        return min(free / max(1, len(self.options)), px(_ROW))

    def _line(self) -> float:
        return QFontMetricsF(font("notes")).height() + 2


def _draw_powers(sketch: PixelPainter, low: float, high: float, across: Callable[[float], float], box: QRectF) -> None:
    """Label the axis below the bars with powers of ten, as many as there is room for."""
    width = 1.5 * sketch.width_of("10⁻¹⁰")
    every = max(1, math.ceil((high - low) * width / max(1.0, across(10.0**high) - across(0.0))))
    for power in range(math.ceil(low), math.floor(high) + 1):
        if power % every == 0:
            place = QRectF(across(10.0**power) - width / 2, box.top(), width, box.height())
            sketch.words(power_of_ten(power), place, color=theme().muted_text)
