"""The run that a change threw away, as the first card of the shelf: a press goes back to it, the plus pins it.

While nothing is pinned, so that there is no shelf, a button among those of the run stands for it: nothing moves for it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.shelf.card import Card


class BeforeCard(Card):
    """Has no name of its own and cannot be taken off; ``pin_wanted`` follows the plus in its corner, and its key."""

    pin_wanted = Signal()
    mark = "+"
    outline = Qt.PenStyle.DashLine

    def press_mark(self) -> None:
        self.pin_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Plus:
            self.pin_wanted.emit()
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)


class BeforeButton(QToolButton):
    """``meant`` says whether the pointer is on it."""

    meant = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.meant.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.meant.emit(False)
        super().leaveEvent(event)
