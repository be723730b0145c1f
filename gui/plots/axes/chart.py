"""The base of plots: with the program's number format, and without movement by the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem

from gui.plots.axes.axis import NumberAxis, dress_axes, without_menus
from gui.style.typography import font, px

without_menus()


class Chart(pg.PlotItem):
    """A plot without menu, buttons and mouse movement, whose axes do not rescale when items are added.

    ``axes`` replaces the axes of the sides it names.
    """

    def show_whole(self) -> None:
        """Show the plot unmagnified."""

    def __init__(self, axes: Mapping[str, pg.AxisItem] | None = None) -> None:
        own = {side: NumberAxis(orientation=side) for side in ("bottom", "left")}
        super().__init__(enableMenu=False, axisItems={**own, **(axes or {})})
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.vb.setDefaultPadding(0)
        self._is_named = False

    @property
    def is_magnified(self) -> bool:
        """Whether the plot shows a magnified part."""
        return False

    def place_at(self, scene_place: QPointF) -> QPointF | None:
        """The plot coordinates of a point of the scene; None if it has none, such as a point off a relief's surface."""
        place: QPointF = self.vb.mapSceneToView(scene_place)
        return place

    def put(self, *items: QGraphicsItem) -> None:
        """Add items that take no mouse events and do not rescale the axes."""
        for item in items:
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.addItem(item, ignoreBounds=True)

    def name_axes(self, across: str, up: str) -> None:
        """Set the names of both axes, apply colours and fonts, and reserve a line for the numbers below."""
        self._is_named = bool(up)
        dress_axes(self, across, up)
        height = round(QFontMetricsF(font("notes")).height())
        self.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=height)

    def set_ticks(self, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> None:
        """Set the ticks of both axes as (position, text)."""
        self.getAxis("bottom").setTicks([list(across)])
        self.getAxis("left").setTicks([list(up)])

    def set_room(self, widest: str) -> None:
        """Reserve room at the left axis for the tick text ``widest`` and for the axis' name.

        Plots above one another are then aligned, and none moves while its tick texts change.
        """
        ticks = QFontMetricsF(font("notes")).horizontalAdvance(widest)
        name = QFontMetricsF(font("text")).height() if self._is_named else 0
        self.getAxis("left").setWidth(round(ticks + name) + px(12))


class KeyedChart(Chart):
    """A plot that repaints when it gets or loses the keyboard focus; a click focuses it unless ``takes_keys`` is False.

    The view manages the tab order, in which handles come first.
    """

    takes_keys = True

    def __init__(self) -> None:
        super().__init__()
        for side in ("bottom", "left"):
            self.hideAxis(side)
        if self.takes_keys:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        for item in self.items:
            item.update()
