"""The guide of an experiment: what to look at, what to try, and where it stands in the book."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from engine.contract.catalogue import entry_after, is_last
from engine.contract.experiment import Experiment
from engine.contract.params import Params, changes_in_words, fields_of
from engine.contract.run.run import Run
from engine.contract.text.language import language_of
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from engine.glossary import term
from engine.guides.guide import HEADINGS, Guide, Try, Verdict, load_guide
from gui.learner.progress import Given
from gui.panels.data.sheet import Sheet
from gui.panels.guide.glossary_dialog import GlossaryDialog
from gui.panels.guide.try_checker import TryChecker
from gui.panels.guide.try_row import TryRow
from gui.panels.prose import Prose
from gui.panels.wrapped_button import WrappedButton
from gui.spoken.factory import make_heading
from gui.style.appearance import appearance
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.plain_label import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.focus.focus_scrolling import bring_into_sight
from gui.window.page_area import PageArea
from gui.window.regions import takes_keys

_State = tuple[frozenset[str], list[tuple[object, ...]], int, Params | None]
_SECTIONS = tuple(name for name in HEADINGS if name not in ("goals", "next"))
"""Goals stand under the headline, where they are seen while one tries, and what leads on in the last button."""


class GuidePanel(PageArea):
    """``try_chosen(try)`` when a try is to be applied, ``term_chosen(id)`` when a term was asked for.

    What a try's claims and answers come to is computed here, whatever the window does with the try;
    ``try_judged(try, verdict)`` tells it, with the frame that the try is compared with. Just before that, once,
    ``try_followed(key, answer)`` tells that the try was followed for the first time, or its question answered: with a
    ``JudgedAnswer``, or None. It is said in the guide once the stage stands there too. ``next_chosen(id)`` tells which
    experiment is wanted next, empty after the last one, ``chapter_ended(number)`` that what ends a chapter is wanted.
    """

    try_chosen = Signal(object)
    try_judged = Signal(object, object)
    try_followed = Signal(str, object)
    next_chosen = Signal(str)
    chapter_ended = Signal(int)
    term_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, takes_keys=True)
        self.rows: list[TryRow] = []
        self.guide: Guide | None = None
        self.next_button: WrappedButton | None = None
        self.end_button: WrappedButton | None = None
        self.followed: frozenset[str] = frozenset()
        self._given: Mapping[str, Given] = {}
        self._shown: Experiment | None = None
        self._run: Run | None = None
        self._tried: Params | None = None
        self._guide_is_stale = self._look_is_stale = False
        self._page_layout = QVBoxLayout()
        self._prose: dict[str, Prose] = {}
        self._headings: dict[str, QLabel] = {}
        self._left: _State | None = None
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
        self._shown = experiment
        self._run = self._tried = None
        self.followed, self._given = frozenset(), {}
        self._forget_checking()
        self._guide_is_stale = True
        if self.isVisible():
            self._rebuild()

    def set_run(self, run: Run) -> None:
        """The run of now, with the parameters as of now: what a ``try+:`` is put on top of."""
        self._run = run

    def set_tried(self, params: Params) -> None:
        """The parameters that a try has put on the stage: they were not chosen by hand."""
        self._tried = params

    def set_followed(self, keys: frozenset[str]) -> None:
        """Mark the tries with these keys as followed, and no others."""
        self.followed = keys
        self._mark_followed()

    def set_given(self, given: Mapping[str, Given]) -> None:
        """Show what was answered at another time to the questions of the tries with these keys."""
        self._given = given
        for row in self.rows:
            row.recall(given.get(row.asked.key))

    def set_stage_stands(self, stands: bool) -> None:
        """Whether the stage stands where it was led; until then it is not said what came of a try."""
        self._stage_stands = stands
        if stands and self._kept is not None:
            kept, self._kept = self._kept, None
            self._say(*kept)

    @property
    def is_checking(self) -> bool:
        """Whether it is still being computed what a try comes to."""
        return self._checker.is_checking

    def state(self) -> _State:
        """What was answered, what came of it, where it is scrolled to and what a try has set last: for ``take_state``
        of another panel.
        """
        return self.followed, [row.state() for row in self.rows], self.verticalScrollBar().value(), self._tried

    def take_state(self, state: _State) -> None:
        """Show, once it is built, what another panel with the guide of the same experiment showed."""
        self._left, self.followed, self._tried = state, state[0], state[-1]

    def come_to(self, key: str) -> None:
        """Scroll to the try with this key and give it the keys, once the guide is to be seen. It is applied, unless its
        question still waits for an answer.
        """
        self._wanted = key
        if self.isVisible():
            self._go_to_wanted()

    def lay_out(self) -> None:
        """Give everything its place now, rather than with the next event."""
        self._page_layout.activate()

    def open_glossary(self, query: str = "") -> None:
        """Show the glossary, searched for ``query``."""
        if self._glossary is None:
            self._glossary = GlossaryDialog(self)
        self._glossary.show_query(query)

    def show_term(self, term_id: str) -> None:
        """Show one term's sentence beside the pointer."""
        entry = term(term_id)
        sheet = Sheet(translate(entry.name), translate(entry.definition), self.window(), translate(words.ALL_TERMS))
        sheet.followed.connect(self.open_glossary)
        place = QCursor.pos()
        if not self.rect().contains(self.mapFromGlobal(place)):
            place = self.mapToGlobal(self.rect().center())
        sheet.show_below(place)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._guide_is_stale:
            self._rebuild()
        elif self._look_is_stale:
            self._renew()
        self._go_to_wanted()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        prose = next((one for one in self._prose.values() if one.hasFocus() and one.came_by_keys), None)
        above = self._stop_above(prose) if prose is not None and event.key() == Qt.Key.Key_Up else None
        if above is not None:
            above.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            super().keyPressEvent(event)

    def _stop_above(self, prose: Prose) -> QWidget | None:
        """What Down came from into a text whose beginning is to be seen; None where there is more to scroll."""
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
        row = next((row for row in self.rows if row.asked.key == key), None)
        if row is not None:
            row.take_up()
            self._scroll_to(row)

    # Building

    def _rebuild(self) -> None:
        self._guide_is_stale = self._look_is_stale = False
        self._forget_checking()
        self.guide = self.next_button = self.end_button = None
        self.rows, self._prose, self._headings = [], {}, {}
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(self.palette().ColorRole.Base)
        layout = QVBoxLayout(page)
        try:
            self.guide = load_guide(self._experiment.id, language())
        except Refused as refusal:
            layout.addWidget(_message(translate(refusal.text)))
        else:
            self._fill(layout, self.guide)
        layout.addStretch(1)
        self.setWidget(page)
        self._page_layout = layout
        self._restyle()

    def _fill(self, layout: QVBoxLayout, guide: Guide) -> None:
        if guide.lead:
            self._add_prose(layout, "lead")
        for name in _SECTIONS:
            heading = self._headings[name] = PlainLabel()
            make_heading(heading, 2)
            layout.addWidget(heading)
            if name == "tries":
                for asked in self._tries_of(guide):
                    row = TryRow(asked)
                    row.chosen.connect(self._chosen)
                    row.looked.connect(self._looked)
                    row.grew.connect(self._scroll_to)
                    self.rows.append(row)
                    layout.addWidget(row)
            else:
                self._add_prose(layout, name)
        self._headings["question"].hide()
        self.next_button = WrappedButton()
        self.next_button.clicked.connect(self._next_clicked)
        layout.addSpacing(px(GRID))
        if is_last(self._experiment.id):
            self.end_button = WrappedButton()
            self.end_button.clicked.connect(self._end_clicked)
            layout.addWidget(self.end_button)
        layout.addWidget(self.next_button)
        self._mark_followed()
        self.set_given(self._given)
        if self._left is not None:
            (_, rows, place, _), self._left = self._left, None
            for row, left in zip(self.rows, rows, strict=bool(rows)):
                row.take_state(left)
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
        """The same guide in the other language, with the answers and the place that were there."""
        place = self.verticalScrollBar().value()
        try:
            guide = load_guide(self._experiment.id, language())
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
        """The tries with their own values where their words name a parameter."""
        return [asked.varied(self._experiment, guide.language) for asked in guide.tries]

    # Tries and terms

    def _sending(self) -> TryRow:
        """The row that says something just now."""
        row = self.sender()
        assert isinstance(row, TryRow)
        return row

    def _chosen(self, asked: Try) -> None:
        row = self._sending()
        self._await(row)
        row.tell_set_back(self._set_back_for(asked))
        self._checker.check(self._experiment, asked, self._run)
        self.try_chosen.emit(asked)

    def _await(self, row: TryRow) -> None:
        """What is computed next is for this row, and no longer for another."""
        if self._awaiting is not None and self._awaiting is not row:
            self._awaiting.expect_no_more()
        kept, self._kept, self._awaiting = self._kept, None, row
        if kept is not None and kept[0] is not row:
            # The stage is led elsewhere: what came of the try is known, and there is nothing left to wait for.
            kept[0].show_verdict(kept[1])
            self._mark_followed()

    def _set_back_for(self, asked: Try) -> Text | None:
        """What was changed by hand on the stage and differs from what a question begins with, in words; None where
        nothing does.
        """
        if self._run is None or asked.adds or not asked.asks:
            return None
        shown, base = self._run.params, asked.base(self._experiment).params
        # What is only looked at, hidden, chosen anew by the try itself, or has stood so since an earlier try, is not.
        fields = fields_of(type(base)).items()
        hidden = [name for name, field in fields if field.visible is not None and not field.visible.holds(base)]
        tried = [] if self._tried is None else set(fields_of(type(base))) - set(self._tried.differing(shown))
        names = (*base.differing_by(shown, "view"), *hidden, *asked.changes, *tried)
        kept = {name: getattr(shown, name) for name in names}
        return changes_in_words(shown, base.replaced(kept))

    def _mark_followed(self) -> None:
        """Mark the rows of what was followed, but for one that has still to say what came of it."""
        silent = self._kept[0] if self._kept is not None else None
        for row in self.rows:
            row.mark_followed(row.asked.key in self.followed and row is not silent)

    def _next_clicked(self) -> None:
        following = entry_after(self._experiment.id)
        self.next_chosen.emit(following.id if following else "")

    def _looked(self, refuting: Try) -> None:
        """Show the run that speaks against a reason; the row has said what is seen there."""
        self._await(self._sending())
        self._checker.check(self._experiment, refuting, self._run)
        self.try_chosen.emit(refuting)

    def _end_clicked(self) -> None:
        self.chapter_ended.emit(self._experiment.chapter)

    def _judged(self, asked: Try, verdict: Verdict) -> None:
        assert self._awaiting is not None  # nothing is judged that no row has asked about
        if asked.key != self._awaiting.asked.key:
            pass  # It was only looked at.
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

    def _refused(self, reason: Text) -> None:
        assert self._awaiting is not None  # as with a verdict
        self._awaiting.show_refusal(reason)

    def _say(self, row: TryRow, verdict: Verdict) -> None:
        row.show_verdict(verdict)
        self._mark_followed()
        self._scroll_to(row)

    def _scroll_to(self, part: QWidget) -> None:
        def scroll() -> None:
            self.ensureWidgetVisible(part, 0, px(GRID))
            focus = QApplication.focusWidget()
            if focus is not None and part.isAncestorOf(focus):
                # Of what is higher than the panel, what has the keys is to be seen.
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


def _shape(guide: Guide) -> tuple[bool, list[tuple[str, int, int]]]:
    return bool(guide.lead), [(asked.target, len(asked.answers), len(asked.reasons)) for asked in guide.tries]


def _message(text: str) -> QLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setFont(font("text"))
    return label
