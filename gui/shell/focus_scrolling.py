"""Scrolls to what Tab has come to: Qt does it within one scrolled area, not on the way into another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.style.running import running_application
from gui.style.tokens import GRID


class FocusScrolling(QObject):
    """Lives as long as its window; what can be seen stays where it is, so that a click moves nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        running_application().focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _: QWidget | None, focus: QWidget | None) -> None:
        if focus is None or focus.window() is not self.parent():
            return
        area = _area_of(focus)
        if area is not None and (content := area.widget()) is not None and content.isAncestorOf(focus):
            place = QRect(focus.mapTo(area.viewport(), QPoint(0, 0)), focus.size())
            if area.viewport().rect().intersected(place).height() <= GRID:
                area.ensureWidgetVisible(focus)


def show_part(widget: QWidget, part: QRect) -> None:
    """Scroll the area around a widget until a part of it, such as a link, is to be seen."""
    area = _area_of(widget)
    if area is not None and (content := area.widget()) is not None and content.isAncestorOf(widget):
        place = QRect(widget.mapTo(content, part.topLeft()), part.size())
        area.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + GRID)


def _area_of(widget: QWidget) -> QScrollArea | None:
    """The scrolled area that a widget lies in."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    return area
