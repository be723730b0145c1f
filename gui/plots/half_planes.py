"""The two sides of a line, tinted, with the line between them; the line can be gripped anywhere."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPolygonF
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.ink import brush, pen
from gui.style.theme import theme


class HalfPlanesItem(pg.GraphicsObject):
    """Where w·x + b > 0 the plane has the tint of class 1, elsewhere that of class 0; fills what the plot shows.

    ``grabbed`` carries the pointer's place while the line itself is dragged, ``released`` follows.
    """

    grabbed = Signal(float, float)
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line: tuple[np.ndarray, float] | None = None
        self._ghost: tuple[np.ndarray, float] | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)
        self.setZValue(-50)

    def show_line(self, w: np.ndarray, b: float, ghost: tuple[np.ndarray, float] | None = None) -> None:
        """The line w·x + b = 0, and where it was before."""
        self._line = (np.asarray(w, dtype=float), float(b))
        self._ghost = ghost
        self.prepareGeometryChange()
        self.update()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._shown()

    def shape(self) -> QPainterPath:
        segment = self._segment(self._line)
        if segment is None:
            return QPainterPath()
        path = QPainterPath(segment[0])
        path.lineTo(segment[1])
        stroker = QPainterPathStroker()
        pixel = self.pixelVectors()[0]
        stroker.setWidth(16 * (pixel.x() if pixel is not None else 0.01))
        return stroker.createStroke(path)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        shown = self._shown()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.region_fills[0]))
        painter.drawRect(shown)
        if self._line is None:
            return
        painter.setBrush(brush(colors.region_fills[1]))
        painter.drawPolygon(positive_part(shown, *self._line))
        if self._ghost is not None:
            before = self._segment(self._ghost)
            if before is not None:
                painter.setPen(pen(colors.text, 2, Qt.PenStyle.DashLine, colors.ghost_opacity))
                painter.drawLine(*before)
        segment = self._segment(self._line)
        if segment is not None:
            painter.setPen(pen(colors.text, 2.5))
            painter.drawLine(*segment)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        if self.acceptedMouseButtons() and self.shape().contains(event.pos()):
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        # Qt finds items around a square of one data unit at the pointer, far wider than the line.
        event.setAccepted(self.shape().contains(event.pos()))

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.grabbed.emit(event.pos().x(), event.pos().y())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.released.emit()

    def _shown(self) -> QRectF:
        box = self.getViewBox()
        return box.viewRect() if box is not None else QRectF()

    def _segment(self, line: tuple[np.ndarray, float] | None) -> tuple[QPointF, QPointF] | None:
        """The part of a line that lies in the plot, None if there is none."""
        if line is None:
            return None
        w, b = line
        length = float(np.hypot(*w))
        if length == 0:
            return None
        shown = self._shown()
        middle = np.array([shown.center().x(), shown.center().y()])
        reach = float(np.hypot(shown.width(), shown.height()))
        nearest = middle - (w @ middle + b) / length**2 * w
        along = np.array([-w[1], w[0]]) / length * reach
        if np.hypot(*(nearest - middle)) > reach:
            return None
        return QPointF(*(nearest - along)), QPointF(*(nearest + along))


def positive_part(rect: QRectF, w: np.ndarray, b: float) -> QPolygonF:
    """The part of a rectangle in which w·x + b > 0 (Sutherland–Hodgman against one edge)."""
    corners = [
        np.array([x, y])
        for x, y in (
            (rect.left(), rect.top()),
            (rect.right(), rect.top()),
            (rect.right(), rect.bottom()),
            (rect.left(), rect.bottom()),
        )
    ]
    kept = []
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        value, next_value = w @ start + b, w @ end + b
        if value > 0:
            kept.append(QPointF(*start))
        if (value > 0) != (next_value > 0):
            kept.append(QPointF(*(start + (end - start) * value / (value - next_value))))
    return QPolygonF(kept)
