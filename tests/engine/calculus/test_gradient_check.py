"""Gradient check: a right network passes whatever its shape, and what is wrong is found where it is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.calculus import compared, gradient_check, numerical_gradients, relative_error
from engine.nn import Affine, Network, ReLU, Sigmoid, SoftmaxWithLoss

H = 1e-5


def _network(sizes, activation, random, dtype=np.float64):
    layers = []
    for inputs, neurons in pairwise(sizes):
        W, b = random.normal(0, 0.5, (inputs, neurons)), random.normal(0, 0.5, neurons)
        layers += [Affine(W.astype(dtype), b.astype(dtype)), activation()]
    return Network(layers[:-1], SoftmaxWithLoss())


def _batch(sizes, random, samples, dtype=np.float64):
    return random.standard_normal((samples, sizes[0])).astype(dtype), random.integers(0, sizes[-1], samples)


def _nearest_sum(network, x):
    """How near a sum comes to 0, where ReLU has its corner."""
    nearest = np.inf
    for layer in network.layers:
        if isinstance(layer, ReLU):
            nearest = min(nearest, float(np.abs(x).min()))
        x = layer.forward(x)
    return nearest


@settings(max_examples=40)
@given(
    sizes=st.lists(st.integers(2, 6), min_size=3, max_size=4),
    activation=st.sampled_from([ReLU, Sigmoid]),
    samples=st.integers(1, 6),
    seed=st.integers(0, 10_000),
)
def test_a_right_network_passes_in_every_shape(sizes, activation, samples, seed):
    random = np.random.default_rng(seed)
    network = _network(sizes, activation, random)
    x, t = _batch(sizes, random, samples)
    assume(_nearest_sum(network, x) > 100 * H)
    # Where all gradients of an array are nearly 0, rounding is all that is left to compare.
    checks = gradient_check(network, x, t, H)
    assert set(checks) == set(network.params)
    for check in checks.values():
        assert check.error < 1e-7 or check.difference < 1e-10


@given(sizes=st.tuples(*[st.integers(1, 5)] * 3), seed=st.integers(0, 100))
def test_each_parameter_takes_two_forward_passes_and_stays_as_it_was(sizes, seed):
    random = np.random.default_rng(seed)
    network = _network(sizes, Sigmoid, random)
    x, t = _batch(sizes, random, 2)
    before = {name: values.copy() for name, values in network.params.items()}
    passes = 0

    def counted(_):
        nonlocal passes
        passes += 1
        return network.loss(x, t)

    for _ in numerical_gradients(counted, network.params, 1e-4):
        pass
    assert passes == 2 * sum(values.size for values in network.params.values())
    assert all(np.array_equal(before[name], values) for name, values in network.params.items())


@pytest.mark.parametrize(("name", "place"), [("W1", (2, 1)), ("b1", (3,)), ("W2", (0, 2)), ("b2", (1,))])
def test_one_wrong_entry_is_found_in_its_place(name, place):
    random = np.random.default_rng(3)
    network = _network((4, 5, 3), Sigmoid, random)
    x, t = _batch((4, 5, 3), random, 5)
    right = network.gradients

    def wrong(x, t):
        loss, grads = right(x, t)
        grads[name][place] += 0.01
        return loss, grads

    network.gradients = wrong
    checks = gradient_check(network, x, t)
    assert checks[name].worst == place and checks[name].difference == pytest.approx(0.01, abs=1e-6)
    assert all(check.error < 1e-7 for other, check in checks.items() if other != name)


@given(
    gradient=st.lists(st.floats(-5, 5).filter(lambda g: abs(g) > 1e-3), min_size=1, max_size=6),
    factor=st.floats(1.5, 50),
)
def test_a_factor_and_a_sign_have_errors_of_their_own(gradient, factor):
    n = np.array(gradient)
    assert relative_error(n, n) == 0
    assert relative_error(factor * n, n) == pytest.approx(1 - 1 / factor)
    assert relative_error(-n, n) == pytest.approx(2)
    assert relative_error(n, factor * n) == relative_error(factor * n, n)


def test_two_gradients_of_nothing_agree():
    check = compared(np.zeros((2, 3)), np.full((2, 3), 1e-20))
    assert check.error < 1e-7 and check.worst == (0, 0)


def test_in_single_precision_a_right_network_differs_more_the_smaller_h_is():
    random = np.random.default_rng(0)
    network = _network((4, 5, 3), Sigmoid, random, np.float32)
    x, t = _batch((4, 5, 3), random, 5, np.float32)
    large, small = (max(c.error for c in gradient_check(network, x, t, h).values()) for h in (1e-2, 1e-4))
    assert large < 1e-3 < small
