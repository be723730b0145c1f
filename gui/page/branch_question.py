"""Asks whether to continue a run from an earlier entry when a parameter is changed there, since that drops all later
entries.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from engine.contract.params import Params
from engine.contract.text import Text
from gui.form.editor import ParameterEditor
from gui.run.open_run import Memento
from gui.run.runner import Runner
from gui.style.language import translate
from gui.style.typography import font
from gui.window.notice_bar import FloatingBar


class QuestionBar(FloatingBar):
    """A bar with a yes/no question; emits ``accepted`` or ``declined``."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, ground: QWidget, above: QWidget, yes: Text, no: Text) -> None:
        super().__init__(ground, above)
        self._answers = (yes, no)
        self.yes, self.no = QPushButton(), QPushButton()
        for button in (self.yes, self.no):
            self.line.addWidget(button)
        self.yes.clicked.connect(self.accepted)
        self.no.clicked.connect(self.declined)
        self.restyle()

    def restyle(self, *_: object) -> None:
        super().restyle()
        for button, words in zip((self.yes, self.no), self._answers, strict=True):
            button.setFont(font("text"))
            button.setText(translate(words))


_YES = Text("Continue from here")
_NO = Text("Leave it as it was")
_ASK = Text("Continue from {place} with this change? What came later is dropped; Undo brings it back.")
_GONE_ON = Text(
    "Continued from {place} with the change. What came later, up to {newest}, is dropped; Undo brings it back."
)


class BranchQuestion(QObject):
    """Passes parameter changes that need no restart to the runner, and asks first if they would drop recorded updates.

    At the newest update a change is applied at once, and so is, anywhere, a change that only selects what is shown. Any
    other change at an earlier update would drop the later ones: a question is shown over the stage, ``asking`` is
    emitted, and the run stays as it is until it is answered. With yes, the change and the dropped updates form one undo
    step; with no, the change is reverted. Playing on counts as yes; ``gone_on`` then carries a text to show.
    ``changed(before, after)`` carries the parameters when a live change was applied, equal ones when undo restored a
    run.
    """

    asking = Signal()
    gone_on = Signal(object)
    changed = Signal(object, object)

    def __init__(
        self, runner: Runner, editor: ParameterEditor, ground: QWidget, above: QWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._editor = runner, editor
        self.question = QuestionBar(ground, above, _YES, _NO)
        self.question.accepted.connect(self.accept)
        self.question.declined.connect(self.decline)
        self._before: Params | None = None
        self._index = 0

    @property
    def is_asking(self) -> bool:
        """Whether the question is shown and not answered yet."""
        return self._before is not None

    def take(self, before: Params, after: Params) -> None:
        """Apply a change of the parameters that needs no restart, or show the question if it would drop entries."""
        runner = self._runner
        if self._before is not None and not after.differing_by(self._before, "live"):
            self.forget()
        live = after.differing_by(before, "live")
        if not self.is_asking and all(map(runner.looks_back_by, live)):
            self._apply(before, after)
        elif runner.state.at_newest or not live:
            self._apply_views(before, after) if self.is_asking else self._apply(before, after)
        elif self._editor.is_replaying and not self.is_asking:
            # Undo and redo are about what was done last, wherever one looks.
            runner.to_newest()
            self._apply(before, after)
        elif not self._editor.experiment.has_course(after):
            runner.to_newest()
            self._apply(before, after)
        else:
            self._apply_views(before, after)
            if not self.is_asking:
                self._before, self._index = before, self._editor.undo_stack.index() - 1
                runner.pause()
            self.look()

    def look(self) -> None:
        """Update the question to the entry shown now; if that is the newest, close it and apply the change."""
        before = self._before
        if before is None:
            return
        if self._runner.state.at_newest:
            self.forget()
            self._apply(before, self._editor.params)
        elif self._runner.entry is not None:
            self.question.show_text(_ASK(place=self._runner.entry.label))
            self.asking.emit()

    def forget(self) -> None:
        """Close the question without an answer, since the run was restarted or the change reverted."""
        self._before = None
        self.question.hide()

    @Slot()
    def accept(self) -> None:
        """Answer yes: drop the entries after the one shown and apply the change, as one undo step."""
        before = self._before
        if before is None:
            return
        self.forget()
        memento = self._runner.continue_from_here()
        if memento is not None:
            self._editor.join_since(self._index, DroppedPart(self._runner, memento))
        self._apply(before, self._editor.params)

    def go_on(self) -> None:
        """If the question is open, answer yes because the run is to play on, and emit ``gone_on`` with a text that says
        what was dropped.
        """
        here, newest = self._runner.entry, self._runner.newest
        if self.is_asking and here is not None and newest is not None:
            said = _GONE_ON(place=here.label, newest=newest.label)
            self.accept()
            self.gone_on.emit(said)

    @Slot()
    def decline(self) -> None:
        """Answer no: revert the change; the run stays as it is."""
        if self.is_asking:
            self._editor.undo_stack.setIndex(self._index)
            self.forget()

    def _apply(self, before: Params, after: Params) -> None:
        shown = self._runner.params
        put_in = shown is not None and after.differing_by(shown, "live")
        self._runner.apply(after)
        if after.steers_otherwise(before):
            # An undo that brings a run back as it was has put nothing in.
            self.changed.emit(before if put_in else after, after)

    def _apply_views(self, before: Params, after: Params) -> None:
        for name in after.differing_by(before, "view"):
            self._runner.change(name, getattr(after, name))


class DroppedPart:
    """Part of an undo step: undo restores the entries of a run that were dropped, redo drops them again."""

    def __init__(self, runner: Runner, memento: Memento) -> None:
        self._runner = runner
        self._memento = memento

    def undo(self) -> None:
        """Restore the dropped entries."""
        self._runner.restore(self._memento)

    def redo(self) -> None:
        """Drop the later entries again, if the run has gone beyond them."""
        state, update = self._runner.state, self._memento.branched_at
        if state.newest > update and state.phase not in ("loading", "idle"):
            self._runner.seek(update)
            self._memento = self._runner.continue_from_here() or self._memento
