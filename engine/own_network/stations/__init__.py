"""The stations of the learner's own network, in order."""

from __future__ import annotations

import re
from functools import cache

from engine.own_network.station import Activation, Station

LAST = 7


@cache
def stations(activation: Activation = "sigmoid") -> tuple[Station, ...]:
    """All stations, for networks with this activation in the hidden layer."""
    from engine.own_network.stations import (
        backward,
        convolution,
        functions,
        network,
        numerical,
        techniques,
        training,
    )

    parts = (functions, network, numerical, backward, training, techniques, convolution)
    return tuple(one.station(activation) for one in parts)


def classes_in(source: str) -> frozenset[str]:
    """The names of the classes in a source that are complete for a station: it defines all names that the station asks
    for.
    """
    there = set(re.findall(r"^(?:class|def) (\w+)", source, re.MULTILINE))
    found = set[str]()
    for station in stations():
        if {one.partition(".")[0] for one in station.defines} <= there:
            found.update(one.partition(".")[0] for one in station.defines if "." in one)
    return frozenset(found)
