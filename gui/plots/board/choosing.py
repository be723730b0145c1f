"""The base of controls on the stage that have several options in a row, one of them on."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChoosingItem(pg.GraphicsWidget):
    """``chosen`` carries the value of an option that a person chose, by click or by arrow keys.

    A subclass keeps ``options`` and says by ``box`` where each is drawn.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[tuple[str, str], ...] = ()
        """Values and their names."""
        self.value = ""
        # Tab is given by the view, which goes through handles first.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Values and names in the language in use; takes fonts and colours anew."""
        raise NotImplementedError

    def show_value(self, value: str) -> None:
        """Show an option as chosen."""
        self.value = value
        self.update()

    def box(self, value: str) -> QRectF:
        """Where an option is drawn, in the item's coordinates."""
        raise NotImplementedError

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for value, _ in self.options:
            if self.box(value).contains(event.pos()):
                self._choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self.options]
        if event.key() not in _STEPS or self.value not in values:
            event.ignore()
            return
        index = values.index(self.value) + _STEPS[event.key()]
        if 0 <= index < len(values):
            self._choose(values[index])

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.chosen.emit(value)
