"""The bases of what stands on the stage by itself and is drawn by hand: words, tables, pictures, buttons."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.pixel_painter import PixelPainter, sketch_alone

Part = TypeVar("Part")
_LARGEST = 16_777_215
"""What Qt takes for no limit of a size."""


class StageItem(pg.GraphicsWidget):
    """A subclass gives ``draw``, and calls ``take_room`` whenever the room that it needs may have changed."""

    def draw(self, sketch: PixelPainter) -> None:
        """Draw what there is to be seen, in the item's own coordinates."""
        raise NotImplementedError

    def take_room(self, width: float, height: float, grows: Literal["both", "across", "not"] = "both") -> None:
        """Need this room at least; the layout may give more to both sides, only ``across``, or ``not`` at all."""
        self.setMinimumSize(QSizeF(width, height))
        self.setMaximumSize(QSizeF(width if grows == "not" else _LARGEST, _LARGEST if grows == "both" else height))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self.draw(sketch_alone(painter, self))


class Control(StageItem):
    """Answers to clicks, and to keys while it has the focus, which shows.

    ``in_figures`` says whether a figure that is exported shows it too.
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
    """Some of whose parts answer to a click; over these the pointer is a hand. A subclass gives both methods."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)

    def part_at(self, place: QPointF) -> Part | None:
        """The part that answers to a click at a place of the item's coordinates; None where there is none."""
        raise NotImplementedError

    def press(self, part: Part) -> None:
        """A part was clicked."""
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
