"""What a part of a page leaves to the same part of the page that comes in its place once that one was let go."""

from __future__ import annotations

from typing import Any


class PageState:
    """A part of a page; ``left`` names the attributes that make up its state."""

    left: tuple[str, ...] = ()

    def state(self) -> tuple[Any, ...]:
        """What is to be handed over, for ``take_state``."""
        return tuple(getattr(self, name) for name in self.left)

    def take_state(self, state: tuple[Any, ...]) -> None:
        """Go on where the part of the page before was."""
        for name, value in zip(self.left, state, strict=True):
            setattr(self, name, value)
