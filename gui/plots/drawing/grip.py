"""The base of lines on a plot that can be gripped anywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent

from gui.plots.drawing.plot_overlay import PlotOverlay

GRIP = 20
"""Pixels across a line in which it can be gripped: as beside a ring's centre, eight to either side, however the line
and the pointer lie on the pixels.
"""


class Grip(PlotOverlay):
    """``grabbed`` carries the pointer's place while the line is dragged, ``released`` follows.

    A subclass says by ``shape`` where it can be gripped.
    """

    grabbed = Signal(float, float)
    released = Signal()

    pointer = Qt.CursorShape.SizeAllCursor
    """The pointer's shape over the line."""

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
