"""The convolutional network: its parameters, its gradients, and that it learns."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus import numerical_gradient
from engine.nn import Adam, conv_network, he


def test_the_book_s_network_has_433_890_parameters():
    shapes = {name: values.shape for name, values in conv_network().params.items()}
    assert shapes == {
        "W1": (30, 1, 5, 5), "b1": (30,), "W2": (4320, 100), "b2": (100,), "W3": (100, 10), "b3": (10,),
    }  # fmt: skip
    assert sum(values.size for values in conv_network().params.values()) == 433_890
    assert sum(values.size for values in conv_network(filters=8, hidden=32).params.values()) == 37_434


@pytest.mark.parametrize("settings", [{}, {"batch_norm": True}, {"padding": 1, "stride": 2}])
def test_gradients_are_central_differences(settings):
    random = np.random.default_rng(4)
    network = conv_network(
        random, sizes=(2, 8, 8), filters=3, kernel=3, hidden=4, classes=3, std=0.5, dtype=np.float64, **settings
    )
    x, t = random.normal(size=(4, 2, 8, 8)), np.array([0, 2, 1, 1])
    _, grads = network.gradients(x, t)
    for name, values in network.params.items():
        wanted = numerical_gradient(lambda _: network.loss(x, t, training=True), values)
        assert grads[name] == pytest.approx(wanted, abs=1e-6), name


def test_weights_do_not_depend_on_what_is_added():
    plain, other = (
        conv_network(np.random.default_rng(2), std=he, **more)
        for more in ({}, {"batch_norm": True, "dropout": 0.5, "masks": np.random.default_rng(0)})
    )
    for (_, one), name in zip(plain.params.items(), ("W1", "b1", "W3", "b3", "W5", "b5"), strict=True):
        assert one.tobytes() == other.params[name].tobytes()
    assert plain.params["W1"].std() == pytest.approx(he(25), rel=0.05)
    with pytest.raises(ValueError, match="generator"):
        conv_network(dropout=0.5)


def test_it_learns_which_way_a_bar_runs():
    random = np.random.default_rng(1)
    x, t = random.random((80, 1, 8, 8)).astype(np.float32), np.arange(80) % 2
    for picture, across in zip(x, t, strict=True):
        place = random.integers(8)
        picture[0, place, :] += across
        picture[0, :, place] += 1 - across
    network, adam = conv_network(random, sizes=(1, 8, 8), filters=4, kernel=3, hidden=8, classes=2, std=0.1), Adam(0.01)
    for _ in range(60):
        adam.update(network.params, network.gradients(x[:40], t[:40])[1])
    assert network.accuracy(x[40:], t[40:]) > 0.9


@pytest.mark.parametrize("batch_norm", [False, True])
def test_pooling_before_relu_gives_the_same_loss_and_gradients(batch_norm):
    x, t = np.random.default_rng(3).random((6, 1, 12, 12)), np.arange(6)
    losses, grads = zip(
        *(
            conv_network(
                np.random.default_rng(2), sizes=(1, 12, 12), filters=4, hidden=8, std=0.3, dtype=np.float64,
                batch_norm=batch_norm, pooling_first=first,
            ).gradients(x, t)
            for first in (False, True)
        ),
        strict=True,
    )  # fmt: skip
    assert losses[0] == losses[1]
    for name, values in grads[0].items():
        assert values == pytest.approx(grads[1][name], abs=1e-12), name
