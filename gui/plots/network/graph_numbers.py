"""Where the numbers of a computational graph stand: beside their edges, clear of heads, rails and other words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from PySide6.QtCore import QPointF, QRectF

from gui.plots.drawing.api import PixelPainter, Role, px, theme
from gui.plots.network.graph_marks import EdgeMark

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
    """Words side by side, and the ground that they stand on, which edges do not cross."""

    parts: tuple[Part, ...]
    box: QRectF


def row_at(sketch: PixelPainter, parts: Sequence[Part], center: QPointF) -> NumberRow:
    """Words around a place, whole also where the plot ends, but for a place that is out of sight; those that are empty
    are left out.
    """
    shown = tuple(part for part in parts if part[0])
    width = sum(_width(sketch, part) for part in shown)
    height = max((sketch.height_of(role) for _, role, _, _ in shown), default=0.0)
    left = in_sight(sketch.box, center.x(), width)
    return NumberRow(shown, QRectF(left, center.y() - height / 2, width, height))


def in_sight(shown: QRectF, middle: float, width: float) -> float:
    """Where something so wide begins whose middle is there: moved by as little as shows it whole where the plot ends,
    unless its middle is out of sight. What lies outside would be heaped up at the edge of what is magnified.
    """
    left = middle - width / 2
    if not shown.left() <= middle <= shown.right():
        return left
    return min(max(left, shown.left()), shown.right() - width)


def draw_row(sketch: PixelPainter, row: NumberRow) -> None:
    """Draw the words on their ground."""
    left = row.box.left()
    for part in row.parts:
        words, role, color, bold = part
        box = QRectF(left, row.box.top(), _width(sketch, part), row.box.height())
        sketch.fill(box, theme().surface, 0.92, px(3))
        sketch.words(words, box, role, color, bold=bold)
        left = box.right()


def numbers_of(
    sketch: PixelPainter, edge: EdgeMark, points: Sequence[QPointF], tight: bool, taken: Sequence[QRectF]
) -> list[NumberRow]:
    """Over an edge its value and under it the gradient, or both over it where rows are close together (``tight``).

    They stand at the edge's own place, or at the nearest one along it where they cover nothing of what is ``taken``;
    where there is none, where they cover least of it.
    """
    least, best = math.inf, []
    for rows in _ways(sketch, edge, points, tight):
        area = _covered(rows, taken, least) + _cut_off(rows, sketch.box)
        if area < least:
            least, best = area, rows
        if not area:
            break
    return best


def _ways(sketch: PixelPainter, edge: EdgeMark, points: Sequence[QPointF], tight: bool) -> Iterator[list[NumberRow]]:
    """The rows of an edge as they may stand, the best first."""
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


def _place(edge: EdgeMark, points: Sequence[QPointF], along: float) -> QPointF | None:
    """A place of an edge, ``along`` from its own one: at the middle one of its waypoints, or where neighbours leave
    most room; None beyond its ends.
    """
    if len(points) > 2:
        middle = len(points) // 2
        before, there, after = points[middle - 1 : middle + 2]
        return there + (after - there if along > 0 else there - before) * (1.5 * along)
    at = edge.crowd + along
    return points[0] + (points[1] - points[0]) * at if 0 < at < 1 else None


def _covered(rows: Sequence[NumberRow], taken: Sequence[QRectF], enough: float) -> float:
    """How much of what is taken the rows cover, counted no further than ``enough``."""
    area = 0.0
    for row, one in product((row for row in rows if row.parts), taken):
        both = row.box & one
        if both.isValid():
            area += both.width() * both.height()
            if area >= enough:
                break
    return area


def _cut_off(rows: Sequence[NumberRow], shown: QRectF) -> float:
    """How much of the rows lies beyond what is shown."""
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
