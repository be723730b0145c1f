"""The plot symbol of a class of data points (such as circle or triangle) in its colour, as icon and pixmap."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from gui.style.theme import theme

# Corners on a field from −1 to 1; what is not here is a circle.
_CORNERS = {
    "t1": ((0.0, -0.9), (0.95, 0.75), (-0.95, 0.75)),
    "s": ((-0.75, -0.75), (0.75, -0.75), (0.75, 0.75), (-0.75, 0.75)),
    "d": ((0.0, -1.0), (0.85, 0.0), (0.0, 1.0), (-0.85, 0.0)),
}


def class_icon(label: int, size: int) -> QIcon:
    """The plot symbol of class ``label`` as an icon of ``size`` pixels; Qt does not tint it when it is selected."""
    icon = QIcon()
    for ratio in (1, 2, 3):
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(class_mark(label, size, ratio), mode)
    return icon


def class_mark(label: int, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
    """The plot symbol of class ``label``, ``size`` pixels wide and high, on a transparent background."""
    colors = theme()
    pixmap = QPixmap(round(size * device_pixel_ratio), round(size * device_pixel_ratio))
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.class_colors[label % len(colors.class_colors)]))
        middle, radius = size / 2, size / 2 - 1
        corners = _CORNERS.get(colors.class_symbols[label % len(colors.class_symbols)])
        if corners is None:
            painter.drawEllipse(QRectF(middle - radius, middle - radius, 2 * radius, 2 * radius).adjusted(1, 1, -1, -1))
        else:
            painter.drawPolygon(QPolygonF([QPointF(middle + x * radius, middle + y * radius) for x, y in corners]))
    return pixmap
