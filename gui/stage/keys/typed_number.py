"""A box over the stage in which a number is typed, at the place that it is about."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.contract.text.numerals import format_real, parse_real
from engine.contract.text.refusal import Refused
from gui.style.api import font, px, theme
from gui.style.foreground import write_in


class TypedNumber(QLineEdit):
    """``given(number)`` on Enter; Escape, or a press elsewhere, gives it up. What is no number stays, in red.

    ``closed`` says that it is gone, before ``given`` does.
    """

    given = Signal(float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def ask(self, middle: QPoint, number: float, name: str, begun: str = "") -> None:
        """Show the box around a place of the parent with a number to be changed, whose name is read to who hears it, or
        with the beginning of what is typed in its place.
        """
        self.setFont(font("text"))
        self._ink(theme().text)
        self.setText(begun or format_real(number, 3))
        self.setAccessibleName(name)
        self.resize(px(72), self.sizeHint().height())
        room = self._over.rect().adjusted(0, 0, -self.width(), -self.height())
        corner = middle - QPoint(self.width() // 2, self.height() // 2)
        self.move(max(0, min(corner.x(), room.right())), max(0, min(corner.y(), room.bottom())))
        self.show()
        if not begun:
            self.selectAll()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._end()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Neither goes on to the stage below, where Enter presses a button.
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        try:
            number = parse_real(self.text())
        except Refused:
            self._ink(theme().wrong)
            return
        self._end()
        self.given.emit(number)

    def _end(self) -> None:
        self._over.removeEventFilter(self)
        self.hide()
        self._over.setFocus()
        self.closed.emit()

    def _ink(self, color: str) -> None:
        write_in(self, color)
