"""An area in which a page as wide as it is scrolled up and down."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class PageArea(QScrollArea):
    """Without a frame. What stands on the page takes the keys; a stop of Tab on the area itself could not be seen, so
    it is none, unless it ``takes_keys`` to be scrolled by.

    A page that can be as narrow as its area ``fits``; any other is scrolled sideways too, where there is no room.
    """

    def __init__(self, parent: QWidget | None = None, *, takes_keys: bool = False, fits: bool = True) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        if not takes_keys:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if fits:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
