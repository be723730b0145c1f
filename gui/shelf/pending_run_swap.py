"""The step of undo with which one run takes the place of another, whatever of the parameters is another."""

from __future__ import annotations

from engine.contract.text.text import Text

BACK_TO_PINNED = Text("Back to “{name}”")


class PendingRunSwap:
    """``take`` says, once, that such a step was undone or done again; until then ``is_due``."""

    def __init__(self) -> None:
        self.is_due = False

    def undo(self) -> None:
        """Bring the run back that was there before."""
        self.is_due = True

    def redo(self) -> None:
        """Bring the run of the shelf back."""
        self.is_due = True

    def take(self) -> bool:
        """Whether runs are to be exchanged now."""
        due, self.is_due = self.is_due, False
        return due
