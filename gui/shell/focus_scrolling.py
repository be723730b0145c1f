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
        area = focus.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and (content := area.widget()) is not None and content.isAncestorOf(focus):
            place = QRect(focus.mapTo(area.viewport(), QPoint(0, 0)), focus.size())
            if area.viewport().rect().intersected(place).height() <= GRID:
                area.ensureWidgetVisible(focus)
