"""A place of a run that was changed by hand, such as a weight, as a step of undo."""

from __future__ import annotations

from collections.abc import Callable

from engine.contract.text import Text


class PutIn:
    """What stood at a place of the run and what was put there; ``put(path, value)`` puts something there.

    As long as the hand moves on, ``after`` follows it, so that a drag is one step.
    """

    def __init__(self, put: Callable[[str, object], None], path: str, before: object, after: object) -> None:
        self._put = put
        self.path, self.before, self.after = path, before, after

    def undo(self) -> None:
        """Put back what was there."""
        self._put(self.path, self.before)

    def redo(self) -> None:
        """Put in again what was put there."""
        self._put(self.path, self.after)


STEP = Text("{path} by hand", "手动改 {path}")
