"""Words at the end of a curve that invite to let it go on, and that do it when they are pressed."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.invitation import paint_invitation, pill_size
from gui.plots.drawing.pinned import PinnedItem
from gui.style.typography import scaled

_GAP, _ARROW = 12, 18


class GoOnItem(PinnedItem):
    """A pill with an arrow to the right, in the manner of a handle's invitation; ``pressed`` says that it was pressed.

    ``hide`` takes it away; where the plot has no room for it, it is not there.
    """

    pressed = Signal()

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__(plot)
        self._words = ""
        self._pill = self._bounds = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_words(self, x: float, y: float, words: str) -> None:
        """The words right of the place where the curve ends."""
        self._words = words
        self.show()
        self.set_spot((x, y))

    def moved_on_stage(self) -> None:
        size = pill_size(self._words)
        pill = QRectF(scaled(_GAP), -size.height() / 2, size.width(), size.height())
        bounds = pill.adjusted(0, 0, scaled(_ARROW) + 1, 0)
        if self.pos().x() + bounds.right() > self.plot_box().right():
            pill = bounds = QRectF()
        if (pill, bounds) != (self._pill, self._bounds):
            self.prepareGeometryChange()
            self._pill, self._bounds = pill, bounds

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._pill.isEmpty():
            foot = QPointF(self._pill.right(), 0)
            paint_invitation(painter, self._words, self._pill, foot, foot + QPointF(scaled(_ARROW), 0))

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.pressed.emit()
