"""A network of layers: its gradients are those of central differences, its accuracy leaves no sample out."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus import numerical_gradient
from engine.nn import SGD, Affine, Network, ReLU, Sigmoid, SoftmaxWithLoss, gaussian, zeros


def _network(middle, sizes=(6, 5, 4), seed=3):
    random = np.random.default_rng(seed)
    first = Affine(gaussian(sizes[:2], 0.7, random), gaussian((sizes[1],), 0.7, random), input_gradient=False)
    second = Affine(gaussian(sizes[1:], 0.7, random), zeros((sizes[2],)))
    return Network([first, middle, second], SoftmaxWithLoss())


def _data(count=7, inputs=6, classes=4, seed=5):
    random = np.random.default_rng(seed)
    return random.normal(size=(count, inputs)), random.integers(0, classes, count)


def test_parameters_are_numbered_by_the_layers_that_have_any():
    network = _network(Sigmoid())
    assert list(network.params) == ["W1", "b1", "W2", "b2"]
    assert network.params["W2"] is network.layers[2].params["W"]


@pytest.mark.parametrize("middle", [Sigmoid, ReLU])
def test_backpropagation_and_central_differences_agree(middle):
    network, (x, t) = _network(middle()), _data()
    loss, grads = network.gradients(x, t)
    assert loss == network.loss(x, t)
    for name, values in network.params.items():
        assert grads[name] == pytest.approx(numerical_gradient(lambda _: network.loss(x, t), values), abs=1e-7), name


def test_a_step_against_the_gradient_lowers_the_loss():
    network, (x, t) = _network(ReLU()), _data()
    before, grads = network.gradients(x, t)
    SGD(0.05).update(network.params, grads)
    assert network.loss(x, t) < before


def test_accuracy_counts_every_sample_however_they_are_sliced():
    network, (x, t) = _network(Sigmoid()), _data(count=23)
    wanted = np.mean(np.argmax(network.predict(x), axis=1) == t)
    for rows in (1, 7, 22, 23, 1000):
        assert network.accuracy(x, t, rows) == wanted


def test_the_scores_do_not_depend_on_who_else_is_in_the_batch():
    network, (x, _) = _network(ReLU()), _data()
    whole = network.predict(x)
    for row in range(len(x)):
        assert network.predict(x[row : row + 1])[0] == pytest.approx(whole[row])
