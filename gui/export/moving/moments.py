"""Parameters and frames of a run at the updates that a moving picture shows, computed in one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.text import Refused, Text
from engine.playing import RunPlayer
from gui.export.moving.wanted import HeldUpdate

Kept = Mapping[int, tuple[Params, Frame]]
"""Parameters and frames that are in memory already, by update."""

_OVER = Text("{name} {last}: the run is over at update {reached}.")


@dataclass(frozen=True)
class Moment:
    """A frame with its parameters, shown for ``milliseconds``. The frame has no heavy fields, as in the record of a
    run.
    """

    params: Params
    frame: Any
    milliseconds: int


def moments_of(
    places: Sequence[HeldUpdate],
    player_for: Callable[[], RunPlayer],
    kept: Kept,
    last_name: Text,
    tell: Callable[[int], None] = lambda done: None,
) -> list[Moment]:
    """The moments at these updates: from ``kept``, the others played by a new player from the run's start.

    ``tell`` is called with the number of moments done. If the run ends before the last update, ``Refused`` names the
    entry ``last_name``, in which that was typed.
    """
    player = None
    found = []
    for place in places:
        if place.update in kept:
            params, frame = kept[place.update]
        else:
            player = player or player_for()
            frame = player.go(place.update - player.update)
            params = player.params
            if player.update < place.update:
                raise Refused(_OVER(name=last_name, last=places[-1].update, reached=player.update))
        found.append(Moment(params, frame, place.milliseconds))
        tell(len(found))
    return found
