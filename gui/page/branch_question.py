"""What a change means while one looks at an earlier place of a run: whether to continue from there is asked first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.contract.params import Params
from engine.contract.text.text import Text
from gui.form.editor import ParameterEditor
from gui.run.open_run import Memento
from gui.run.runner import Runner
from gui.window.question_bar import QuestionBar

_YES = Text("Continue from here")
_NO = Text("Leave it as it was")
_ASK = Text("Continue from {place} with this change? What came later is dropped; Undo brings it back.")
_GONE_ON = Text(
    "Continued from {place} with the change. What came later, up to {newest}, is dropped; Undo brings it back."
)


class BranchQuestion(QObject):
    """Takes changes of a run's live parameters to the runner.

    At the newest place they go in at once. Scrubbed back they would drop what came later: ``asking`` says that the
    question lies over the stage, and until it is answered the run stays as it is. Answered with yes, the change and
    what it dropped are one step of undo; answered with no, the change is taken back. ``changed(before, after)`` follows
    when a live change was put in; both are the same when a run was brought back. To run on is a yes too: ``gone_on``
    carries what is to be said of that.
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
        """Whether an answer is waited for."""
        return self._before is not None

    def take(self, before: Params, after: Params) -> None:
        """Take over a change that begins no new run; it may have to be asked about first."""
        runner = self._runner
        if self._before is not None and not after.differing_by(self._before, "live"):
            self.forget()
        if runner.state.at_newest or not after.differing_by(before, "live"):
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
        """Follow to another place of the run; at the newest there is nothing to ask."""
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
        """Ask no more: the run has begun anew, or the change was taken back."""
        self._before = None
        self.question.hide()

    @Slot()
    def accept(self) -> None:
        """Continue from the place that is shown, as one step of undo."""
        before = self._before
        if before is None:
            return
        self.forget()
        memento = self._runner.continue_from_here()
        if memento is not None:
            self._editor.join_since(self._index, DroppedPart(self._runner, memento))
        self._apply(before, self._editor.params)

    def go_on(self) -> None:
        """Continue from the place that is shown, since the run is to go on, and tell what that has dropped."""
        here, newest = self._runner.entry, self._runner.newest
        if self.is_asking and here is not None and newest is not None:
            said = _GONE_ON(place=here.label, newest=newest.label)
            self.accept()
            self.gone_on.emit(said)

    @Slot()
    def decline(self) -> None:
        """Take the change back; the run was never touched."""
        if self.is_asking:
            self._editor.undo_stack.setIndex(self._index)
            self.forget()

    def _apply(self, before: Params, after: Params) -> None:
        shown = self._runner.params
        put_in = shown is not None and after.differing_by(shown, "live")
        self._runner.apply(after)
        if after.differing_by(before, "live"):
            # An undo that brings a run back as it was has put nothing in.
            self.changed.emit(before if put_in else after, after)

    def _apply_views(self, before: Params, after: Params) -> None:
        for name in after.differing_by(before, "view"):
            self._runner.change(name, getattr(after, name))


class DroppedPart:
    """What a step of undo brings back beside the parameters, and its redo drops again."""

    def __init__(self, runner: Runner, memento: Memento) -> None:
        self._runner = runner
        self._memento = memento

    def undo(self) -> None:
        """The run as it was."""
        self._runner.restore(self._memento)

    def redo(self) -> None:
        """Back to the place from which it was continued."""
        state, update = self._runner.state, self._memento.branched_at
        if state.newest > update and state.phase not in ("loading", "idle"):
            self._runner.seek(update)
            self._memento = self._runner.continue_from_here() or self._memento
