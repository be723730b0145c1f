"""Where the rings of a view lie, for labels that give way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.contract.handle import Place

if TYPE_CHECKING:
    from gui.stage.view import View


def ring_places(view: View[Any, Any], plot: str = "") -> list[Place]:
    """Where the rings of what is shown lie, of the plot that the view calls so or of all; none in an export."""
    if view.current is None or not view.handle_gap:
        return []
    handles = view.experiment.handles(view.current.params, view.current.frame)
    rings = [one for one in handles if not one.quiet]
    return [one.place for one in rings if not plot or view.plot_of_handle(one.id) is getattr(view, plot)]
