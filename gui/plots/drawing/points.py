"""Arithmetic with Qt's points and colours that its type hints lack."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor


def divided(point: QPointF, by: float) -> QPointF:
    """A point or vector whose coordinates are divided by ``by``."""
    return QPointF(point.x() / by, point.y() / by)


def rgb(color: QColor | str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, from 0 to 255."""
    made = QColor(color)
    return made.red(), made.green(), made.blue()
