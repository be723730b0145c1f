"""Where a moving picture stands still: parameters and frames at the places of a run, played in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from engine.playing.run_player import RunPlayer
from gui.export.moving.wanted import Place

Kept = Mapping[int, tuple[Params, Frame]]
"""Parameters and frames by update, of places that somebody still has."""

_OVER = Text("{name} {last}: the run is over at update {reached}.")


@dataclass(frozen=True)
class Moment:
    """What is seen for so many ``milliseconds``. Its frame is a light one, as in the record of a run."""

    params: Params
    frame: Any
    milliseconds: int


def moments_of(
    places: Sequence[Place],
    player_for: Callable[[], RunPlayer],
    kept: Kept,
    last_name: Text,
    tell: Callable[[int], None] = lambda done: None,
) -> list[Moment]:
    """What a run shows at these places: what is kept of them, and the rest played by a player at the run's start.

    ``tell`` hears how many are there. ``Refused``, with the name that the end has where it was asked for, if the run is
    over before.
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
