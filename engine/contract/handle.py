"""Something on the stage that can be dragged, by pointer or by keys; dragging it means changing parameters."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.text import Text

Place = tuple[float, float]
DRAG_ME = Text("drag", "拖我")


@dataclass(frozen=True)
class Handle:
    """A handle at ``place`` in plot coordinates; an arrow key moves it by ``step``, with Shift by ten times that.

    ``hint`` is a direction in which dragging it shows something; an untouched handle invites that way, with the
    words of ``invitation``. A ``quiet`` handle lies on something that is drawn already, such as a data point, and shows
    only a halo while it is meant. A handle at the tip of an arrow names the arrow's ``foot``: where the tip is out of
    sight, it lies where the arrow leaves the plot.
    """

    id: str
    place: Place
    step: float
    label: Text
    hint: Place = (1.0, 1.0)
    quiet: bool = False
    invitation: Text = DRAG_ME
    foot: Place | None = None
