"""The positions of the rings of a view's handles, and of the arrow that invites to drag one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.stage.handle import inviting_handle

if TYPE_CHECKING:
    from gui.stage.view import View

from typing import Any

from engine.contract.handle import Position


def ring_places(view: View[Any, Any], plot: str = "") -> list[Position]:
    """The positions of the visible handle rings in the plot held by the attribute ``plot``, or in all plots; empty in
    an export.
    """
    if view.current is None or not view.handle_gap:
        return []
    rings = [one for one in view.handles() if not one.quiet]
    return [one.place for one in rings if not plot or view.plot_of_handle(one.id) is getattr(view, plot)]


def arrow_upwards(view: View[Any, Any], plot: str) -> Position | None:
    """The point where the invitation's arrow begins, if it leads upwards from a handle in this plot; otherwise None."""
    inviting = inviting_handle(view)
    if inviting is None or inviting.hint[1] <= 0 or view.plot_of_handle(inviting.id) is not getattr(view, plot):
        return None
    return inviting.place
