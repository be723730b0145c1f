"""The stations, in their order."""

from __future__ import annotations

from functools import cache

from engine.own_network.station import Activation, Station, book_with

LAST = 7


@cache
def stations(activation: Activation = "sigmoid") -> tuple[Station, ...]:
    """All stations, for networks with this activation in the hidden layer."""
    from engine.own_network.stations import backward, convolution, functions, network, numerical, training

    book = book_with(activation)
    return tuple(one.station(book) for one in (functions, network, numerical, backward, training, convolution))
