"""All experiments as a path: a picture and a line each, how far one has come, and what is asked again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QVBoxLayout, QWidget

from engine.contract.catalogue import Chapter, Entry
from engine.contract.text.text import Text
from engine.derivations import ids_of as derivations_in
from engine.exercises import ids_of
from gui.learner.chapter_links import ChapterLinks
from gui.learner.learner import Learner, chapter_key
from gui.learner.old_questions import OldQuestions
from gui.learner.overview_card import CARD_WIDTH, NARROWEST, OverviewCard
from gui.learner.path import OldQuestion, next_entry, old_questions, open_goals, state_of
from gui.learner.path_rail import PathRail, Stop
from gui.learner.progress import Progress
from gui.spoken.factory import make_heading
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.page_area import PageArea

_BEGUN = Text("{line} · {count} of {all} begun")


class Overview(PageArea):
    """``experiment_chosen`` carries an id, ``try_wanted`` an id with a try and what came of it,
    ``summary_wanted``, ``test_wanted`` and ``result_wanted`` a chapter.

    Tab and the arrow keys go from card to card, Enter and Space choose one. Nothing is locked.
    """

    experiment_chosen = Signal(str)
    try_wanted = Signal(str, object, object)
    summary_wanted = Signal(int)
    test_wanted = Signal(int)
    result_wanted = Signal(int)

    def __init__(self, chapters: tuple[Chapter, ...], learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent, fits=False)
        self._chapters, self._learner = chapters, learner
        self._progress: dict[str, Progress] = {}
        self._grids: list[QGridLayout] = []
        self._headings: list[QLabel] = []
        self._lines: list[QLabel] = []
        self.links: dict[int, ChapterLinks] = {}
        self._cards: dict[str, OverviewCard] = {}
        self._columns = 0
        self.questions = OldQuestions()
        self.questions.answered.connect(self._answered)
        self.questions.wanted.connect(self._question_wanted)
        self._rail = PathRail(self._headings)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.questions)
        layout.addWidget(self._rail)
        self._path = QVBoxLayout(self._rail)
        self._path.setSpacing(GRID)
        for chapter in chapters:
            self._add_chapter(chapter)
        layout.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        self._restyle()
        appearance().changed.connect(self._restyle)
        learner.changed.connect(self._learner_changed)

    def focus_card(self, experiment_id: str | None) -> None:
        """Give the keys to the first old question, or to the card of an experiment, or to the first one."""
        first = next(iter(self._cards.values()), None)
        card = self._cards.get(experiment_id, first) if experiment_id is not None else first
        if self.questions.cards:
            self.questions.cards[0].row.button.setFocus(Qt.FocusReason.TabFocusReason)
            self.verticalScrollBar().setValue(0)
        elif card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._progress = self._learner.whole_progress()
        again = old_questions(self._progress, self._learner.today()) if self._learner.asks_again else ()
        self.questions.offer(again)
        self._show_states()
        self._arrange_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add_chapter(self, chapter: Chapter) -> None:
        heading, line, grid = QLabel(), QLabel(), QGridLayout()
        make_heading(heading, 2)
        line.setWordWrap(True)
        grid.setSpacing(2 * GRID)
        grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for entry in chapter.entries:
            self._cards[entry.id] = self._card(entry)
        self._path.addWidget(heading)
        self._path.addWidget(line)
        if chapter.entries:
            links = self.links[chapter.number] = ChapterLinks(chapter.number)
            links.summary_wanted.connect(self.summary_wanted)
            links.test_wanted.connect(self.test_wanted)
            links.result_wanted.connect(self.result_wanted)
            self._path.addWidget(links)
        self._path.addLayout(grid)
        self._path.addSpacing(GRID)
        self._headings.append(heading)
        self._lines.append(line)
        self._grids.append(grid)

    def _card(self, entry: Entry) -> OverviewCard:
        card = OverviewCard(entry)
        card.clicked.connect(self._card_clicked)
        card.stepped.connect(self._card_stepped)
        return card

    # What a person does

    def _sending(self) -> OverviewCard:
        """The card that says something just now."""
        card = self.sender()
        assert isinstance(card, OverviewCard)
        return card

    def _card_clicked(self) -> None:
        self.experiment_chosen.emit(self._sending().entry.id)

    def _card_stepped(self, across: int, down: int) -> None:
        self._step_from(self._sending(), across, down)

    def _step_from(self, card: OverviewCard, across: int, down: int) -> None:
        """Give the keys to the card beside, above or below one; rows of different chapters follow one another."""
        rows = [
            [self._cards[entry.id] for entry in chapter.entries[start : start + self._columns]]
            for chapter in self._chapters
            for start in range(0, len(chapter.entries), self._columns)
        ]
        row = next(index for index, cards in enumerate(rows) if card in cards)
        column = rows[row].index(card)
        if across:
            line = [one for cards in rows for one in cards]
            index = line.index(card) + across
        else:
            line = [cards[min(column, len(cards) - 1)] for cards in rows]
            index = row + down
        if 0 <= index < len(line):
            line[index].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(line[index])

    def _answered(self, question: OldQuestion, right: bool | None) -> None:
        self._learner.answer(question.experiment, question.key, right, question.variant)

    def _question_wanted(self, question: OldQuestion, asked: object, verdict: object) -> None:
        self.try_wanted.emit(question.experiment, asked, verdict)

    # What is shown

    def _learner_changed(self) -> None:
        if not self.isVisible():
            return
        self._progress = self._learner.whole_progress()
        if not self._learner.asks_again or not self._progress:
            self.questions.offer(())
        self._show_states()

    def _show_states(self) -> None:
        today = self._learner.today() if self._learner.asks_again else None
        following = next_entry(self._progress)
        begun = [one for one, progress in self._progress.items() if progress.is_begun and one in self._cards]
        for experiment_id, card in self._cards.items():
            progress = self._progress.get(experiment_id, Progress())
            state = state_of(card.entry, progress, today)
            exercises = ids_of(card.entry.id)
            written = len(progress.written & set(exercises))
            goals = open_goals(card.entry, progress, language())
            derivations = derivations_in(card.entry.id)
            derived = len(progress.derived & set(derivations))
            counts = (written, len(exercises), derived, len(derivations))
            card.show_state(state, card.entry == following, not begun, *goals, *counts)
        stops = []
        for chapter, line in zip(self._chapters, self._lines, strict=True):
            count = sum(entry.id in begun for entry in chapter.entries)
            stops.append(Stop(chapter.number, count, len(chapter.entries)))
            if not chapter.entries:
                line.setText(translate(words.COMING(line=chapter.line)))
            elif count:
                line.setText(translate(_BEGUN(line=chapter.line, count=count, all=len(chapter.entries))))
            else:
                line.setText(translate(chapter.line))
        self._rail.show_stops(stops)
        for number, links in self.links.items():
            links.show_tests(self._progress.get(chapter_key(number), Progress()).tests)

    def _keep_in_view(self) -> None:
        """Where room was made or taken, what has the keys stays to be seen."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)

    def _arrange_anew(self) -> None:
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width() - 6 * GRID
        self.questions.arrange(room)
        room -= self._rail.left()
        columns = max(1, (room + 2 * GRID) // (px(CARD_WIDTH) + 2 * GRID))
        for card in self._cards.values():
            card.set_width(max(px(NARROWEST), min(px(CARD_WIDTH), room)))
        if columns == self._columns:
            return
        self._columns = columns
        for chapter, grid in zip(self._chapters, self._grids, strict=True):
            for index, entry in enumerate(chapter.entries):
                grid.addWidget(self._cards[entry.id], index // columns, index % columns)

    def _restyle(self) -> None:
        self._path.setContentsMargins(self._rail.left(), GRID, 0, 0)
        for chapter, heading, line in zip(self._chapters, self._headings, self._lines, strict=True):
            heading.setFont(font("headline"))
            heading.setText(translate(chapter.title))
            line.setFont(font("text"))
            use_secondary_ink(line)
        for card in self._cards.values():
            card.restyle()
        for links in self.links.values():
            links.restyle()
        self.questions.restyle()
        self._show_states()
        self._arrange_anew()
