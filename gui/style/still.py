"""A place for words that change while one looks: nothing around them is laid out anew, however long they are."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class Still(QWidget):
    """Filled by a label, for which somebody else keeps the room.

    A label with other words asks for room again, and Qt then lays out everything around it, up to the window: at every
    move of a drag. It asks its parent, which has no layout here and passes nothing on.
    """

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self._label = label
        label.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.resize(event.size())
