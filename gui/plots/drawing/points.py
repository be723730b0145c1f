"""Arithmetic with Qt's points, rectangles and colours that Qt or its type hints lack."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor


def divided(point: QPointF, by: float) -> QPointF:
    """A point or vector whose coordinates are divided by ``by``."""
    return QPointF(point.x() / by, point.y() / by)


def beyond(place: QPointF, way: QPointF, gap: float, size: QSizeF) -> QRectF:
    """A box of this size at the distance ``gap`` in pixels from a place, in the direction of a unit vector."""
    middle = place + way * (gap + abs(way.x()) * size.width() / 2 + abs(way.y()) * size.height() / 2)
    return QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())


def covered(box: QRectF, taken: Sequence[QRectF]) -> int:
    """The area of the boxes in ``taken`` that a box covers, in square pixels."""
    overlaps = [box & one for one in taken]
    return round(sum(one.width() * one.height() for one in overlaps if one.isValid()))


def pushed_into(box: QRectF, room: QRectF) -> QRectF:
    """The box, moved as little as is necessary to lie inside ``room``, as far as it fits."""
    left = max(room.left(), min(box.left(), room.right() - box.width()))
    top = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())


def rgb(color: QColor | str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, from 0 to 255."""
    made = QColor(color)
    return made.red(), made.green(), made.blue()
