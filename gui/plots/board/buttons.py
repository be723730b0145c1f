"""A row of push buttons that lives in the scene."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.board.choosing import RowItem
from gui.plots.drawing.api import GRID, PixelPainter, theme


class ButtonsItem(RowItem):
    """``pressed`` carries a button's id; arrow keys go from one to the next, Enter presses."""

    pressed = Signal(str)

    gap, padding = GRID, 10

    def __init__(self) -> None:
        super().__init__()
        self._down: str | None = None
        self._inviting = self._lit = ""

    def invite(self, name: str) -> None:
        """Have a button stand out as what is to be pressed first; none where there is no such button."""
        if name != self._inviting:
            self._inviting = name
            self.update()

    def light(self, name: str) -> None:
        """Show that what a button does is as it is now; none where there is no such button."""
        if name != self._lit:
            self._lit = name
            self.update()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        super().set_options(options)
        if self.value not in dict(options):
            self.value = options[0][0]

    def choose(self, value: str) -> None:
        """The button that Enter presses."""
        self.show_value(value)

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        for name, words in self.options:
            invites = name == self._inviting and not self._exporting
            stands_out = name in (self._down, self._lit)
            fill = colors.handle if invites else colors.selection_fill if stands_out else colors.raised
            focused = self.hasFocus() and name == self.value
            sketch.panel(self.box(name), fill, colors.control_outline, radius=4)
            if focused:
                sketch.focus(self.box(name).adjusted(2, 2, -2, -2))
            sketch.words(words, self.box(name), "text", colors.surface if invites else None)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._down = self.option_at(event.pos())
        self.update()

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pressed, self._down = self._down, None
        self.update()
        if pressed is not None and pressed == self.option_at(event.pos()):
            # Enter presses it again.
            self.choose(pressed)
            self.pressed.emit(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self.value)
        else:
            super().keyPressEvent(event)
