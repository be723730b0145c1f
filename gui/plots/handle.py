"""A handle on a plot: a ring that can be dragged, takes the arrow keys, and invites until it was touched."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.contract.handle import DRAG_ME, Handle
from gui.plots.ink import brush, pen
from gui.style.language import show
from gui.style.theme import theme
from gui.style.typography import font, scaled

_RADIUS = 8
_REACH = 14


class HandleItem(QGraphicsObject):
    """Child of a view box at a place in its coordinates; drawn in pixels, whatever the scale.

    ``dragged`` carries the handle's id and the pointer's place in plot coordinates, ``drag_ended`` follows the release;
    a press and release without a move is ``clicked``.
    """

    dragged = Signal(str, float, float)
    drag_ended = Signal()
    clicked = Signal(str)

    def __init__(self, handle_id: str, quiet: bool = False) -> None:
        super().__init__()
        self.handle_id = handle_id
        self._quiet = quiet
        self._moved = False
        self._focused = self._hovered = self._inviting = False
        self._hint = QPointF(1, 0)
        self._invitation = DRAG_ME
        self._grip = QPointF()
        self.setFlag(self.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptHoverEvents(True)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setZValue(100)
        self.hide()

    def place(self, handle: Handle) -> None:
        """Move to the handle's place of the plot."""
        self._invitation, self._quiet = handle.invitation, handle.quiet
        self.setPos(*handle.place)
        self.setToolTip(show(handle.label))

    def is_focused(self) -> bool:
        """Whether the arrow keys move this handle."""
        return self._focused

    def set_focused(self, focused: bool) -> None:
        """Show that the arrow keys move this handle, or no longer."""
        if focused != self._focused:
            self._focused = focused
            self.update()

    def set_inviting(self, inviting: bool, hint: tuple[float, float]) -> None:
        """Show 'drag' with a dashed arrow along ``hint`` (plot coordinates), or no longer."""
        length = math.hypot(*hint)
        screen_hint = QPointF(hint[0], -hint[1]) / length if length else QPointF(1, 0)
        if (inviting, screen_hint) != (self._inviting, self._hint):
            self.prepareGeometryChange()
            self._inviting, self._hint = inviting, screen_hint
            self.update()

    def restyle(self) -> None:
        """Take colours, size and words anew."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        reach = scaled(_REACH) + 2
        if not self._inviting:
            return QRectF(-reach, -reach, 2 * reach, 2 * reach)
        return QRectF(-scaled(160), -scaled(160), scaled(320), scaled(320))

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(QPointF(), scaled(_REACH), scaled(_REACH))
        if self._inviting:
            path.addRect(self._pill()[0])
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        radius = scaled(_RADIUS)
        if self._inviting:
            self._paint_invitation(painter)
        if self._focused or self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.selection, 0.28))
            painter.drawEllipse(QPointF(), scaled(_REACH), scaled(_REACH))
        if self._quiet:
            return
        painter.setPen(pen(colors.handle, 2.5 if self._focused else 2))
        painter.setBrush(brush(colors.surface))
        painter.drawEllipse(QPointF(), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.handle))
        painter.drawEllipse(QPointF(), radius * 0.3, radius * 0.3)

    def _paint_invitation(self, painter: QPainter) -> None:
        """An arrow out of the handle along the hint, and beside them a pill with the words."""
        colors = theme()
        box, along = self._pill()
        beside = QPointF(-along.y(), along.x())
        foot, tip = along * scaled(_RADIUS + 3), along * scaled(42)
        painter.setPen(pen(colors.surface, 5))
        painter.drawLine(foot, tip - along * scaled(8))
        painter.setPen(pen(colors.handle, 2.5))
        painter.drawLine(foot, tip - along * scaled(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.handle))
        base = tip - along * scaled(11)
        painter.drawPolygon(QPolygonF([tip, base + beside * scaled(6), base - beside * scaled(6)]))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(font("strong"))
        painter.setPen(pen(colors.surface))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, show(self._invitation))

    def _pill(self) -> tuple[QRectF, QPointF]:
        """Where the invitation's words stand, above the handle if they are to be seen there, and its direction."""
        along, beside = self._hint, QPointF(-self._hint.y(), self._hint.x())
        if beside.y() > 0:
            beside = -beside
        metrics = QFontMetricsF(font("strong"))
        width, height = metrics.horizontalAdvance(show(self._invitation)) + scaled(18), metrics.height() + scaled(6)
        # Clear of the ring and of the arrow, in the middle of both.
        reach = scaled(14) + abs(beside.x()) * width / 2 + abs(beside.y()) * height / 2
        boxes = [
            QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
            for middle in (along * scaled(14) + beside * reach, along * scaled(14) - beside * reach)
        ]
        behind = along * -(scaled(14) + abs(along.x()) * width / 2 + abs(along.y()) * height / 2)
        shown = next((one.sceneBoundingRect() for one in _ancestors(self) if isinstance(one, pg.ViewBox)), QRectF())
        shown.translate(-self.scenePos())
        ring = QRectF(-scaled(_RADIUS), -scaled(_RADIUS), 2 * scaled(_RADIUS), 2 * scaled(_RADIUS))
        pushed = [_pushed_into(box, shown) for box in boxes]
        last = QRectF(behind.x() - width / 2, behind.y() - height / 2, width, height)
        # On a low strip there is room behind only, or something else would be covered.
        places = (last, *boxes, *pushed) if shown.height() < 4 * height else (*boxes, *pushed, last)
        seen = [box for box in places if shown.contains(box) and not box.intersects(ring)]
        return (seen or boxes)[0], along

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._grip = self.parentItem().mapFromScene(event.scenePos()) - self.pos()
        self._moved = False
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        start = event.buttonDownScreenPos(Qt.MouseButton.LeftButton)
        if not self._moved and (event.screenPos() - start).manhattanLength() < QApplication.startDragDistance() // 2:
            return
        self._moved = True
        place = self.parentItem().mapFromScene(event.scenePos()) - self._grip
        self.dragged.emit(self.handle_id, place.x(), place.y())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self._moved:
            self.drag_ended.emit()
        else:
            self.clicked.emit(self.handle_id)


def _pushed_into(box: QRectF, room: QRectF) -> QRectF:
    """The box moved by as little as brings it into the room, as far as it fits."""
    left = max(room.left(), min(box.left(), room.right() - box.width()))
    top = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())


def _ancestors(item: QGraphicsItem) -> Iterator[QGraphicsItem]:
    while (item := item.parentItem()) is not None:
        yield item
