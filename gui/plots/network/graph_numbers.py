"""Places the values and gradients of a computational graph beside their edges, clear of arrowheads, tracks and
words.
"""

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
    """An operation at a point of the graph. ``lit`` is the direction of the pass if it was computed in the last step,
    else ""; ``done`` tells whether it was computed at all.
    """

    place: Position
    words: str
    lit: Way = ""
    done: bool = False


@dataclass(frozen=True)
class InputMark:
    """An input: name and value above the track of its handle, which extends by ``reach`` to both sides, gradient below.

    ``above`` has three wordings: with an equals sign, without it, and the value alone. ``agrees`` adds ✓ or ≠ to the
    gradient; ``wrong`` is the gradient that a mistake gives.
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
    """An edge through these points: ``value`` above it, below it the fullest wording of ``gradient`` that fits, and
    ``wrong``, the gradient that a mistake gives.

    ``crowd`` is the share of the edge's length, from its source, at which its words have most room.
    """

    points: tuple[Position, ...]
    value: str = ""
    gradient: tuple[str, ...] = ("",)
    wrong: str = ""
    lit: Way = ""
    crowd: float = 0.5


@dataclass(frozen=True)
class ResultMark:
    """The result at the end of the graph: name and value."""

    place: Position
    name: str
    value: str = ""
    before: str = ""


RADIUS = 19
"""Half the height of a node in pixels; its width follows its words."""
_APART = 2
"""Pixels between an edge and the words above and below it."""
_ALONG = (0.0, 0.08, -0.08, 0.16, -0.16, 0.24, -0.24, 0.32, -0.32, 0.4, -0.4)
"""The tried distances along an edge between its words and the place meant for them, as shares of its length."""
_AWAY = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)
"""The tried further distances from an edge for its gradient, and at last for its value too, in lines of text."""
Part = tuple[str, Role, str, bool]
"""A piece of text: words, font role, colour, and whether it is bold."""


@dataclass(frozen=True)
class NumberRow:
    """Pieces of text side by side on a background that covers edges."""

    parts: tuple[Part, ...]
    box: QRectF


def row_at(sketch: PixelPainter, parts: Sequence[Part], center: QPointF) -> NumberRow:
    """A row of text centred on a point, moved inside the plot unless the point is out of sight; empty pieces are left
    out.
    """
    shown = tuple(part for part in parts if part[0])
    width = sum(_width(sketch, part) for part in shown)
    height = max((sketch.height_of(role) for _, role, _, _ in shown), default=0.0)
    left = in_sight(sketch.box, center.x(), width)
    return NumberRow(shown, QRectF(left, center.y() - height / 2, width, height))


def in_sight(shown: QRectF, middle: float, width: float) -> float:
    """The left end of an interval of this ``width`` around ``middle``, moved as little as is necessary to lie inside
    the plot.

    An interval whose middle is out of sight is not moved, as many of them would pile up at the edge of a magnified
    plot.
    """
    left = middle - width / 2
    if not shown.left() <= middle <= shown.right():
        return left
    return min(max(left, shown.left()), shown.right() - width)


def draw_row(sketch: PixelPainter, row: NumberRow) -> None:
    """Draw a row of text on its background."""
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
    """The text rows of an edge: value above, gradient below; both above if the graph's rows are close (``tight``).

    They stand at the place meant for them (``crowd``), or at the nearest one along the edge where they overlap no box
    in ``taken`` and are nearer to their own edge than to any of the ``others`` (points of the other edges). If there is
    no such place, they stand where they overlap least; text nearer to another edge counts as overlap.
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
    """Yield the possible text rows of an edge, the best first."""
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
    """A point of an edge, ``along`` (a share of its length) from the place meant for its words. That place is the
    middle bend, or on a straight edge the share ``crowd``. None beyond the edge's ends.
    """
    if len(points) > 2:
        middle = len(points) // 2
        before, there, after = points[middle - 1 : middle + 2]
        return there + (after - there if along > 0 else there - before) * (1.5 * along)
    at = edge.crowd + along
    return points[0] + (points[1] - points[0]) * at if 0 < at < 1 else None


def _covered(rows: Sequence[NumberRow], taken: Sequence[QRectF], enough: float) -> float:
    """The area in square pixels of the boxes in ``taken`` that the rows overlap, counted up to ``enough``."""
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
    """The area in square pixels of the texts whose centres are nearer to another edge than to their own."""
    area = 0.0
    for box in (box for row in rows for box in boxes_of(sketch, row)):
        own = distance(box.center(), points)
        if any(distance(box.center(), other) <= own for other in others):
            area += box.width() * box.height()
    return area


def boxes_of(sketch: PixelPainter, row: NumberRow) -> Iterator[QRectF]:
    """Yield the boxes of the pieces of text in a row, from left to right."""
    left = row.box.left()
    for part in row.parts:
        yield QRectF(left, row.box.top(), _width(sketch, part), row.box.height())
        left += _width(sketch, part)


def distance(place: QPointF, points: Sequence[QPointF]) -> float:
    """The distance of a point from a polyline."""
    return min(_to_segment(place, *ends) for ends in pairwise(points))


def _to_segment(place: QPointF, start: QPointF, end: QPointF) -> float:
    x, y, across, down = place.x() - start.x(), place.y() - start.y(), end.x() - start.x(), end.y() - start.y()
    part = min(1.0, max(0.0, (x * across + y * down) / max(1e-9, across * across + down * down)))
    return math.hypot(x - part * across, y - part * down)


def _cut_off(rows: Sequence[NumberRow], shown: QRectF) -> float:
    """The area in square pixels of the rows that lies outside ``shown``."""
    boxes = [(row.box, row.box & shown) for row in rows if row.parts and not shown.contains(row.box)]
    return sum(box.width() * box.height() - inside.width() * inside.height() for box, inside in boxes)


def _width(sketch: PixelPainter, part: Part) -> float:
    words, role, _, bold = part
    return sketch.width_of(words, role, bold) + px(6)


def head_box(tip: QPointF, along: QPointF, length: float) -> QRectF:
    """The box around an arrowhead whose tip is at ``tip`` and which points along a unit vector."""
    base, aside = tip - along * length, QPointF(-along.y(), along.x()) * length * 0.45
    corners = (tip, base + aside, base - aside)
    box = QRectF(corners[0], corners[0])
    for one, other in pairwise((*corners, corners[0])):
        box = box.united(QRectF(one, other).normalized())
    return box
