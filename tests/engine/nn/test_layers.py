"""Layers: their derivatives are those of central differences, and nobody's arrays are changed on the way."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus import numerical_gradient
from engine.nn import (
    Affine,
    BatchNormalization,
    Dropout,
    ReLU,
    Sigmoid,
    SoftmaxWithLoss,
    Tanh,
    cross_entropy_error,
    softmax,
)

RANDOM = np.random.default_rng(7)


def _layers():
    return {
        "affine": Affine(RANDOM.normal(size=(4, 3)), RANDOM.normal(size=3)),
        "relu": ReLU(),
        "sigmoid": Sigmoid(),
        "tanh": Tanh(),
        "dropout": Dropout(0.5, np.random.default_rng(7)),
        "batch normalization": BatchNormalization(np.array([1.0, 2, 3, 4]), np.zeros(4)),
    }


@pytest.mark.parametrize("name", ["affine", "relu", "sigmoid"])
def test_a_backward_pass_is_the_central_difference_of_the_forward_pass(name):
    layer, x = _layers()[name], RANDOM.normal(size=(5, 4))
    dout = RANDOM.normal(size=layer.forward(x).shape)

    def weighted(_=None):
        return float(np.sum(layer.forward(x) * dout))

    wanted = {key: numerical_gradient(weighted, values) for key, values in layer.params.items()}
    wanted_x = numerical_gradient(weighted, x)
    layer.forward(x)
    assert layer.backward(dout) == pytest.approx(wanted_x, abs=1e-8)
    assert list(layer.grads) == list(layer.params)
    for key, values in wanted.items():
        assert layer.grads[key] == pytest.approx(values, abs=1e-8)


@pytest.mark.parametrize("t", [np.array([2, 0, 1]), np.eye(4)[[2, 0, 1]], np.full((3, 4), 0.25)])
def test_softmax_with_loss_is_cross_entropy_and_its_gradient_the_central_difference(t):
    last, x = SoftmaxWithLoss(), RANDOM.normal(size=(3, 4))
    assert last.forward(x, t) == pytest.approx(cross_entropy_error(softmax(x), t))
    assert last.y == pytest.approx(softmax(x))
    gradient = last.backward()
    assert gradient == pytest.approx(numerical_gradient(lambda _: last.forward(x, t), x), abs=1e-8)
    last.forward(x, t)
    assert last.backward(3.0) == pytest.approx(3 * gradient)


def test_the_gradient_of_the_scores_is_that_of_the_reference():
    last = SoftmaxWithLoss()
    last.forward(np.array([[0.3, 2.9, 4.0], [1.0, 2.0, 0.5]]), np.array([2, 0]))
    wanted = [[0.00911, 0.12260, -0.13170], [-0.38439, 0.31427, 0.07012]]
    assert last.backward() == pytest.approx(np.array(wanted), abs=5e-6)


def test_scores_however_large_have_a_finite_loss_and_gradient():
    last = SoftmaxWithLoss()
    for dtype in (np.float32, np.float64):
        loss = last.forward(np.array([[0, 1e6], [1e6, 0]], dtype=dtype), np.array([0, 0]))
        assert loss == 5e5
        assert last.backward().tolist() == [[-0.5, 0.5], [0, 0]]


def test_relu_gives_the_reference_and_leaves_the_upstream_gradient_alone():
    relu, upstream = ReLU(), np.array([[3.0, 2.0], [2.0, 4.0]])
    assert relu.forward(np.array([[1, -0.5], [-2, 3]])).tolist() == [[1, 0], [0, 3]]
    assert relu.backward(upstream).tolist() == [[3, 0], [0, 4]]
    assert upstream.tolist() == [[3, 2], [2, 4]]


@pytest.mark.parametrize("name", _layers())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layers_keep_the_format_and_change_nobody_s_arrays(name, dtype):
    layer = _layers()[name]
    for key in layer.params:
        layer.params[key] = layer.params[key].astype(dtype)
    x = RANDOM.normal(size=(5, 4)).astype(dtype)
    out = layer.forward(x)
    dout = np.ones_like(out)
    given = [values.copy() for values in (x, dout, *layer.params.values())]
    back = layer.backward(dout)
    assert {out.dtype, back.dtype, *(part.dtype for part in layer.grads.values())} == {np.dtype(dtype)}
    for before, after in zip(given, (x, dout, *layer.params.values()), strict=True):
        assert before.tobytes() == after.tobytes()


def test_the_last_layer_keeps_the_format():
    last = SoftmaxWithLoss()
    last.forward(np.ones((2, 3), dtype=np.float32), np.array([0, 1]))
    assert last.y.dtype == last.backward().dtype == np.float32


def test_a_first_layer_may_leave_the_gradient_of_its_input_out():
    W, b, x, dout = RANDOM.normal(size=(4, 3)), np.zeros(3), RANDOM.normal(size=(5, 4)), RANDOM.normal(size=(5, 3))
    first, other = Affine(W, b, input_gradient=False), Affine(W, b)
    for layer in (first, other):
        layer.forward(x)
    assert first.backward(dout) is None and other.backward(dout) is not None
    assert first.grads["W"].tolist() == other.grads["W"].tolist()


def test_weights_and_biases_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="inputs, neurons"):
        Affine(np.zeros((4, 3)), np.zeros(4))
