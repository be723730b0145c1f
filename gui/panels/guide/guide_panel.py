"""The guide of an experiment: what to see, its questions, its goal, and the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_after, is_last
from engine.contract.experiment import Experiment
from engine.contract.language import language_of
from engine.contract.params import Params, changes_in_words, fields_of
from engine.contract.run import Run
from engine.contract.text import Refused, Text
from engine.glossary import term
from engine.guides.guide import HEADINGS, FurtherGuide, Guide, Try, Verdict, further_guides, load_guide
from gui.form.widgets.combo import OptionList
from gui.form.widgets.disclosure import Disclosure
from gui.learner.goal_strip import GoalStrip
from gui.learner.progress import Given
from gui.panels.data.sheet import Sheet
from gui.panels.guide.try_checker import TryChecker
from gui.panels.guide.try_row import JudgedAnswer, TryRow
from gui.panels.prose import Prose
from gui.panels.wrapped import WrappedButton
from gui.spoken.interfaces import make_heading
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.focus import bring_into_sight
from gui.window.regions import PageArea, takes_keys

if TYPE_CHECKING:
    from gui.panels.guide.glossary_dialog import GlossaryDialog

_Thread = tuple[str, bool, bool | None, bool, bool, frozenset[str]]
_State = tuple[frozenset[str], list[tuple[object, ...]], int, Params | None, _Thread, str]
_BACKGROUND = tuple(name for name in HEADINGS if name not in ("tries", "goals", "next"))
"""The sections that are folded below the questions, under the heading “Background”."""
_PLACE = Text("Question {number} of {all}")
_FIRST_PLACE = Text("{all} questions · {minutes} min")
_ANSWERED = Text("Answered: {count}")
_NEXT_QUESTION = Text("Next question")
_SEE_STAGE = Text("See it on the stage")
_READ_MORE, _GOAL, _GOAL_REACHED = Text("Background"), Text("Goal"), Text("Goal ✓")
_MORE = Text("More")
_OURS, _SOURCE = Text("Layerwise's guide"), Text("Whose guide")


class GuidePanel(PageArea):
    """Shows one question at a time. Answered ones are folded under a line that opens; after the last one follows the
    goal, a state of the experiment to be reached by hand. Further questions (``more``) are folded below.

    ``try_chosen(try)`` asks to apply a try, ``term_chosen(id)`` names a clicked glossary term.
    A try's verdict is computed here: ``try_judged(try, verdict)`` carries it, with the frame that the try is compared
    with. Just before, once a try, ``try_followed(key, answer)`` is emitted when it was followed, or its question
    answered: with a ``JudgedAnswer``, or None. The panel shows the result once the stage has arrived there too.
    ``next_chosen(id)`` asks for the next experiment, "" after the last one, ``chapter_ended(number)`` for the end page
    of a chapter, ``stage_wanted()`` for the stage where there is only room for one of the two.
    ``in_play`` are the names of the parameters that the open question, and the goal while shown, are about;
    ``in_play_changed(names)`` is emitted when they change.
    ``question_opened(try)`` is emitted when an unanswered question is opened, ``goal_opened(goal)`` when a goal is that
    is not reached: the stage is then to show where they start.
    Where packs bring further guides, a choice at the top selects one; ``source_chosen()`` is emitted when it changed.
    Progress is stored under ``progress_key``, a key for each guide.
    """

    try_chosen = Signal(object)
    try_judged = Signal(object, object)
    try_followed = Signal(str, object)
    next_chosen = Signal(str)
    chapter_ended = Signal(int)
    term_chosen = Signal(str)
    in_play_changed = Signal(object)
    stage_wanted = Signal()
    question_opened = Signal(object)
    goal_opened = Signal(object)
    source_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, takes_keys=True)
        self.rows: list[TryRow] = []
        self.path: list[TryRow] = []
        self.guide: Guide | None = None
        self.further: tuple[FurtherGuide, ...] = ()
        self.source = ""
        self.source_list: OptionList | None = None
        self.next_button: WrappedButton | None = None
        self.end_button: WrappedButton | None = None
        self.followed: frozenset[str] = frozenset()
        self.in_play: frozenset[str] = frozenset()
        self.open_row: TryRow | None = None
        self._shows_answered = self._shows_more = self._takes_turns = False
        self._shows_goal: bool | None = None
        self.goal_strip: GoalStrip | None = None
        self._given: Mapping[str, Given] = {}
        self._shown: Experiment | None = None
        self._run: Run | None = None
        self._tried: Params | None = None
        self._guide_is_stale = self._look_is_stale = False
        self._page_layout = QVBoxLayout()
        self._prose: dict[str, Prose] = {}
        self._headings: dict[str, QLabel] = {}
        self._left: _State | None = None
        self._place_left: int | None = None
        self._wanted: str | None = None
        self._awaiting: TryRow | None = None
        self._kept: tuple[TryRow, Verdict] | None = None
        self._stage_stands = True
        self._glossary: GlossaryDialog | None = None
        self._checker = TryChecker(self)
        self._checker.judged.connect(self._judged)
        self._checker.refused.connect(self._refused)
        appearance().changed.connect(self._appearance_changed)

    @property
    def _experiment(self) -> Experiment:
        if self._shown is None:
            raise RuntimeError("there is no experiment whose guide could be shown")
        return self._shown

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the guide of this experiment."""
        self._shown, self.source = experiment, ""
        self.further = further_guides(experiment.id)
        self._run = self._tried = None
        self.followed, self._given = frozenset(), {}
        self._forget_checking()
        self._guide_is_stale = True
        if self.isVisible():
            self._rebuild()

    @property
    def progress_key(self) -> str:
        """The key under which progress in the displayed guide is stored."""
        return next((one.progress for one in self.further if one.source == self.source), self._experiment.id)

    def choose_source(self, source: str) -> None:
        """Show the guide whose ``FurtherGuide.source`` this is, or our own guide for ""."""
        if source == self.source:
            return
        self.source, self._left = source, None
        self.followed, self._given = frozenset(), {}
        self._bind_goals()
        self._rebuild()
        self.source_chosen.emit()

    def look_for_guides(self) -> None:
        """Look again which further guides exist; if the displayed one is gone, show ours."""
        self.further = further_guides(self._experiment.id)
        if self.source and self.source not in [one.source for one in self.further]:
            self.choose_source("")
        elif self.guide is not None:
            self._left = self.state()
            self._guide_is_stale = True
            if self.isVisible():
                self._rebuild()

    def _bind_goals(self) -> None:
        if self.goal_strip is not None:
            self.goal_strip.show_goals((lambda language: self._load(language).goals) if self.source else None)

    def _load(self, language: str) -> Guide:
        """The guide of the chosen source."""
        chosen = next((one for one in self.further if one.source == self.source), None)
        return chosen.load(language) if chosen is not None else load_guide(self._experiment.id, language)

    def take_goal(self, strip: GoalStrip) -> None:
        """Place the widget with the experiment's goal below the questions; called once, before the panel is shown."""
        self.goal_strip = strip
        strip.setParent(self)
        strip.hide()
        strip.reached.connect(self._goal_reached)
        strip.turned.connect(self._goal_turned)

    def set_run(self, run: Run) -> None:
        """Set the current run, whose parameters are the base of a ``try+:``."""
        self._run = run

    def set_tried(self, params: Params) -> None:
        """Set the parameters that the last try put on the stage, to tell them from changes made by hand."""
        self._tried = params

    def set_followed(self, keys: frozenset[str]) -> None:
        """Mark exactly the tries with these keys as followed."""
        is_less = not self.followed <= keys
        row = self.open_row
        # Answered in an earlier session, and only told of now.
        is_old = row is not None and row.asked.key in keys - self.followed and row is not self._awaiting
        self.followed = keys
        self._mark_followed()
        if is_old:
            self._open(self._first_left())
        elif is_less or row is None:
            self._open_first()
        else:
            # If the learner opened another question than the first one left, that stays open.
            self._thread()

    def set_given(self, given: Mapping[str, Given]) -> None:
        """Show the answers of earlier sessions, by the keys of their tries."""
        self._given = given
        for row in self.rows:
            row.recall(given.get(row.asked.key))

    def set_takes_turns(self, takes_turns: bool) -> None:
        """Set whether the stage is hidden while the guide is visible; a button to the stage is then offered."""
        if takes_turns != self._takes_turns:
            self._takes_turns = takes_turns
            self._thread()

    def set_stage_stands(self, stands: bool) -> None:
        """Set whether the stage has arrived at the state a try leads to; results are shown only then."""
        self._stage_stands = stands
        if stands and self._kept is not None:
            kept, self._kept = self._kept, None
            self._say(*kept)

    @property
    def is_checking(self) -> bool:
        """Whether the result of a try is being computed."""
        return self._checker.is_checking

    def state(self) -> _State:
        """Answers, results, scroll position, parameters of the last try, and what is unfolded, for ``take_state`` of
        another panel.
        """
        if self.guide is None and self._left is not None:
            # The guide was not shown since this state was taken over.
            return self.followed, *self._left[1:3], self._tried, self._left[4], self.source
        key = self.open_row.asked.key if self.open_row is not None else ""
        reads_on = self.guide is not None and self.background_button.isChecked()
        thread = key, self._shows_answered, self._shows_goal, self._shows_more, reads_on, self.in_play
        place = self.verticalScrollBar().value() if self._place_left is None else self._place_left
        return self.followed, [row.state() for row in self.rows], place, self._tried, thread, self.source

    def take_state(self, state: _State) -> None:
        """Restore the state of another panel with the same experiment's guide: ``in_play`` at once, the rest once
        built.
        """
        self._left, self.followed, self._tried = state, state[0], state[3]
        self._play(state[4][-1])
        if state[5] in [one.source for one in self.further]:
            self.source = state[5]
            self._bind_goals()
        elif state[5]:
            self._left = None  # what was answered there belongs to a guide that is gone

    def come_to(self, key: str) -> None:
        """Scroll to the try with this key and focus it, once the guide is visible. It is applied, unless its question
        is still open.
        """
        self._wanted = key
        if self.isVisible():
            self._go_to_wanted()

    def open_question(self, key: str) -> None:
        """Show the question with this key, answered or not, as the open one; none for ""."""
        self._come_back_for(key)
        self._open(next((row for row in self.rows if row.asked.key == key), None))

    def open_goal(self, key: str) -> None:
        """Show the goal with this key, due or not, and focus its heading."""
        if self.goal_strip is not None:
            if key not in [goal.key for goal in self.goal_strip.goals]:
                self.choose_source("")
            self._shows_goal = True
            self.goal_strip.choose(key)
            self._thread()
            self.goal_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._turn_to_goal()

    def open_glossary(self, query: str = "") -> None:
        """Open the glossary with a search for ``query``."""
        if self._glossary is None:
            from gui.panels.guide.glossary_dialog import GlossaryDialog

            self._glossary = GlossaryDialog(self)
        self._glossary.show_query(query)

    def show_term(self, term_id: str) -> None:
        """Show the definition of a glossary term in a popup at the pointer."""
        entry = term(term_id)
        sheet = Sheet(translate(entry.name), translate(entry.definition), self.window(), translate(words.ALL_TERMS))
        sheet.followed.connect(self.open_glossary)
        place = QCursor.pos()
        if not self.rect().contains(self.mapFromGlobal(place)):
            place = self.mapToGlobal(self.rect().center())
        sheet.show_below(place)

    def build(self) -> None:
        """Build the guide if that is still to be done, so that showing it takes less time."""
        if self._guide_is_stale:
            self._rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.build()
        if self._look_is_stale:
            self._renew()
        self._scroll_to_place_left()
        self._go_to_wanted()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        prose = next((one for one in self._prose.values() if one.hasFocus() and one.came_by_keys), None)
        above = self._stop_above(prose) if prose is not None and event.key() == Qt.Key.Key_Up else None
        if above is not None:
            above.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            super().keyPressEvent(event)

    def _stop_above(self, prose: Prose) -> QWidget | None:
        """The previous tab stop of a text whose beginning is visible; None if the text can be scrolled up."""
        page = self.widget()
        if page is None or prose.mapTo(self.viewport(), QPoint(0, 0)).y() < 0:
            return None
        before = prose.previousInFocusChain()
        while before is not None and before is not prose and page.isAncestorOf(before):
            if takes_keys(before):
                return before
            before = before.previousInFocusChain()
        return None

    def _go_to_wanted(self) -> None:
        key, self._wanted = self._wanted, None
        self._come_back_for(key or "")
        row = next((row for row in self.rows if row.asked.key == key), None)
        if row is not None:
            self._turn_to(row)
            row.take_up()

    def _come_back_for(self, key: str) -> None:
        """Show our guide again if the displayed one has no question with this key."""
        if key and key not in [row.asked.key for row in self.rows]:
            self.choose_source("")

    # The thread

    @property
    def is_path_done(self) -> bool:
        """Whether every question of the first pass was answered, so that the goal is due."""
        return self._first_left() is None

    def _first_left(self) -> TryRow | None:
        """The first question of the first pass that was not followed yet; None if all were."""
        return next((row for row in self.path if row.asked.key not in self.followed), None)

    def _open_first(self) -> None:
        """Open the first question left, unless an answered one is open."""
        if self.open_row is None or self.open_row.asked.key not in self.followed:
            self._open(self._first_left())
        else:
            self._thread()

    def _open(self, row: TryRow | None) -> None:
        self.open_row = row
        self._shows_more |= row is not None and row.asked.more
        self._thread()

    def _thread(self) -> None:
        """Update what is visible: the open question, the answered ones if unfolded, and the buttons and sections after
        them.
        """
        if self.guide is None:
            return
        done = [row for row in self.path if row.asked.key in self.followed and row is not self.open_row]
        self.answered_button.setVisible(bool(done))
        self.answered_button.set_words(translate(_ANSWERED(count=len(done))))
        shows_answered = self._shows_answered and bool(done)
        self.answered_button.setChecked(shows_answered)
        for row in self.rows:
            row.set_folded(row is not self.open_row)
            among = self._shows_more if row.asked.more else shows_answered and row in done
            row.setVisible(row is self.open_row or among)
        self._prose[_above(self.guide)].setVisible(shows_answered or not done)
        is_open = self.open_row is not None and not self.open_row.asked.more
        self._place_label.setVisible(is_open)
        if self.open_row is not None and is_open:
            number = self.path.index(self.open_row) + 1
            place = _PLACE if done else _FIRST_PLACE(minutes=self.guide.minutes)
            self._place_label.setText(translate(place(number=number, all=len(self.path))))
        is_last = self.is_path_done
        is_answered = self.open_row is not None and self.open_row.asked.key in self.followed and self.open_row.is_told
        # From a further question the learner may go back to what is left of the path.
        self.further_button.setVisible(is_answered if is_open else self.open_row is not None and not is_last)
        self.further_button.setText(translate(_GOAL if is_last else _NEXT_QUESTION))
        self.stage_button.setVisible(self._takes_turns and self.open_row is not None and self.open_row.is_told)
        self._show_goal_section()
        self.more_button.setVisible(len(self.path) < len(self.rows))
        self.more_button.setChecked(self._shows_more)
        self.more_button.set_words(translate(_MORE))
        ends = is_last and not is_open
        for button in (self.next_button, self.end_button):
            if button is not None:
                button.setVisible(ends)
        self._look_at_play()

    def _show_goal_section(self) -> None:
        strip = self.goal_strip
        has_goal = strip is not None and bool(strip.goals)
        self.goal_button.setVisible(has_goal)
        if strip is None:
            return
        due = self.is_path_done and self.open_row is None and not strip.is_reached
        shown = has_goal and (due if self._shows_goal is None else self._shows_goal)
        self.goal_button.setChecked(shown)
        self.goal_button.set_words(translate(_GOAL_REACHED if strip.is_reached else _GOAL))
        strip.setVisible(shown)

    def _goal_reached(self, _: str) -> None:
        # Its reason is read where it stands, until something else is opened.
        self._shows_goal = True
        self._thread()

    def _goal_clicked(self) -> None:
        self._shows_goal = self.goal_button.isChecked()
        self._thread()
        if self._shows_goal:
            self._turn_to_goal()

    @property
    def _shows_an_answer(self) -> bool:
        """Whether the stage shows, or is about to show, the result of the open question."""
        row = self.open_row
        return row is not None and (row.is_told or row is self._awaiting)

    def _answered_clicked(self) -> None:
        self._shows_answered = self.answered_button.isChecked()
        self._thread()

    def _more_clicked(self) -> None:
        self._shows_more = self.more_button.isChecked()
        if not self._shows_more and self.open_row is not None and self.open_row.asked.more:
            self._open(self._first_left())
        else:
            self._thread()

    def _background_clicked(self) -> None:
        for name, heading in self._headings.items():
            for part in (heading, self._prose[name]):
                part.setVisible(self.background_button.isChecked())

    def _further(self) -> None:
        """Go on to the next question, or after the last one to the goal."""
        self._shows_answered = self._shows_more = False
        left = self._first_left()
        self._shows_goal = None
        if left is not None:
            self._turn_to(left)
            left.take_up()
        else:
            self._open(None)
            self._turn_to_goal()

    def _row_opened(self) -> None:
        self._turn_to(self._sending())

    def _turn_to(self, row: TryRow) -> None:
        """Open a question and scroll to it. If it is unanswered, the stage is asked to show where it starts."""
        self._open(row)
        self._scroll_to(row)
        if row.is_open:
            self.question_opened.emit(row.asked)

    def _turn_to_goal(self) -> None:
        """Scroll to the goal, if it is shown. If it is not reached, the stage is asked to show its starting point,
        unless the stage shows an answer.
        """
        strip = self.goal_strip
        if strip is None or strip.goal is None:
            return
        self._scroll_to(strip)
        if not strip.is_reached and not self._shows_an_answer:
            self.goal_opened.emit(strip.goal)

    def _goal_turned(self) -> None:
        self._look_at_play()
        self._turn_to_goal()

    def _look_at_play(self) -> None:
        asked = self.open_row.asked if self.open_row is not None else None
        names = set(asked.changes) if asked is not None else set()
        strip = self.goal_strip
        if strip is not None and strip.goal is not None and not strip.isHidden():
            names |= set(strip.goal.names)
        self._play(frozenset(names))

    def _play(self, names: frozenset[str]) -> None:
        if names != self.in_play:
            self.in_play = names
            self.in_play_changed.emit(names)

    # Building

    def _rebuild(self) -> None:
        self._guide_is_stale = self._look_is_stale = False
        self._forget_checking()
        self.guide = self.next_button = self.end_button = self.open_row = None
        self.rows, self.path, self._prose, self._headings = [], [], {}, {}
        self.source_list = None
        if self.goal_strip is not None:
            # The goal's widget outlives the page that is replaced.
            self.goal_strip.setParent(self)
            self.goal_strip.hide()
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(self.palette().ColorRole.Base)
        layout = QVBoxLayout(page)
        try:
            self.guide = self._load(language())
        except Refused as refusal:
            layout.addWidget(_message(translate(refusal.text)))
        else:
            self._fill(layout, self.guide)
        layout.addStretch(1)
        self.setWidget(page)
        self._page_layout = layout
        self._restyle()

    def _fill(self, layout: QVBoxLayout, guide: Guide) -> None:
        if self.further:
            options = [("", _OURS), *((one.source, one.name) for one in self.further)]
            self.source_list = OptionList(options)
            self.source_list.set_value(self.source)
            self.source_list.chosen.connect(self._source_chosen, Qt.ConnectionType.QueuedConnection)
            layout.addWidget(self.source_list, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addSpacing(px(GRID))
        self.answered_button = Disclosure()
        self.answered_button.clicked.connect(self._answered_clicked)
        layout.addWidget(self.answered_button)
        self._add_prose(layout, _above(guide))
        self._place_label = PlainLabel()
        make_heading(self._place_label, 2)
        for asked in self._tries_of(guide):
            row = TryRow(asked)
            row.chosen.connect(self._chosen)
            row.weighed.connect(self._weighed)
            row.looked.connect(self._looked)
            row.reasoned.connect(self._reasoned)
            row.grew.connect(self._scroll_to)
            row.opened.connect(self._row_opened)
            self.rows.append(row)
        self.path = [row for row in self.rows if not row.asked.more]
        # Answered questions are shown before the open one, whatever their order.
        self._thread_layout = QVBoxLayout()
        layout.addLayout(self._thread_layout)
        self.further_button = QPushButton()
        self.further_button.clicked.connect(self._further)
        self.stage_button = QPushButton()
        self.stage_button.clicked.connect(self._see_stage)
        onwards = QHBoxLayout()
        for button in (self.further_button, self.stage_button):
            onwards.addWidget(button)
        onwards.addStretch(1)
        self.next_button = WrappedButton()
        self.next_button.clicked.connect(self._next_clicked)
        self.goal_button = Disclosure()
        self.goal_button.clicked.connect(self._goal_clicked)
        self.background_button = Disclosure()
        self.background_button.clicked.connect(self._background_clicked)
        self.more_button = Disclosure()
        self.more_button.clicked.connect(self._more_clicked)
        for widget in (self._place_label, *self.path):
            self._thread_layout.addWidget(widget)
        layout.addLayout(onwards)
        layout.addSpacing(px(GRID))
        layout.addWidget(self.goal_button, 0, Qt.AlignmentFlag.AlignLeft)
        if self.goal_strip is not None:
            layout.addWidget(self.goal_strip)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        for row in self.rows:
            if row.asked.more:
                layout.addWidget(row)
        layout.addWidget(self.background_button, 0, Qt.AlignmentFlag.AlignLeft)
        for name in _BACKGROUND:
            if name == _above(guide):
                continue
            heading = self._headings[name] = PlainLabel()
            make_heading(heading, 2)
            layout.addWidget(heading)
            self._add_prose(layout, name)
        self._background_clicked()
        layout.addSpacing(px(GRID))
        if is_last(self._experiment.id):
            self.end_button = WrappedButton()
            self.end_button.clicked.connect(self._end_clicked)
            layout.addWidget(self.end_button)
        layout.addWidget(self.next_button)
        self._mark_followed()
        self.set_given(self._given)
        self._open_first()
        if self._left is not None:
            (_, rows, place, _, thread, _), self._left = self._left, None
            for row, left in zip(self.rows, rows, strict=bool(rows)):
                row.take_state(left)
            if rows:
                key, self._shows_answered, self._shows_goal, self._shows_more, reads_on, _ = thread
                self.background_button.setChecked(reads_on)
                self._background_clicked()
                self.open_question(key)
            self._place_left = place
            if self.isVisible():
                self._scroll_to_place_left()

    def _scroll_to_place_left(self) -> None:
        """Restore the scroll position that was taken over from another panel; to be called when visible."""
        place, self._place_left = self._place_left, None
        if place is not None:
            # Only after the layout has made room is there somewhere to scroll to.
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(place))

    def _add_prose(self, layout: QVBoxLayout, name: str) -> None:
        prose = self._prose[name] = Prose("strong" if name == "question" else "text")
        prose.term_clicked.connect(self._term_clicked)
        layout.addWidget(prose)

    def _restyle(self) -> None:
        self.setAccessibleName(self.guide.title if self.guide else "")
        layout = self._page_layout
        side = px(GRID + GRID // 2)
        layout.setContentsMargins(side, px(GRID), side, side)
        layout.setSpacing(px(GRID // 2))
        if self.guide is not None:
            self._restyle_thread()
        for name, heading in self._headings.items():
            heading.setText(language_of(language()).headings[name])
            heading.setFont(font("notes"))
            heading.setContentsMargins(0, px(GRID), 0, 0)
            use_secondary_ink(heading)
        for name, prose in self._prose.items():
            prose.setAccessibleName(language_of(language()).headings["question" if name == "lead" else name])
            prose.show_blocks(getattr(self.guide, name))
        for row in self.rows:
            row.restyle()
        if self.next_button is not None:
            following = entry_after(self._experiment.id)
            place = following.name if following else words.OVERVIEW
            self.next_button.set_words(translate(words.NEXT_IN_BOOK(name=place)), self.guide.next if self.guide else "")
            self.next_button.set_sign("→", theme().accent)
        if self.end_button is not None:
            self.end_button.set_words(
                translate(words.CHAPTER_END(number=self._experiment.chapter)), translate(words.WHAT_ENDS)
            )
            self.end_button.set_sign("→", theme().accent)

    @Slot(str)
    def _source_chosen(self, source: str) -> None:
        self.choose_source(source)
        if self.source_list is not None:
            self.source_list.setFocus()

    def _restyle_thread(self) -> None:
        if self.source_list is not None:
            self.source_list.setFont(font("notes"))
            self.source_list.retranslate()
            self.source_list.setAccessibleName(translate(_SOURCE))
        self._thread_layout.setSpacing(px(GRID // 2))
        self._place_label.setFont(font("notes"))
        use_secondary_ink(self._place_label)
        self.stage_button.setText(translate(_SEE_STAGE))
        for button in (self.further_button, self.stage_button):
            button.setFont(font("text"))
        self.background_button.set_words(translate(_READ_MORE))
        self._thread()

    def _appearance_changed(self) -> None:
        self._look_is_stale = True
        if self.isVisible() and self._shown is not None and not self._guide_is_stale:
            self._renew()

    def _renew(self) -> None:
        self._look_is_stale = False
        if self.guide is None or self.guide.language != language():
            self._translate()
        else:
            self._restyle()

    def _translate(self) -> None:
        """Show the guide in the language in use, keeping answers and scroll position."""
        place = self.verticalScrollBar().value()
        try:
            guide = self._load(language())
        except Refused:
            guide = None
        if guide is None or self.guide is None or not _alike(guide, self.guide):
            self._rebuild()
            return
        self.guide = guide
        for row, asked in zip(self.rows, self._tries_of(guide), strict=True):
            row.show_try(asked)
        self._restyle()
        self.verticalScrollBar().setValue(place)

    def _tries_of(self, guide: Guide) -> list[Try]:
        """The guide's tries, with parameter values filled in where their texts name a parameter."""
        return [asked.varied(self._experiment, guide.language) for asked in guide.tries]

    # Tries and terms

    def _sending(self) -> TryRow:
        """The row that is emitting a signal."""
        row = self.sender()
        assert isinstance(row, TryRow)
        return row

    def _see_stage(self) -> None:
        """Ask for the stage, and apply the open question's try again if the stage shows something else."""
        row = self.open_row
        if row is not None and self._run is not None and not row.asked.adds:
            asked = row.asked.run(self._experiment)
            if asked.params.differing(self._run.params) or asked.seed != self._run.seed:
                self._apply(row, row.asked)
        self.stage_wanted.emit()

    def _chosen(self, asked: Try) -> None:
        self._apply(self._sending(), asked)

    def _apply(self, row: TryRow, asked: Try) -> None:
        self._await(row)
        row.tell_set_back(self._set_back_for(asked))
        self._checker.check(self._experiment, asked, self._run)
        self.try_chosen.emit(asked)

    def _weighed(self, asked: Try) -> None:
        """Compute the verdict of a try without applying it yet: a wrong first number is asked for once more."""
        self._await(self._sending())
        self._checker.check(self._experiment, asked, self._run)

    def _await(self, row: TryRow) -> None:
        """Make the next result belong to this row, and no longer to another."""
        if self._awaiting is not None and self._awaiting is not row:
            self._awaiting.expect_no_more()
        kept, self._kept, self._awaiting = self._kept, None, row
        if self.open_row is not row and row in self.rows:
            self._open(row)
        if kept is not None and kept[0] is not row:
            # The stage is led elsewhere: the earlier result is known, so show it without waiting for the stage.
            kept[0].show_verdict(kept[1])
            self._mark_followed()

    def _set_back_for(self, asked: Try) -> Text | None:
        """The parameters changed by hand that differ from a question's base, in words; None if there are none."""
        if self._run is None or asked.adds or not asked.asks:
            return None
        shown, base = self._run.params, asked.base(self._experiment).params
        # Left out: view parameters, hidden ones, those the try sets itself, and those unchanged since an earlier try.
        fields = fields_of(type(base)).items()
        hidden = [name for name, field in fields if field.visible is not None and not field.visible.holds(base)]
        tried = [] if self._tried is None else set(fields_of(type(base))) - set(self._tried.differing(shown))
        names = (*base.differing_by(shown, "view"), *hidden, *asked.changes, *tried)
        kept = {name: getattr(shown, name) for name in names}
        return changes_in_words(shown, base.replaced(kept))

    def _mark_followed(self) -> None:
        """Mark the rows of followed tries, except one whose result is not shown yet."""
        silent = self._kept[0] if self._kept is not None else None
        for row in self.rows:
            row.mark_followed(row.asked.key in self.followed and row is not silent)

    def _next_clicked(self) -> None:
        following = entry_after(self._experiment.id)
        self.next_chosen.emit(following.id if following else "")

    def _looked(self, refuting: Try) -> None:
        """Apply the run that refutes a reason; the row has already explained it."""
        self._await(self._sending())
        self._checker.check(self._experiment, refuting, self._run)
        self.try_chosen.emit(refuting)

    def _end_clicked(self) -> None:
        self.chapter_ended.emit(self._experiment.chapter)

    def _judged(self, asked: Try, verdict: Verdict) -> None:
        assert self._awaiting is not None  # a verdict comes only after a row asked for it
        if self._awaiting.is_weighing:
            row = self._awaiting
            if not row.closes(verdict):
                self._scroll_to(row)
                if row.entry is not None:  # the feedback on the number is below the entry
                    self._scroll_to(row.entry)
                return
            row.tell_set_back(self._set_back_for(asked))
            self.try_chosen.emit(asked)
        if asked.key != self._awaiting.asked.key:
            pass  # the run that refutes a reason
        else:
            self._kept = self._awaiting, verdict
            self._keep(self._awaiting, verdict)
            self.set_stage_stands(self._stage_stands)
        self.try_judged.emit(asked, verdict)

    def _keep(self, row: TryRow, verdict: Verdict) -> None:
        answer, key = row.take_answer(verdict), row.asked.key
        if answer is not None or key not in self.followed:
            self.followed |= {key}
            self.try_followed.emit(key, answer)

    @Slot(object)
    def _reasoned(self, answer: JudgedAnswer) -> None:
        """Emit an answer again, now with its reason, so that it is stored anew."""
        self.try_followed.emit(self._sending().asked.key, answer)
        self._mark_followed()

    def _refused(self, reason: Text) -> None:
        assert self._awaiting is not None  # as with a verdict
        self._awaiting.show_refusal(reason)

    def _say(self, row: TryRow, verdict: Verdict) -> None:
        row.show_verdict(verdict)
        self._mark_followed()
        self._thread()
        self._scroll_to(row)
        # Of a row higher than the panel, the new text has to be visible.
        self._scroll_to(row.told_last)

    def _scroll_to(self, part: QWidget) -> None:
        def scroll() -> None:
            self.ensureWidgetVisible(part, 0, px(GRID))
            focus = QApplication.focusWidget()
            if focus is not None and part.isAncestorOf(focus):
                # Of a widget higher than the panel, the focused part has to be visible.
                bring_into_sight(focus)

        # Only after the layout has made room is there somewhere to scroll to.
        QTimer.singleShot(0, part, scroll)

    def _forget_checking(self) -> None:
        self._checker.forget()
        if self._awaiting is not None:
            self._awaiting.expect_no_more()
        self._kept = self._awaiting = None

    def _term_clicked(self, term_id: str) -> None:
        self.term_chosen.emit(term_id)
        self.show_term(term_id)


def _alike(one: Guide, other: Guide) -> bool:
    return _shape(one) == _shape(other)


def _shape(guide: Guide) -> tuple[str, list[tuple[str, bool, int, int]]]:
    return _above(guide), [(asked.target, asked.more, len(asked.answers), len(asked.reasons)) for asked in guide.tries]


def _message(text: str) -> QLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setFont(font("text"))
    return label


def _above(guide: Guide) -> str:
    """The name of the section above the questions: "lead" if the guide has one, otherwise "question"."""
    return "lead" if guide.lead else "question"
