"""A penalty acts on weights and never on biases, in whatever network, and is the loss whose slope it adds."""

from __future__ import annotations

import numpy as np
import pytest

from engine.nn.deep_network import deep_network
from engine.nn.optimizers import SGD
from engine.nn.parameters import add_decay, penalty
from engine.nn.small_network import SmallNetwork, SmallTraining

_DECAY = 0.3


def test_decay_pulls_at_every_weight_and_at_nothing_else():
    network = deep_network((4, 6, 5, 3), "relu", 0.5, np.random.default_rng(1), batch_norm=True)
    params = {name: np.full_like(array, 2.0) for name, array in network.params.items()}
    grads = {name: np.zeros_like(array) for name, array in params.items()}
    add_decay(grads, params, _DECAY)
    pulled = {name for name, grad in grads.items() if np.any(grad)}
    assert pulled == {name for name, array in params.items() if array.ndim == 2}
    assert all(np.allclose(grads[name], _DECAY * 2.0) for name in pulled)


def test_what_is_added_to_the_gradients_is_the_slope_of_what_is_added_to_the_loss():
    random = np.random.default_rng(2)
    params = {"W1": random.normal(size=(3, 2)), "b1": random.normal(size=2), "gamma1": random.normal(size=2)}
    grads = {name: np.zeros_like(array) for name, array in params.items()}
    add_decay(grads, params, _DECAY)
    for name, array in params.items():
        for place in np.ndindex(array.shape):
            values = []
            for step in (1e-5, -1e-5):
                moved = {key: one.copy() for key, one in params.items()}
                moved[name][place] += step
                values.append(penalty(moved, _DECAY))
            assert grads[name][place] == pytest.approx((values[0] - values[1]) / 2e-5, abs=1e-8), (name, place)


@pytest.mark.parametrize("kind", ["l1", "l2"])
def test_a_small_network_s_penalty_moves_its_weights_and_never_its_biases(kind):
    def after(factor: float) -> tuple[SmallNetwork, np.ndarray, float]:
        random = np.random.default_rng(3)
        network = SmallNetwork((2, 4, 2), ("tanh",))
        network.begin(random)
        network.parameters += 0.5  # biases begin at 0, where a penalty would pull at nothing
        x = np.column_stack([random.normal(size=(20, 2)), np.ones(20)])
        t = np.eye(2)[random.integers(2, size=20)]
        training = SmallTraining(network, x, t, 15, np.random.default_rng(4), np.random.default_rng(5))
        training.optimizer = SGD(0.1)
        setattr(training, kind, factor)
        before = network.parameters.copy()
        training.update()
        return network, before, training.measure()[0]["penalty"]

    (network, before, none), (pulled, _, cost) = after(0.0), after(0.2)
    moved = pulled.parameters - network.parameters
    w = before * network.is_weight
    assert np.allclose(moved, -0.1 * 0.2 * (np.sign(w) if kind == "l1" else w))
    assert not np.any(moved[~network.is_weight]) and np.all(moved[network.is_weight])
    w = pulled.parameters[network.is_weight]
    assert none == 0 and cost == pytest.approx(0.2 * (np.abs(w).sum() if kind == "l1" else 0.5 * w.dot(w)))
