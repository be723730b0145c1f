"""Scrolls to what Tab has come to: Qt does it within one scrolled area, not on the way into another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget

from gui.style.running import running_application
from gui.style.tokens import GRID


class FocusScrolling(QObject):
    """Lives as long as its window. What keys have come to is to be seen as a whole; where the mouse has pressed, what
    can be seen stays where it is, so that a click moves nothing.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        running_application().focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _: QWidget | None, focus: QWidget | None) -> None:
        if focus is None or focus.window() is not self.parent():
            return
        if QApplication.mouseButtons():
            bring_into_sight(focus, GRID)
            return
        bring_into_sight(focus)
        # What comes to be seen only now has its place once there is room for it.
        QTimer.singleShot(0, focus, lambda: bring_into_sight(focus))


def bring_into_sight(widget: QWidget, enough: int | None = None) -> None:
    """Scroll the area around a widget, where less of it is to be seen than ``enough`` pixels, or than all of it. What
    scrolls by itself, such as a text, shows its own part.
    """
    area = _area_of(widget)
    if area is None or (content := area.widget()) is None or not content.isAncestorOf(widget):
        return
    place, room = QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size()), area.viewport().rect()
    if enough is None:
        enough = GRID if isinstance(widget, QAbstractScrollArea) else min(place.height(), room.height()) - 1
    if room.intersected(place).height() <= enough:
        area.ensureWidgetVisible(widget, 0, GRID)


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
