"""Widgets for answering the question of a try: a number entry, and a choice of reasons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.contract.numerals import format_real, parse_real
from engine.contract.text import EMPTY, Refused, Text, notation, untranslated
from engine.guides.tries import Reason
from gui.form.widgets.line_box import LineBox
from gui.panels.wrapped import WrappedButton, wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import show_one_after_the_other, translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_CHECK = Text("Check", context="a typed answer")
_NAMED = notation("{name} =")
_NOTHING = Text("Type a number first.")
_NOT_THIS = Text("Not so: {cell} is not {value}.")
_ONCE_MORE = Text("Once more?")


class NumberEntry(QWidget):
    """An entry for a number; emits ``given(number)`` on Enter or by the button, ``refused(text)`` for invalid input.
    ``whole`` allows only whole numbers. ``show_refusal`` shows below the box why the input is invalid, until something
    else is typed; ``ask_once_more`` shows what is wrong with the number, until another is given.
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
        self.slip = wrapped_label()
        self.refusal.hide()
        self.slip.hide()
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
        layout.addWidget(self.slip)

    def show_name(self, name: str, commit: Text = _CHECK) -> None:
        """Set the number's name and the button's text in the language in use, and apply font and size."""
        for widget in (self._label, self.box, self.button, self.refusal, self.slip):
            widget.setFont(font("text"))
        self._label.setText(translate(_NAMED(name=name)))
        self.button.setText(translate(commit))
        self._write(self._refused_for)
        self.box.setAccessibleName(name)
        self.box.setMinimumWidth(px(48))
        self.box.setMaximumWidth(px(96))

    def show_refusal(self, reason: Text) -> None:
        """Show below the box why the input is invalid, and tell the screen reader."""
        self._write(reason)
        say(self.refusal, self.refusal.text())

    def ask_once_more(self, told: str) -> None:
        """Ask for another number; ``told`` says what is wrong with the one in the box."""
        self.ask_again()
        self.show_slip(told)
        self.box.selectAll()
        self.box.setFocus()
        say(self.slip, told)

    def show_slip(self, told: str) -> None:
        """Show what is wrong with the first number, as translated text; "" hides it. While an invalid input stands in
        the box, only that is told.
        """
        self.slip.setText(told)
        self.slip.setVisible(bool(told) and not self.refusal.text())

    def show_number(self, number: float) -> None:
        """Show this number as the given answer, read-only."""
        self.box.setText(format_real(number))
        self.box.setReadOnly(True)
        self._write(EMPTY)
        self.show_slip("")
        if self.button.hasFocus():
            self.box.setFocus()
        self.button.hide()

    def ask(self) -> None:
        """Clear the box, and wait for a number."""
        self.box.clear()
        self.show_slip("")
        self.ask_again()

    def ask_again(self) -> None:
        """Make the box editable again, keeping its number."""
        self._write(EMPTY)
        self.box.setReadOnly(False)
        self.button.show()

    def show_right(self, right: bool | None) -> None:
        """Colour the number as right or wrong; not at all for None."""
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
        self.show_slip(self.slip.text())
        self.box.setAccessibleDescription(self.refusal.text())
        write_in(self.refusal, theme().wrong)


def told_of(name: str, given: float, why: str) -> str:
    """The feedback on a first wrong number ``given`` for ``name``: ``why`` it is wrong, if known, and a request to try
    again.
    """
    known = why or translate(_NOT_THIS(cell=untranslated(name), value=format_real(given)))
    return show_one_after_the_other((known, translate(_ONCE_MORE)))


class _Box(LineBox):
    """A line edit in which Down and Up move the focus to the next and previous widget, as between options. V, which
    occurs in no number, is left to the window's shortcut for a vote on the question.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and event.key() == Qt.Key.Key_V:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


IS_RIGHT = Text("Right.")
IS_WRONG = Text("Not so.")
_THE_RIGHT_ONE = Text("The right answer.")
RIGHT, WRONG, UNSURE = "✓", "×", "○"
"""The symbols for a right and a wrong answer and for "not sure"; the last one also marks what is still open."""
_CHOSEN = "●"


def mark_answer(button: WrappedButton, right: bool | None, chosen: bool) -> None:
    """Set the symbol of one of several options. ``right`` is None while unknown; a wrong option is marked as such only
    if it was chosen.
    """
    if right:
        button.set_sign(RIGHT, theme().right)
        button.setAccessibleDescription(translate(IS_RIGHT if chosen else _THE_RIGHT_ONE))
    elif right is not None and chosen:
        button.set_sign(WRONG, theme().wrong)
        button.setAccessibleDescription(translate(IS_WRONG))
    else:
        button.set_sign(_CHOSEN if chosen else UNSURE, theme().muted_text)
        button.setAccessibleDescription("")


_WHY = Text("And why?")
_SEE_IT = Text("See it")


class ReasonChoice(QWidget):
    """A choice of reasons, of which one can be chosen once; emits ``given()``. For a wrong one it shows what refutes
    it, and emits ``looked(try)`` when the refuting run is to be shown.
    """

    given = Signal()
    looked = Signal(object)

    def __init__(self, reasons: Sequence[Reason], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reasons = tuple(reasons)
        self.chosen: int | None = None
        self.heading = PlainLabel()
        self.buttons = [WrappedButton() for _ in self.reasons]
        self.outcome = wrapped_label()
        self.see_it = QPushButton()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.heading)
        for index, button in enumerate(self.buttons):
            button.setProperty("reason", index)
            button.clicked.connect(self._choose)
            self._layout.addWidget(button)
        self._layout.addWidget(self.outcome)
        self.see_it.setFlat(True)
        self.see_it.setCursor(Qt.CursorShape.PointingHandCursor)
        self.see_it.clicked.connect(self._look)
        self._layout.addWidget(self.see_it, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Show the same reasons in another language."""
        self.reasons = tuple(reasons)
        self.restyle()

    def recall(self, chosen: int | None) -> None:
        """Restore an earlier choice, by index, with its feedback; None lets the learner choose."""
        self.chosen = chosen
        self._show()

    @property
    def is_right(self) -> bool | None:
        """Whether the right reason was chosen; None before one was."""
        return self.reasons[self.chosen].is_right if self.chosen is not None else None

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._layout.setSpacing(px(GRID // 2))
        self.heading.setText(translate(_WHY))
        self.heading.setFont(font("text"))
        for button, reason in zip(self.buttons, self.reasons, strict=True):
            button.set_words("", reason.words)
        self.see_it.setText(translate(_SEE_IT))
        self.see_it.setFont(font("notes"))
        self.outcome.setFont(font("text"))
        self.outcome.setContentsMargins(px(GRID + 4), 0, 0, 0)
        use_secondary_ink(self.outcome)
        self._show()

    def _choose(self) -> None:
        # After the first choice the right reason is shown, so that a second one would mean nothing.
        if self.chosen is None:
            self.chosen = self.sender().property("reason")
            self._show()
            say(self.outcome, self.outcome.text())
            self.given.emit()

    def _look(self) -> None:
        if self.chosen is not None:
            self.looked.emit(self.reasons[self.chosen].refuted)

    def _show(self) -> None:
        for index, (button, reason) in enumerate(zip(self.buttons, self.reasons, strict=True)):
            mark_answer(button, reason.is_right if self.chosen is not None else None, index == self.chosen)
        refuted = self.chosen is not None and not self.is_right
        self.outcome.setText(self.reasons[self.chosen].why if refuted and self.chosen is not None else "")
        self.outcome.setVisible(refuted)
        self.see_it.setVisible(refuted)
