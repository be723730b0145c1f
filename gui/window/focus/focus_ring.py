"""A ring that is a widget of its own, for what has the keys and cannot paint one itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.style.focus_ring import paint_focus_ring


class FocusRing(QWidget):
    """Along the edge of itself, ``inset`` pixels within; it takes neither the pointer nor the keys. Whoever makes it
    says where it lies.
    """

    def __init__(self, on: QWidget) -> None:
        super().__init__(on)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def inset(self) -> float:
        """Pixels from its edge to the middle of the line."""
        return 2.5

    def paintEvent(self, event: QPaintEvent) -> None:
        inset = self.inset
        with QPainter(self) as painter:
            paint_focus_ring(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


def take_away(ring: FocusRing | None) -> None:
    """End a ring, which may have gone already with what it lay on."""
    if ring is not None and isValid(ring):
        ring.hide()
        ring.deleteLater()
