"""Where the rings of a view lie, and the arrow that invites, for labels that give way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.contract.interaction.handle import Place
from gui.stage.inviting import inviting_handle

if TYPE_CHECKING:
    from gui.stage.view import View


def ring_places(view: View[Any, Any], plot: str = "") -> list[Place]:
    """Where the rings of what is shown lie, of the plot that the view calls so or of all; none in an export."""
    if view.current is None or not view.handle_gap:
        return []
    rings = [one for one in view.handles() if not one.quiet]
    return [one.place for one in rings if not plot or view.plot_of_handle(one.id) is getattr(view, plot)]


def arrow_upwards(view: View[Any, Any], plot: str) -> Place | None:
    """Where an arrow begins that invites to pull something of this plot upwards; None where there is none."""
    inviting = inviting_handle(view)
    if inviting is None or inviting.hint[1] <= 0 or view.plot_of_handle(inviting.id) is not getattr(view, plot):
        return None
    return inviting.place
