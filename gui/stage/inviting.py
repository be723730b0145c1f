"""Which handle of a view invites to be dragged, as long as nothing was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QGraphicsItem

from engine.contract.interaction.handle import Handle


class Inviting(Protocol):
    """What a view says of its invitation: whether it still stands, and the button that stands for it in some."""

    @property
    def is_inviting(self) -> bool: ...

    @property
    def go_on(self) -> QGraphicsItem | None: ...

    def handles(self) -> Sequence[Handle]: ...


def inviting_handle(view: Inviting) -> Handle | None:
    """The first handle with a ring, unless a button invites in its place; None where nothing invites any more."""
    if not view.is_inviting or (view.go_on and view.go_on.isVisible()):
        return None
    return next((handle for handle in view.handles() if not handle.quiet), None)
