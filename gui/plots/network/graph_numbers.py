"""Places the numbers of a computational graph beside their edges, clear of arrowheads, tracks and other words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal

from PySide6.QtCore import QPointF, QRectF

from gui.plots.drawing.api import PixelPainter, Role, px, theme

Position = tuple[float, float]


Way = Literal["", "forward", "backward"]


@dataclass(frozen=True)
class NodeMark:
    """An operation at a point; ``lit`` is the direction in which it was computed last, if it was the last one; ``done``
    whether it was computed.
    """

    place: Position
    words: str
    lit: Way = ""
    done: bool = False


@dataclass(frozen=True)
class InputMark:
    """An input: its name and value above its handle's line, which extends by ``reach`` to both sides, and its gradient
    below with a tick or a cross; ``wrong`` is the result of a mistake. ``above`` has three wordings: with an equals
    sign, without it, and the value alone.
    """

    place: Position
    above: tuple[str, ...]
    reach: float
    gradient: str = ""
    agrees: bool | None = None
    wrong: str = ""
    before: str = ""
    lit: bool = False


@dataclass(frozen=True)
class EdgeMark:
    """An edge through these points: ``value`` above it, ``gradient`` below it, of several wordings the fullest that
    fits, and the result of a mistake. ``crowd`` is where on the edge its numbers have most room: 0 at its source, 1 at
    its target.
    """

    points: tuple[Position, ...]
    value: str = ""
    gradient: tuple[str, ...] = ("",)
    wrong: str = ""
    lit: Way = ""
    crowd: float = 0.5


@dataclass(frozen=True)
class ResultMark:
    """The end of the graph: the result's name and value."""

    place: Position
    name: str
    value: str = ""
    before: str = ""


RADIUS = 19
"""Half the height of a node in pixels; its width follows its words."""
_APART = 2
"""Pixels between an edge and the numbers over and under it."""
_ALONG = (0.0, 0.08, -0.08, 0.16, -0.16, 0.24, -0.24, 0.32, -0.32, 0.4, -0.4)
"""Where else along an edge its numbers may stand: how far from their own place, as parts of the way."""
_AWAY = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)
"""How much further from an edge its gradient, and at last its value too, may stand, in lines."""
Part = tuple[str, Role, str, bool]
"""Words with their type and colour, and whether they are bold."""


@dataclass(frozen=True)
class NumberRow:
    """Words side by side on a background that covers edges."""

    parts: tuple[Part, ...]
    box: QRectF


def row_at(sketch: PixelPainter, parts: Sequence[Part], center: QPointF) -> NumberRow:
    """A row of words centred on a point, moved inside the plot unless the point is out of sight; empty words are left
    out.
    """
    shown = tuple(part for part in parts if part[0])
    width = sum(_width(sketch, part) for part in shown)
    height = max((sketch.height_of(role) for _, role, _, _ in shown), default=0.0)
    left = in_sight(sketch.box, center.x(), width)
    return NumberRow(shown, QRectF(left, center.y() - height / 2, width, height))


def in_sight(shown: QRectF, middle: float, width: float) -> float:
    """The left end of a span of this width around ``middle``, moved as little as is necessary to lie inside the plot. A
    span whose middle is out of sight is not moved, as many of them would pile up at the edge of a magnified plot.
    """
    left = middle - width / 2
    if not shown.left() <= middle <= shown.right():
        return left
    return min(max(left, shown.left()), shown.right() - width)


def draw_row(sketch: PixelPainter, row: NumberRow) -> None:
    """Draw the words on their background."""
    for (words, role, color, bold), box in zip(row.parts, boxes_of(sketch, row), strict=True):
        sketch.fill(box, theme().surface, 0.92, px(3))
        sketch.words(words, box, role, color, bold=bold)


def numbers_of(
    sketch: PixelPainter,
    edge: EdgeMark,
    points: Sequence[QPointF],
    others: Sequence[Sequence[QPointF]],
    tight: bool,
    taken: Sequence[QRectF],
) -> list[NumberRow]:
    """The rows of an edge: value above, gradient below; both above if the graph's rows are close (``tight``).

    They stand at the place meant for them (``crowd``), or at the nearest one along the edge where they cover nothing
    ``taken`` and no number is nearer to one of the ``others``, the corners of the other edges; if there is none, where
    they cover least, what stands at another edge counted as covered.
    """
    least, best = math.inf, []
    for rows in _ways(sketch, edge, points, tight):
        area = _covered(rows, taken, least) + _cut_off(rows, sketch.box)
        if area < least:
            area += _strayed(sketch, rows, points, others)
        if area < least:
            least, best = area, rows
        if not area:
            break
    return best


def _ways(sketch: PixelPainter, edge: EdgeMark, points: Sequence[QPointF], tight: bool) -> Iterator[list[NumberRow]]:
    """The possible rows of an edge, the best first."""
    colors = theme()
    across, up = points[-1].x() - points[0].x(), abs(points[-1].y() - points[0].y())
    role: Role = "headline" if edge.lit and not tight else "number"
    half, gap, bold = sketch.height_of(role) / 2, px(_APART), bool(edge.lit)
    value: Part = (edge.value, "number", colors.forward, False)
    wrong: Part = (edge.wrong, "number", colors.wrong, True)
    gradient = sketch.fitting(edge.gradient[:-1], across * (1.1 if edge.lit else 1.0), role, bold=bold)
    down = 0.0
    if not gradient and edge.lit and up < px(RADIUS) and not tight:
        # Under the nodes on both sides and an input's gradient, where a level edge is short.
        gradient = sketch.fitting(edge.gradient[:-1], 3 * across, role, bold=True)
        down = px(RADIUS) + half if gradient else 0.0
    for words, further in ((gradient, down), (edge.gradient[-1], 0.0)) if gradient else ((edge.gradient[-1], 0.0),):
        parts: list[Part] = [(words, role, colors.backward, bold), wrong]
        for value_too, away, along in product((False, True), _AWAY, _ALONG):
            place = _place(edge, points, along)
            if place is None:
                continue
            above, below = place - QPointF(0, half + gap), place + QPointF(0, half + gap + further)
            apart = QPointF(0, 2 * half * away)
            if tight:
                yield [row_at(sketch, [value, *parts], above - apart)]
            else:
                yield [row_at(sketch, [value], above - apart * value_too), row_at(sketch, parts, below + apart)]
        # Between two edges there is room for both numbers on one side only.
        for along, side in product(_ALONG, (-1, 1)):
            place = _place(edge, points, along)
            if place is not None:
                yield [row_at(sketch, [value, *parts], place + QPointF(0, side * (half + gap)))]


def _place(edge: EdgeMark, points: Sequence[QPointF], along: float) -> QPointF | None:
    """A point of an edge, ``along`` from the place meant for its numbers: the middle bend, or where neighbours leave
    most room. None beyond the edge's ends.
    """
    if len(points) > 2:
        middle = len(points) // 2
        before, there, after = points[middle - 1 : middle + 2]
        return there + (after - there if along > 0 else there - before) * (1.5 * along)
    at = edge.crowd + along
    return points[0] + (points[1] - points[0]) * at if 0 < at < 1 else None


def _covered(rows: Sequence[NumberRow], taken: Sequence[QRectF], enough: float) -> float:
    """The area of ``taken`` that the rows cover, counted up to ``enough``."""
    area = 0.0
    for row, one in product((row for row in rows if row.parts), taken):
        both = row.box & one
        if both.isValid():
            area += both.width() * both.height()
            if area >= enough:
                break
    return area


def _strayed(
    sketch: PixelPainter, rows: Sequence[NumberRow], points: Sequence[QPointF], others: Sequence[Sequence[QPointF]]
) -> float:
    """The area of the numbers whose middles are nearer to another edge than to their own."""
    area = 0.0
    for box in (box for row in rows for box in boxes_of(sketch, row)):
        own = distance(box.center(), points)
        if any(distance(box.center(), other) <= own for other in others):
            area += box.width() * box.height()
    return area


def boxes_of(sketch: PixelPainter, row: NumberRow) -> Iterator[QRectF]:
    """The boxes of the parts of a row, from left to right."""
    left = row.box.left()
    for part in row.parts:
        yield QRectF(left, row.box.top(), _width(sketch, part), row.box.height())
        left += _width(sketch, part)


def distance(place: QPointF, points: Sequence[QPointF]) -> float:
    """How far a place is from a line through these corners."""
    return min(_to_segment(place, *ends) for ends in pairwise(points))


def _to_segment(place: QPointF, start: QPointF, end: QPointF) -> float:
    x, y, across, down = place.x() - start.x(), place.y() - start.y(), end.x() - start.x(), end.y() - start.y()
    part = min(1.0, max(0.0, (x * across + y * down) / max(1e-9, across * across + down * down)))
    return math.hypot(x - part * across, y - part * down)


def _cut_off(rows: Sequence[NumberRow], shown: QRectF) -> float:
    """The part of the rows that lies outside ``shown``."""
    boxes = [(row.box, row.box & shown) for row in rows if row.parts and not shown.contains(row.box)]
    return sum(box.width() * box.height() - inside.width() * inside.height() for box, inside in boxes)


def _width(sketch: PixelPainter, part: Part) -> float:
    words, role, _, bold = part
    return sketch.width_of(words, role, bold) + px(6)


def head_box(tip: QPointF, along: QPointF, length: float) -> QRectF:
    """The box around the head of an arrow that ends at ``tip`` in the direction of a unit vector."""
    base, aside = tip - along * length, QPointF(-along.y(), along.x()) * length * 0.45
    corners = (tip, base + aside, base - aside)
    box = QRectF(corners[0], corners[0])
    for one, other in pairwise((*corners, corners[0])):
        box = box.united(QRectF(one, other).normalized())
    return box
