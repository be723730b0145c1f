"""The result of the six questions before and after a chapter. Right answers are shown only after the second six."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.chapter_tests import FORM_LENGTH, Drawn
from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Question, number
from engine.contract.text import Text
from gui.learner.records import TakenTest
from gui.learner.stays_words import percents
from gui.learner.what_stays import Share
from gui.panels.wrapped import wrapped_label
from gui.style.language import show_one_after_the_other, translate
from gui.style.tokens import GRID
from gui.style.typography import font, px

_KEPT = Text(
    "Your six answers are kept. What is right is told once you have answered six more after the chapter, with other "
    "numbers."
)
_BOTH = Text("Before the chapter {before} of {all} were right, now {after}.")
_NOW = Text("Now {after} of {all} were right.")
_DOUBT = Text("Six questions say little: before between {low} and {high}%, now between {now_low} and {now_high}%.")
_RIGHT = Text("Right: {answer}.")
_OVERVIEW = Text("To the overview")


class FormResult(QWidget):
    """The result of the six questions (a form) ``before`` and those ``after`` a chapter, either of which may be None or
    unfinished. ``questions`` are those of the form ``after``, if there is one.
    """

    overview_wanted = Signal()

    def __init__(
        self,
        questions: Sequence[Drawn],
        before: TakenTest | None,
        after: TakenTest | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._questions, self._before, self._after = questions, _finished(before), _finished(after)
        self.score = wrapped_label()
        self.missed = [wrapped_label() for _ in self._wrong()]
        self.overview_button = QPushButton()
        self.overview_button.clicked.connect(self.overview_wanted)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.score, *self.missed, self.overview_button):
            self._layout.addWidget(widget)
        self.restyle()

    def take_keys(self) -> None:
        """Focus the button to the overview."""
        self.overview_button.setFocus()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._layout.setSpacing(px(2 * GRID))
        self.score.setFont(font("headline"))
        self.score.setText(show_one_after_the_other(translate(one) for one in self._score()))
        for label, drawn in zip(self.missed, self._wrong(), strict=True):
            label.setFont(font("text"))
            parts = (drawn.question.words, _RIGHT(answer=_right(drawn.question)), _why(drawn.question))
            label.setText(show_one_after_the_other(translate(one) for one in parts))
        self.overview_button.setFont(font("text"))
        self.overview_button.setText(translate(_OVERVIEW))

    def _score(self) -> list[Text]:
        if self._after is None:
            return [_KEPT]
        now = Share(self._after.count_right, FORM_LENGTH)
        if self._before is None:
            return [_NOW(after=now.right, all=now.count)]
        before = Share(self._before.count_right, FORM_LENGTH)
        (low, high), (now_low, now_high) = percents(before), percents(now)
        return [
            _BOTH(before=before.right, after=now.right, all=now.count),
            _DOUBT(low=low, high=high, now_low=now_low, now_high=now_high),
        ]

    def _wrong(self) -> list[Drawn]:
        """The questions after the chapter that were not answered rightly."""
        if self._after is None:
            return []
        return [drawn for drawn, answer in zip(self._questions, self._after.answers, strict=False) if not answer.right]


def _finished(form: TakenTest | None) -> TakenTest | None:
    return form if form is not None and len(form.answers) >= FORM_LENGTH else None


def _right(question: Question) -> Text:
    if isinstance(question, NumberQuestion):
        return number(question.value)
    assert isinstance(question, ChoiceQuestion)  # sentences are left out of forms
    return question.right


def _why(question: Question) -> Text:
    assert isinstance(question, (ChoiceQuestion, NumberQuestion))
    return question.why
