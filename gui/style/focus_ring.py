"""The ring that shows the keyboard focus: dark between two light lines, or light between two dark ones."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.style.theme import theme
from gui.style.typography import zoom

RING, EDGE = 2.0, 1.5
"""The widths in pixels of the ring itself and of the line on either side of it."""


def paint_focus_ring(painter: QPainter, box: QRectF, radius: float = 3.0) -> None:
    """Paint a focus ring along the edge of a box. On any background one of its two colours has a contrast of 3 : 1,
    since their contrast with each other is far more than 9 : 1.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((theme().surface, RING + 2 * EDGE), (theme().handle, RING)):
        line = QPen(QColor(color), width * zoom())
        line.setCosmetic(True)
        painter.setPen(line)
        painter.drawRoundedRect(box, radius, radius)
    painter.restore()
