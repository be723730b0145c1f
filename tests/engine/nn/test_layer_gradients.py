"""Every layer's backward pass is the central difference of its forward pass, for batches of all shapes.

No batch has one sample only, and those of batch normalization three at least: with fewer its gradient is 0 whatever
the formula says, and the comparison would find nothing.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus import numerical_gradient
from engine.nn import Add, Affine, BatchNormalization, Dropout, Multiply, SoftmaxWithLoss
from engine.nn.activation_registry import ACTIVATIONS

_SHAPES = st.lists(st.integers(2, 4), min_size=1, max_size=3).map(tuple)
_SEEDS = st.integers(0, 2**32 - 1)
_ELEMENTWISE = {one.id: one.layer for one in ACTIVATIONS.values() if one.layer}


def _weighted(forward, dout):
    return lambda _: float(np.sum(forward() * dout))


def _agree(gradient, f, x):
    """The largest difference is at most 1e-7 of the largest entry, which is not 0."""
    wanted = numerical_gradient(f, x, h=1e-5)
    largest = np.max(np.abs(wanted))
    assert gradient.shape == x.shape
    assert largest > 0 and np.max(np.abs(gradient - wanted)) <= 1e-7 * largest


def _off_the_corner(random, shape):
    """Numbers of both signs, none nearer to 0 than a step of the numerical gradient; one at least is above 0."""
    x = random.uniform(0.1, 2.0, shape) * random.choice([-1.0, 1.0], shape)
    x.flat[0] = abs(x.flat[0])
    return x


def _apart(random, shape):
    """In every column each number is far from all others, so that no feature's deviation is near 0."""
    rows = np.arange(shape[0], dtype=float).reshape(-1, *[1] * (len(shape) - 1))
    return random.permuted(np.broadcast_to(rows, shape).copy(), axis=0) + random.uniform(-0.3, 0.3, shape)


@pytest.mark.parametrize("name", _ELEMENTWISE)
@given(shape=_SHAPES, seed=_SEEDS)
def test_elementwise_layers_agree_with_central_differences(name, shape, seed):
    random, layer = np.random.default_rng(seed), _ELEMENTWISE[name]()
    x, dout = _off_the_corner(random, shape), random.uniform(0.5, 2.0, shape)
    layer.forward(x)
    _agree(layer.backward(dout), _weighted(lambda: layer.forward(x), dout), x)


@pytest.mark.parametrize("kind", [Multiply, Add])
@given(shape=_SHAPES, seed=_SEEDS)
def test_layers_of_two_inputs_agree_with_central_differences(kind, shape, seed):
    random, layer = np.random.default_rng(seed), kind()
    x, y, dout = (random.uniform(0.5, 2.0, shape) for _ in range(3))
    layer.forward(x, y)
    for gradient, moved in zip(layer.backward(dout), (x, y), strict=True):
        _agree(gradient, _weighted(lambda: layer.forward(x, y), dout), moved)


@given(samples=st.integers(2, 4), sizes=_SHAPES, neurons=st.integers(1, 4), seed=_SEEDS)
def test_affine_agrees_with_central_differences_for_inputs_of_two_to_four_dimensions(samples, sizes, neurons, seed):
    random = np.random.default_rng(seed)
    x = random.uniform(-2, 2, (samples, *sizes))
    W, b = random.normal(size=(int(np.prod(sizes)), neurons)), random.normal(size=neurons)
    layer, dout = Affine(W, b), random.uniform(0.5, 2.0, (samples, neurons))
    layer.forward(x)
    f = _weighted(lambda: layer.forward(x), dout)
    _agree(layer.backward(dout), f, x)
    for name, values in (("W", W), ("b", b)):
        _agree(layer.grads[name], f, values)


@given(samples=st.integers(2, 4), classes=st.integers(2, 4), seed=_SEEDS)
def test_softmax_with_loss_agrees_with_central_differences(samples, classes, seed):
    random, layer = np.random.default_rng(seed), SoftmaxWithLoss()
    x, t = random.uniform(-2, 2, (samples, classes)), random.integers(0, classes, samples)
    layer.forward(x, t)
    _agree(layer.backward(), lambda _: layer.forward(x, t), x)


@given(shape=_SHAPES, seed=_SEEDS, training=st.booleans())
def test_dropout_agrees_with_central_differences_of_one_mask(shape, seed, training):
    random = np.random.default_rng(seed)
    x, dout = random.uniform(-2, 2, shape), random.uniform(0.5, 2.0, shape)

    def layer():
        return Dropout(0.1, np.random.default_rng(0))

    used = layer()
    used.forward(x, training)
    _agree(used.backward(dout), _weighted(lambda: layer().forward(x, training), dout), x)


@pytest.mark.parametrize("sizes", [(), (2, 3)])
@given(samples=st.integers(3, 5), features=st.integers(1, 3), seed=_SEEDS, training=st.booleans())
def test_batch_normalization_agrees_with_central_differences(sizes, samples, features, seed, training):
    random = np.random.default_rng(seed)
    x = _apart(random, (samples, features, *sizes))
    gamma, beta = random.uniform(0.5, 2.0, features), random.normal(size=features)
    # Numbers that change from sample to sample: a gradient that is the same for all is taken away entirely.
    dout = _apart(random, x.shape) ** 2
    layer = BatchNormalization(gamma, beta)
    layer.running_mean, layer.running_variance = random.normal(size=features), random.uniform(0.5, 2.0, features)
    running = layer.running_mean, layer.running_variance

    def forward():
        layer.running_mean, layer.running_variance = running
        return layer.forward(x, training)

    forward()
    gradient, f = layer.backward(dout), _weighted(forward, dout)
    _agree(gradient, f, x)
    for name, values in (("gamma", gamma), ("beta", beta)):
        _agree(layer.grads[name], f, values)


@given(samples=st.integers(3, 6), features=st.integers(1, 3), seed=_SEEDS)
def test_batch_normalization_gives_the_batch_the_mean_beta_and_the_deviation_gamma(samples, features, seed):
    random = np.random.default_rng(seed)
    x = _apart(random, (samples, features))
    gamma, beta = random.uniform(0.5, 2.0, features), random.normal(size=features)
    z = BatchNormalization(gamma, beta).forward(x)
    assert z.mean(axis=0) == pytest.approx(beta, abs=1e-9)
    assert z.std(axis=0) == pytest.approx(gamma, rel=1e-5)


def test_batch_normalization_of_one_to_five_is_that_of_the_question_bank():
    x = np.array([[1.0], [2], [3], [4], [5]])
    layer = BatchNormalization(np.ones(1), np.zeros(1))
    assert layer.forward(x)[-1] == pytest.approx(1.414, abs=5e-4)
    # Running statistics begin at mean 0 and variance 1 and go a tenth of the way to the batch's 3 and 2.
    assert layer.running_mean == pytest.approx(0.3) and layer.running_variance == pytest.approx(1.1)
    assert layer.forward(x, training=False)[2] == pytest.approx((3 - 0.3) / np.sqrt(1.1))
    assert layer.running_mean == pytest.approx(0.3)


def test_a_batch_of_one_becomes_beta():
    layer = BatchNormalization(np.full(3, 2.0), np.array([1.0, 2, 3]))
    assert layer.forward(np.array([[5.0, -7, 9]])).tolist() == [[1, 2, 3]]


def test_images_are_normalized_by_channel():
    random = np.random.default_rng(3)
    x = random.normal(size=(4, 2, 3, 3)) * np.array([1.0, 5.0]).reshape(1, 2, 1, 1)
    z = BatchNormalization(np.ones(2), np.zeros(2)).forward(x)
    assert z.mean(axis=(0, 2, 3)) == pytest.approx(np.zeros(2), abs=1e-9)
    assert z.std(axis=(0, 2, 3)) == pytest.approx(np.ones(2), rel=1e-5)


@given(seed=_SEEDS)
def test_dropout_leaves_out_its_share_and_tests_with_the_share_that_was_let_through(seed):
    layer, x = Dropout(0.3, np.random.default_rng(seed)), np.full((100, 100), 2.0)
    z = layer.forward(x)
    assert set(np.unique(z).tolist()) == {0.0, 2.0}
    assert np.mean(z == 0) == pytest.approx(0.3, abs=0.03)
    assert layer.forward(x, training=False) == pytest.approx(np.full(x.shape, 1.4))


def test_two_layers_of_one_seed_leave_out_the_same():
    first, second = (Dropout(0.5, np.random.default_rng(1)).forward(np.ones((5, 5))) for _ in range(2))
    assert first.tolist() == second.tolist()


@pytest.mark.parametrize("ratio", [-0.1, 1.0])
def test_a_share_that_leaves_nothing_or_more_than_all_is_refused(ratio):
    with pytest.raises(ValueError, match="below 1"):
        Dropout(ratio, np.random.default_rng(0))


def test_scales_and_shifts_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="features"):
        BatchNormalization(np.ones(3), np.zeros(4))


@pytest.mark.parametrize("kind", [Multiply, Add])
def test_the_two_gradients_share_no_memory(kind):
    layer, dout = kind(), np.ones((2, 2))
    layer.forward(np.ones((2, 2)), np.ones((2, 2)))
    first, second = layer.backward(dout)
    assert not any(np.shares_memory(one, other) for one, other in ((first, second), (first, dout), (second, dout)))


def test_affine_gives_the_input_s_shape_back():
    layer = Affine(np.ones((8, 3)), np.zeros(3))
    assert layer.forward(np.ones((2, 2, 2, 2))).tolist() == [[8, 8, 8], [8, 8, 8]]
    assert layer.backward(np.ones((2, 3))).shape == (2, 2, 2, 2)
    assert layer.grads["W"].shape == (8, 3)
