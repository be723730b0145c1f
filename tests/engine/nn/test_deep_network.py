"""Networks of any depth: gradients as by central differences, equal beginnings, training apart from testing, decay."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus import numerical_gradient
from engine.nn import he, xavier
from engine.nn.deep_network import deep_network
from engine.nn.parameters import add_decay, penalty

SIZES = (6, 5, 4, 3)


def _data(count=9, seed=2):
    random = np.random.default_rng(seed)
    return random.normal(size=(count, SIZES[0])), random.integers(0, SIZES[-1], count)


def _network(seed=1, **options):
    return deep_network(SIZES, "tanh", xavier, np.random.default_rng(seed), dtype=np.float64, **options)


@pytest.mark.parametrize("options", [{}, {"batch_norm": True}], ids=["plain", "batch norm"])
@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_backpropagation_and_central_differences_agree(options, decay):
    network, (x, t) = _network(**options), _data()
    _, grads = network.gradients(x, t)
    add_decay(grads, network.params, decay)
    for name, values in network.params.items():
        wanted = numerical_gradient(
            lambda _: network.loss(x, t, training=True) + penalty(network.params, decay), values
        )
        assert grads[name] == pytest.approx(wanted, abs=2e-7), name


def test_networks_that_differ_in_one_thing_begin_with_the_same_weights():
    plain = _network()
    others = (_network(batch_norm=True), _network(dropout=0.4, masks=np.random.default_rng(8)))
    for other in others:
        for number in (1, 2, 3):
            mine = [layer for layer in plain.layers if "W" in layer.params][number - 1].params["W"]
            its = [layer for layer in other.layers if "W" in layer.params][number - 1].params["W"]
            assert np.array_equal(mine, its)


def test_dropout_leaves_out_while_training_only():
    network, (x, _) = _network(dropout=0.5, masks=np.random.default_rng(8)), _data()
    assert np.array_equal(network.predict(x), network.predict(x))
    assert not np.array_equal(network.predict(x, training=True), network.predict(x, training=True))


def test_batch_norm_tests_with_running_statistics_that_training_moves():
    network, (x, t) = _network(batch_norm=True), _data()
    before = network.predict(x[:1])
    assert np.array_equal(before, network.predict(x[:1]))
    network.gradients(x, t)
    assert not np.array_equal(before, network.predict(x[:1]))


@pytest.mark.parametrize(("std", "activation", "low", "high"), [(xavier, "tanh", 0.2, 1.0), (he, "relu", 0.4, 2.0)])
def test_initial_weights_keep_the_spread_through_many_layers(std, activation, low, high):
    network = deep_network((100,) * 12, activation, std, np.random.default_rng(4), dtype=np.float64)
    x = np.random.default_rng(5).standard_normal((500, 100))
    for layer in network.layers[:-1]:
        x = layer.forward(x)
    assert low < x.std() < high


def test_dropout_without_masks_is_refused():
    with pytest.raises(ValueError, match="masks"):
        _network(dropout=0.1)
