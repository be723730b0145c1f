"""Where a number that a guide asks for is given: its name, beneath it a box and a button that commits to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.numerals import format_real, parse_real
from engine.contract.refusal import Refused
from engine.contract.text import Text
from gui.form.line_box import LineBox
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

_CHECK = Text("Check", "核对")
_NAMED = Text("{name} =", "{name} =")


class NumberEntry(QWidget):
    """``given(number)`` on Enter or by the button; ``refused(text)`` says what is wrong with what was typed.

    ``whole`` says that nothing but a whole number is meant.
    """

    given = Signal(float)
    refused = Signal(object)

    def __init__(self, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._label = QLabel()
        self.box = _Box()
        self.button = QPushButton()
        self._label.setBuddy(self.box)
        # A name may be longer than a narrow panel is wide.
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.box.returnPressed.connect(self._commit)
        self.button.clicked.connect(self._commit)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.box, 1)
        row.addWidget(self.button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._label)
        layout.addLayout(row)

    def show_name(self, name: str, commit: Text = _CHECK) -> None:
        """The name of the number and the words of the button, in the language in use; takes font and size anew."""
        for widget in (self._label, self.box, self.button):
            widget.setFont(font("text"))
        self._label.setText(show(_NAMED(name=name)))
        self.button.setText(show(commit))
        self.box.setAccessibleName(name)
        self.box.setMinimumWidth(scaled(48))
        self.box.setMaximumWidth(scaled(96))

    def show_number(self, number: float) -> None:
        """What was given, and no longer to be changed."""
        self.box.setText(format_real(number))
        self.box.setReadOnly(True)
        if self.button.hasFocus():
            self.box.setFocus()
        self.button.hide()

    def ask(self) -> None:
        """Wait for a number, as at first."""
        self.box.clear()
        self.box.setReadOnly(False)
        self.button.show()

    def show_right(self, right: bool | None) -> None:
        """Mark the number as right, as wrong, or not at all."""
        palette = self.palette()
        if right is not None:
            palette.setColor(self.box.foregroundRole(), theme().right if right else theme().wrong)
        self.box.setPalette(palette)

    def _commit(self) -> None:
        if self.box.isReadOnly():
            return
        try:
            number = parse_real(self.box.text(), whole=self._whole)
        except Refused as refusal:
            self.refused.emit(refusal.text)
            return
        self.given.emit(number)


class _Box(LineBox):
    """Down goes on from it and Up back, as between answers to choose from."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
