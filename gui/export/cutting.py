"""Geometric clipping of paths to a rectangle, for file formats and viewers that have no clipping."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainterPath

Corner = tuple[float, float]


def cut_lines(path: QPainterPath, box: QRectF) -> QPainterPath:
    """The parts of a path's lines inside ``box``; curves are replaced by short line segments.

    A line is interrupted where its coordinates are not finite.
    """
    result = QPainterPath()
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    for polygon in path.toSubpathPolygons():
        corners = [(point.x(), point.y()) for point in polygon.toList()]
        end: Corner | None = None
        for start, stop in pairwise(corners):
            (x0, y0), (x1, y1) = start, stop
            # Most segments have both ends inside the box, and need no arithmetic.
            lies_in = left <= x0 <= right and left <= x1 <= right and top <= y0 <= bottom and top <= y1 <= bottom
            piece = (start, stop) if lies_in else _inside(start, stop, box)
            if piece is None:
                end = None
                continue
            if piece[0] != end:
                result.moveTo(*piece[0])
            result.lineTo(*piece[1])
            end = piece[1]
    return result


def cut_segments(lines: Iterable[QLineF], box: QRectF) -> QPainterPath:
    """The parts of separate lines inside ``box``: the result of ``cut_lines``, but faster, since a surface has
    thousands of lines.
    """
    result = QPainterPath()
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    for line in lines:
        x0, y0, x1, y1 = line.x1(), line.y1(), line.x2(), line.y2()
        if left <= x0 <= right and left <= x1 <= right and top <= y0 <= bottom and top <= y1 <= bottom:
            result.moveTo(x0, y0)
            result.lineTo(x1, y1)
        elif max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < top or min(y0, y1) > bottom:
            continue
        elif (piece := _inside((x0, y0), (x1, y1), box)) is not None:
            result.moveTo(*piece[0])
            result.lineTo(*piece[1])
    return result


def cut_area(path: QPainterPath, box: QRectF) -> QPainterPath:
    """The part of a path's area inside ``box``, with the same fill rule (Sutherland–Hodgman, edge by edge)."""
    result = QPainterPath()
    result.setFillRule(path.fillRule())
    for polygon in path.toSubpathPolygons():
        corners = [
            (point.x(), point.y())
            for point in polygon.toList()
            if math.isfinite(point.x()) and math.isfinite(point.y())
        ]
        for axis, limit, sign in ((0, box.left(), 1), (0, box.right(), -1), (1, box.top(), 1), (1, box.bottom(), -1)):
            corners = _on_one_side(corners, partial(_beyond, axis, limit, sign))
        if len(corners) > 2:
            result.moveTo(*corners[0])
            for corner in corners[1:]:
                result.lineTo(*corner)
            result.closeSubpath()
    return result


def is_box(path: QPainterPath) -> bool:
    """Whether a path is a single rectangle with horizontal and vertical sides."""
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    corners = [(round(element.x, 3), round(element.y, 3)) for element in elements]
    if len(corners) == 5 and corners[-1] == corners[0]:
        del corners[-1]
    upright = all(
        (x0 == x1) != (y0 == y1) for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True)
    )
    return len(set(corners)) == len(corners) == 4 and upright and not any(part.isCurveTo() for part in elements)


def holds(box: QRectF, shape: QRectF) -> bool:
    """Whether ``box`` contains ``shape``, which may have no width or height."""
    return (
        box.left() <= shape.left()
        and shape.right() <= box.right()
        and box.top() <= shape.top()
        and shape.bottom() <= box.bottom()
    )


def meet(box: QRectF, shape: QRectF) -> bool:
    """Whether ``box`` intersects ``shape``, which may have no width or height."""
    return (
        shape.left() <= box.right()
        and box.left() <= shape.right()
        and shape.top() <= box.bottom()
        and box.top() <= shape.bottom()
    )


def _inside(start: Corner, stop: Corner, box: QRectF) -> tuple[Corner, Corner] | None:
    """The part of the segment from ``start`` to ``stop`` inside a rectangle, None if it is outside (Liang–Barsky)."""
    (x, y), (dx, dy) = start, (stop[0] - start[0], stop[1] - start[1])
    if not all(map(math.isfinite, (x, y, dx, dy))):
        return None
    first, last = 0.0, 1.0
    for step, room in ((-dx, x - box.left()), (dx, box.right() - x), (-dy, y - box.top()), (dy, box.bottom() - y)):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    return (
        start if first == 0 else (x + first * dx, y + first * dy),
        stop if last == 1 else (x + last * dx, y + last * dy),
    )


def _beyond(axis: int, limit: float, sign: int, corner: Corner) -> float:
    """The signed distance of a point from a limit of the coordinate ``axis``, positive on the side of ``sign``."""
    return sign * (corner[axis] - limit)


def _on_one_side(corners: list[Corner], depth: Callable[[Corner], float]) -> list[Corner]:
    kept = []
    for start, stop in zip(corners, corners[1:] + corners[:1], strict=True):
        here, there = depth(start), depth(stop)
        if here >= 0:
            kept.append(start)
        if (here >= 0) != (there >= 0):
            part = here / (here - there)
            kept.append((start[0] + part * (stop[0] - start[0]), start[1] + part * (stop[1] - start[1])))
    return kept
