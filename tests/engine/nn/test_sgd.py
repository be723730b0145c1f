"""SGD: W ← W − η·gradient, in place."""

from __future__ import annotations

import numpy as np
import pytest

from engine.nn import SGD


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_parameter_goes_against_its_gradient_in_place(dtype):
    params = {"W1": np.ones((2, 2), dtype), "b1": np.zeros(2, dtype)}
    arrays = dict(params)
    grads = {"W1": np.full((2, 2), 2.0, dtype), "b1": np.array([1, -1], dtype)}
    SGD(0.25).update(params, grads)
    assert all(params[name] is arrays[name] and params[name].dtype == dtype for name in params)
    assert params["W1"].tolist() == [[0.5, 0.5], [0.5, 0.5]] and params["b1"].tolist() == [-0.25, 0.25]
    assert grads["b1"].tolist() == [1, -1]


def test_on_a_bowl_it_shrinks_by_the_same_factor_each_time():
    x = {"x": np.array([-3.0, 4.0])}
    for _ in range(100):
        SGD(0.1).update(x, {"x": 2 * x["x"]})
    assert x["x"] == pytest.approx(0.8**100 * np.array([-3, 4]))
    assert x["x"] == pytest.approx([-6.11e-10, 8.15e-10], rel=1e-3)


def test_the_rate_may_change_between_updates():
    optimizer, x = SGD(1.0), {"x": np.array([0.0])}
    for rate in (1.0, 0.5):
        optimizer.learning_rate = rate
        optimizer.update(x, {"x": np.array([1.0])})
    assert x["x"].tolist() == [-1.5]
