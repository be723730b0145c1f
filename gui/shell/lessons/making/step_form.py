"""One step of a lesson while it is made, with what playing it says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.contract.params import fields_of
from engine.contract.refusal import Refused
from engine.contract.text import Text
from engine.exercises import exercises_of
from engine.lessons.lesson import SEED
from engine.lessons.proving import faults_of
from gui.shell.lessons.making import words
from gui.shell.lessons.making.draft import DraftStep, whole_step
from gui.shell.lessons.making.entries import Entry, WordsEntry, title_entry, words_entry
from gui.shell.lessons.making.question_form import QuestionForm
from gui.shell.lessons.making.trial import Trial
from gui.shell.panels.wrapped_label import wrapped_label
from gui.spoken.telling import say
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font

_PAUSE_MS = 500
"""So long nothing is typed before what was typed is played."""


class StepForm(QWidget):
    """``changed`` when something was typed or chosen. A moment later the step is played, and the verdict says what in
    it does not hold. ``verdict`` and the button ``quantities`` stand where the dialog puts them, to be seen while one
    types; ``quantities_of(draft)`` gives what the stage shows now, path and value.
    """

    changed = Signal()

    def __init__(
        self, language_of: Callable[[], str], quantities_of: Callable[[DraftStep], Iterable[tuple[str, str]]]
    ) -> None:
        super().__init__()
        self.draft: DraftStep | None = None
        self._quantities_of = quantities_of
        self.title, self.words = title_entry(words.STEP_TITLE, language_of), words_entry(words.WORDS, language_of, 3)
        self.question = QuestionForm(language_of)
        self.goal, self.target = (
            WordsEntry(words.GOAL_WORDS, language_of),
            Entry(words.TARGET, most=2000, tip=words.TARGET_TIP),
        )
        self.goal_why, self.hint = WordsEntry(words.GOAL_WHY, language_of), WordsEntry(words.HINT, language_of)
        self.may_change, self.exercise = QToolButton(), QComboBox()
        self.may_change.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.fields = QMenu(self)
        self.may_change.setMenu(self.fields)
        self.quantities = QPushButton()
        self.quantities.setAutoDefault(False)
        self.quantities.clicked.connect(self._offer_quantities)
        self.verdict = wrapped_label()
        self._headings = {name: QLabel() for name in ("question", "goal", "exercise")}
        self._claim: Entry | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID)
        for part in (
            self.title, self.words, self.may_change, self._headings["question"], self.question, self._headings["goal"],
            self.goal, self.target, self.goal_why, self.hint, self._headings["exercise"], self.exercise,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        for entry in (self.title, self.words, self.goal, self.target, self.goal_why, self.hint):
            entry.changed.connect(self._typed)
        self.question.changed.connect(self._typed)
        self.exercise.activated.connect(self._typed)
        self.trial = Trial(self)
        self.trial.found.connect(self._tell)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.try_it)
        self.restyle()

    def show_draft(self, draft: DraftStep | None) -> None:
        """Show a step, or nothing."""
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
        self.goal.show_words(draft.goal)
        self.target.fill(draft.target)
        self.goal_why.show_words(draft.goal_why)
        self.hint.show_words(draft.hint)
        self._list_fields(draft)
        self._list_exercises(draft)
        self.try_it()

    def try_it(self) -> None:
        """Play the step, and say what in it does not hold."""
        if self.draft is None:
            return
        try:
            step = whole_step(self.draft)
        except Refused as refusal:
            self.trial.forget()
            self._tell((refusal.text,))
            return
        self._write(show(words.TRYING))
        self.trial.begin(faults_of(step))

    def restyle(self) -> None:
        """Take fonts and words from the style."""
        names = {"question": words.QUESTION, "goal": words.GOAL, "exercise": words.EXERCISE}
        for name, heading in self._headings.items():
            heading.setFont(font("strong"))
            heading.setText(show(names[name]))
        for part in (self.exercise, self.may_change, self.quantities, self.fields):
            part.setFont(font("text"))
        self.exercise.setAccessibleName(show(words.EXERCISE))
        self.may_change.setText(show(words.MAY_CHANGE))
        self.quantities.setText(show(words.QUANTITIES))
        self.verdict.setFont(font("text"))
        for entry in (self.title, self.words, self.goal, self.target, self.goal_why, self.hint):
            entry.restyle()
        self.question.restyle()
        if self.draft is not None:
            self._list_fields(self.draft)
            self._list_exercises(self.draft)

    # Inside

    def _list_fields(self, draft: DraftStep) -> None:
        self.fields.clear()
        fields = fields_of(type(draft.session.run.params))
        named = [(name, field.label) for name, field in fields.items()]
        for name, label in [*named, (SEED, words.SEED)]:
            action = self.fields.addAction(show(label).replace("&", "&&"))
            action.setCheckable(True)
            action.setData(name)
            action.setChecked(draft.may_change is None or name in draft.may_change)
            action.toggled.connect(self._typed)

    def _list_exercises(self, draft: DraftStep) -> None:
        self.exercise.clear()
        self.exercise.addItem(show(words.NO_EXERCISE), "")
        for exercise in exercises_of(draft.session.run.experiment):
            self.exercise.addItem(show(exercise.heading), exercise.id)
        self.exercise.setCurrentIndex(max(0, self.exercise.findData(draft.exercise)))

    def _typed(self, *_: object) -> None:
        draft = self.draft
        if draft is None:
            return
        draft.title, draft.words = self.title.words, self.words.words
        self.question.put_into(draft)
        draft.goal, draft.target = self.goal.words, self.target.typed.strip()
        draft.goal_why, draft.hint = self.goal_why.words, self.hint.words
        actions = self.fields.actions()
        free = tuple(action.data() for action in actions if action.isChecked())
        draft.may_change = None if len(free) == len(actions) else free
        draft.exercise = self.exercise.currentData() or ""
        self._pause.start()
        self.changed.emit()

    def _offer_quantities(self) -> None:
        """List what the stage shows, to be put where a claim is being typed, or else where the first one is missing."""
        if self.draft is None:
            return
        focus = self.window().focusWidget()
        entries = [*self.question.claims(), self.target]
        here = next((one for one in entries if one.box is focus), None)
        wanted = here or self._claim or next((one for one in entries if one.isVisible() and not one.typed), None)
        menu = QMenu(self)
        menu.setFont(font("text"))
        for path, value in self._quantities_of(self.draft):
            action = menu.addAction(show(words.QUANTITY(path=path, value=value)).replace("&", "&&"))
            action.triggered.connect(lambda _=False, claim=f"{path}={value}": self._put(wanted, claim))
        menu.setEnabled(bool(menu.actions()))
        menu.popup(self.quantities.mapToGlobal(QPoint(0, self.quantities.height())))

    def _put(self, entry: Entry | None, claim: str) -> None:
        if entry is not None and isinstance(entry.box, QLineEdit):
            entry.box.insert(claim)
            entry.box.setFocus()
            self._typed()

    def _tell(self, faults: Sequence[Text]) -> None:
        said = "\n".join(show(fault) for fault in faults) or show(words.HOLDS)
        self._write(said, theme().wrong if faults else theme().right)
        say(self.verdict, said)

    def _write(self, said: str, color: str = "") -> None:
        palette = self.verdict.palette()
        palette.setColor(self.verdict.foregroundRole(), color or theme().muted_text)
        self.verdict.setPalette(palette)
        self.verdict.setText(said)
