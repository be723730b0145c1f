"""Two arrows tip to tail and their sum, to scale and large: what was, what is added, and what comes out."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.arrow import ArrowItem
from gui.plots.ink import brush, pen
from gui.plots.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled


class VectorSum(pg.PlotItem):
    """A plane of equal scales around the origin; every arrow's name stands beside its middle.

    The square that it shows comes from whoever knows where the arrows will go, so that it need not jump.
    """

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setAspectLocked(True)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.hideAxis("left")
        self.hideAxis("bottom")
        self.vb.setDefaultPadding(0)
        self._box = QRectF(-1, -1, 2, 2)
        self.cross = (pg.InfiniteLine(0, 0), pg.InfiniteLine(0, 90))
        self.ghost, self.first, self.added, self.result = (ArrowItem() for _ in range(4))
        self.names = _Names()
        for item in (*self.cross, self.ghost, self.first, self.result, self.added, self.names):
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.addItem(item, ignoreBounds=True)

    def show_box(self, low: np.ndarray, high: np.ndarray) -> None:
        """The corners (2,) and (2,) of what has to be seen; a margin for names is added."""
        margin = 0.16 * float(max(high - low))
        self._box = QRectF(QPointF(*(low - margin)), QPointF(*(high + margin)))
        self.setRange(self._box, padding=0)

    def show_sum(self, first: np.ndarray, result: np.ndarray, color: str, names: tuple[str, str, str]) -> None:
        """``first`` (2,) from the origin, the addition in ``color`` at its tip, ``result`` (2,) from the origin.

        Where nothing is added only the result is drawn. ``names`` are those of the three.
        """
        colors = theme()
        changed = bool(np.any(first != result))
        self.result.show_arrow((0.0, 0.0), tuple(result.tolist()), colors.text, width=3)
        if changed:
            self.first.show_arrow((0.0, 0.0), tuple(first.tolist()), colors.muted_text, width=2)
            self.added.show_arrow(tuple(first.tolist()), tuple(result.tolist()), color, width=3.5)
        else:
            self.first.hide()
            self.added.hide()
        middle = (first + result) / 3
        places = ((first / 2, colors.muted_text), ((first + result) / 2, color), (result / 2, colors.text))
        shown = [(names[i], place, place - middle, ink) for i, (place, ink) in enumerate(places) if changed or i == 2]
        if not changed:
            shown = [(names[2], result / 2, np.array([-result[1], result[0]]), colors.text)]
        self.names.show_names(shown)

    def restyle(self) -> None:
        """Take colours anew."""
        for line in self.cross:
            line.setPen(pen(theme().hairline))
        self.names.update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.setRange(self._box, padding=0)


class _Names(pg.GraphicsObject):
    """Words beside places of the plot, pushed off by a few pixels in a direction given in the plot's coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[tuple[str, np.ndarray, np.ndarray, str]] = []
        self.setZValue(20)

    def show_names(self, names: list[tuple[str, np.ndarray, np.ndarray, str]]) -> None:
        """Words, place (2,), direction (2,) and colour of each."""
        self._names = names
        self.prepareGeometryChange()
        self.update()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return box.viewRect() if box is not None else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with in_pixels(painter, self) as to_pixels:
            room = to_pixels.mapRect(self.boundingRect())
            painter.setFont(font("strong"))
            for words, place, direction, color in self._names:
                middle = to_pixels.map(QPointF(*place))
                aside = to_pixels.map(QPointF(*(place + direction))) - middle
                self._write(painter, room, words, middle, aside, color)

    def _write(
        self, painter: QPainter, room: QRectF, words: str, middle: QPointF, aside: QPointF, color: str
    ) -> None:
        """Words on a plate, off ``middle`` along ``aside`` and wholly inside ``room``, all in pixels."""
        metrics = QFontMetricsF(painter.font())
        length = float(np.hypot(aside.x(), aside.y()))
        aside = aside / length if length else QPointF(0, -1)
        width, height = metrics.horizontalAdvance(words) + scaled(6), metrics.height()
        middle += QPointF(aside.x() * (width / 2 + scaled(5)), aside.y() * (height / 2 + scaled(5)))
        left = min(max(middle.x() - width / 2, room.left()), room.right() - width)
        top = min(max(middle.y() - height / 2, room.top()), room.bottom() - height)
        box = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().surface, 0.8))
        painter.drawRoundedRect(box, scaled(3), scaled(3))
        painter.setPen(pen(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
