"""A signal through layers alike: the same as layers one after another give, forward and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import Affine, Tanh, tanh
from engine.nn.activations import tanh_slope
from engine.nn.signal_flow import activations_forward, gradients_backward


@given(layers=st.integers(1, 4), width=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_it_is_what_affine_and_activation_layers_do(layers, width, seed):
    random = np.random.default_rng(seed)
    x = random.standard_normal((3, width))
    weights = [random.standard_normal((width, width)) for _ in range(layers)]
    flow = list(activations_forward(x, weights, tanh))
    pairs, z = [(Affine(W, np.zeros(width)), Tanh()) for W in weights], x
    for (affine, activation), (a, found) in zip(pairs, flow, strict=True):
        assert a == pytest.approx(affine.forward(z))
        z = activation.forward(affine.forward(z))
        assert found == pytest.approx(z)
    dz = wanted = random.standard_normal(z.shape)
    gradients = list(gradients_backward(dz, weights, [tanh_slope(a) for a, _ in flow]))
    assert len(gradients) == layers
    for found, (affine, activation) in zip(gradients, reversed(pairs), strict=True):
        assert found == pytest.approx(wanted)
        wanted = affine.backward(activation.backward(wanted))


def test_the_last_gradient_is_the_one_that_is_sent_in():
    sent = np.ones((2, 3))
    (only,) = gradients_backward(sent, [np.eye(3)], [np.zeros((2, 3))])
    assert only is sent
