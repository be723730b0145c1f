"""A few bars with their numbers on fixed axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.contract.handle import BAR_HALF, Position
from gui.plots.axes.axis import NumberAxis, dress_axes, name_axis, steady
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, Role, px, theme
from gui.plots.drawing.ink import readable_on
from gui.plots.drawing.invitation import ARROW
from gui.style.foreground import blend

_NARROWEST_RANGE = 3.4
_BESIDE = 7
"""Pixels between an arrow and a number beside it."""
_STRONG, _WEAK = 0.85, 0.72
"""Opacity of a bar's colour, if it is ``strong`` and otherwise."""


@dataclass(frozen=True)
class Bar:
    """A bar from ``base`` to ``value`` at ``x``, with ``text`` at its end if it fits; ``color`` is a theme colour.

    ``strong`` makes colour and text bolder. A ``lifted`` text leaves room for a handle at the bar's end; for a negative
    bar it stands above the zero line.
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
    """A bar plot; ``ghost`` are (x, base, value) of a previous state, drawn as faint outlines."""

    def __init__(self, widest: str) -> None:
        self.numbers = _ShiftedAxis(orientation="left")
        super().__init__({"left": self.numbers})
        self._widest = widest
        self.bars = _Bars()
        self.put(self.bars)

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        dress_axes(self)
        # A name of a bar is not a place on a scale.
        self.getAxis("bottom").setStyle(tickLength=0)
        steady(self, self._widest)
        self.bars.update()

    def set_name(self, up: str) -> None:
        """Set the name of the vertical axis."""
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
        arrow: Position | None = None,
    ) -> None:
        """Show bars with their ``names`` (x, text) below; ``ends`` and ``ticks`` are the range and the ticks of the
        vertical axis.

        ``level`` (height, words) is a dashed line; ``shift`` is added to the axis' tick values. ``wanted`` are outlines
        (x, base, value) that the bars should fill, such as the label's 1. ``arrow`` is the end of a bar from which an
        invitation's arrow leads up: the bar's value then stands above the arrow's tip, or beside it if there is no
        room.
        """
        self.numbers.shift = shift
        left, right = names[0][0], names[-1][0]
        if bars:
            left, right = min(left, *(bar.x for bar in bars)), max(right, *(bar.x for bar in bars))
        spare = max(0.0, _NARROWEST_RANGE - (right - left + 1)) / 2
        # The outline of a bar that is gone would stand there without a name.
        ghost = [one for one in ghost if left - 0.5 <= one[0] <= right + 0.5]
        self.bars.show_state(tuple(bars), tuple(ghost), tuple(brackets), level, tuple(wanted), arrow and arrow[0])
        self.setXRange(left - 0.5 - spare, right + 0.5 + spare, padding=0)
        self.setYRange(*ends, padding=0)
        self.getAxis("bottom").setTicks([list(names)])
        self.numbers.setTicks([[(tick, self.numbers.tickStrings([tick], 1.0, 1.0)[0]) for tick in ticks]])


class _ShiftedAxis(NumberAxis):
    """An axis whose tick texts show the coordinate plus a constant."""

    shift = 0.0

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return super().tickStrings([value + self.shift for value in values], scale, spacing)


_Box = tuple[float, float, float]
"""x, base and value of a bar."""


class _Bars(PlotOverlay):
    """The overlay that draws bars, ghost, brackets, level, wanted outlines and the arrow."""

    state: tuple[
        Sequence[Bar], Sequence[_Box], Sequence[Bracket], tuple[float, str] | None, Sequence[_Box], float | None
    ] = ((), (), (), None, (), None)

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        bars, ghost, brackets, level, wanted, arrow = self.state
        for x, base, value in wanted:
            outline = _box(sketch, x, base, value).adjusted(-2, -2, 2, 0)
            sketch.panel(outline, colors.right, colors.right, 1.8, opacity=0.07)
        for bar in bars:
            sketch.fill(_box(sketch, bar.x, bar.base, bar.value), bar.color, _STRONG if bar.strong else _WEAK)
        _across(sketch, 0, colors.control_outline)
        for x, base, value in ghost:
            box = _box(sketch, x, base, value)
            sketch.frame(box, colors.text, 1.2, Qt.PenStyle.DashLine, colors.ghost_opacity)
        if level is not None:
            y, height = _across(sketch, level[0], colors.text, 1.2, Qt.PenStyle.DashLine), sketch.height_of("strong")
            box = QRectF(sketch.box.left() + px(8), y - height - 1, sketch.box.width(), height)
            sketch.words(level[1], box, "strong", align=LEFT)
        for bar in bars:
            _draw_number(sketch, bar, bar.x == arrow)
        for bracket in brackets:
            _draw_bracket(sketch, bracket)


def _across(
    sketch: PixelPainter, height: float, color: str, width: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> float:
    """Draw a horizontal line at a height given in plot coordinates; returns its y in pixels."""
    y = sketch.at(0, height).y()
    sketch.line(QPointF(sketch.box.left(), y), QPointF(sketch.box.right(), y), color, width, style)
    return y


def _draw_number(sketch: PixelPainter, bar: Bar, under_arrow: bool) -> None:
    slot = sketch.span(0, 1).width()
    role: Role = "number"
    bold = bar.strong
    if sketch.width_of(bar.text, role, bold) > slot - 2:
        role, bold = "notes", False
    if sketch.width_of(bar.text, role, bold) > slot + 2:
        return
    height, gap, end = sketch.height_of(role), px(11) if bar.lifted else px(1), sketch.at(bar.x, bar.value)
    top = end.y() - height - gap if bar.value >= bar.base else end.y() + gap
    if bar.lifted and bar.value < bar.base:
        # Above the line there is room, and above the handle at the bar's end.
        top = min(sketch.at(bar.x, bar.base).y() - 1, end.y() - gap) - height
    room = QRectF(end.x() - slot, top, 2 * slot, height)
    if under_arrow and end.y() - px(ARROW) - height > sketch.box.top():
        room.moveBottom(end.y() - px(ARROW))
    elif under_arrow:
        half = sketch.width_of(bar.text, role, bold) / 2 + px(_BESIDE)
        room.translate(-half if end.x() - 2 * half > sketch.box.left() else half, 0)
    box = _box(sketch, bar.x, bar.base, bar.value)
    on_bar = box.top() < room.center().y() < box.bottom()
    ground = blend(theme().surface, bar.color, _STRONG if bar.strong else _WEAK) if on_bar else theme().surface
    sketch.words(bar.text, room, role, readable_on(ground, theme().text), bold=bold)


def _draw_bracket(sketch: PixelPainter, bracket: Bracket) -> None:
    span = sketch.span(bracket.left - BAR_HALF, bracket.right + BAR_HALF)
    height = sketch.height_of("strong")
    y = span.top() + height + px(6)
    below = QPointF(0, px(5))
    left, right = QPointF(span.left(), y), QPointF(span.right(), y)
    for start, end in ((left + below, left), (left, right), (right, right + below)):
        sketch.line(start, end, bracket.color, 2)
    box = QRectF(span.center().x() - px(80), y - height - 2, 2 * px(80), height)
    sketch.words(bracket.text, box, "strong", bracket.color)


def _box(sketch: PixelPainter, x: float, base: float, value: float) -> QRectF:
    """The rectangle of a bar in pixels, at least one pixel high."""
    box = QRectF(sketch.at(x - BAR_HALF, max(base, value)), sketch.at(x + BAR_HALF, min(base, value)))
    if box.height() < 1:
        box.setTop(box.bottom() - 1)
    return box
