"""A part of a stage that is only read out, such as a line of words or a point."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from gui.spoken.spoken import Spoken


class AccessibleText(QObject):
    """``told`` is what it is by the frame that was read last; ``read_anew`` has the one that is shown be read first.

    A reader keeps the part that it is at, and asks it again whenever it likes: what the stage has no longer is told as
    nothing that is to be seen.
    """

    def __init__(self, parent: QObject, read_anew: Callable[[], object]) -> None:
        super().__init__(parent)
        self._read_anew = read_anew
        self.go()

    def go(self) -> None:
        """The stage has it no longer."""
        gone = frozenset({"invisible"})
        self.told = Spoken(QAccessible.Role.StaticText, "", states=gone, parent=self.parent())

    def spoken(self) -> Spoken:
        """What Qt asks for."""
        self._read_anew()
        return self.told
