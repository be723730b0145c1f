"""Has a class vote on a question: chooses it, has its answers computed, shows the page, and saves the votes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.contract.catalogue import load
from engine.contract.text import Text
from engine.guides.tries import Try, Verdict
from engine.votes.kept import KeptVote, begun_since
from gui.panels.guide.try_checker import TryChecker
from gui.style.appearance import appearance
from gui.style.language import language
from gui.vote import words
from gui.vote.questions import RoomQuestion, at, question_in_five_minutes, question_of_step, questions_of_guide
from gui.vote.vote_page import BESIDE, VotePage
from gui.vote.votes_file import NAME, VotesFile

if TYPE_CHECKING:
    from gui.learner.chapter_end import ChapterEnd
    from gui.lessons.lessons import Lessons
    from gui.page.experiment_page import ExperimentPage
    from gui.run.runner import Runner
    from gui.window.notice_bar import NoticeBar


GOES_ON = timedelta(hours=1)
"""An interrupted vote is resumed only within this time; later, another class is there."""


class Window(Protocol):
    """Protocol of the part of the main window that a vote uses."""

    @property
    def page(self) -> ExperimentPage | None: ...
    @property
    def runner(self) -> Runner: ...

    lessons: Lessons
    chapter_end: ChapterEnd | None

    def show_try(self, experiment_id: str, asked: Try, verdict: Verdict, /) -> None: ...


class Asking(QObject):
    """Controller of the votes on one question after another; ``closed`` is emitted when the page was hidden.

    The page covers the widget ``ground``, whose content stays as it is. While the run is shown beside the page, the
    page is on the right, and ``room``, the layout of the ground, gets a right margin of the page's width.
    """

    closed = Signal()

    def __init__(self, ground: QWidget, room: QVBoxLayout, host: Window, notice: NoticeBar, folder: Path) -> None:
        super().__init__(ground)
        self._ground, self._room, self._host, self._notice = ground, room, host, notice
        self.file = VotesFile(folder / NAME, self)
        self.file.failed.connect(self._notice.show_text)
        self.page = VotePage(ground)
        self.page.hide()
        self.page.changed.connect(self._keep)
        self.page.other_wanted.connect(self._go)
        self.page.entered.connect(self._phase_entered)
        self.page.left.connect(self.close)
        self._questions: list[RoomQuestion] = []
        self._index = 0
        self.verdict: Verdict | None = None
        self._is_beside = False
        self._asked: dict[str, KeptVote] = {}
        self._checker = TryChecker(self)
        self._checker.judged.connect(self._judged)
        self._checker.refused.connect(self._refused)
        ground.installEventFilter(self)
        appearance().changed.connect(self._translate)

    @property
    def is_open(self) -> bool:
        """Whether the page of the vote is shown."""
        return not self.page.isHidden()

    def open(self) -> None:
        """Open the vote on the question of what is visible: test, lesson or guide; a notice if there is none."""
        self._open(*self._at_hand())

    def open_in_five_minutes(self) -> None:
        """Open the vote on the one question that the visible experiment's guide names for a lesson of five minutes."""
        page = self._host.page
        self._open(question_in_five_minutes(page.experiment.id, language()) if page is not None else [], 0)

    def _open(self, questions: list[RoomQuestion], index: int) -> None:
        if not questions:
            self._notice.show_text(words.NO_QUESTION if self._is_in_lesson else words.NOTHING_HERE)
            return
        self._questions, self._index, self._asked = questions, index, {}
        self._is_beside = False
        self._notice.hide()
        self.page.show()
        self._ask()

    def close(self) -> None:
        """Hide the page; the votes counted so far stay saved."""
        self._checker.forget()
        self.page.hide()
        self._is_beside = False
        self._place()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    # Inside

    def _at_hand(self) -> tuple[list[RoomQuestion], int]:
        """The questions of what is visible (test, lesson or guide), and the index of the one that is open there."""
        test, lessons, page = self._host.chapter_end, self._host.lessons, self._host.page
        if test is not None and test.isVisible():
            drawn = test.open_question
            if drawn is None or test.test is None:
                return [], 0
            maker, seed = drawn.maker, test.test.seed
            return [RoomQuestion(f"test:{maker.id}:{seed}", maker.experiment, question=drawn.question)], 0
        if page is None or not page.isVisible():
            return [], 0
        step = lessons.step
        if self._is_in_lesson:
            answers = lessons.answers
            if step is None or answers is None or step.session.run.experiment != page.experiment.id:
                return [], 0
            return question_of_step(step, answers.digest, lessons.place, language()), 0
        questions = questions_of_guide(page.experiment.id, language())
        row = page.panels.guide.open_row
        return questions, at(questions, row.asked.key) if row is not None else 0

    @property
    def _is_in_lesson(self) -> bool:
        """Whether a lesson is shown beside the visible experiment."""
        page = self._host.page
        return self._host.lessons.is_open and page is not None and page.isVisible()

    @property
    def _question(self) -> RoomQuestion:
        return self._questions[self._index]

    @Slot(int)
    def _go(self, step: int) -> None:
        self._index = (self._index + step) % len(self._questions)
        self._is_beside = False
        self._ask()

    def _ask(self) -> None:
        self._checker.forget()
        self.verdict = None
        self._place()
        self.page.raise_()
        self.page.setFocus()
        asked = self._question.in_language(language())
        self.page.show_waiting(self._index + 1, len(self._questions))
        if asked is None:
            self._show_ballot()
        else:
            current = self._host.runner.run if asked.adds else None
            self._checker.check(load(self._question.experiment), asked, current)

    @Slot(object, object)
    def _judged(self, _: Try, verdict: Verdict) -> None:
        self.verdict = verdict
        self._show_ballot()

    @Slot(object)
    def _refused(self, reason: Text) -> None:
        self.page.show_refusal(reason)

    def _show_ballot(self) -> None:
        question = self._question
        ballot = question.ballot(language(), self.verdict)
        if ballot is None:
            self.page.show_refusal(words.UNDECIDED)
            return
        kept = self._asked.get(question.id) or begun_since(self.file.rows(), question.id, datetime.now() - GOES_ON)
        if kept is not None and len(kept.options) != len(ballot.options):
            kept = None
        has_run = question.asked is not None
        self.page.ask(ballot, has_run, self._index + 1, len(self._questions), kept)

    @Slot(str)
    def _phase_entered(self, phase: str) -> None:
        """Show the question's run beside the page from the phase ``stage`` on; before, the page covers the window."""
        beside = phase in ("stage", "told") and "stage" in self.page.phases
        asked = self._question.in_language(language())
        if phase == "stage" and asked is not None and self.verdict is not None:
            self._host.show_try(self._question.experiment, asked, self.verdict)
        if beside != self._is_beside or beside:
            self._is_beside = beside
            self._place()
            self.page.raise_()
            self.page.setFocus()

    @Slot(object)
    def _keep(self, kept: KeptVote) -> None:
        self._asked[kept.question] = kept
        self.file.keep(kept)

    @Slot()
    def _translate(self) -> None:
        if self.is_open and self.page.ballot is not None:
            ballot = self._question.ballot(language(), self.verdict)
            if ballot is not None:
                self.page.translate_to(ballot)

    def _place(self) -> None:
        whole = self._ground.rect()
        beside = round(BESIDE * whole.width()) if self._is_beside and self.is_open else 0
        self._room.setContentsMargins(0, 0, beside, 0)
        left = whole.width() - beside if beside else 0
        self.page.setGeometry(QRect(left, 0, whole.width() - left, whole.height()))
