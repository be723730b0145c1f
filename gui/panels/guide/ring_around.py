"""The ring around a text that has the keys: it lies outside, since words begin at the very edge of such a text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.style.focus_ring import EDGE, RING
from gui.style.typography import px
from gui.window.focus.focus_ring import FocusRing

_APART = 1
"""Pixels between the words and the ring."""


class RingAround(FocusRing):
    """Lies around a widget for as long as it lives, on what is scrolled as a whole, which has room at its edges."""

    def __init__(self, around: QWidget) -> None:
        self._page = _page_of(around)
        super().__init__(self._page)
        self._around = around
        around.destroyed.connect(self.deleteLater)
        part: QWidget | None = around
        while part is not None and part is not self._page:
            part.installEventFilter(self)
            part = part.parentWidget()
        self._follow()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow()
        return False

    @property
    def inset(self) -> float:
        return px(RING + 2 * EDGE) / 2

    def _follow(self) -> None:
        out = px(_APART + RING + 2 * EDGE)
        place = QRect(self._around.mapTo(self._page, QPoint(0, 0)), self._around.size())
        self.setGeometry(place.adjusted(-out, -out, out, out))


def _page_of(widget: QWidget) -> QWidget:
    """What an area scrolls of which a widget is a part; without an area its window."""
    part: QWidget | None = widget.parentWidget()
    while part is not None:
        viewport = part.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea) and area.widget() is part:
            return part
        part = viewport
    return widget.window()
