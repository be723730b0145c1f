"""Counts the frames that were sent to the window and not yet taken by it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Flow:
    """Counts the frames that were ``given`` (sent) to the window since a course (a long run plan) began, and those that
    the window has ``taken``.
    """

    given: int = 0
    taken: int = 0

    @property
    def waiting(self) -> int:
        """The number of frames sent to the window but not yet taken by it."""
        return self.given - self.taken
