"""A test's result: the score by concept, links to experiments, and the learner's sentence beside the program's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.chapter_tests import Drawn
from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Question, SentenceQuestion, number
from engine.contract.catalogue import entry_of
from engine.contract.text import Text, enumerated, without_stop
from engine.glossary import term
from gui.learner.records import AnswerInTest, TakenTest
from gui.panels.guide.answers import RIGHT, UNSURE, WRONG
from gui.panels.wrapped import WrappedButton, wrapped_label
from gui.style.foreground import use_secondary_ink
from gui.style.language import show_one_after_the_other, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_SCORE = Text("{right} of {all} right")
_ALL = Text("All {all} right")
_AGAIN = Text("What was not right comes back among the old questions from tomorrow on.")
_SOME_AGAIN = Text(
    "What was not right and is asked in a guide too comes back among the old questions from tomorrow on."
)
_EARLIER = Text("Before: {results}.")
_ONE_RESULT = Text("{right} of {all} on {day}")
_SEVERAL = Text("{right} of {all} right", context="short")
_YOURS = Text("You wrote: {words}")
_MODEL = Text("The program would say: {words}")
_GIVEN = Text("You answered: {given}. Right: {right}.")
_NOT_GIVEN = Text("You were not sure. Right: {right}.")
_ONCE_MORE = Text("Once more, with other numbers")
_SUMMARY = Text("The chapter in five sentences")
_OVERVIEW = Text("To the overview")
_MOST_EARLIER = 3


class ResultView(QWidget):
    """A test's result. ``question_wanted(id, key)`` is emitted when a row is clicked, with an experiment's id and the
    key of a try there, "" if no try teaches the same.

    ``looked_at`` is the question whose row was opened last; that row gets the focus when the learner returns.
    """

    question_wanted = Signal(str, str)
    again_wanted = Signal()
    summary_wanted = Signal()
    overview_wanted = Signal()

    def __init__(
        self,
        questions: Sequence[Drawn],
        test: TakenTest,
        earlier: Sequence[TakenTest],
        looked_at: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._looked_at = looked_at
        self._test, self._earlier = test, earlier
        self._verdicts: dict[tuple[str, str], list[bool | None]] = {}
        self._tries: dict[tuple[str, str], str] = {}
        self._missed: dict[tuple[str, str], list[tuple[Question, AnswerInTest]]] = {}
        self._returning = [
            bool(one.again) for one, given in zip(questions, test.answers, strict=True) if not given.right
        ]
        for drawn, answer in zip(questions, test.answers, strict=True):
            place = drawn.maker.concept, drawn.maker.experiment
            # Of several questions about one concept, the first that was not right decides which try is opened.
            if place not in self._tries or (all(self._verdicts[place]) and not answer.right):
                self._tries[place] = drawn.again or ""
            self._verdicts.setdefault(place, []).append(answer.right)
            if not answer.right and not isinstance(drawn.question, SentenceQuestion):
                self._missed.setdefault(place, []).append((drawn.question, answer))
        # Rows with a wrong answer come first, since they are the ones to look at.
        places = sorted(self._verdicts, key=lambda place: all(self._verdicts[place]))
        self._layout = QVBoxLayout(self)
        self.score, self.told = wrapped_label(), wrapped_label()
        self._layout.addWidget(self.score)
        self._layout.addWidget(self.told)
        self.rows, self.missed = dict[tuple[str, str], WrappedButton](), dict[tuple[str, str], QLabel]()
        for place in places:
            self.rows[place] = self._row(*place)
            if place in self._missed:
                # Below the row: what was asked, what was answered, and what is right.
                self.missed[place] = wrapped_label()
                self._layout.addWidget(self.missed[place])
        last, said = questions[-1].question, test.answers[-1]
        self._sentence = last if isinstance(last, SentenceQuestion) else None
        self._said = said.given if isinstance(said.given, str) else ""
        self.sentence = wrapped_label()
        # Below the row of what it was about.
        place = questions[-1].maker.concept, questions[-1].maker.experiment
        about: QWidget = self.missed.get(place) or self.rows[place]
        self._layout.insertWidget(self._layout.indexOf(about) + 1, self.sentence)
        self.again_button, self.summary_button, self.overview_button = (QPushButton() for _ in range(3))
        self.again_button.clicked.connect(self.again_wanted)
        self.summary_button.clicked.connect(self.summary_wanted)
        self.overview_button.clicked.connect(self.overview_wanted)
        self._buttons = QHBoxLayout()
        for button in (self.overview_button, self.again_button, self.summary_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout.addLayout(self._buttons)
        self.restyle()

    def take_keys(self) -> None:
        """Focus the row that was opened last, or the first row, since the window scrolls to the focused widget and the
        score is at the top; without rows, the button to the overview.
        """
        asked = ((place, (place[1], key)) for place, key in self._tries.items())
        row = next((self.rows[place] for place, question in asked if question == self._looked_at), None)
        (row or next(iter(self.rows.values()), self.overview_button)).setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(GRID))
        count, every = self._test.count_right, len(self._test.answers)
        self.score.setFont(font("headline"))
        self.score.setText(translate((_ALL if count == every else _SCORE)(right=count, all=every)))
        told = [translate(_AGAIN if all(self._returning) else _SOME_AGAIN)] if any(self._returning) else []
        if self._earlier:
            told.append(translate(_EARLIER(results=enumerated(list(map(_result, self._earlier[-_MOST_EARLIER:]))))))
        self.told.setText(show_one_after_the_other(told))
        self.told.setVisible(bool(told))
        self.told.setFont(font("text"))
        use_secondary_ink(self.told)
        for (concept, experiment), row in self.rows.items():
            self._dress(row, concept, experiment)
        said = [translate(self._sentence.words)] if self._sentence is not None else []
        said += [translate(_YOURS(words=self._said))] if self._said else []
        if self._sentence is not None:
            said.append(translate(_MODEL(words=self._sentence.model)))
        self.sentence.setText("\n".join(said))
        for place, label in self.missed.items():
            label.setText("\n".join(line for one in self._missed[place] for line in _told(*one)))
        for label in (self.sentence, *self.missed.values()):
            label.setFont(font("text"))
            label.setContentsMargins(px(3 * GRID + 4), 0, 0, px(GRID))
        names = {self.again_button: _ONCE_MORE, self.summary_button: _SUMMARY, self.overview_button: _OVERVIEW}
        for button, words in names.items():
            button.setFont(font("text"))
            button.setText(translate(words))

    def _row(self, concept: str, experiment: str) -> WrappedButton:
        row = WrappedButton()
        row.clicked.connect(lambda: self.question_wanted.emit(experiment, self._tries[concept, experiment]))
        self._layout.addWidget(row)
        return row

    def _dress(self, row: WrappedButton, concept: str, experiment: str) -> None:
        verdicts = self._verdicts[concept, experiment]
        entry = entry_of(experiment)
        words = f"{entry.number} {translate(entry.name)}"
        if len(verdicts) > 1:
            words += f" · {translate(_SEVERAL(right=sum(one is True for one in verdicts), all=len(verdicts)))}"
        row.set_words("", f"{_capital(translate(term(concept).name))} · {words}")
        if all(verdicts):
            row.set_sign(RIGHT, theme().right)
        elif False in verdicts:
            row.set_sign(WRONG, theme().wrong)
        else:
            row.set_sign(UNSURE, theme().muted_text)


def _told(question: Question, answer: AnswerInTest) -> tuple[str, ...]:
    """The text of a question, and a sentence with the answer given and the right one."""
    given: Text | None = None
    if isinstance(question, NumberQuestion):
        right = number(question.value)
        given = number(float(answer.given)) if answer.right is not None else None
    elif isinstance(question, ChoiceQuestion):
        right = question.right
        given = next((one.words for one in question.wrong if one.mistake == answer.given), None)
    else:
        return (translate(question.words),)
    told = _NOT_GIVEN(right=without_stop(right)) if given is None else _GIVEN(
        given=without_stop(given), right=without_stop(right)
    )  # fmt: skip
    return translate(question.words), translate(told)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _result(test: TakenTest) -> Text:
    return _ONE_RESULT(right=test.count_right, all=len(test.answers), day=test.begun.isoformat())
