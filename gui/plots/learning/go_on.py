"""Words at the end of a curve that invite to let it go on, and that do it when they are pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from engine.contract.text.text import Text
from gui.plots.drawing.api import px, translate
from gui.plots.drawing.invitation import paint_pill, pill_size
from gui.plots.drawing.pinned import PinnedItem

_GAP = 6
_STEPS = (0, -1, 1, -2, 2, -3)
"""How many of its heights below the end of the curve it stands, the best first: a little below, where a falling curve
has left nothing yet."""
PRESS_RUN = Text("press Run")


class GoOnItem(PinnedItem):
    """A pill in the manner of a handle's invitation, but without an arrow: nothing lies where the curve will go.

    ``pressed`` says that it was pressed. ``hide`` takes it away; where the plot has no room for it, it is not there. It
    stays within the plot, and off the words whose places in the scene ``written`` gives, where there is such a place.
    """

    pressed = Signal()

    def __init__(self, plot: pg.PlotItem, written: Callable[[], Iterable[QRectF]] = tuple) -> None:
        super().__init__(plot)
        self._words, self._written = "", written
        self._places: list[QRectF] = []
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_at(self, x: float, y: float) -> None:
        """Be there, right of the place where the curve ends."""
        self._words = translate(PRESS_RUN)
        self.show()
        self.set_spot((x, y))

    def moved_on_stage(self) -> None:
        size, box = pill_size(self._words), self.plot_box().translated(-self.pos())
        lowest = box.bottom() - size.height()
        tops = dict.fromkeys(min(step * size.height(), lowest) for step in _STEPS)
        places = [QRectF(QPointF(px(_GAP), top), QSizeF(size)) for top in tops]
        places = [place for place in places if place.right() <= box.right() and place.top() >= box.top()]
        if places != self._places:
            self.prepareGeometryChange()
            self._places = places

    @property
    def pill(self) -> QRectF:
        """Where it stands, from the end of the curve; empty where it is not there."""
        written = [self.mapRectFromScene(box) for box in self._written()]
        free = (place for place in self._places if not any(map(place.intersects, written)))
        return next(free, self._places[0] if self._places else QRectF())

    def boundingRect(self) -> QRectF:
        # All of it: the words give way to curves, and are known only once they were painted.
        found = QRectF()
        for place in self._places:
            found |= place
        return found

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.pill)
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pill = self.pill
        if not pill.isEmpty():
            paint_pill(painter, self._words, pill)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.pressed.emit()
