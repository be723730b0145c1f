"""The window for making a lesson, beside the main window, from whose stage the steps are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.contract.language import LANGUAGES, language_of
from engine.contract.run import Session
from engine.contract.text import Refused, Text
from engine.lessons import MOST_STEPS
from engine.lessons.lesson import Lesson
from engine.lessons.proving import proving
from gui.lessons.making import words
from gui.lessons.making.draft import Draft, DraftStep
from gui.lessons.making.entries import title_entry, words_entry
from gui.lessons.making.lesson_check import LessonCheck
from gui.lessons.making.quantities import Named
from gui.lessons.making.step_form import StepForm
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import write_in
from gui.style.language import language, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.dialogs import ask_before_losing


class MakerDialog(QDialog):
    """Edits a draft of a lesson. ``session_of()`` returns what the stage shows, or None; ``quantities_of(draft)`` the
    quantities that a step's claims can name.

    ``proved(lesson)`` is emitted when a lesson is to be saved and passed all checks; ``shown(session)`` asks to show a
    step on the stage.
    """

    proved = Signal(object)
    shown = Signal(object)

    def __init__(
        self,
        draft: Draft,
        session_of: Callable[[], Session | None],
        quantities_of: Callable[[DraftStep], Iterable[Named]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.draft = draft
        self.is_saved = True
        self._session_of = session_of
        self._lesson: Lesson | None = None
        self.written = QComboBox()
        for code in LANGUAGES:
            self.written.addItem(language_of(code).name, code)
        self.written.setCurrentIndex(LANGUAGES.index(language()))
        self.written.activated.connect(self._show_all)
        code_of: Callable[[], str] = self.written.currentData
        self.title = title_entry(words.LESSON_TITLE, code_of)
        self.introduction = words_entry(words.INTRODUCTION, code_of, 2)
        self.steps = QListWidget()
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = QScrollArea()
        self.steps.currentRowChanged.connect(self._step_chosen)
        self.form = StepForm(code_of, quantities_of)
        self.note = wrapped_label()
        names = ("add", "retake", "show", "up", "down", "remove", "save", "close")
        self.buttons = {name: QPushButton() for name in names}
        calls = (
            self.add, self.retake, self._show_step, partial(self._move, -1), partial(self._move, 1), self._remove,
            self.save, self.close,
        )  # fmt: skip
        for button, call in zip(self.buttons.values(), calls, strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, call=call: call())
        for entry in (self.title, self.introduction):
            entry.changed.connect(self._typed)
        self.form.changed.connect(self._step_typed)
        self.trial = LessonCheck(self)
        self.trial.at_step.connect(lambda number: self._say([words.PLAYING(number=number)]))
        self.trial.found.connect(self._judged)
        self._lay_out()
        self._show_all()
        self.steps.setCurrentRow(0 if draft.steps else -1)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    # What a person does

    def add(self) -> None:
        """Add a step after the selected one, which starts from what the stage shows."""
        session = self._session_of()
        if session is None or len(self.draft.steps) >= MOST_STEPS:
            self._say([words.NOTHING_SHOWN if session is None else words.TOO_MANY(most=MOST_STEPS)], wrong=True)
            return
        place = self.steps.currentRow() + 1
        self.draft.steps.insert(place, DraftStep.of_session(session))
        self._list(place)
        self.form.title.box.setFocus()

    def retake(self) -> None:
        """Let the selected step start from what the stage shows now; its texts stay."""
        draft, session = self.form.draft, self._session_of()
        if draft is None or session is None:
            return
        taken = DraftStep.of_session(session)
        if taken.session.run.experiment != draft.session.run.experiment:
            draft.may_change, draft.exercise, draft.goal_names = None, "", ()
        draft.session = taken.session
        self._list(self.steps.currentRow())

    def save(self) -> None:
        """Check the whole lesson; if nothing fails, ``proved`` is emitted, so that it is saved."""
        self.form.trial.forget()
        if not self.draft.steps:
            self._say([words.NO_STEPS], wrong=True)
            return
        try:
            self._lesson = self.draft.lesson()
        except Refused as refusal:
            self._say([words.NOT_SAVED, refusal.text], wrong=True)
            return
        self.buttons["save"].setEnabled(False)
        self.trial.begin(proving(self._lesson))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.trial.forget()
        self.form.trial.forget()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close the window, also on Escape; asks first if there are unsaved changes."""
        if self.is_saved or not self.isVisible():
            super().reject()
            return
        if self.findChild(QMessageBox) is not None:
            return  # the question is open already
        question, lost = translate(words.DISCARD), translate(words.LOST)
        # Not QDialog's own reject: PySide finds the one above by its name, which would ask again.
        ask_before_losing(self, question, lost, words.YES, words.NO, self._discard)

    def _discard(self) -> None:
        self.is_saved = True
        self.reject()

    def sizeHint(self) -> QSize:
        available = self.screen().availableSize()
        return QSize(min(px(860), available.width() - 40), min(px(680), available.height() - 60))

    # Inside

    def _show_step(self) -> None:
        if self.form.draft is not None:
            self.shown.emit(self.form.draft.session)

    def _move(self, by: int) -> None:
        steps, row = self.draft.steps, self.steps.currentRow()
        if 0 <= row < len(steps) and 0 <= row + by < len(steps):
            steps[row], steps[row + by] = steps[row + by], steps[row]
            self._list(row + by)

    def _remove(self) -> None:
        row = self.steps.currentRow()
        if 0 <= row < len(self.draft.steps):
            del self.draft.steps[row]
            self._list(min(row, len(self.draft.steps) - 1))

    def _list(self, chosen: int) -> None:
        """Show the list again after a step was added, removed or moved, and select row ``chosen``."""
        self.is_saved = False
        self._write_steps()
        self.steps.setCurrentRow(chosen)
        self._step_chosen(chosen)
        self._say([])

    def _write_steps(self) -> None:
        self.steps.blockSignals(True)
        row = self.steps.currentRow()
        self.steps.clear()
        code = self.written.currentData()
        for number, draft in enumerate(self.draft.steps, 1):
            title = draft.title.render(code) or translate(words.NO_TITLE)
            self.steps.addItem(words.STEP(number=number, title=title).render(code))
        self.steps.setCurrentRow(row)
        self.steps.blockSignals(False)

    def _step_chosen(self, row: int) -> None:
        is_step = 0 <= row < len(self.draft.steps)
        if is_step and self.form.draft is not self.draft.steps[row]:
            self._area.verticalScrollBar().setValue(0)
        self.form.show_draft(self.draft.steps[row] if is_step else None)
        for name in ("retake", "show", "up", "down", "remove"):
            self.buttons[name].setEnabled(is_step)

    def _typed(self) -> None:
        self.draft.title, self.draft.introduction = self.title.words, self.introduction.words
        self.is_saved = False
        self._say([])

    def _step_typed(self) -> None:
        self.is_saved = False
        self._say([])  # the earlier refusal may no longer be true
        row = self.steps.currentRow()
        item = self.steps.item(row)
        if item is not None and self.form.draft is not None:
            code = self.written.currentData()
            title = self.form.draft.title.render(code) or translate(words.NO_TITLE)
            item.setText(words.STEP(number=row + 1, title=title).render(code))

    def _show_all(self, *_: object) -> None:
        """Show all texts in the chosen language."""
        self.title.show_words(self.draft.title)
        self.introduction.show_words(self.draft.introduction)
        self._write_steps()
        if self.form.draft is not None:
            self.form.show_draft(self.form.draft)

    def _judged(self, faults: Sequence[Text]) -> None:
        self.buttons["save"].setEnabled(True)
        lesson = self._lesson
        if faults or lesson is None:
            self._say([words.NOT_SAVED, *faults], wrong=True)
            return
        self._say([])
        self.proved.emit(lesson)

    def _say(self, said: Sequence[Text], wrong: bool = False) -> None:
        write_in(self.note, theme().wrong if wrong else theme().muted_text)
        self.note.setText("\n".join(map(translate, said)) if said or self.draft.steps else translate(words.EMPTY))
        say(self.note, self.note.text())

    def _lay_out(self) -> None:
        left, right, area = QWidget(), QWidget(), self._area
        below = QGridLayout()
        below.setSpacing(GRID // 2)
        below.addWidget(self.buttons["add"], 0, 0, 1, 2)
        below.addWidget(self.buttons["retake"], 1, 0, 1, 2)
        for index, name in enumerate(("show", "remove", "up", "down")):
            below.addWidget(self.buttons[name], 2 + index // 2, index % 2)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.steps, 1)
        column.addLayout(below)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.form)
        told = QHBoxLayout()
        told.setSpacing(GRID)
        told.addWidget(self.form.quantities, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.form.verdict, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(area, 1)
        column.addLayout(told)
        middle = QSplitter()
        middle.setChildrenCollapsible(False)
        middle.addWidget(left)
        middle.addWidget(right)
        middle.setStretchFactor(1, 1)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.written, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.note, 1)
        foot.addStretch(0)
        foot.addWidget(self.buttons["save"])
        foot.addWidget(self.buttons["close"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.introduction)
        layout.addWidget(middle, 1)
        layout.addLayout(foot)

    def _restyle(self) -> None:
        self.setWindowTitle(translate(words.TITLE))
        names = {
            "add": words.ADD, "retake": words.RETAKE, "show": words.SHOW, "up": words.UP, "down": words.DOWN,
            "remove": words.REMOVE, "save": words.SAVE, "close": words.CLOSE,
        }  # fmt: skip
        for name, text in names.items():
            self.buttons[name].setFont(font("text"))
            self.buttons[name].setText(translate(text))
        for part in (self.steps, self.written, self.note):
            part.setFont(font("text"))
        self.steps.setAccessibleName(translate(words.STEPS))
        self.written.setAccessibleName(translate(words.LANGUAGE))
        self.written.setToolTip(translate(words.LANGUAGE))
        for entry in (self.title, self.introduction):
            entry.restyle()
        self.form.restyle()
        self._step_chosen(self.steps.currentRow())
        self._say([])
