"""The base of plots: axes that write numbers as the program does, and nothing that moves unless the view says so."""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsItem

from gui.plots.axes.axis import NumberAxis


class Chart(pg.PlotItem):
    """A plot without menu, buttons and movement by the mouse, whose axes keep still when items are put in.

    ``axes`` replaces the axes of the sides it names by others.
    """

    def __init__(self, axes: Mapping[str, pg.AxisItem] | None = None) -> None:
        own = {side: NumberAxis(orientation=side) for side in ("bottom", "left")}
        super().__init__(enableMenu=False, axisItems={**own, **(axes or {})})
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.vb.setDefaultPadding(0)

    def put(self, *items: QGraphicsItem) -> None:
        """Add items that neither take the pointer nor move the axes."""
        for item in items:
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.addItem(item, ignoreBounds=True)
