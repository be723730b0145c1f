"""The overview: all experiments as a path of cards with the learner's progress, old questions and an old piece."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.contract.catalogue import CatalogueEntry, Chapter, entry_of
from engine.contract.text import Text
from engine.derivations import ids_of as derivations_in
from engine.exercises import ids_of
from gui.learner.learner import OWN_NETWORK, Learner, chapter_key
from gui.learner.old_piece_card import OldPieceSection
from gui.learner.old_pieces import OldPiece, old_piece
from gui.learner.old_questions import OldQuestions
from gui.learner.overview_card import CARD_WIDTH, NARROWEST, OverviewCard
from gui.learner.own_network_line import OwnNetworkLine
from gui.learner.path import OldQuestion, next_entry, old_questions, open_goals, state_of
from gui.learner.progress import Progress
from gui.learner.records import AFTER, BEFORE, TakenTest, last_result, next_form
from gui.plots.drawing.ink import pen
from gui.spoken.interfaces import make_heading
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import language, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.regions import PageArea

_SUMMARY = Text("In five sentences")
_TEST = Text("Test")
_UNDER_WAY = Text("Go on with the test")
_BEST = Text("Test · {right} of {all} at best")
_RESULT = Text("Last result")
_SUMMARY_TIP = Text("Chapter {number} in five sentences")
_TEST_TIP = Text("Eight questions about chapter {number}")
_RESULT_TIP = Text("What came of the last test over chapter {number}")
_BEFORE, _AFTER, _BOTH = Text("Six questions before it"), Text("Six questions after it"), Text("Before and after")
_FORM_TIP = Text("Five minutes before chapter {number} and five after it show what has changed")


class ChapterLinks(QWidget):
    """The link buttons of a chapter. Emits ``summary_wanted(chapter)``, ``test_wanted(chapter)`` and, if a test was
    finished, ``result_wanted(chapter)``; all of them can be used at any time. ``form_wanted(chapter)`` asks for the six
    questions before the chapter, offered until it is begun, or for those after it, offered once the first six were
    answered.
    """

    summary_wanted = Signal(int)
    test_wanted = Signal(int)
    result_wanted = Signal(int)
    form_wanted = Signal(int)

    def __init__(self, chapter: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapter = chapter
        self._tests: Sequence[TakenTest] = ()
        self._forms: Mapping[str, TakenTest] = {}
        self._is_begun = False
        self.summary, self.test, self.result, self.form = (QPushButton() for _ in range(4))
        self.summary.clicked.connect(lambda: self.summary_wanted.emit(chapter))
        self.test.clicked.connect(lambda: self.test_wanted.emit(chapter))
        self.result.clicked.connect(lambda: self.result_wanted.emit(chapter))
        self.form.clicked.connect(lambda: self.form_wanted.emit(chapter))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._room = 0
        self.buttons = (self.summary, self.test, self.result, self.form)
        for button in self.buttons:
            button.setFlat(True)
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        self.restyle()

    def arrange(self, room: int) -> None:
        """Place the links side by side if they fit in so many pixels, otherwise one below another."""
        self._room = room
        widths = [button.sizeHint().width() + GRID for button in self.buttons if not button.isHidden()]
        fits = sum(widths) <= room
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def show_tests(self, tests: Sequence[TakenTest], forms: Mapping[str, TakenTest], is_begun: bool) -> None:
        """Set the tests taken so far, the oldest first, the forms (six questions before and after), and whether the
        chapter was begun.
        """
        self._tests, self._forms, self._is_begun = tests, forms, is_begun
        self.restyle()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        best = max((one for one in self._tests if one.is_finished), key=lambda one: one.count_right, default=None)
        words = _BEST(right=best.count_right, all=len(best.answers)) if best is not None else _TEST
        if self._tests and not self._tests[-1].is_finished:
            words = _UNDER_WAY
        self.result.setVisible(last_result(self._chapter, self._tests) is not None)
        part = next_form(self._forms)
        self.form.setVisible(bool(self._forms) or not self._is_begun)
        named = (
            (self.summary, _SUMMARY, _SUMMARY_TIP), (self.test, words, _TEST_TIP), (self.result, _RESULT, _RESULT_TIP),
            (self.form, {BEFORE: _BEFORE, AFTER: _AFTER, None: _BOTH}[part], _FORM_TIP),
        )  # fmt: skip
        for button, text, tip in named:
            button.setFont(font("notes"))
            button.setText(translate(text))
            button.setToolTip(translate(tip(number=self._chapter)))
            button.setAccessibleDescription(button.toolTip())
            write_in(button, theme().accent)
            button.setMaximumHeight(px(28))
        self.arrange(self._room)


@dataclass(frozen=True)
class Stop:
    """A chapter's circle on the path: how many of its experiments were begun, and how many it has (0: under
    construction).
    """

    number: int
    begun: int
    all: int


class PathRail(QWidget):
    """Paints the path: a numbered circle for each chapter beside its heading. ``headings`` are widgets in its layout,
    which begins ``left()`` pixels from the left edge.

    A circle is grey, in the accent colour once the chapter was begun; filled when all its experiments were begun;
    dotted while the chapter is under construction.
    """

    def __init__(self, headings: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._stops: list[Stop] = []

    def left(self) -> int:
        """The width of the painted column, in pixels."""
        return px(26) + 2 * GRID

    def show_stops(self, stops: list[Stop]) -> None:
        """Show the progress: one ``Stop`` for each heading, in their order."""
        self._stops = stops
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        radius = px(26) / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            places = [QPointF(radius + 1, heading.geometry().center().y() + 0.5) for heading in self._headings]
            for (stop, place), (_, below) in itertools.pairwise(zip(self._stops, places, strict=True)):
                done = stop.all and stop.begun == stop.all
                painter.setPen(pen(colors.accent if done else colors.control_outline, 2))
                painter.drawLine(place + QPointF(0, radius + 3), below - QPointF(0, radius + 3))
            painter.setFont(font("strong"))
            for stop, place in zip(self._stops, places, strict=True):
                whole = bool(stop.all) and stop.begun == stop.all
                outline = colors.accent if stop.begun else colors.control_outline
                dashes = Qt.PenStyle.SolidLine if stop.all else Qt.PenStyle.DotLine
                painter.setPen(pen(outline, 2, dashes))
                painter.setBrush(QBrush(QColor(colors.accent)) if whole else QBrush(Qt.BrushStyle.NoBrush))
                circle = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
                painter.drawEllipse(circle)
                painter.setPen(
                    QColor(colors.accent_text if whole else colors.text if stop.begun else colors.muted_text)
                )
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(stop.number))


_BEGUN = Text("{line} · {count} of {all} begun")


class Overview(PageArea):
    """The overview page. Emits ``experiment_chosen(id)``, ``try_wanted(id, try, verdict)``, and ``summary_wanted``,
    ``test_wanted``, ``result_wanted`` and ``form_wanted`` with a chapter's number; ``own_network_wanted()`` for the
    learner's own network at the end of the path; ``unheld`` as ``OldPieceSection`` does.

    Tab and the arrow keys move between cards, Enter and Space choose one. All experiments can be opened at any time.
    """

    experiment_chosen = Signal(str)
    try_wanted = Signal(str, object, object)
    summary_wanted = Signal(int)
    test_wanted = Signal(int)
    result_wanted = Signal(int)
    form_wanted = Signal(int)
    own_network_wanted = Signal()
    unheld = Signal(object)

    def __init__(self, chapters: tuple[Chapter, ...], learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent, fits=False)
        self._chapters, self._learner = chapters, learner
        self._progress: dict[str, Progress] = {}
        self._grids: list[QGridLayout] = []
        self._headings: list[QLabel] = []
        self._lines: list[QLabel] = []
        self.links: dict[int, ChapterLinks] = {}
        self.cards: dict[str, OverviewCard] = {}
        self._columns = 0
        self.questions = OldQuestions()
        self.questions.answered.connect(self._answered)
        self.questions.wanted.connect(self._question_wanted)
        self.piece = OldPieceSection()
        self.piece.answered.connect(self._piece_answered)
        self.piece.wanted.connect(lambda piece: self.experiment_chosen.emit(piece.experiment))
        self.piece.unheld.connect(self.unheld)
        self._rail = PathRail(self._headings)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.questions)
        layout.addWidget(self.piece)
        layout.addWidget(self._rail)
        self._path = QVBoxLayout(self._rail)
        self._path.setSpacing(GRID)
        for chapter in chapters:
            self._add_chapter(chapter)
        self.own_network = OwnNetworkLine()
        self.own_network.wanted.connect(self.own_network_wanted)
        self._path.addWidget(self.own_network)
        layout.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        self._restyle()
        appearance().changed.connect(self._restyle)
        learner.changed.connect(self._learner_changed)

    def focus_card(self, experiment_id: str | None) -> None:
        """Focus the first old question, else the old piece; if there is neither, the card of this experiment, or the
        first card.
        """
        first = next(iter(self.cards.values()), None)
        card = self.cards.get(experiment_id, first) if experiment_id is not None else first
        if self.questions.cards:
            self.questions.cards[0].row.button.setFocus(Qt.FocusReason.TabFocusReason)
            self.verticalScrollBar().setValue(0)
        elif self.piece.card is not None:
            self.piece.card.take_keys()
            self.verticalScrollBar().setValue(0)
        elif card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._progress = self._learner.whole_progress()
        again = old_questions(self._progress, self._learner.today()) if self._learner.asks_again else ()
        self.questions.offer(again)
        self._offer_piece()
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
            self.cards[entry.id] = self._card(entry)
        self._path.addWidget(heading)
        self._path.addWidget(line)
        if chapter.entries:
            links = self.links[chapter.number] = ChapterLinks(chapter.number)
            links.summary_wanted.connect(self.summary_wanted)
            links.test_wanted.connect(self.test_wanted)
            links.result_wanted.connect(self.result_wanted)
            links.form_wanted.connect(self.form_wanted)
            self._path.addWidget(links)
        self._path.addLayout(grid)
        self._path.addSpacing(GRID)
        self._headings.append(heading)
        self._lines.append(line)
        self._grids.append(grid)

    def _card(self, entry: CatalogueEntry) -> OverviewCard:
        card = OverviewCard(entry)
        card.clicked.connect(self._card_clicked)
        card.stepped.connect(self._card_stepped)
        return card

    # What a person does

    def _sending(self) -> OverviewCard:
        """The card that is emitting a signal."""
        card = self.sender()
        assert isinstance(card, OverviewCard)
        return card

    def _card_clicked(self) -> None:
        self.experiment_chosen.emit(self._sending().entry.id)

    def _card_stepped(self, across: int, down: int) -> None:
        self._step_from(self._sending(), across, down)

    def _step_from(self, card: OverviewCard, across: int, down: int) -> None:
        """Focus the card beside, above or below ``card``; the first row of a chapter follows the last row of the
        chapter before.
        """
        rows = [
            [self.cards[entry.id] for entry in chapter.entries[start : start + self._columns]]
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

    def _piece_answered(self, piece: OldPiece, right: bool | None) -> None:
        self._learner.answer_piece(piece.experiment, piece.key, right, piece.turn)

    def _question_wanted(self, question: OldQuestion, asked: object, verdict: object) -> None:
        self.try_wanted.emit(question.experiment, asked, verdict)

    # What is shown

    def _offer_piece(self) -> None:
        """Offer today's old piece, if old questions are asked at all."""
        piece = old_piece(self._progress, self._learner.today()) if self._learner.asks_again else None
        self.piece.offer(piece, self._learner.right_source(piece.key) if piece is not None else None)

    def _learner_changed(self) -> None:
        if not self.isVisible():
            return
        self._progress = self._learner.whole_progress()
        if not self._learner.asks_again or not self._progress:
            self.questions.offer(())
            self.piece.offer(None)
        self._show_states()

    def _show_states(self) -> None:
        today = self._learner.today() if self._learner.asks_again else None
        following = next_entry(self._progress)
        begun = [one for one, progress in self._progress.items() if progress.is_begun and one in self.cards]
        for experiment_id, card in self.cards.items():
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
        self.own_network.show_progress(self._progress.get(OWN_NETWORK, Progress()))
        for number, links in self.links.items():
            own = self._progress.get(chapter_key(number), Progress())
            links.show_tests(own.tests, own.forms, any(entry_of(one).chapter == number for one in begun))

    def _keep_in_view(self) -> None:
        """Keep the focused widget visible after the layout changed."""
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
        for card in self.cards.values():
            card.set_width(max(px(NARROWEST), min(px(CARD_WIDTH), room)))
        for links in self.links.values():
            links.arrange(room)
        if columns == self._columns:
            return
        self._columns = columns
        for chapter, grid in zip(self._chapters, self._grids, strict=True):
            for index, entry in enumerate(chapter.entries):
                grid.addWidget(self.cards[entry.id], index // columns, index % columns)
        self._order_stops()

    def _order_stops(self) -> None:
        """Set the tab order to the reading order: a chapter's links, then its cards."""
        stops: list[QWidget] = []
        for chapter in self._chapters:
            if chapter.number in self.links:
                stops += self.links[chapter.number].buttons
            stops += [self.cards[entry.id] for entry in chapter.entries]
        for one, other in itertools.pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _restyle(self) -> None:
        self._path.setContentsMargins(self._rail.left(), GRID, 0, 0)
        for chapter, heading, line in zip(self._chapters, self._headings, self._lines, strict=True):
            heading.setFont(font("headline"))
            heading.setText(translate(chapter.title))
            line.setFont(font("text"))
            use_secondary_ink(line)
        for card in self.cards.values():
            card.restyle()
        for links in self.links.values():
            links.restyle()
        self.questions.restyle()
        self.piece.restyle()
        self.own_network.restyle()
        self._show_states()
        self._arrange_anew()
