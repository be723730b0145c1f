"""A few bars with their numbers, under axes that stay where they are while the bars move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.contract.handle import BAR_HALF
from gui.plots.axes.axis import NumberAxis, dress_axes, name_axis, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

_NARROWEST_RANGE = 3.4


@dataclass(frozen=True)
class Bar:
    """A bar from ``base`` to ``value`` at ``x``, with ``text`` at its end where it fits; ``color`` is a theme's.

    A ``lifted`` text leaves room for a handle at the end; that of a bar that hangs down stands above the line.
    """

    x: float
    value: float
    text: str
    color: str
    base: float = 0.0
    strong: bool = False
    lifted: bool = False


@dataclass(frozen=True)
class Bracket:
    """A line above the bars from ``left`` to ``right`` with words over it, such as the sum of a group."""

    left: float
    right: float
    text: str
    color: str


class BarPlot(Chart):
    """Bars side by side; ``ghost`` are (x, base, value) of an earlier picture, drawn as faint outlines."""

    def __init__(self, widest: str) -> None:
        self.numbers = _ShiftedAxis(orientation="left")
        super().__init__({"left": self.numbers})
        self._widest = widest
        self.bars = _Bars()
        self.put(self.bars)

    def restyle(self) -> None:
        """Take colours and fonts anew."""
        dress_axes(self)
        # A name of a bar is not a place on a scale.
        self.getAxis("bottom").setStyle(tickLength=0)
        steady(self, self._widest)
        self.bars.update()

    def set_name(self, up: str) -> None:
        """The name of the upright axis."""
        name_axis(self.getAxis("left"), up)

    def show_bars(
        self,
        bars: Sequence[Bar],
        names: Sequence[tuple[float, str]],
        ends: tuple[float, float],
        ticks: Sequence[float],
        ghost: Sequence[tuple[float, float, float]] = (),
        brackets: Sequence[Bracket] = (),
        level: tuple[float, str] | None = None,
        shift: float = 0.0,
        wanted: Sequence[tuple[float, float, float]] = (),
    ) -> None:
        """Bars with their names below, between the ``ends`` of the upright axis, whose numbers are ``ticks``.

        ``level`` is a dashed line with words; ``shift`` is added to the numbers at the axis. ``wanted`` are (x, base,
        value) of outlines that the bars should fill, such as a label's 1.
        """
        self.numbers.shift = shift
        left, right = names[0][0], names[-1][0]
        if bars:
            left, right = min(left, *(bar.x for bar in bars)), max(right, *(bar.x for bar in bars))
        spare = max(0.0, _NARROWEST_RANGE - (right - left + 1)) / 2
        # The outline of a bar that is gone would stand there without a name.
        ghost = [one for one in ghost if left - 0.5 <= one[0] <= right + 0.5]
        self.bars.show_bars(bars, ghost, brackets, level, wanted)
        self.setXRange(left - 0.5 - spare, right + 0.5 + spare, padding=0)
        self.setYRange(*ends, padding=0)
        self.getAxis("bottom").setTicks([list(names)])
        self.numbers.setTicks([[(tick, self.numbers.tickStrings([tick], 1.0, 1.0)[0]) for tick in ticks]])


class _ShiftedAxis(NumberAxis):
    """Numbers that are all moved by the same amount."""

    shift = 0.0

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return super().tickStrings([value + self.shift for value in values], scale, spacing)


class _Bars(OverPlot):
    """The bars themselves, drawn in pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._ghost: tuple[tuple[float, float, float], ...] = ()
        self._brackets: tuple[Bracket, ...] = ()
        self._level: tuple[float, str] | None = None
        self._wanted: tuple[tuple[float, float, float], ...] = ()

    def show_bars(
        self,
        bars: Sequence[Bar],
        ghost: Sequence[tuple[float, float, float]],
        brackets: Sequence[Bracket],
        level: tuple[float, str] | None,
        wanted: Sequence[tuple[float, float, float]],
    ) -> None:
        """What is to be drawn."""
        self._wanted = tuple(wanted)
        self._bars, self._ghost, self._brackets, self._level = tuple(bars), tuple(ghost), tuple(brackets), level
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        with in_pixels(painter, self) as to_pixels:
            whole = to_pixels.mapRect(self.boundingRect())
            painter.setPen(pen(colors.right, 1.8))
            painter.setBrush(brush(colors.right, 0.07))
            for x, base, value in self._wanted:
                painter.drawRect(_box(to_pixels, x, base, value).adjusted(-2, -2, 2, 0))
            for bar in self._bars:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(brush(bar.color, 0.85 if bar.strong else 0.55))
                painter.drawRect(_box(to_pixels, bar.x, bar.base, bar.value))
            zero = to_pixels.map(QPointF(0, 0)).y()
            painter.setPen(pen(colors.control_outline))
            painter.drawLine(QPointF(whole.left(), zero), QPointF(whole.right(), zero))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(colors.text, 1.2, Qt.PenStyle.DashLine, colors.ghost_opacity))
            for x, base, value in self._ghost:
                painter.drawRect(_box(to_pixels, x, base, value))
            if self._level is not None:
                self._paint_level(painter, to_pixels, whole)
            for bar in self._bars:
                self._paint_number(painter, to_pixels, bar)
            for bracket in self._brackets:
                self._paint_bracket(painter, to_pixels, whole, bracket)

    def _paint_number(self, painter: QPainter, to_pixels: QTransform, bar: Bar) -> None:
        slot = to_pixels.map(QPointF(1, 0)).x() - to_pixels.map(QPointF(0, 0)).x()
        face = font("number")
        face.setBold(bar.strong)
        if QFontMetricsF(face).horizontalAdvance(bar.text) > slot - 2:
            face = font("notes")
        if QFontMetricsF(face).horizontalAdvance(bar.text) > slot + 2:
            return
        painter.setFont(face)
        painter.setPen(pen(theme().text))
        height = QFontMetricsF(face).height()
        gap = scaled(11) if bar.lifted else scaled(1)
        end = to_pixels.map(QPointF(bar.x, bar.value))
        top = end.y() - height - gap if bar.value >= bar.base else end.y() + gap
        if bar.lifted and bar.value < bar.base:
            # Above the line there is room; below the bar's end is the handle.
            top = to_pixels.map(QPointF(bar.x, bar.base)).y() - height - 1
        painter.drawText(QRectF(end.x() - slot, top, 2 * slot, height), Qt.AlignmentFlag.AlignCenter, bar.text)

    def _paint_level(self, painter: QPainter, to_pixels: QTransform, whole: QRectF) -> None:
        at, words = self._level
        y = to_pixels.map(QPointF(0, at)).y()
        painter.setPen(pen(theme().text, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y))
        painter.setFont(font("strong"))
        painter.setPen(pen(theme().text))
        height = QFontMetricsF(painter.font()).height()
        box = QRectF(whole.left() + scaled(8), y - height - 1, whole.width(), height)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_bracket(self, painter: QPainter, to_pixels: QTransform, whole: QRectF, bracket: Bracket) -> None:
        left, right = (to_pixels.map(QPointF(x, 0)).x() for x in (bracket.left - BAR_HALF, bracket.right + BAR_HALF))
        painter.setFont(font("strong"))
        height = QFontMetricsF(painter.font()).height()
        y = whole.top() + height + scaled(6)
        painter.setPen(pen(bracket.color, 2))
        painter.drawPolyline(
            [QPointF(left, y + scaled(5)), QPointF(left, y), QPointF(right, y), QPointF(right, y + scaled(5))]
        )
        box = QRectF((left + right) / 2 - scaled(80), y - height - 2, 2 * scaled(80), height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bracket.text)


def _box(to_pixels: QTransform, x: float, base: float, value: float) -> QRectF:
    """A bar in pixels, at least one high."""
    box = to_pixels.mapRect(QRectF(x - BAR_HALF, min(base, value), 2 * BAR_HALF, abs(value - base)))
    if box.height() < 1:
        box.setTop(box.bottom() - 1)
    return box
