"""Where the line of a run ends."""

from __future__ import annotations

from typing import Any

from engine.contract.experiment import Experiment, Walk
from engine.contract.params import Params
from gui.run.timeline import TimelineEntry

_ROOM = 30
"""Updates for which there is room where nobody knows how far a run will go."""


def line_end(experiment: Experiment[Any, Any], params: Params, newest: TimelineEntry | None) -> int:
    """The update at which the line of a run ends: its end where that is known, or where it first waits, or else some
    room to go on; never before the newest.
    """
    if isinstance(experiment, Walk):
        return experiment.last_stop(params)
    stop = experiment.way_to_opening(params)
    known = stop.count if stop.unit == experiment.units[0].id else 0
    if newest is None:
        return known or _ROOM
    return newest.update if newest.frame.finished else max(known or _ROOM, newest.update)
