"""A clickable invitation to go on with the run, such as "press Run": at the end of a curve, or beside a node."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from engine.contract.text import Text
from gui.plots.drawing.api import px, translate
from gui.plots.drawing.invitation import paint_pill, pill_size
from gui.plots.drawing.pinned import PinnedItem
from gui.style.painting import tells_faults

_GAP = 6
_STEPS = (0, -1, 1, -2, 2, -3)
"""The tried vertical distances from the spot, in heights of the pill downwards, the best first. Slightly below comes
first, since a falling curve leaves that area free.
"""
PRESS_RUN = Text("press Run")
STEP = Text("step forward", context="invitation")


class GoOnItem(PinnedItem):
    """A clickable pill (a box with round ends) that looks like a handle's invitation, but has no arrow; emits
    ``pressed``.

    It is hidden by ``hide``, and when the plot has no room for it. It stands ``gap`` pixels from its spot, stays inside
    the plot and, if possible, avoids the words whose scene boxes ``written`` returns.
    """

    pressed = Signal()

    def __init__(
        self,
        plot: pg.PlotItem,
        written: Callable[[], Iterable[QRectF]] = tuple,
        words: Text = PRESS_RUN,
        gap: float = _GAP,
    ) -> None:
        super().__init__(plot)
        self._invitation, self._words, self._written, self._gap = words, "", written, gap
        self._places: list[QRectF] = []
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_at(self, x: float, y: float) -> None:
        """Show the invitation to the right of (x, y), such as a curve's end."""
        self._words = translate(self._invitation)
        self.show()
        self.set_spot((x, y))

    def moved_on_stage(self) -> None:
        size, box = pill_size(self._words), self.plot_box().translated(-self.pos())
        lowest = box.bottom() - size.height()
        tops = dict.fromkeys(min(step * size.height(), lowest) for step in _STEPS)
        places = [QRectF(QPointF(px(self._gap), top), QSizeF(size)) for top in tops]
        places = [place for place in places if place.right() <= box.right() and place.top() >= box.top()]
        if places != self._places:
            self.prepareGeometryChange()
            self._places = places

    @property
    def pill(self) -> QRectF:
        """The pill's box relative to its spot; empty if hidden."""
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

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pill = self.pill
        if not pill.isEmpty():
            paint_pill(painter, self._words, pill)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.pressed.emit()
