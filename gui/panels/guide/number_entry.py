"""Where a number that a guide asks for is given: its name, beneath it a box and a button that commits to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.text.numerals import format_real, parse_real
from engine.contract.text.refusal import Refused
from engine.contract.text.text import EMPTY, Text, notation
from gui.form.widgets.line_box import LineBox
from gui.panels.wrapped_label import wrapped_label
from gui.spoken.telling import say
from gui.style.foreground import write_in
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_CHECK = Text("Check", context="a typed answer")
_NAMED = notation("{name} =")
_NOTHING = Text("Type a number first.")


class NumberEntry(QWidget):
    """``given(number)`` on Enter or by the button; ``refused(text)`` says what is wrong with what was typed.

    ``whole`` says that nothing but a whole number is meant. ``show_refusal`` says beneath the box what is wrong, until
    something else is typed.
    """

    given = Signal(float)
    refused = Signal(object)

    def __init__(self, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._label = PlainLabel()
        self.box = _Box()
        self.button = QPushButton()
        self.refusal = wrapped_label()
        self._refused_for = EMPTY
        self.refusal.hide()
        self.box.textChanged.connect(self._typed)
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
        layout.addWidget(self.refusal)

    def show_name(self, name: str, commit: Text = _CHECK) -> None:
        """The name of the number and the words of the button, in the language in use; takes font and size anew."""
        for widget in (self._label, self.box, self.button, self.refusal):
            widget.setFont(font("text"))
        self._label.setText(translate(_NAMED(name=name)))
        self.button.setText(translate(commit))
        self._write(self._refused_for)
        self.box.setAccessibleName(name)
        self.box.setMinimumWidth(px(48))
        self.box.setMaximumWidth(px(96))

    def show_refusal(self, reason: Text) -> None:
        """Say what is wrong with what was typed."""
        self._write(reason)
        say(self.refusal, self.refusal.text())

    def show_number(self, number: float) -> None:
        """What was given, and no longer to be changed."""
        self.box.setText(format_real(number))
        self.box.setReadOnly(True)
        self._write(EMPTY)
        if self.button.hasFocus():
            self.box.setFocus()
        self.button.hide()

    def ask(self) -> None:
        """Wait for a number, as at first."""
        self.box.clear()
        self._write(EMPTY)
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
        if not self.box.text().strip():
            self.refused.emit(_NOTHING)
            return
        try:
            number = parse_real(self.box.text(), whole=self._whole)
        except Refused as refusal:
            self.refused.emit(refusal.text)
            return
        self.given.emit(number)

    def _typed(self) -> None:
        self._write(EMPTY)

    def _write(self, reason: Text) -> None:
        self._refused_for = reason
        self.refusal.setText(translate(reason))
        self.refusal.setVisible(bool(self.refusal.text()))
        self.box.setAccessibleDescription(self.refusal.text())
        write_in(self.refusal, theme().wrong)


class _Box(LineBox):
    """Down goes on from it and Up back, as between answers to choose from."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
