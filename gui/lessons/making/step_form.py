"""The form of a lesson's step, with the result of a trial run of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.contract.params import fields_of
from engine.contract.text import Refused, Text, untranslated
from engine.exercises import exercises_of
from engine.lessons.lesson import SEED
from engine.lessons.proving import faults_of
from gui.lessons.making import words
from gui.lessons.making.draft import DraftStep, joined_names, whole_step
from gui.lessons.making.entries import NamedEntry, WordsEntry, line_of, title_entry, words_entry
from gui.lessons.making.lesson_check import LessonCheck
from gui.lessons.making.quantities import Named, example_change, example_claim, fields_named
from gui.lessons.making.question_form import QuestionForm
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink, write_in
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font


class GoalForm(QWidget):
    """The form of a step's goal; emits ``changed`` on input; ``put_into`` writes the goal into a draft."""

    changed = Signal()

    def __init__(self, language_of: Callable[[], str]) -> None:
        super().__init__()
        self.goal = WordsEntry(words.GOAL_WORDS, language_of)
        self.claims = NamedEntry(words.GOAL_CLAIM, tip=words.GOAL_CLAIM_TIP)
        self.labels = WordsEntry(words.GOAL_LABELS, language_of, tip=words.GOAL_LABELS_TIP)
        self.until = NamedEntry(words.GOAL_UNTIL, tip=words.GOAL_UNTIL_TIP)
        self.reference = NamedEntry(words.REFERENCE, tip=words.REFERENCE_TIP)
        self.near = NamedEntry(words.NEAR, tip=words.NEAR_TIP)
        self.why, self.hint = WordsEntry(words.GOAL_WHY, language_of), WordsEntry(words.HINT, language_of)
        self._entries = (
            self.goal, self.claims, self.labels, self.until, self.reference, self.near, self.why, self.hint,
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.goal)
        layout.addWidget(line_of(self.claims, self.labels, self.until))
        layout.addWidget(line_of(self.reference, self.near))
        layout.addWidget(self.why)
        layout.addWidget(self.hint)
        for entry in self._entries:
            entry.changed.connect(self.changed)

    def show_draft(self, draft: DraftStep) -> None:
        """Show a draft's goal."""
        self.goal.show_words(draft.goal)
        self.claims.fill(draft.goal_claims)
        self.labels.show_words(draft.goal_labels)
        self.until.fill(draft.goal_until)
        self.reference.fill(draft.reference)
        self.near.fill(draft.near)
        self.why.show_words(draft.goal_why)
        self.hint.show_words(draft.hint)

    def put_into(self, draft: DraftStep) -> None:
        """Write the goal into a draft."""
        draft.goal, draft.goal_claims, draft.goal_labels = self.goal.words, self.claims.typed.strip(), self.labels.words
        draft.goal_until, draft.reference, draft.near = self.until.typed, self.reference.typed, self.near.typed
        draft.goal_why, draft.hint = self.why.words, self.hint.words

    def suggest(self, change: str, claim: str) -> None:
        """Set the placeholders: examples of a change and a claim for this experiment."""
        self.claims.suggest(claim)
        self.reference.suggest(change)
        self.near.suggest(f"{change} | {change}" if change else "")

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        for entry in self._entries:
            entry.restyle()


_PAUSE_MS = 500
"""The pause in typing, in milliseconds, after which the step is played."""


class StepForm(QWidget):
    """The form of a step; emits ``changed`` on input. After a pause in typing the step is played, and the label
    ``verdict`` says what fails. The dialog places ``verdict`` and the button ``quantities`` where they stay visible;
    ``quantities_of(draft)`` returns the quantities that claims can name.
    """

    changed = Signal()

    def __init__(self, language_of: Callable[[], str], quantities_of: Callable[[DraftStep], Iterable[Named]]) -> None:
        super().__init__()
        self.draft: DraftStep | None = None
        self._quantities_of = quantities_of
        self.title, self.words = title_entry(words.STEP_TITLE, language_of), words_entry(words.WORDS, language_of, 3)
        self.question = QuestionForm(language_of)
        self.about, self.goal = wrapped_label(), GoalForm(language_of)
        self.may_change, self.exercise = QToolButton(), QComboBox()
        self.may_change.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.fields = QMenu(self)
        self.may_change.setMenu(self.fields)
        self.quantities = QPushButton()
        self.quantities.setAutoDefault(False)
        self.quantities.clicked.connect(self._offer_quantities)
        self.verdict = wrapped_label()
        self._headings = {name: PlainLabel() for name in ("question", "goal", "exercise")}
        self._entered: NamedEntry | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID)
        for part in (
            self.title, self.words, self.may_change, self.about, self._headings["question"], self.question,
            self._headings["goal"], self.goal, self._headings["exercise"], self.exercise,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        for form in (self.title, self.words, self.question, self.goal):
            form.changed.connect(self._typed)
        for entry in (*self._claims, *self._changes):
            entry.entered.connect(partial(self._enter, entry))
        self.exercise.activated.connect(self._typed)
        self.trial = LessonCheck(self)
        self.trial.found.connect(self._tell)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.try_it)
        self.restyle()

    def show_draft(self, draft: DraftStep | None) -> None:
        """Show a step to be edited; None disables the form."""
        self.trial.forget()
        self._pause.stop()
        self.draft = draft
        self.setEnabled(draft is not None)
        self.verdict.setText("")
        if draft is None:
            return
        self.title.show_words(draft.title)
        self.words.show_words(draft.words)
        self.question.show_draft(draft)
        self.goal.show_draft(draft)
        self._suggest(draft)
        self._list_fields(draft)
        self._list_exercises(draft)
        self.try_it()

    def try_it(self) -> None:
        """Start playing the step; what fails is shown when that is done."""
        if self.draft is None:
            return
        try:
            step = whole_step(self.draft)
        except Refused as refusal:
            self.trial.forget()
            self._tell((refusal.text,))
            return
        self._write(translate(words.TRYING))
        self.trial.begin(faults_of(step))

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        names = {"question": words.QUESTION, "goal": words.GOAL, "exercise": words.EXERCISE}
        for name, heading in self._headings.items():
            heading.setFont(font("strong"))
            heading.setText(translate(names[name]))
        for part in (self.exercise, self.may_change, self.quantities, self.fields):
            part.setFont(font("text"))
        self.exercise.setAccessibleName(translate(words.EXERCISE))
        self.may_change.setText(translate(words.MAY_CHANGE))
        self.quantities.setText(translate(words.QUANTITIES))
        self.verdict.setFont(font("text"))
        self.quantities.setToolTip(translate(words.QUANTITIES_TIP))
        self.about.setFont(font("notes"))
        use_secondary_ink(self.about)
        self.about.setText(translate(words.ABOUT_CLAIMS))
        for form in (self.title, self.words, self.question, self.goal):
            form.restyle()
        if self.draft is not None:
            self._list_fields(self.draft)
            self._list_exercises(self.draft)

    def offered(self) -> QMenu:
        """A menu of quantities (in an entry for changes, of fields) to insert into the entry that was focused last, or
        else into the first empty claim.
        """
        assert self.draft is not None
        last = self._entered if self._entered is not None and self._entered.isVisible() else None
        entry = last or next((one for one in self._claims if one.isVisible() and not one.typed), self.goal.claims)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(font("text"))
        is_change = entry in self._changes
        offered = fields_named(self.draft.session.run.params) if is_change else self._quantities_of(self.draft)
        for named in offered:
            said = (
                words.NAMED(label=named.label.text, written=named.written)
                if named.label
                else untranslated(named.written)
            )
            action = menu.addAction(translate(said).replace("&", "&&"))
            action.triggered.connect(partial(self._put, entry, named))
        if menu.isEmpty():
            menu.addAction(translate(words.NOT_ON_STAGE)).setEnabled(False)
        return menu

    # Inside

    def _list_fields(self, draft: DraftStep) -> None:
        self.fields.clear()
        fields = fields_of(type(draft.session.run.params))
        named = [(name, field.label) for name, field in fields.items()]
        for name, label in [*named, (SEED, words.SEED)]:
            action = self.fields.addAction(translate(label).replace("&", "&&"))
            action.setCheckable(True)
            action.setData(name)
            action.setChecked(draft.may_change is None or name in draft.may_change)
            action.toggled.connect(self._typed)

    def _list_exercises(self, draft: DraftStep) -> None:
        self.exercise.clear()
        self.exercise.addItem(translate(words.NO_EXERCISE), "")
        for exercise in exercises_of(draft.session.run.experiment):
            self.exercise.addItem(translate(exercise.heading), exercise.id)
        self.exercise.setCurrentIndex(max(0, self.exercise.findData(draft.exercise)))

    def _typed(self, *_: object) -> None:
        draft = self.draft
        if draft is None:
            return
        draft.title, draft.words = self.title.words, self.words.words
        self.question.put_into(draft)
        self.goal.put_into(draft)
        actions = self.fields.actions()
        free = tuple(action.data() for action in actions if action.isChecked())
        may_change = None if len(free) == len(actions) else free
        if may_change != draft.may_change:
            draft.may_change, draft.goal_names = may_change, ()
        draft.exercise = self.exercise.currentData() or ""
        self._pause.start()
        self.changed.emit()

    @property
    def _claims(self) -> list[NamedEntry]:
        """The line edits for claims (conditions such as ``loss<0.1``): those of the question, then that of the goal."""
        return [*self.question.claims(), self.goal.claims]

    @property
    def _changes(self) -> list[NamedEntry]:
        """The line edits for parameter changes: that of the question, then the two of the goal."""
        return [self.question.changes, self.goal.reference, self.goal.near]

    def _offer_quantities(self) -> None:
        if self.draft is not None:
            self.offered().popup(self.quantities.mapToGlobal(QPoint(0, self.quantities.height())))

    def _enter(self, entry: NamedEntry) -> None:
        self._entered = entry

    def _suggest(self, draft: DraftStep) -> None:
        run = draft.session.run
        change, claim = example_change(run.params), example_claim(run.experiment)
        self.question.suggest(change, claim)
        self.goal.suggest(change, claim)

    def _put(self, entry: NamedEntry, named: Named) -> None:
        """Insert a chosen quantity into an entry, and its label into the entry for its name if that is empty."""
        if entry is self.goal.claims:
            if bool(entry.typed) == bool(self.goal.labels.words):
                self.goal.labels.show_words(joined_names(self.goal.labels.words, named.label))
        elif entry in self._claims and not self.question.name_of(entry).words:
            self.question.name_of(entry).show_words(named.label)
        entry.insert(named.written, "&")

    def _tell(self, faults: Sequence[Text]) -> None:
        said = "\n".join(translate(fault) for fault in faults) or translate(words.HOLDS)
        self._write(said, theme().wrong if faults else theme().right)
        say(self.verdict, said)

    def _write(self, said: str, color: str = "") -> None:
        write_in(self.verdict, color or theme().muted_text)
        self.verdict.setText(said)
