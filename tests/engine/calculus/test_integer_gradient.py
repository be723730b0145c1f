"""The gradient that cuts its steps off: the notes' numbers, and that floats are all it takes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus import numerical_gradient
from engine.calculus.numerical_gradient import careless_gradient, func1, func1_gradient, storing_calls


def test_integers_give_the_notes_5000():
    assert careless_gradient(func1, np.array([2, 3, 5])).tolist() == [5000, 5000, 45000]


@pytest.mark.parametrize("point", [(2.0, 3, 5), (0, 0, 0), (-2.5, 1.25, 7)])
def test_floats_give_the_gradient(point):
    x = np.array(point, dtype=float)
    assert careless_gradient(func1, x) == pytest.approx(func1_gradient(x), abs=1e-6)
    assert careless_gradient(func1, x).tolist() == numerical_gradient(func1, x).tolist()


def test_the_right_one_refuses_integers():
    with pytest.raises(ValueError, match="int"):
        numerical_gradient(func1, np.array([2, 3, 5]))


def test_watching_changes_nothing_and_shows_what_was_stored():
    x = np.array([2, 3, 5])
    gradient, points, values = storing_calls(func1, x)
    assert x.tolist() == [2, 3, 5] and gradient.tolist() == [5000, 5000, 45000]
    assert [point.tolist() for point in points] == [
        [2, 3, 5], [1, 3, 5], [2, 3, 5], [2, 2, 5], [2, 3, 5], [2, 3, 4],
    ]  # fmt: skip
    assert values == [27, 26, 27, 26, 27, 18]


def test_below_zero_it_is_the_upper_place_that_is_cut():
    _, points, _ = storing_calls(func1, np.array([-2, 0, 1]))
    assert [points[0][0], points[1][0]] == [-1, -2]
    assert [points[2][1], points[3][1]] == [0, 0]
