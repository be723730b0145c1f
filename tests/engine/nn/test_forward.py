"""Affine layers and the forward pass against plain loops, and the book's numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import affine, forward, identity, relu, sigmoid, softmax

_LAYERS = (
    (np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]), np.array([0.1, 0.2, 0.3])),
    (np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]), np.array([0.1, 0.2])),
    (np.array([[0.1, 0.3], [0.2, 0.4]]), np.array([0.1, 0.2])),
)


def _looped(x, W, b):
    """One product after the other, in plain Python."""
    return [sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))]


def test_the_books_network_gives_the_books_numbers():
    (a1, z1), (a2, z2), (a3, y) = forward(np.array([1.0, 0.5]), _LAYERS, sigmoid, identity)
    assert np.allclose(a1, (0.3, 0.7, 1.1), rtol=0, atol=1e-12)
    assert np.allclose(z1, (0.57444252, 0.66818777, 0.75026011), rtol=0, atol=5e-9)
    assert np.allclose(a2, (0.51615984, 1.21402696), rtol=0, atol=5e-9)
    assert np.allclose(z2, (0.62624937, 0.7710107), rtol=0, atol=5e-9)
    assert np.allclose(y, (0.31682708, 0.69627909), rtol=0, atol=5e-9)
    assert np.array_equal(a3, y)
    (*_, (_, p)) = forward(np.array([1.0, 0.5]), _LAYERS, sigmoid, softmax)
    assert np.allclose(p, (0.40626, 0.59374), rtol=0, atol=5e-6)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_affine_is_one_row_times_one_column_for_every_neuron(inputs, neurons, seed):
    random = np.random.default_rng(seed)
    x, W, b = random.normal(size=inputs), random.normal(size=(inputs, neurons)), random.normal(size=neurons)
    assert affine(x, W, b).tolist() == pytest.approx(_looped(x.tolist(), W.tolist(), b.tolist()), abs=1e-12)


def test_a_batch_goes_through_row_by_row():
    x = np.array([[1.0, 0.5], [-2.0, 0.25], [0.0, 3.0]])
    together = forward(x, _LAYERS, relu, softmax)
    for row, one in enumerate(x):
        for (a, z), (all_a, all_z) in zip(forward(one, _LAYERS, relu, softmax), together, strict=True):
            assert all_a[row] == pytest.approx(a) and all_z[row] == pytest.approx(z)


def test_without_a_bend_three_layers_are_one():
    x = np.array([0.7, -1.3])
    W = _LAYERS[0][0] @ _LAYERS[1][0] @ _LAYERS[2][0]
    b = affine(affine(_LAYERS[0][1], *_LAYERS[1]), *_LAYERS[2])
    assert forward(x, _LAYERS, identity, identity)[-1][1] == pytest.approx(affine(x, W, b))


def test_inputs_that_do_not_fit_are_refused_with_both_numbers():
    with pytest.raises(ValueError, match="3 columns, W has 2 rows"):
        affine(np.zeros(3), np.zeros((2, 4)), np.zeros(4))


def test_nothing_is_written_into_what_was_given():
    x = np.array([1.0, 0.5])
    x.setflags(write=False)
    layers = [(W.copy(), b.copy()) for W, b in _LAYERS]
    forward(x, layers, sigmoid, identity)
    assert all(np.array_equal(W, V) and np.array_equal(b, c) for (W, b), (V, c) in zip(layers, _LAYERS, strict=True))
    assert math.isclose(x[0], 1.0)
