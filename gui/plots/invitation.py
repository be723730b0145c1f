"""The look of an invitation: words in a pill, and an arrow that says where to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from gui.plots.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled

_HEAD = 11
_SHAFT_ENDS = 8


def pill_size(words: str) -> QSizeF:
    """The room that a pill with these words takes."""
    metrics = QFontMetricsF(font("strong"))
    return QSizeF(metrics.horizontalAdvance(words) + scaled(18), metrics.height() + scaled(6))


def paint_invitation(painter: QPainter, words: str, pill: QRectF, foot: QPointF, tip: QPointF) -> None:
    """The pill with its words, and an arrow from ``foot`` to ``tip``, in pixels."""
    colors = theme()
    way = tip - foot
    along = way / max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    beside = QPointF(-along.y(), along.x()) * scaled(6)
    for ink, width in ((colors.surface, 5), (colors.handle, 2.5)):
        painter.setPen(pen(ink, width))
        painter.drawLine(foot, tip - along * scaled(_SHAFT_ENDS))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(colors.handle))
    base = tip - along * scaled(_HEAD)
    painter.drawPolygon(QPolygonF([tip, base + beside, base - beside]))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setFont(font("strong"))
    painter.setPen(pen(colors.surface))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
