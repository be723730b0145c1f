"""Layers with mistakes: the gradients of most are wrong, and the test of one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn.deep_network import deep_network
from engine.nn.mistaken_layers import planted

WRONG = {
    "no_mean": ("W1", "b1", "W2", "b2"),
    "sign": ("W1", "b1", "W2", "b2"),
    "slope": ("W1", "b1"),
    "bias": ("b1", "b2"),
    "sums": ("W2",),
}


def _network(seed, activation="sigmoid"):
    return deep_network((4, 5, 3), activation, 0.5, np.random.default_rng(seed), dtype=np.float64)


def _batch(seed):
    random = np.random.default_rng(seed)
    return random.standard_normal((5, 4)), random.integers(0, 3, 5)


@pytest.mark.parametrize("mistake", WRONG)
@given(seed=st.integers(0, 1000), activation=st.sampled_from(["sigmoid", "tanh", "relu"]))
def test_a_mistake_leaves_the_loss_and_all_other_gradients_as_they_are(mistake, seed, activation):
    right = _network(seed, activation)
    (loss, grads), (same_loss, found) = right.gradients(*_batch(seed)), planted(right, mistake).gradients(*_batch(seed))
    assert same_loss == loss and list(found) == list(grads)
    for name in grads:
        if name not in WRONG[mistake]:
            assert np.array_equal(found[name], grads[name])


@pytest.mark.parametrize(("mistake", "names"), WRONG.items())
def test_what_it_makes_wrong_is_wrong(mistake, names):
    (_, grads), (_, found) = _network(1).gradients(*_batch(1)), planted(_network(1), mistake).gradients(*_batch(1))
    assert all(np.abs(found[name] - grads[name]).max() > 0.01 for name in names)


def test_a_guard_changes_the_loss_by_a_trifle_and_the_gradients_not_at_all():
    (loss, grads), (guarded, found) = (
        network.gradients(*_batch(2)) for network in (_network(2), planted(_network(2), "guard"))
    )
    assert 0 < loss - guarded < 1e-5
    assert all(np.array_equal(found[name], grads[name]) for name in grads)


def test_no_mistake_is_the_network_itself():
    right = _network(3)
    same = planted(right, "none")
    assert same.layers == right.layers and same.last is right.last


@given(ratio=st.floats(0.1, 0.9))
def test_dropout_by_the_ratio_learns_rightly_and_is_tested_wrongly(ratio):
    def made():
        return deep_network((4, 5, 3), "relu", 0.5, np.random.default_rng(1), dropout=ratio,
                            masks=np.random.default_rng(2), dtype=np.float64)  # fmt: skip

    right, wrong = made(), planted(made(), "dropout")
    (loss, grads), (same_loss, found) = right.gradients(*_batch(4)), wrong.gradients(*_batch(4))
    assert same_loss == loss and all(np.array_equal(found[name], grads[name]) for name in grads)
    z = np.ones((1, 5))
    assert right.layers[2].forward(z, False) == pytest.approx(np.full((1, 5), 1 - ratio))
    assert wrong.layers[2].forward(z, False) == pytest.approx(np.full((1, 5), ratio))
