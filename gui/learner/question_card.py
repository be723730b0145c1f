"""One question of a chapter's test: its text, its answers by mouse or keys, and the explanation after it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Question, SentenceQuestion, number
from engine.contract.text import Text
from gui.learner.records import LONGEST_SENTENCE, AnswerInTest
from gui.panels.guide.answers import IS_RIGHT, IS_WRONG, RIGHT, UNSURE, WRONG, NumberEntry
from gui.panels.wrapped import WrappedButton, wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink
from gui.style.language import show_one_after_the_other, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, pixels, px

_WAS = Text("{label}: {value}.")
_NOT_SURE = Text("Not sure")
_WHOLE = Text("A whole number.")
_NEAR = Text(
    "Two percent too much or too little still counts as right. You may type a fraction or a percentage, such as 1/3 or "
    "20%."
)
_YOURS = Text("In your own words, one sentence")
_EMPTY = Text("Write a sentence first, or choose “Not sure”.")
_COMPARE = Text("Compare")
_MODEL = Text("The program would say: {words}")
_MEANS = Text("Does yours say the same?")
_ALIKE, _NOT_YET = Text("Yes, it does"), Text("Not yet")
_NEXT, _RESULT = Text("Next question"), Text("See the result")
_HEIGHT_OF_SENTENCE = 4


class QuestionCard(QWidget):
    """The card of one question; emits ``answered(answer)`` once, with an ``AnswerInTest``, and ``next_wanted`` to go
    on. A ``silent`` card gives no feedback, and goes on at once.

    Each option has a letter as its key, not a digit: an option may be a number, and its digit could be the key of
    another option. "Not sure" beside a text entry has no key. Return submits what was typed; pressed again, it goes on.
    """

    answered = Signal(object)
    next_wanted = Signal()

    def __init__(
        self,
        question_id: str,
        question: Question,
        is_last: bool,
        silent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.question, self._is_silent = question, silent
        self.answer: AnswerInTest | None = None
        self._id, self._is_last = question_id, is_last
        self._option: int | None = None
        self._refusal: Text | None = None
        self.words, self._note, self.outcome = wrapped_label(), wrapped_label(), wrapped_label()
        self.next_button = QPushButton()
        self.next_button.clicked.connect(self.next_wanted)
        self.options = [self._button(index) for index in range(self._offered)]
        self.entry = NumberEntry(question.is_whole) if isinstance(question, NumberQuestion) else None
        self.sentence = _Sentence() if isinstance(question, SentenceQuestion) else None
        self.compare = QPushButton()
        self.compare.clicked.connect(self._commit_sentence)
        self.not_sure = WrappedButton()
        self.not_sure.clicked.connect(lambda: self._commit("", None))
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.words)
        if self.entry is not None:
            self.entry.given.connect(self._number_given)
            self.entry.refused.connect(self._say)
            self._layout.addWidget(self.entry)
        if self.sentence is not None:
            self.sentence.entered.connect(self._commit_sentence)
            self._layout.addWidget(self.sentence)
            self._layout.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self._note)
        if self.sentence is not None:
            # The program's sentence stands above the two options that compare the learner's with it.
            self._layout.addWidget(self.outcome)
        for button in (*self.options, self.not_sure):
            self._layout.addWidget(button)
        if self.sentence is None:
            self._layout.addWidget(self.outcome)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def take_keys(self) -> None:
        """Focus the widget for the answer, or, once answered, the button to the next question."""
        if self.answer is not None:
            self.next_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.entry is not None:
            self.entry.box.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.sentence is not None and not self.is_comparing:
            self.sentence.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            # Not an option: Enter, pressed twice to go on, would answer with it.
            self.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = None
        if self.answer is None and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            meant = next((one for one in self._lettered if Qt.Key(ord(one.sign())) == event.key()), None)
        if meant is None:
            super().keyPressEvent(event)
        else:
            meant.click()

    # What a person does

    @property
    def _lettered(self) -> list[WrappedButton]:
        """The options that can be chosen by their letter at present."""
        if self.sentence is not None:
            return self.options if self.is_comparing else []
        return [*self.options, self.not_sure] if self.options else []

    @property
    def _offered(self) -> int:
        if isinstance(self.question, ChoiceQuestion):
            return len(self.question.options)
        return 2 if isinstance(self.question, SentenceQuestion) else 0

    def _button(self, index: int) -> WrappedButton:
        button = WrappedButton()
        button.clicked.connect(lambda: self._choose(index))
        return button

    def _choose(self, index: int) -> None:
        if self.answer is not None:
            return
        self._option = index
        if isinstance(self.question, ChoiceQuestion):
            wrong = self.question.wrong_at(index)
            self._commit(wrong.mistake if wrong else "", wrong is None)
        elif self.sentence is not None:
            self._commit(self.sentence.text, index == 0)

    def _number_given(self, number: float) -> None:
        if self.entry is not None and isinstance(self.question, NumberQuestion):
            self.entry.show_number(number)
            self._commit(number, self.question.is_right(number))

    def _commit_sentence(self) -> None:
        if self.sentence is None or self.is_comparing:
            return
        if not self.sentence.text:
            self._say(_EMPTY)
            return
        self.sentence.setReadOnly(True)
        self._refusal = None
        self.restyle()
        self.take_keys()

    def _commit(self, given: str | float, right: bool | None) -> None:
        if self.answer is not None:
            return
        self.answer = AnswerInTest(self._id, given, right)
        self._refusal = None
        if self._is_silent:
            self.answered.emit(self.answer)
            self.next_wanted.emit()
            return
        if self.sentence is not None:
            self.sentence.setReadOnly(True)
        self.restyle()
        say(self.outcome, self.outcome.text())
        self.take_keys()
        self.answered.emit(self.answer)

    def _say(self, refusal: Text) -> None:
        self._refusal = refusal
        self.restyle()
        say(self, translate(refusal))

    @property
    def is_comparing(self) -> bool:
        """Whether the learner's sentence was submitted and is shown beside the program's."""
        return self.sentence is not None and self.sentence.isReadOnly()

    # What is shown

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language; the answer stays."""
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(GRID))
        self.words.setFont(font("headline"))
        self.words.setText(translate(self.question.words))
        self.setAccessibleName(translate(self.question.words))
        self.words.setContentsMargins(0, 0, 0, px(GRID))
        for label in (self._note, self.outcome):
            label.setFont(font("text"))
        if isinstance(self.question, NumberQuestion) and self.entry is not None:
            self.entry.show_name(translate(self.question.label))
            self.entry.show_right(self.answer.right if self.answer is not None else None)
            self.entry.setVisible(self.answer is None or self.answer.given != "")
        if self.sentence is not None:
            self.sentence.restyle()
            self.compare.setFont(font("text"))
            self.compare.setText(translate(_COMPARE))
            self.compare.setVisible(not self.is_comparing)
        self._dress_options()
        self._write_note()
        self.outcome.setText(show_joined(self._told()))
        self.outcome.setVisible(bool(self.outcome.text()))
        self.next_button.setFont(font("text"))
        self.next_button.setText(translate(_RESULT if self._is_last else _NEXT))
        self.next_button.setDefault(True)
        self.next_button.setVisible(self.answer is not None)

    def _dress_options(self) -> None:
        is_choice = isinstance(self.question, ChoiceQuestion)
        words = self.question.options if isinstance(self.question, ChoiceQuestion) else (_ALIKE, _NOT_YET)
        for index, button in enumerate(self.options):
            button.set_words("", translate(words[index]))
            button.setEnabled(self.answer is None)
            button.setVisible(
                is_choice or (self.is_comparing and (self.answer is None or self.answer.right is not None))
            )
            sign, color = self._sign(index)
            button.set_sign(sign, color)
        self.not_sure.set_words("", translate(_NOT_SURE))
        has_letter = self.answer is None and self.not_sure in self._lettered
        self.not_sure.set_sign(_letter(len(self.options)) if has_letter else UNSURE, theme().muted_text)
        self.not_sure.setEnabled(self.answer is None)
        self.not_sure.setVisible(not self.is_comparing if self.answer is None else self.answer.right is None)

    def _sign(self, index: int) -> tuple[str, str]:
        if self.answer is None:
            return _letter(index), theme().accent
        if isinstance(self.question, ChoiceQuestion):
            if index == self.question.right_option:
                return RIGHT, theme().right
            return (WRONG, theme().wrong) if index == self._option else (UNSURE, theme().muted_text)
        chosen = index == self._option
        return ("●" if chosen else UNSURE), theme().muted_text

    def _write_note(self) -> None:
        text = self._refusal
        if text is None and self.answer is None and isinstance(self.question, NumberQuestion):
            text = _WHOLE if self.question.is_whole else _NEAR
        self._note.setText(translate(text) if text is not None else "")
        self._note.setVisible(text is not None)
        use_secondary_ink(self._note)

    def _told(self) -> list[Text]:
        """The feedback on the answer: whether it was right, what was wrong with it, and the explanation of the right
        one; of a sentence, the program's own.
        """
        question, answer = self.question, self.answer
        if isinstance(question, SentenceQuestion):
            model = _MODEL(words=question.model)
            if answer is None:
                return [model, _MEANS] if self.is_comparing else []
            return [model]
        if answer is None:
            return []
        told = {True: [IS_RIGHT], False: [IS_WRONG], None: []}[answer.right]
        if isinstance(question, ChoiceQuestion):
            wrong = question.wrong_at(self._option) if self._option is not None else None
            return [*told, *([wrong.why] if wrong is not None else []), question.why]
        slip = question.slip(answer.given) if isinstance(answer.given, (int, float)) else None
        value = [] if answer.right else [_WAS(label=question.label, value=number(question.value))]
        return [*told, *([slip.why] if slip is not None else []), *value, question.why]


class _Sentence(QPlainTextEdit):
    """A text edit for one sentence; Return submits it."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._shorten)

    @property
    def text(self) -> str:
        """The typed text on one line, without superfluous spaces."""
        return " ".join(self.toPlainText().split())

    def restyle(self) -> None:
        """Apply the style's font and the language."""
        self.setFont(font("text"))
        self.setFixedHeight(_HEIGHT_OF_SENTENCE * round(1.4 * pixels("text")) + 2 * GRID)
        self.setPlaceholderText(translate(_YOURS))
        self.setAccessibleName(translate(_YOURS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif self.isReadOnly() and event.text().isalpha():
            # The letter is the key of an option.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _shorten(self) -> None:
        if len(self.toPlainText()) > LONGEST_SENTENCE:
            self.setPlainText(self.toPlainText()[:LONGEST_SENTENCE])
            cursor = self.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.setTextCursor(cursor)


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def show_joined(parts: Sequence[Text]) -> str:
    """The texts in the language in use, joined to one paragraph."""
    return show_one_after_the_other(translate(part) for part in parts)
