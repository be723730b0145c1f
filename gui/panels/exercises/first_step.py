"""The step before the code: a value computed by hand, or, in a repair, an input that shows the fault."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine import asked_number
from engine.contract.numerals import format_real
from engine.contract.text import EMPTY, Refused, Text
from engine.exercises.checking import by_hand, slip_by_hand
from engine.exercises.exercise import Exercise, Search
from gui.panels.exercises import write_words as words
from gui.panels.guide.answers import NumberEntry, told_of
from gui.panels.wrapped import wrapped_label
from gui.style.language import translate
from gui.style.tokens import GRID
from gui.style.typography import font, px


class FirstStep(QWidget):
    """The first step of an exercise. Emits ``said(text)`` with feedback, and ``passed()`` when the learner may go on to
    the code. Feedback on an input that does not show the fault is displayed here, above the faulty code.
    """

    said = Signal(object)
    passed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exercise: Exercise | None = None
        self._missed: dict[str, float] = {}
        self._told: Text = EMPTY
        self._asked, self._outcome = wrapped_label(), wrapped_label()
        self.number = NumberEntry()
        self.number.given.connect(self._given)
        self.number.refused.connect(self._tell)
        self.choices = QComboBox()
        self.choices.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.try_button, self.let_me_write = QPushButton(), QPushButton()
        self.try_button.clicked.connect(lambda: self._look(self.choices.currentData()))
        self.let_me_write.setFlat(True)
        self.let_me_write.clicked.connect(self.passed)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._asked, self.number, self.choices, self.try_button, self._outcome, self.let_me_write):
            self._layout.addWidget(part)
        for button in (self.try_button, self.let_me_write):
            self._layout.setAlignment(button, Qt.AlignmentFlag.AlignLeft)

    def ask(self, exercise: Exercise) -> None:
        """Show an exercise's first step; nothing if it begins with the code."""
        self._exercise, self._told = exercise, EMPTY
        self.choices.clear()
        for value, name in exercise.search.choices if exercise.search else ():
            self.choices.addItem(translate(name), value)
        self.number.ask()
        self.number.show_right(None)
        if exercise.search and not exercise.search.choices:
            self.number.box.setText(format_real(exercise.search.start))
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        self._layout.setSpacing(px(GRID))
        for widget in (self._asked, self._outcome, self.choices, self.try_button, self.let_me_write):
            widget.setFont(font("text"))
        self.let_me_write.setText(translate(words.LET_ME_WRITE))
        self.try_button.setText(translate(words.TRY_IT))
        self._outcome.setText(translate(self._told))
        self._outcome.setVisible(bool(self._outcome.text()))
        if self._exercise is None:
            return
        search, asked = self._exercise.search, self._exercise.by_hand
        self.number.setVisible(not (search and search.choices))
        for part in (self.choices, self.try_button):
            part.setVisible(bool(search and search.choices))
        self.let_me_write.setVisible(search is None)
        if search is not None:
            self._asked.setText(translate(search.words))
            self.number.show_name(search.name, words.TRY_IT)
            self.choices.setAccessibleName(search.name)
            for index, (_, name) in enumerate(search.choices):
                self.choices.setItemText(index, translate(name))
        elif asked is not None:
            self._asked.setText(translate(words.BY_HAND(asked=asked.words)))
            self.number.show_name(translate(self._exercise.cell_name(asked.quantity, asked.place)))
            if not self.number.box.isReadOnly():
                self.number.show_slip(self._told_of_first)

    def _given(self, number: float) -> None:
        assert self._exercise is not None
        if self._exercise.search is not None:
            self._look(number)
            return
        asked = self._exercise.by_hand
        assert asked is not None
        right = by_hand(self._exercise)
        cell = self._exercise.cell_name(asked.quantity, asked.place)
        is_right = asked_number.is_right(number, right)
        if not is_right and self._exercise.id not in self._missed:
            self._missed[self._exercise.id] = number
            self.number.ask_once_more(self._told_of_first)
            return
        self.number.show_number(number)
        self.number.show_right(is_right)
        told = words.RIGHT_BY_HAND if is_right else words.WRONG_BY_HAND
        self._go_on(told(cell=cell, value=format_real(round(right, 6))))

    def _look(self, chosen: object) -> None:
        """Run the faulty and the right code with the chosen input, and show whether the results differ."""
        from engine.exercises.searching import look

        assert self._exercise is not None
        try:
            found = look(self._exercise, chosen)
        except Refused as refusal:
            self._tell(refusal.text)
            return
        if found.shows:
            self._go_on(words.FOUND(what=found.said))
        else:
            self._tell(found.said)

    @property
    def _told_of_first(self) -> str:
        """The feedback on a first wrong number computed by hand, until another is given; "" if there is none."""
        exercise = self._exercise
        if exercise is None or exercise.by_hand is None or exercise.id not in self._missed:
            return ""
        number = self._missed[exercise.id]
        cell = exercise.cell_name(exercise.by_hand.quantity, exercise.by_hand.place)
        slip = slip_by_hand(exercise, number)
        why = words.SLIP_BY_HAND(value=format_real(number), why=slip) if slip != EMPTY else slip
        return told_of(translate(cell), number, translate(why))

    @property
    def outcome(self) -> str:
        """The last feedback on an input that does not show the fault."""
        return self._outcome.text()

    def _tell(self, what: Text) -> None:
        if self._exercise is not None and self._exercise.search is None:
            self.said.emit(what)
            return
        self._told = what
        self.restyle()

    def _go_on(self, told: Text) -> None:
        self.said.emit(told)
        self.passed.emit()


def begins_with_code(exercise: Exercise) -> bool:
    """Whether an exercise has no first step."""
    return exercise.by_hand is None and exercise.search is None


def shows_code(exercise: Exercise) -> bool:
    """Whether the code is visible during the first step, since a fault is to be found in it."""
    return isinstance(exercise.search, Search)
