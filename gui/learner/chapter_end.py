"""The pages at the end of a chapter: a summary of five sentences, a test of eight questions, and its result; also the
six questions asked before and after a chapter.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.chapter_tests import FORM_LENGTH, LENGTH, Drawn, draw_form, draw_test
from engine.chapter_tests.summary import Taught, summary_of
from engine.contract.catalogue import Chapter, chapters, entry_of
from engine.contract.text import EMPTY, Text, untranslated
from gui.learner.form_result import FormResult
from gui.learner.learner import Learner
from gui.learner.question_card import QuestionCard
from gui.learner.records import AFTER, BEFORE, AnswerInTest, TakenTest, last_result, next_form
from gui.learner.result_view import ResultView
from gui.panels.wrapped import WrappedButton, wrapped_label
from gui.spoken.interfaces import make_heading
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.regions import PageArea

_BEGIN = Text("Eight questions about it")
_GO_ON = Text("Go on with the test")
_OVERVIEW = Text("To the overview")


class SummaryView(QWidget):
    """The summary: five sentences, each a button to the experiment that shows it, and buttons for the test and the
    overview.
    """

    place_wanted = Signal(str, object)
    test_wanted = Signal()
    overview_wanted = Signal()

    def __init__(self, taught: tuple[Taught, ...], is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taught, self._is_open = taught, is_open
        self._layout = QVBoxLayout(self)
        self.rows = [self._row(one) for one in taught]
        self.test_button, self.overview_button = QPushButton(), QPushButton()
        self.test_button.clicked.connect(self.test_wanted)
        self.overview_button.clicked.connect(self.overview_wanted)
        self._buttons = QHBoxLayout()
        for button in (self.test_button, self.overview_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout.addLayout(self._buttons)
        self.restyle()

    def take_keys(self) -> None:
        """Focus the button of the test."""
        self.test_button.setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(GRID))
        for row, taught in zip(self.rows, self._taught, strict=True):
            entry = entry_of(taught.experiment)
            row.set_words(f"{entry.number} {translate(entry.name)}", translate(taught.words))
            row.set_sign("→", theme().accent)
        self._buttons.setContentsMargins(0, px(GRID), 0, 0)
        for button, words in (
            (self.test_button, _GO_ON if self._is_open else _BEGIN),
            (self.overview_button, _OVERVIEW),
        ):
            button.setFont(font("text"))
            button.setText(translate(words))

    def _row(self, taught: Taught) -> WrappedButton:
        row = WrappedButton()
        row.clicked.connect(lambda: self.place_wanted.emit(taught.experiment, taught.place))
        self._layout.addWidget(row)
        return row


_WIDEST = 760
_IN_FIVE = Text("{title} in five sentences")
_SEEN = Text("A click opens what shows it.")
_TEST = Text("Test: {title}")
_BEFORE_IT, _AFTER_IT = Text("Six questions before: {title}"), Text("Six questions after: {title}")
_PLACE = Text("Question {number} of {all}")
_LATER = Text("Question {number} of {all} · what was answered is kept; you may go on later")


class ChapterEnd(PageArea):
    """Shows a chapter's summary, its test, the test's result, or the six questions before or after it.
    ``place_wanted(id, try)`` asks to open an experiment, with a try or None; ``question_wanted(id, key)`` to open a
    question of its guide.

    Every answer is stored at once, so that an interrupted test is continued later. ``seed`` returns the random seed
    that draws the numbers of a new test.
    """

    place_wanted = Signal(str, object)
    question_wanted = Signal(str, str)
    title_changed = Signal()
    overview_wanted = Signal()

    def __init__(
        self, learner: Learner, seed: Callable[[], int] = lambda: secrets.randbits(32), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, fits=False)
        self._learner, self._seed = learner, seed
        self._chapter: Chapter | None = None
        self.test: TakenTest | None = None
        self._questions: tuple[Drawn, ...] = ()
        self._looked_at: tuple[str, str] | None = None
        self._form: str | None = None
        self.content: SummaryView | QuestionCard | ResultView | FormResult | None = None
        self._page = QWidget()
        self._column = QWidget()
        self.heading, self.line = wrapped_label(), wrapped_label()
        make_heading(self.heading, 1)
        self._layout = QVBoxLayout(self._column)
        self._layout.addWidget(self.heading)
        self._layout.addWidget(self.line)
        self._layout.addStretch(1)
        across = QHBoxLayout(self._page)
        across.addStretch(1)
        across.addWidget(self._column)
        across.addStretch(1)
        self.setWidget(self._page)
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        appearance().changed.connect(self._restyle)

    @property
    def chapter(self) -> int | None:
        """The number of the chapter that is shown; None if none is."""
        return self._chapter.number if self._chapter is not None else None

    @property
    def title(self) -> Text:
        """The page's title: what is shown, and the chapter's title."""
        title = _IN_FIVE if isinstance(self.content, SummaryView) else _TEST
        if self._form is not None:
            title = _BEFORE_IT if self._form == BEFORE else _AFTER_IT
        return title(title=self._chapter.title) if self._chapter is not None else EMPTY

    @property
    def open_question(self) -> Drawn | None:
        """The unanswered test question that is shown; None if there is none, or if the questions belong to no test."""
        asks = (
            self._form is None
            and isinstance(self.content, QuestionCard)
            and self.content.answer is None
            and self.test is not None
        )
        return self._questions[len(self.test.answers)] if asks and self.test is not None else None

    def show_summary(self, chapter: int) -> None:
        """Show the chapter's summary."""
        self._begin(chapter)
        summary = SummaryView(summary_of(chapter), self._open_test(chapter) is not None)
        summary.place_wanted.connect(self.place_wanted)
        summary.test_wanted.connect(lambda: self.show_test(chapter))
        summary.overview_wanted.connect(self.overview_wanted)
        self._put(summary)

    def show_test(self, chapter: int) -> None:
        """Continue the unfinished test; if there is none, begin one with other numbers than before."""
        self._begin(chapter)
        self._looked_at = None
        self.test = self._open_test(chapter) or TakenTest(self._seed(), self._learner.today())
        self._questions = draw_test(chapter, self.test.seed)
        self._ask()

    def show_result(self, chapter: int) -> None:
        """Show the result of the last finished test, or, if there is none, the test."""
        test = last_result(chapter, self._learner.tests(chapter))
        if test is None:
            self.show_test(chapter)
            return
        self._begin(chapter)
        self.test, self._questions = test, draw_test(chapter, test.seed)
        self._show_result()

    def show_form(self, chapter: int) -> None:
        """Ask the six questions before a chapter; if they were answered, the six after it; if both were, show the
        result.
        """
        self._begin(chapter)
        forms = self._learner.forms(chapter)
        self._form = part = next_form(forms) or AFTER
        known = forms.get(part) or (forms.get(BEFORE) if part == AFTER else None)
        seed = known.seed if known is not None else self._seed()
        self.test = forms.get(part) or TakenTest(seed, self._learner.today())
        self._questions = draw_form(chapter, seed, part == AFTER)
        self._ask_form()

    def take_keys(self) -> None:
        """Move the keyboard focus to the content."""
        if self.content is not None:
            self.content.take_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # The test

    def _open_test(self, chapter: int) -> TakenTest | None:
        """The latest test, if it is unfinished and this version still has its questions; None otherwise."""
        last = next(iter(self._learner.tests(chapter)[-1:]), None)
        return last if last is not None and not last.is_finished and last.is_of(chapter) else None

    def _ask(self) -> None:
        assert self.test is not None
        number = len(self.test.answers)
        if number == LENGTH:
            self._show_result()
            return
        drawn = self._questions[number]
        card = QuestionCard(drawn.maker.id, drawn.question, number == LENGTH - 1)
        card.answered.connect(self._answered)
        card.next_wanted.connect(self._ask)
        self._put(card)

    def _answered(self, answer: AnswerInTest) -> None:
        assert self.test is not None and self._chapter is not None
        drawn = self._questions[len(self.test.answers)]
        self.test = TakenTest(self.test.seed, self.test.begun, (*self.test.answers, answer))
        if not answer.right and drawn.again is not None:
            self._learner.ask_again(drawn.maker.experiment, drawn.again)
        self._learner.keep_test(self._chapter.number, self.test)

    def _ask_form(self) -> None:
        assert self.test is not None and self._chapter is not None
        number = len(self.test.answers)
        if number == FORM_LENGTH:
            forms = self._learner.forms(self._chapter.number)
            result = FormResult(self._questions, forms.get(BEFORE), forms.get(AFTER))
            result.overview_wanted.connect(self.overview_wanted)
            self._put(result)
            return
        drawn = self._questions[number]
        card = QuestionCard(drawn.maker.id, drawn.question, number == FORM_LENGTH - 1, silent=True)
        card.answered.connect(self._form_answered)
        card.next_wanted.connect(self._ask_form)
        self._put(card)

    def _form_answered(self, answer: AnswerInTest) -> None:
        assert self.test is not None and self._chapter is not None and self._form is not None
        self.test = TakenTest(self.test.seed, self.test.begun, (*self.test.answers, answer))
        self._learner.keep_form(self._chapter.number, self._form, self.test)

    def _show_result(self) -> None:
        assert self.test is not None and self._chapter is not None
        number = self._chapter.number
        earlier = [one for one in self._learner.tests(number) if one.is_finished and one.seed != self.test.seed]
        result = ResultView(self._questions, self.test, earlier, self._looked_at)
        result.question_wanted.connect(self._look_at)
        result.again_wanted.connect(lambda: self.show_test(number))
        result.summary_wanted.connect(lambda: self.show_summary(number))
        result.overview_wanted.connect(self.overview_wanted)
        self._put(result)

    def _look_at(self, experiment_id: str, key: str) -> None:
        self._looked_at = experiment_id, key
        self.question_wanted.emit(experiment_id, key)

    # What is shown

    def _begin(self, chapter: int) -> None:
        self._chapter = next(one for one in chapters() if one.number == chapter)
        self.test, self._questions, self._form = None, (), None

    def _put(self, content: SummaryView | QuestionCard | ResultView | FormResult) -> None:
        """Show this widget in place of the content before, and focus it."""
        if self.content is not None:
            self._layout.removeWidget(self.content)
            self.content.hide()
            self.content.deleteLater()
        self.content = content
        self._layout.insertWidget(2, content)
        self._restyle()
        self.verticalScrollBar().setValue(0)
        content.show()
        self.take_keys()
        self.title_changed.emit()

    def _keep_in_view(self) -> None:
        """Scroll so that the relevant part is visible: the feedback on an answer, the focused part of a question, or
        the row of the result to which the learner returns. If there is none, scroll to the top.
        """
        bar, card = self.verticalScrollBar(), self.content
        is_answered = isinstance(card, QuestionCard) and (card.answer is not None or card.is_comparing)
        bar.setValue(bar.maximum() if is_answered else 0)
        focused = QApplication.focusWidget()
        if card is None or focused is None or not card.isAncestorOf(focused):
            return
        if isinstance(card, QuestionCard) or isinstance(focused, WrappedButton):
            self.ensureWidgetVisible(focused)

    def _fit(self) -> None:
        self._column.setFixedWidth(max(1, min(px(_WIDEST), self.viewport().width() - 4 * GRID)))

    def _restyle(self) -> None:
        if self._chapter is None or self.content is None:
            return
        self._layout.setContentsMargins(0, px(2 * GRID), 0, px(3 * GRID))
        self._layout.setSpacing(px(GRID))
        self.heading.setFont(font("strong" if isinstance(self.content, QuestionCard) else "headline"))
        self.line.setFont(font("text"))
        use_secondary_ink(self.line)
        self.heading.setText(translate(self.title))
        self.line.setText(translate(self._place()))
        self.line.setVisible(bool(self.line.text()))
        self.line.setContentsMargins(0, 0, 0, px(GRID))
        self.content.restyle()
        self._fit()

    def _place(self) -> Text:
        if isinstance(self.content, SummaryView):
            return _SEEN
        if isinstance(self.content, (ResultView, FormResult)) or self.test is None:
            return untranslated("")
        if self._form is not None:
            return _PLACE(number=len(self.test.answers) + 1, all=FORM_LENGTH)
        # The last answered question is still shown, with its explanation.
        answered = isinstance(self.content, QuestionCard) and self.content.answer is not None
        number = len(self.test.answers) + (0 if answered else 1)
        return (_PLACE if number > 1 else _LATER)(number=number, all=LENGTH)
