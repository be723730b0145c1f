"""How many frames of a course are on their way to whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Flow:
    """Frames ``given`` out since the course began, and how many of these were ``taken``."""

    given: int = 0
    taken: int = 0

    @property
    def waiting(self) -> int:
        """Frames that nobody has taken yet."""
        return self.given - self.taken
