"""The bases of hand-drawn items on the stage: words, tables, pictures, buttons, overlays of plots."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import pyqtgraph as pg
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.pixel_painter import PixelPainter, sketch, sketch_alone
from gui.style.painting import tells_faults

Part = TypeVar("Part")
_LARGEST = 16_777_215
"""Qt's largest size of a widget, which means no limit."""
_DIGITS = 6
"""The decimals to which positions in pixels are rounded; further ones are rounding errors of the layout."""


class StageItem(pg.GraphicsWidget):
    """The base of items in the stage's grid; a subclass implements ``draw`` and calls ``take_room`` to set its size."""

    def draw(self, sketch: PixelPainter) -> None:
        """Draw the item, in item coordinates; implemented by subclasses."""
        raise NotImplementedError

    def take_room(self, width: float, height: float, grows: Literal["both", "across", "not"] = "both") -> None:
        """Set the minimum size in pixels; the layout may enlarge it in ``both`` directions, only ``across``, or ``not``
        at all.
        """
        self.setMinimumSize(QSizeF(width, height))
        self.setMaximumSize(QSizeF(width if grows == "not" else _LARGEST, _LARGEST if grows == "both" else height))
        self.update()

    def setGeometry(self, rect: QRectF) -> None:
        # A layout adds up widths in another order each time: what comes to a whole pixel may fall a hair short of it,
        # and would be painted one pixel beside.
        sides = rect.x(), rect.y(), rect.width(), rect.height()
        super().setGeometry(QRectF(*(round(side, _DIGITS) for side in sides)))

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self.draw(sketch_alone(painter, self))


class Control(StageItem):
    """The base of items that take clicks and, with the focus, keys; they are repainted when the focus changes.

    ``in_figures`` says whether exported figures show the item too.
    """

    in_figures = True

    def __init__(self) -> None:
        super().__init__()
        self._exporting = False
        # Tab is given by the view, which goes through handles first.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setExportMode(self, on: bool, options: object = None) -> None:
        self._exporting = on

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.in_figures or not self._exporting:
            super().paint(painter, option, widget)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()


class Clickable(StageItem, Generic[Part]):
    """The base of items with clickable parts, such as cells or rows, over which the pointer becomes a hand.

    A subclass implements ``part_at`` and ``press``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)

    def part_at(self, place: QPointF) -> Part | None:
        """The clickable part, such as a cell or row index, at a point in item coordinates; None if there is none."""
        raise NotImplementedError

    def press(self, part: Part) -> None:
        """Handle a click on a part."""
        raise NotImplementedError

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        part = self.part_at(event.pos())
        if part is None:
            event.ignore()
        else:
            self.press(part)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        over = self.part_at(event.pos()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)


class PlotOverlay(pg.GraphicsObject):
    """An item over the visible part of a plot, repainted when that changes; takes no mouse events.

    A subclass implements ``draw`` in scene pixels, or ``paint`` in plot coordinates. It passes its data to
    ``show_state``, or, if they cannot be compared, calls ``redraw`` after a change.
    """

    state: tuple = ()
    """The data that ``show_state`` was called with last."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_state(self, *state: object) -> None:
        """Set the data to draw; repaints only if they differ from the previous data."""
        if state != self.state:
            self.state = state
            self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        """Draw the overlay, in scene pixels; implemented by subclasses."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Repaint the whole plot, since the area that the item covers may have changed."""
        self.prepareGeometryChange()
        self.update()

    def viewRangeChanged(self) -> None:
        self.redraw()

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return box.viewRect() if box is not None else QRectF()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with sketch(painter, self) as drawing:
            self.draw(drawing)


GRIP = 20
"""The width in pixels of the area around a line in which it can be gripped. As with the ring of a handle, at least
eight pixels on either side react, wherever line and pointer lie within their pixels.
"""


class Grip(PlotOverlay):
    """An overlay that can be dragged: ``grabbed`` carries the pointer's position (x, y) during a drag, ``released``
    follows.

    A subclass returns the area that can be gripped by ``shape``.
    """

    grabbed = Signal(float, float)
    released = Signal()

    pointer = Qt.CursorShape.SizeAllCursor
    """The shape of the mouse pointer over the area that can be gripped."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        if self.acceptedMouseButtons() and self.shape().contains(event.pos()):
            self.setCursor(self.pointer)
        else:
            self.unsetCursor()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        # Qt finds items around a square of one data unit at the pointer, far wider than the line.
        event.setAccepted(self.shape().contains(event.pos()))

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.grabbed.emit(event.pos().x(), event.pos().y())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.released.emit()


EDGE = 16
"""Pixels between the tip of an arrow and the edge of the plot, if the arrow points beyond it."""


def end_in_sight(foot: QPointF, tip: QPointF, shown: QRectF, across: float, up: float) -> QPointF:
    """The tip of an arrow, or, if that lies outside ``shown``, the last point on the way there that is inside.

    That point keeps the margins ``across`` and ``up`` from the edges. If no part of the arrow is inside, the tip.
    """
    sight = shown.marginsRemoved(QMarginsF(across, up, across, up))
    if shown.contains(tip) or not sight.isValid():
        return tip
    first, last = 0.0, 1.0
    ends = ((sight.left(), sight.right()), (sight.top(), sight.bottom()))
    along = tip - foot
    for start, way, (low, high) in zip((foot.x(), foot.y()), (along.x(), along.y()), ends, strict=True):
        if way:
            enters, leaves = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, enters), min(last, leaves)
        elif not low <= start <= high:
            return tip
    return foot + along * last if first < last else tip
