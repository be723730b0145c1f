"""The six stations, in their order."""

from __future__ import annotations

from functools import cache

from engine.own_network.station import Activation, Station, book_with

LAST = 6


@cache
def stations(activation: Activation = "sigmoid") -> tuple[Station, ...]:
    """All stations, for networks with this activation in the hidden layer."""
    from engine.own_network.stations import backward, functions, network, numerical, techniques, training

    book = book_with(activation)
    return tuple(one.station(book) for one in (functions, network, numerical, backward, training, techniques))
