"""The base of what is drawn over a whole plot by hand, in the plot's coordinates or in pixels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.pixel_painter import PixelPainter, sketch


class PlotOverlay(pg.GraphicsObject):
    """As large as what the plot shows, and drawn anew when that changes; out of the pointer's way.

    A subclass gives ``draw``, which draws in the scene's pixels, or ``paint`` if it draws in the plot's coordinates. It
    hands what there is to be drawn to ``show_state``, or calls ``redraw`` if that cannot be compared.
    """

    state: tuple = ()
    """What ``show_state`` was told last."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_state(self, *state: object) -> None:
        """Have these values drawn from now on; nothing is done where they are those of before."""
        if state != self.state:
            self.state = state
            self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        """Draw what there is to be seen."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Have it painted again, wherever it may reach by now."""
        self.prepareGeometryChange()
        self.update()

    def viewRangeChanged(self) -> None:
        self.redraw()

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return box.viewRect() if box is not None else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with sketch(painter, self) as drawing:
            self.draw(drawing)
