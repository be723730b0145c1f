"""Something on the stage that can be dragged, by pointer or by keys; dragging it means changing parameters."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.text import Text

Place = tuple[float, float]
DRAG_ME = Text("drag", "拖我")
BAR_HALF = 0.31
"""Half the width of a bar, where bars stand 1 apart."""


@dataclass(frozen=True)
class Handle:
    """A handle at ``place`` in plot coordinates; an arrow key moves it by ``step``, with Shift by ten times that.

    ``hint`` is a direction in which dragging it shows something; an untouched handle invites that way, with the
    words of ``invitation``. A ``quiet`` handle lies on something that is drawn already, such as a data point, and shows
    only a halo while it is meant. A handle at the tip of an arrow names the arrow's ``foot``: where the tip is out of
    sight, it lies where the arrow leaves the plot. ``body`` are two corners of what can be gripped as well as the
    handle, such as the bar whose end it is, or the line along which it goes.
    """

    id: str
    place: Place
    step: float
    label: Text
    hint: Place = (1.0, 1.0)
    quiet: bool = False
    invitation: Text = DRAG_ME
    foot: Place | None = None
    body: tuple[Place, Place] | None = None


def bar_body(x: float, value: float) -> tuple[Place, Place]:
    """The body of the handle at the end of a bar that stands at ``x`` and goes from 0 to ``value``."""
    return (x - BAR_HALF, 0.0), (x + BAR_HALF, value)
