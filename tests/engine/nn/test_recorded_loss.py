"""The loss as a function of a network's parameters, and the names and numbers of these."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.experiments.ch5_backpropagation.gradient_check.process import RecordedLoss
from engine.nn.deep_network import deep_network
from engine.nn.parameters import count_numbers, entry_number, parameter_shapes


def _loss(seed):
    random = np.random.default_rng(seed)
    network = deep_network((3, 4, 2), "relu", 0.5, random, dtype=np.float64)
    return network, RecordedLoss(network, random.standard_normal((5, 3)), random.integers(0, 2, 5))


@given(seed=st.integers(0, 100))
def test_it_follows_the_parameters_and_keeps_what_it_was(seed):
    network, loss = _loss(seed)
    before = loss()
    network.params["b2"][0] += 1.0
    after = loss()
    assert loss.values == [before, after] and before != after
    assert loss.patterns[0] == loss.patterns[1]  # b2 lies behind the corners
    network.params["b1"][:] = 100.0
    loss()
    assert loss.patterns[-1] == b"\1" * (5 * 4)


def test_its_gradients_are_the_network_s():
    network, loss = _loss(1)
    assert list(loss.gradients()) == list(network.params)


@given(sizes=st.lists(st.integers(1, 6), min_size=2, max_size=4))
def test_shapes_are_those_of_a_network_and_numbers_count_through(sizes):
    network = deep_network(sizes, "tanh", 0.5, np.random.default_rng(0))
    shapes = parameter_shapes(sizes)
    assert {name: values.shape if values.ndim == 2 else (1, *values.shape) for name, values in network.params.items()} \
        == shapes  # fmt: skip
    every = [
        entry_number(shapes, name, row, column)
        for name, (rows, columns) in shapes.items()
        for row in range(rows)
        for column in range(columns)
    ]
    assert every == list(range(count_numbers(network.params)))
    with pytest.raises(KeyError):
        entry_number(shapes, "W9", 0, 0)
