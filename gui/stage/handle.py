"""A handle on a plot: a ring that can be dragged or moved by arrow keys, with an invitation until first used."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from engine.contract.handle import DRAG_ME, Handle
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.invitation import ARROW, paint_invitation, paint_pill, pill_size, place_pill
from gui.plots.drawing.pinned import PinnedItem
from gui.style.api import theme, translate
from gui.style.focus_ring import paint_focus_ring
from gui.style.painting import tells_faults
from gui.style.typography import px, zoom


class Inviting(Protocol):
    """Protocol of a view with an invitation to drag: whether the invitation is shown, and a button that may replace
    it.
    """

    @property
    def is_inviting(self) -> bool: ...

    @property
    def go_on(self) -> QGraphicsItem | None: ...

    def handles(self) -> Sequence[Handle]: ...


def inviting_handle(view: Inviting) -> Handle | None:
    """The handle that shows the invitation to drag: the first one with a ring. None if no invitation is shown, or if a
    button on the stage invites instead.
    """
    if not view.is_inviting or (view.go_on and view.go_on.isVisible()):
        return None
    return next((handle for handle in view.handles() if not handle.quiet), None)


RADIUS = 8
_REACH = 14
_QUIET_FOCUS = 19
"""The radius in pixels of the focus ring of a handle without a ring of its own; it has room for the ring of a wrong
point.
"""
_TOUCH_REACH = 22
"""The radius in pixels in which a touch grips a handle; a finger is less exact than a pointer."""
_BESIDE = 8
"""Pixels around a handle's body in which a press still grips it, so that even a bar of height 0 can be gripped."""
_BESIDE_TOUCH = 14


class HandleItem(PinnedItem):
    """The item of a handle. A press grips it within ``_REACH`` pixels of its centre, on its invitation, or on its body,
    such as the bar whose end it is. Of several handles the nearest is gripped, by ring before invitation before body.

    ``dragged`` carries the handle's id and the pointer's position in plot coordinates, ``drag_ended`` follows the
    release. A press and release without a move emits ``clicked``, or, on the body, ``body_clicked`` with the scene
    position and whether it was a double click. ``invitation_moved`` is emitted when the invitation has moved.
    ``rivals`` are all handles of the stage by id, this one included.
    """

    invitation_moved = Signal()
    dragged = Signal(str, float, float)
    drag_ended = Signal()
    clicked = Signal(str)
    body_clicked = Signal(str, QPointF, bool)

    def __init__(self, handle: Handle, plot: pg.PlotItem, rivals: Mapping[str, HandleItem]) -> None:
        super().__init__(plot)
        self.handle_id = handle.id
        self._rivals = rivals
        self._quiet, self.stays, self.is_frame = handle.quiet, handle.stays, handle.framing
        self._moved = self._by_body = self._double = False
        self._corners = handle.body
        self._body: QRectF | None = None
        self._focused = self._hovered = self._inviting = self._lit = False
        self._hint = QPointF(1, 0)
        self._invitation = DRAG_ME
        self._offset = QPointF()
        self._pill = self._bounds = self._suitable = QRectF()
        self._circumstances: tuple[object, ...] = ()
        self._anchor: object = None
        self._taken: Sequence[QRectF] = ()
        self._measure()
        self.setAcceptHoverEvents(True)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.hide()

    def place(self, handle: Handle) -> None:
        """Move to the handle's position in the plot, and take over its other attributes."""
        self._invitation, self._quiet, self._corners = handle.invitation, handle.quiet, handle.body
        self.stays = handle.stays
        # Measured on the way: where the plot has no room yet, as soon as it has.
        self.set_spot(handle.place, handle.foot)
        self.setToolTip(translate(handle.label))

    def is_focused(self) -> bool:
        """Whether this handle has the keyboard focus."""
        return self._focused

    def set_focused(self, focused: bool) -> None:
        """Show or hide the mark of the keyboard focus."""
        if focused != self._focused:
            self._focused = focused
            self.update()

    @property
    def is_lit(self) -> bool:
        """Whether the handle is highlighted, since a question or a goal is about the value that it moves."""
        return self._lit

    def set_lit(self, lit: bool) -> None:
        """Highlight the handle as if it were under the pointer, or end that."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def set_inviting(self, inviting: bool, hint: tuple[float, float]) -> None:
        """Show or hide the invitation, with an arrow along ``hint`` (plot coordinates) if that is not of length 0."""
        length = math.hypot(*hint)
        screen_hint = QPointF(hint[0] / length, -hint[1] / length) if length else QPointF()
        if (inviting, screen_hint) != (self._inviting, self._hint):
            self._inviting, self._hint = inviting, screen_hint
            self._measure()

    def keep_clear_of(self, taken: Sequence[QRectF]) -> None:
        """Place the invitation so that it covers these boxes of the scene as little as possible."""
        self._taken = taken
        self._measure()

    @property
    def invitation(self) -> str:
        """The invitation's text, in the language in use."""
        return translate(self._invitation)

    def invitation_box(self) -> QRectF:
        """The box of the invitation in the scene; empty while none is shown."""
        return self.mapRectToScene(self._pill) if self._inviting and self.is_on_plot() else QRectF()

    @property
    def body(self) -> QRectF | None:
        """The area that can be gripped besides ring and invitation, in item coordinates; None if there is none."""
        return self._body

    def restyle(self) -> None:
        """Apply the current colours, size and language."""
        self._measure()

    # Painting

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        # Else what ring and words have in common would belong to neither.
        path.setFillRule(Qt.FillRule.WindingFill)
        if self.is_on_plot():
            path.addEllipse(QPointF(), px(_TOUCH_REACH), px(_TOUCH_REACH))
            if self._inviting:
                path.addRect(self._pill)
            if self._body is not None:
                path.addRect(_around(self._body, px(_BESIDE_TOUCH)))
        return path

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self.is_on_plot():
            return
        colors = theme()
        if self._inviting and self._hint.isNull():
            paint_pill(painter, self.invitation, self._pill)
        elif self._inviting:
            foot, tip = self._hint * px(RADIUS + 3), self._hint * px(ARROW)
            paint_invitation(painter, self.invitation, self._pill, foot, tip)
        if self._hovered and self.is_frame and self._body is not None:
            painter.setPen(pen(colors.selection, 2 * _BESIDE, opacity=0.28))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._body)
        elif self._hovered or (self._lit and not self._quiet):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.selection, 0.28))
            painter.drawEllipse(QPointF(), px(_REACH), px(_REACH))
        if self._focused:
            self._paint_focus(painter)
        if self._quiet:
            return
        radius = px(RADIUS)
        painter.setPen(pen(colors.handle, 2))
        painter.setBrush(brush(colors.surface))
        painter.drawEllipse(QPointF(), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.handle))
        painter.drawEllipse(QPointF(), radius * 0.3, radius * 0.3)

    def _paint_focus(self, painter: QPainter) -> None:
        """Paint the focus ring: around the handle's ring, or around the whole cell or frame if keys move that."""
        if self._body is not None and (self.is_frame or self.stays):
            paint_focus_ring(painter, _around(self._body, px(2)))
        else:
            reach = px(_QUIET_FOCUS if self._quiet else _REACH)
            paint_focus_ring(painter, QRectF(-reach, -reach, 2 * reach, 2 * reach), reach)

    def moved_on_stage(self) -> None:
        self._measure()

    def _measure(self) -> None:
        """Compute the bounding rectangle. Qt caches it and must be told before it changes."""
        reach = px(_TOUCH_REACH) + 2
        bounds = QRectF(-reach, -reach, 2 * reach, 2 * reach)
        pill = QRectF()
        if self._inviting:
            pill = self._pill_box()
            tip, head = self._hint * px(ARROW), px(8)
            bounds = bounds | pill | QRectF(tip.x() - head, tip.y() - head, 2 * head, 2 * head)
        body = self._measured_body()
        if body is not None:
            bounds = bounds | _around(body, px(_BESIDE_TOUCH))
        if bounds != self._bounds:
            self.prepareGeometryChange()
        self._pill, self._body, self._bounds = pill, body, bounds
        self.update()
        # What it may cover is known only when the stage has come to rest.
        anchor = (self.scenePos(), self._inviting, self.plot_box(), self._hint, zoom())
        if self._inviting and anchor != self._anchor:
            self.invitation_moved.emit()
        self._anchor = anchor

    def _measured_body(self) -> QRectF | None:
        """The visible part of the body, even if it has no width or height; None if there is none."""
        if self._corners is None:
            return None
        first, second = self.from_plot(self._corners[0]), self.from_plot(self._corners[1])
        within = self.plot_box()
        left, right = [min(max(x, within.left()), within.right()) for x in sorted((first.x(), second.x()))]
        top, bottom = [min(max(y, within.top()), within.bottom()) for y in sorted((first.y(), second.y()))]
        return QRectF(left, top, right - left, bottom - top).translated(-self.pos())

    def _pill_box(self) -> QRectF:
        """The box of the invitation: near the handle's ring, within the view, and covering as little as possible."""
        side = 2.0 * px(_REACH)
        rings = [
            QRectF(item.scenePos().x() - side / 2, item.scenePos().y() - side / 2, side, side)
            for item in self._rivals.values()
            if item is not self and item.isVisible()
        ]
        stage, plot = self.topLevelItem().sceneBoundingRect(), self.plot_box()
        taken = [*self._taken, *rings]
        # Looking for a place takes 3 ms, too long for every frame of a run that leaves the handle where it is.
        circumstances = (self.invitation, self._hint, zoom(), self.scenePos(), stage, plot, taken)
        if circumstances != self._circumstances:
            self._circumstances = circumstances
            self._suitable = place_pill(
                pill_size(self.invitation),
                self._hint,
                px(ARROW),
                plot.translated(-self.pos()),
                self.mapRectFromScene(stage),
                [self.mapRectFromScene(one) for one in taken],
            )
        return self._suitable

    # The pointer

    def grips(self, scene_place: QPointF, by_touch: bool = False) -> float | None:
        """How far from the handle's ring a press is, in pixels, if it grips this handle; else None. Of several handles
        the one with the smallest number is gripped.

        Inside the ring's reach it is the distance from the ring's centre. A press on the invitation gets a number at
        least as large as any such distance, and one on or near the body (such as a bar) an even larger one. For a
        frame, the distance from its edge counts like that from a ring; a press inside it comes before other handles'
        bodies.
        """
        if not (self.isVisible() and self.is_on_plot()):
            return None
        here = self.mapFromScene(scene_place)
        distance, reach = math.hypot(here.x(), here.y()), px(_TOUCH_REACH if by_touch else _REACH)
        if self.is_frame and self._body is not None:
            edge = _distance(self._body, here) or _depth(self._body, here)
            within = px(_TOUCH_REACH) + 0.5 if self._body.contains(here) else None
            # The middle of a small ring is its own, however near the edge goes by.
            return max(edge, px(RADIUS + 1)) if edge <= reach else within
        if distance <= reach:
            return distance
        if self._inviting and self._pill.contains(here):
            return float(px(_TOUCH_REACH))
        if self._body is not None:
            beyond = _distance(self._body, here)
            if beyond <= px(_BESIDE_TOUCH if by_touch else _BESIDE):
                return px(_TOUCH_REACH) + 1 + beyond
        return None

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hoverMoveEvent(event)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        nearest = nearest_handle(self._rivals.values(), event.scenePos())
        for item in self._rivals.values():
            item.set_hovered(item is nearest)
        if nearest is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        for item in self._rivals.values():
            item.set_hovered(False)

    def set_hovered(self, hovered: bool) -> None:
        """Show or hide the highlight of a handle that a press would grip."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        by_touch = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        # A press that is another's goes on to what lies below, and so to that one.
        event.setAccepted(nearest_handle(self._rivals.values(), event.scenePos(), by_touch) is self)
        if event.isAccepted():
            self._offset = event.scenePos() - self.scenePos()
            self._moved = self._double = False
            grips = self.grips(event.scenePos(), by_touch)
            self._by_body = grips is not None and grips > px(_TOUCH_REACH)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.mousePressEvent(event)
        self._double = True

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        start = event.buttonDownScreenPos(Qt.MouseButton.LeftButton)
        if not self._moved and (event.screenPos() - start).manhattanLength() < QApplication.startDragDistance() // 2:
            return
        self._moved = True
        place = self.to_plot(event.scenePos() - self._offset)
        self.dragged.emit(self.handle_id, place.x(), place.y())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self._moved:
            self.drag_ended.emit()
        elif self._by_body:
            self.body_clicked.emit(self.handle_id, event.scenePos(), self._double)
        else:
            self.clicked.emit(self.handle_id)


def nearest_handle(handles: Iterable[HandleItem], scene_place: QPointF, by_touch: bool = False) -> HandleItem | None:
    """The handle that a press at a point of the scene grips; None if there is none."""
    distances = [(item.grips(scene_place, by_touch), item) for item in handles]
    gripped = [(distance, item) for distance, item in distances if distance is not None]
    return min(gripped, key=lambda one: one[0], default=(0.0, None))[1]


def frame_is_meant(handles: Mapping[str, HandleItem], held: str | None, scene_place: QPointF | None) -> bool:
    """Whether a press is meant for a frame around other handles: the handle that is held is a frame, or, if none is
    held, the one that a press at this point would grip.
    """
    item = handles.get(held) if held else None
    if item is None and scene_place is not None:
        item = nearest_handle(handles.values(), scene_place)
    return item is not None and item.is_frame


def _around(box: QRectF, by: float) -> QRectF:
    """A box enlarged by ``by`` pixels on each side."""
    return box.adjusted(-by, -by, by, by)


def _distance(box: QRectF, place: QPointF) -> float:
    """The distance of a point from a box, 0 inside."""
    across = max(box.left() - place.x(), place.x() - box.right(), 0.0)
    up = max(box.top() - place.y(), place.y() - box.bottom(), 0.0)
    return math.hypot(across, up)


def _depth(box: QRectF, place: QPointF) -> float:
    """The distance of a point inside a box from its nearest edge."""
    across = min(place.x() - box.left(), box.right() - place.x())
    return min(across, place.y() - box.top(), box.bottom() - place.y())
