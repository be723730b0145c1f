"""Where the rings of a view's handles lie, and which handle shows the invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.stage.handle import inviting_handle

if TYPE_CHECKING:
    from gui.stage.view import View

from typing import Any

from engine.contract.handle import Position


def ring_places(view: View[Any, Any], plot: str = "") -> list[Position]:
    """The positions of the visible handle rings in the plot with this name, or in all plots; empty in an export."""
    if view.current is None or not view.handle_gap:
        return []
    rings = [one for one in view.handles() if not one.quiet]
    return [one.place for one in rings if not plot or view.plot_of_handle(one.id) is getattr(view, plot)]


def arrow_upwards(view: View[Any, Any], plot: str) -> Position | None:
    """Where an arrow begins that invites to drag something in this plot upwards; None if there is none."""
    inviting = inviting_handle(view)
    if inviting is None or inviting.hint[1] <= 0 or view.plot_of_handle(inviting.id) is not getattr(view, plot):
        return None
    return inviting.place
