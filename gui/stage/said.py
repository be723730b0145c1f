"""A part of a stage that is only read out, such as a line of words or a point."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from gui.spoken.spoken import Spoken


class Said(QObject):
    """``told`` is what it is at the moment."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.told = Spoken(QAccessible.Role.StaticText, "")

    def spoken(self) -> Spoken:
        """What Qt asks for."""
        return self.told
