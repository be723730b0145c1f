"""The base of plots: axes that write numbers as the program does, and nothing that moves unless the view says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem

from gui.plots.axes.axis import NumberAxis, dress_axes
from gui.plots.axes.plot_options import without_menus
from gui.style.typography import font, px

without_menus()


class Chart(pg.PlotItem):
    """A plot without menu, buttons and movement by the mouse, whose axes keep still when items are put in.

    ``axes`` replaces the axes of the sides it names by others.
    """

    def show_whole(self) -> None:
        """Magnify nothing any more."""

    def __init__(self, axes: Mapping[str, pg.AxisItem] | None = None) -> None:
        own = {side: NumberAxis(orientation=side) for side in ("bottom", "left")}
        super().__init__(enableMenu=False, axisItems={**own, **(axes or {})})
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.vb.setDefaultPadding(0)
        self._is_named = False

    @property
    def is_magnified(self) -> bool:
        """Whether a part of what there is to see is shown larger."""
        return False

    def place_at(self, scene_place: QPointF) -> QPointF | None:
        """The place that is meant by a pointer there; None where it means none."""
        place: QPointF = self.vb.mapSceneToView(scene_place)
        return place

    def put(self, *items: QGraphicsItem) -> None:
        """Add items that neither take the pointer nor move the axes."""
        for item in items:
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.addItem(item, ignoreBounds=True)

    def name_axes(self, across: str, up: str) -> None:
        """The names of both axes; takes colours and fonts anew, and keeps one line for the numbers below."""
        self._is_named = bool(up)
        dress_axes(self, across, up)
        height = round(QFontMetricsF(font("notes")).height())
        self.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=height)

    def set_ticks(self, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> None:
        """What stands at both axes, and where."""
        self.getAxis("bottom").setTicks([list(across)])
        self.getAxis("left").setTicks([list(up)])

    def set_room(self, widest: str) -> None:
        """Give the left axis room for ``widest`` at its ticks, whatever stands there, and for its name.

        Plots above one another are then flush, and none moves while its numbers change.
        """
        ticks = QFontMetricsF(font("notes")).horizontalAdvance(widest)
        name = QFontMetricsF(font("text")).height() if self._is_named else 0
        self.getAxis("left").setWidth(round(ticks + name) + px(12))
