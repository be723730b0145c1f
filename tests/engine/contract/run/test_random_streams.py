"""Streams of random numbers: those of a further seed are what a run with that seed draws."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.contract.protocol import RandomStreams


@given(seed=st.integers(0, 1000), number=st.integers(0, 5), drawn=st.integers(0, 3))
def test_further_streams_are_those_of_a_later_seed_from_their_beginning(seed, number, drawn):
    streams = RandomStreams(seed)
    streams.weights.random(drawn)
    assert streams.further(number).weights.random() == RandomStreams(seed + number).weights.random()
    assert streams.further(number).order.random() == RandomStreams(seed + number).order.random()
