"""An arrow in a plot's coordinates with a head of constant size, and its name beside it."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.style.typography import font, scaled

_HEAD = 11


class ArrowItem(pg.GraphicsObject):
    """From one place to another. Too short to show its direction, it is a dot.

    The shaft lies in plot coordinates; head and name are a child that is drawn in pixels, whatever the scale.
    """

    def __init__(self, z: float = 10) -> None:
        super().__init__()
        self._start, self._end = QPointF(), QPointF()
        self._pen = pen("#000000")
        self._tip = _Tip(self)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(z)

    def show_arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str,
        name: str = "",
        width: float = 2.5,
        opacity: float = 1.0,
        dashed: bool = False,
        gap: float = 0.0,
    ) -> None:
        """Draw the arrow from ``start`` to ``end``; its head stops ``gap`` pixels short, where a handle lies."""
        self.prepareGeometryChange()
        self._start, self._end = QPointF(*start), QPointF(*end)
        self._pen = pen(color, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine, opacity)
        self._tip.setPos(self._end)
        self._tip.show_tip(self._direction(), color, opacity, name, scaled(gap))
        self.show()
        self.update()

    def viewTransformChanged(self) -> None:
        self._tip.turn(self._direction())
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        pixel, _ = self.pixelVectors()
        margin = 4 * (pixel.x() if pixel is not None else 0.01)
        return QRectF(self._start, self._end).normalized().adjusted(-margin, -margin, margin, margin)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setPen(self._pen)
        painter.drawLine(self._start, self._end)

    def _direction(self) -> QPointF:
        """The unit vector along the arrow on the screen, or zero where it is too short to have one."""
        transform = self.sceneTransform()
        line = QLineF(transform.map(self._start), transform.map(self._end))
        return QPointF(line.dx(), line.dy()) / line.length() if line.length() > 3 else QPointF()


class _Tip(QGraphicsObject):
    """Head and name of an arrow, in pixels around its end."""

    def __init__(self, arrow: ArrowItem) -> None:
        super().__init__(arrow)
        self._direction, self._color, self._opacity, self._name, self._gap = QPointF(), "#000000", 1.0, "", 0.0
        self.setFlag(self.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_tip(self, direction: QPointF, color: str, opacity: float, name: str, gap: float) -> None:
        self.prepareGeometryChange()
        self._gap = gap
        self._direction, self._color, self._opacity, self._name = direction, color, opacity, name
        self.update()

    def turn(self, direction: QPointF) -> None:
        self._direction = direction
        self.update()

    def boundingRect(self) -> QRectF:
        reach = scaled(40) + QFontMetricsF(font("strong")).horizontalAdvance(self._name)
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._direction.isNull():
            return
        head = scaled(_HEAD)
        side = QPointF(-self._direction.y(), self._direction.x()) * head * 0.45
        tip = self._direction * (2 - self._gap)
        base = tip - self._direction * head
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(self._color, self._opacity))
        painter.drawPolygon(QPolygonF([tip, base + side, base - side]))
        if self._name:
            painter.setFont(font("strong"))
            metrics = QFontMetricsF(painter.font())
            width, height = metrics.horizontalAdvance(self._name), metrics.height()
            middle = self._direction * (scaled(18) + abs(self._direction.x()) * width / 2)
            painter.setPen(pen(self._color, 1, opacity=self._opacity))
            box = QRectF(middle.x() - width, middle.y() - height / 2, 2 * width, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._name)
