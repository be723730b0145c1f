"""The small network: its gradients are those of its loss, and it is the network of layers, only faster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus import numerical_gradient
from engine.nn import SGD, Affine, Network, SoftmaxWithLoss
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.small_network import KNOWN, LOSSES, ResponseMaps, SmallNetwork


def network_of(sizes, activations, loss="cross_entropy", seed=0) -> SmallNetwork:
    network = SmallNetwork(sizes, activations, loss)
    network.begin(np.random.default_rng(seed))
    for block in network.blocks:
        block[-1] = np.random.default_rng(seed + 1).normal(0, 0.3, block.shape[1])
    return network


def some_points(inputs, outputs, count=7, seed=2) -> tuple[np.ndarray, np.ndarray]:
    """Rows that end with a 1, and one-hot targets."""
    random = np.random.default_rng(seed)
    x = np.column_stack([random.normal(size=(count, inputs)), np.ones(count)])
    return x, np.eye(outputs)[random.integers(0, outputs, count)]


@settings(max_examples=40)
@given(
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    activations=st.lists(st.sampled_from([name for name in KNOWN if name != "relu"]), min_size=3, max_size=3),
    loss=st.sampled_from(LOSSES),
    seed=st.integers(0, 1000),
)
def test_gradients_are_those_of_the_mean_loss(sizes, activations, loss, seed):
    network = network_of(sizes, activations[: len(sizes) - 2], loss, seed)
    x, t = some_points(sizes[0], sizes[-1], seed=seed)

    def mean_loss(parameters: np.ndarray) -> float:
        network.parameters[:] = parameters
        return float(network.losses(x, t).mean())

    here = network.parameters.copy()
    wanted = numerical_gradient(mean_loss, here.copy(), 1e-5)
    network.parameters[:] = here
    network.backward(x, t)
    assert network.gradients == pytest.approx(wanted, abs=1e-8)


@pytest.mark.parametrize("name", [name for name in KNOWN if ACTIVATIONS[name].layer])
def test_it_learns_as_the_network_of_layers_does(name):
    layer = ACTIVATIONS[name].layer
    small = network_of((3, 5, 4, 3), (name, name))
    layers = []
    for number, block in enumerate(small.blocks):
        layers += [Affine(block[:-1].copy(), block[-1].copy()), *([layer()] if number < 2 else [])]
    whole = Network(layers, SoftmaxWithLoss())
    fast, slow = SGD(0.2), SGD(0.2)
    x, t = some_points(3, 3, count=12)
    for _ in range(20):
        small.backward(x, t)
        fast.update({"all": small.parameters}, {"all": small.gradients})
        _, grads = whole.gradients(x[:, :-1], t)
        slow.update(whole.params, grads)
    assert small.forward(x) == pytest.approx(whole.predict(x[:, :-1]), abs=1e-12)
    assert small.losses(x, t).mean() == pytest.approx(whole.loss(x[:, :-1], t), abs=1e-12)


def test_a_batch_of_another_size_between_two_changes_nothing():
    network = network_of((2, 3, 2), ("tanh",))
    x, t = some_points(2, 2, count=10)
    network.backward(x, t)
    alone = network.gradients.copy()
    for rows in range(1, 10):
        network.backward(x[:rows], t[:rows])
        network.losses(x[:rows], t[:rows])
    network.backward(x, t)
    np.testing.assert_array_equal(network.gradients, alone)


def test_weights_and_biases_are_told_apart():
    network = SmallNetwork((3, 2, 4), ("tanh",))
    network.parameters[network.is_weight] = 1.0
    assert all((block[:-1] == 1).all() and (block[-1] == 0).all() for block in network.blocks)
    assert network.starts == (0, 8) and len(network.parameters) == 8 + 12


def test_first_weights_scatter_by_the_root_of_the_inputs():
    network = SmallNetwork((400, 300, 2), ("tanh",))
    network.begin(np.random.default_rng(0))
    assert np.std(network.blocks[0][:-1]) == pytest.approx(1 / 20, rel=0.02)
    assert np.std(network.blocks[1][:-1]) == pytest.approx(1 / np.sqrt(300), rel=0.1)
    assert not network.blocks[0][-1].any()


@pytest.mark.parametrize("name", KNOWN)
def test_dropout_has_the_gradients_of_the_network_that_is_left(name):
    """With the same draws, the masks put in by hand into an ordinary pass give the same gradients."""
    network = network_of((2, 40, 2), (name,))
    x, t = some_points(2, 2, count=6)
    network.backward(x, t, 0.4, np.random.default_rng(5))
    found = [block.copy() for block in network.gradient_blocks]
    mask = (np.random.default_rng(5).random((6, 40)) >= 0.4) / 0.6
    W1, W2 = network.blocks
    a = x @ W1
    z, slope = ACTIVATIONS[name].function(a), ACTIVATIONS[name].slope(a)
    z = np.column_stack([z * mask, np.ones(6)])
    scores = z @ W2
    y = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    d = (y - t) / 6
    assert found[1] == pytest.approx(z.T @ d)
    assert found[0] == pytest.approx(x.T @ (d @ W2[:-1].T * mask * slope))


@pytest.mark.parametrize("name", KNOWN)
def test_maps_are_the_answers_at_their_places(name):
    network = network_of((2, 3, 4, 2), (name, name))
    x, _ = some_points(2, 2, count=50)
    hidden, scores, sums = ResponseMaps(network, x[:, :-1].T).compute()
    assert [len(part) for part in hidden] == [3, 4]
    np.testing.assert_allclose(scores.T, network.forward(x), atol=1e-5)
    np.testing.assert_allclose(sums.T, x @ network.blocks[0], atol=1e-5)


def test_an_unknown_activation_is_an_error_and_not_the_identity():
    network = network_of((2, 3, 2), ("tanh",))
    network.activations = ("sinus",)
    with pytest.raises(ValueError, match=r"'sinus': must be one of"):
        ResponseMaps(network, np.zeros((2, 5))).compute()


def test_without_hidden_layers_the_scores_are_the_first_sums():
    network = network_of((2, 2), ())
    x, _ = some_points(2, 2)
    hidden, scores, sums = ResponseMaps(network, x[:, :-1].T).compute()
    assert hidden == [] and sums is scores
    np.testing.assert_allclose(scores.T, x @ network.blocks[0], atol=1e-6)


@pytest.mark.parametrize(
    ("sizes", "activations", "loss"),
    [((2,), (), "square"), ((2, 3, 1), (), "square"), ((2, 1), (), "none"), ((2, 2, 1), ("step",), "square")],
)
def test_what_does_not_fit_together_is_an_error(sizes, activations, loss):
    with pytest.raises(ValueError, match=r"must be|for each"):
        SmallNetwork(sizes, activations, loss)
