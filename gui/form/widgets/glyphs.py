"""Drawn icons for the form's small buttons, since not every font has ↶, ↷ and a die."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from gui.style.theme import theme

# Pixels per point for which a picture is made.
_RATIOS = (1, 2, 3)


def undo_icon(size: int) -> QIcon:
    """The undo icon: an arrow that turns back."""
    return _icon(size, _draw_undo)


def redo_icon(size: int) -> QIcon:
    """The redo icon: an arrow that turns forward."""
    return _icon(size, _draw_redo)


def dice_icon(size: int) -> QIcon:
    """The icon for a new random seed: a die showing five."""
    return _icon(size, _draw_dice)


def _icon(size: int, draw: Callable[[QPainter, QColor], None]) -> QIcon:
    icon = QIcon()
    for mode, color in ((QIcon.Mode.Normal, theme().text), (QIcon.Mode.Disabled, theme().disabled_text)):
        for ratio in _RATIOS:
            pixmap = QPixmap(size * ratio, size * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                # The drawings lie on a field of 16 × 16.
                painter.scale(size * ratio / 16, size * ratio / 16)
                draw(painter, QColor(color))
            pixmap.setDevicePixelRatio(ratio)
            icon.addPixmap(pixmap, mode)
    return icon


def _draw_undo(painter: QPainter, color: QColor) -> None:
    painter.setPen(QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(QRectF(3.5, 4.5, 9, 9), -70 * 16, 230 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(0.6, 6.0), QPointF(7.4, 7.6), QPointF(2.6, 11.6)]))


def _draw_redo(painter: QPainter, color: QColor) -> None:
    painter.translate(16, 0)
    painter.scale(-1, 1)
    _draw_undo(painter, color)


def _draw_dice(painter: QPainter, color: QColor) -> None:
    painter.setPen(QPen(color, 1.4))
    painter.drawRoundedRect(QRectF(2, 2, 12, 12), 2.5, 2.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x, y in ((5, 5), (11, 5), (8, 8), (5, 11), (11, 11)):
        painter.drawEllipse(QPointF(x, y), 1.15, 1.15)
