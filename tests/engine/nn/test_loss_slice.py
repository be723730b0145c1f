"""A slice through a loss: at 0 it is the network's own, and each neuron and filter is moved by its own length."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.digits import load_digits
from engine.nn.conv_network import conv_network
from engine.nn.deep_network import deep_network
from engine.nn.initializers import he
from engine.nn.loss_slice import draw_direction, filter_normalized, slice_loss

STEPS = np.linspace(-1, 1, 5)
DIGITS = load_digits("train")
LABELS = DIGITS.labels[:60].astype(np.int64)
PICTURES = DIGITS.images[:60, None].astype(np.float32) / 255


def _networks():
    random = np.random.default_rng(1)
    yield PICTURES.reshape(60, -1), deep_network((784, 12, 10), "sigmoid", 0.1, random)
    yield PICTURES.reshape(60, -1), deep_network((784, 9, 8, 10), "relu", he, random, dtype=np.float64)
    yield PICTURES, conv_network(random, filters=3, hidden=7, std=0.1, batch_norm=True, dropout=0.3, masks=random)


NETWORKS = list(_networks())


def _slice(x, network, steps=STEPS, rows=1000, seed=2):
    direction = filter_normalized(draw_direction(network.params, np.random.default_rng(seed)), network.params)
    taking = slice_loss(network, x, LABELS, direction, steps, rows)
    done = []
    while True:
        try:
            done.append(next(taking))
        except StopIteration as found:
            assert done == list(range(1, len(steps) + 1))
            return direction, *found.value


@pytest.mark.parametrize(("x", "network"), NETWORKS)
def test_at_0_it_is_the_networks_own_loss_to_the_last_bit_and_the_network_stays_as_it_was(x, network):
    before = {name: values.copy() for name, values in network.params.items()}
    loss, accuracy = network.loss(x, LABELS), network.accuracy(x, LABELS)
    _, losses, accuracies = _slice(x, network)
    assert losses[2] == loss and accuracies[2] == accuracy
    assert all(np.array_equal(network.params[name], values) for name, values in before.items())
    assert network.loss(x, LABELS) == loss


@pytest.mark.parametrize(("x", "network"), NETWORKS)
def test_elsewhere_it_is_the_loss_of_the_network_that_was_moved(x, network):
    direction, losses, _ = _slice(x, network)
    before = {name: values.copy() for name, values in network.params.items()}
    try:
        for step, loss in zip(STEPS, losses, strict=True):
            for name, values in network.params.items():
                values[...] = before[name] + step * direction[name]
            assert network.loss(x, LABELS) == pytest.approx(loss, rel=1e-5)
    finally:
        for name, values in network.params.items():
            values[...] = before[name]


@pytest.mark.parametrize(("x", "network"), NETWORKS)
def test_a_few_at_a_time_give_the_same(x, network):
    _, losses, accuracies = _slice(x, network)
    _, few, right = _slice(x, network, rows=7)
    assert few == pytest.approx(losses, rel=1e-5) and right == pytest.approx(accuracies, abs=0.02)


@pytest.mark.parametrize(("x", "network"), NETWORKS)
def test_every_neuron_and_every_filter_is_moved_by_the_length_of_its_weights_and_biases_not_at_all(x, network):
    direction, _, _ = _slice(x, network)
    for name, values in network.params.items():
        part = direction[name]
        assert part.dtype == values.dtype and part.shape == values.shape
        if values.ndim == 1:
            assert not part.any()
            continue
        own, moved = (array.T if values.ndim == 2 else array.reshape(len(array), -1) for array in (values, part))
        assert np.linalg.norm(moved, axis=1) == pytest.approx(np.linalg.norm(own, axis=1), rel=1e-5)
        assert not np.allclose(moved, own)


def test_weights_of_length_0_are_not_moved():
    network = deep_network((4, 3, 2), "relu", 0.0, np.random.default_rng(0))
    direction = filter_normalized(draw_direction(network.params, np.random.default_rng(1)), network.params)
    assert all(not part.any() for part in direction.values())
