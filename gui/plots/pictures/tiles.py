"""The base of pictures side by side in rows, one of which is looked at: a click or an arrow key chooses another."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.drawing.stage_item import Control


class Tiles(Control):
    """``chosen`` carries the index that a click or an arrow key chose.

    A subclass says how many tiles there are (``count``) and how many stand in a row (``columns``), where each of them
    is (``tile``), and which one is looked at (``looked_at``).
    """

    chosen = Signal(int)

    def count(self) -> int:
        """How many tiles there are."""
        raise NotImplementedError

    def columns(self) -> int:
        """How many stand in a row."""
        raise NotImplementedError

    def looked_at(self) -> int:
        """The index of the one that is looked at."""
        raise NotImplementedError

    def tile(self, index: int) -> QRectF:
        """Where one is, in the item's coordinates."""
        raise NotImplementedError

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for index in range(self.count()):
            if self.tile(index).adjusted(-2, -2, 2, 2).contains(event.pos()):
                self.chosen.emit(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.columns() if self.count() else 0
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -row, Qt.Key.Key_Down: row}
        index = self.looked_at() + steps.get(event.key(), 0)
        if event.key() not in steps or not self.count():
            event.ignore()
        elif 0 <= index < self.count():
            self.chosen.emit(index)
