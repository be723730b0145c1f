"""The step of undo that brings back what 'continue from here' dropped."""

from __future__ import annotations

from PySide6.QtGui import QUndoCommand

from engine.contract.text import Text
from gui.run.runner import Runner
from gui.run.visit import Memento
from gui.style.language import show

_NAME = Text("Continue from update {update}", "从第 {update} 步继续")


class ContinueCommand(QUndoCommand):
    """Already done when it is pushed; undo restores the run as it was, redo drops the later part again."""

    def __init__(self, runner: Runner, memento: Memento) -> None:
        super().__init__()
        self._runner = runner
        self._memento: Memento | None = memento
        self._update = memento.branched_at
        self.retranslate()

    def retranslate(self) -> None:
        """Name the step in the language in use."""
        self.setText(show(_NAME.with_values(update=self._update)))

    def undo(self) -> None:
        if self._memento is not None:
            self._runner.restore(self._memento)

    def redo(self) -> None:
        state = self._runner.state
        if state.newest > self._update and state.phase not in ("loading", "idle"):
            self._runner.seek(self._update)
            self._memento = self._runner.continue_from_here()
