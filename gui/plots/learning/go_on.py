"""Words at the end of a curve that invite to let it go on, and that do it when they are pressed."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from engine.contract.text import Text
from gui.plots.drawing.invitation import paint_pill, pill_size
from gui.plots.drawing.pieces import scaled, show
from gui.plots.drawing.pinned import PinnedItem

_GAP = 6
PRESS_RUN = Text("press Run", "按“运行”")


class GoOnItem(PinnedItem):
    """A pill in the manner of a handle's invitation, but without an arrow: nothing lies where the curve will go.

    ``pressed`` says that it was pressed. ``hide`` takes it away; where the plot has no room for it, it is not there.
    """

    pressed = Signal()

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__(plot)
        self._words = ""
        self._pill = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_at(self, x: float, y: float) -> None:
        """Be there, right of the place where the curve ends."""
        self._words = show(PRESS_RUN)
        self.show()
        self.set_spot((x, y))

    def moved_on_stage(self) -> None:
        size = pill_size(self._words)
        # A little below, where a falling curve has left nothing yet.
        pill = QRectF(scaled(_GAP), 0, size.width(), size.height())
        if self.pos().x() + pill.right() > self.plot_box().right():
            pill = QRectF()
        if pill != self._pill:
            self.prepareGeometryChange()
            self._pill = pill

    def boundingRect(self) -> QRectF:
        return self._pill

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._pill.isEmpty():
            paint_pill(painter, self._words, self._pill)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.pressed.emit()
