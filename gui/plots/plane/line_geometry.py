"""Where a line w·x + b = 0 runs through a rectangle, and what lies on either side of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

Line = tuple[np.ndarray, float]


def visible_ends(rect: QRectF, w: np.ndarray, b: float) -> tuple[QPointF, QPointF] | None:
    """The ends of the line's part in a rectangle, the second one to the left of w; None where there is none."""
    length = float(np.hypot(*w))
    if length == 0 or not rect.isValid():
        return None
    middle = np.array([rect.center().x(), rect.center().y()])
    nearest = middle - (w @ middle + b) / length**2 * w
    along = np.array([-w[1], w[0]]) / length
    first, last = -np.inf, np.inf
    sides = ((rect.left(), rect.right()), (rect.top(), rect.bottom()))
    for place, step, (low, high) in zip(nearest, along, sides, strict=True):
        if abs(step) < 1e-12:
            if not low <= place <= high:
                return None
            continue
        reached = sorted(((low - place) / step, (high - place) / step))
        first, last = max(first, reached[0]), min(last, reached[1])
    if first >= last:
        return None
    return QPointF(*(nearest + first * along)), QPointF(*(nearest + last * along))


def strip_along(ends: tuple[QPointF, QPointF] | None, width: float) -> QPainterPath:
    """The strip around a line's visible part in which it can be gripped; empty where there is none."""
    if ends is None:
        return QPainterPath()
    path = QPainterPath(ends[0])
    path.lineTo(ends[1])
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def corners_of(rect: QRectF) -> list[np.ndarray]:
    """The four corners in order, each (2,)."""
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    return [np.array(corner) for corner in ((left, top), (right, top), (right, bottom), (left, bottom))]


def part_on_side(corners: Sequence[np.ndarray], w: np.ndarray, b: float, sign: float = 1.0) -> list[np.ndarray]:
    """The part of a polygon in which w·x + b has this sign (Sutherland–Hodgman against one edge)."""
    kept = []
    for start, end in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        value, next_value = sign * (w @ start + b), sign * (w @ end + b)
        if value > 0:
            kept.append(start)
        if (value > 0) != (next_value > 0):
            kept.append(start + (end - start) * value / (value - next_value))
    return kept


def positive_part(rect: QRectF, w: np.ndarray, b: float) -> QPolygonF:
    """The part of a rectangle in which w·x + b > 0."""
    return QPolygonF([QPointF(*corner) for corner in part_on_side(corners_of(rect), w, b)])
