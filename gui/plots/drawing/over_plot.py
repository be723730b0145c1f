"""The base of what is drawn over a whole plot by hand, in the plot's coordinates or in pixels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt


class OverPlot(pg.GraphicsObject):
    """As large as what the plot shows, and drawn anew when that changes; out of the pointer's way.

    A subclass gives ``paint`` and calls ``redraw`` when it has something else to show.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def redraw(self) -> None:
        """Have it painted again, wherever it may reach by now."""
        self.prepareGeometryChange()
        self.update()

    def viewRangeChanged(self) -> None:
        self.redraw()

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return box.viewRect() if box is not None else QRectF()
