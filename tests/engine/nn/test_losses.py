"""Loss functions against reference values, naive loops and their own laws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.nn import cross_entropy_error, mean_squared_error, softmax, sum_squared_error
from engine.nn.losses import cross_entropy_of_classes, naive_cross_entropy, one_hot

Y = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
MOVED = np.array([0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0])
T = np.eye(10)[2]
LOSSES = (sum_squared_error, mean_squared_error, cross_entropy_error)


@pytest.fixture
def batch():
    chance = np.random.default_rng(4)
    return softmax(chance.normal(size=(7, 5))), chance.integers(0, 5, 7)


def test_the_reference_values_come_out():
    assert sum_squared_error(Y, T) == pytest.approx(0.0975)
    assert mean_squared_error(Y, T) == pytest.approx(0.0195)
    assert cross_entropy_error(Y, T) == pytest.approx(0.510825, abs=1e-6)
    assert sum_squared_error(MOVED, T) == pytest.approx(0.5975)
    assert cross_entropy_error(MOVED, T) == pytest.approx(2.302585, abs=1e-6)


def test_the_guard_shifts_the_last_digits_and_keeps_the_loss_finite():
    assert cross_entropy_error(Y, T, guard=1e-7) == pytest.approx(-math.log(0.6 + 1e-7), rel=1e-15)
    assert cross_entropy_error(Y, 3) == math.inf
    assert cross_entropy_error(Y, 3, guard=1e-7) == pytest.approx(7 * math.log(10))


@pytest.mark.parametrize("loss", LOSSES)
def test_a_batch_is_the_mean_of_its_rows(loss, batch):
    y, t = batch
    assert loss(y, t) == pytest.approx(np.mean([loss(row, wanted) for row, wanted in zip(y, t, strict=True)]))


@pytest.mark.parametrize("loss", LOSSES)
def test_class_numbers_and_one_hot_rows_give_the_same(loss, batch):
    y, t = batch
    assert loss(y, t) == loss(y, one_hot(t, 5)) == pytest.approx(loss(y, np.eye(5)[t]))


def test_as_many_classes_as_samples_is_no_riddle():
    y = softmax(np.random.default_rng(1).normal(size=(5, 5)))
    t = np.array([4, 0, 2, 2, 1])
    losses = [-math.log(y[row, label]) for row, label in enumerate(t)]
    assert cross_entropy_error(y, t) == pytest.approx(np.mean(losses))


@pytest.mark.parametrize("loss", LOSSES)
def test_nothing_is_written_into_the_arguments(loss, batch):
    y, t = batch
    before = y.tobytes(), t.tobytes()
    loss(y, t)
    assert (y.tobytes(), t.tobytes()) == before


def test_the_right_answer_for_certain_costs_nothing():
    certain = np.eye(4)[1]
    assert [loss(certain, 1) for loss in LOSSES] == [0, 0, 0]


def test_what_does_not_belong_together_is_an_error(batch):
    y, _ = batch
    with pytest.raises(ValueError, match="neither one-hot nor class numbers"):
        cross_entropy_error(y, np.array([1, 2]))
    with pytest.raises(ValueError, match="from 0 to 4"):
        cross_entropy_error(y, np.full(7, 5))


def test_picking_by_class_number_is_the_same_as_multiplying_by_one_hot(batch):
    y, t = batch
    for guard in (0.0, 1e-7, 1e-3):
        picked = cross_entropy_of_classes(y, t, guard)
        assert picked == pytest.approx(cross_entropy_error(y, t, guard), rel=1e-12)
        assert picked == pytest.approx(naive_cross_entropy(y, one_hot(t, 5), guard), rel=1e-12)


def test_the_naive_formula_takes_class_numbers_silently_where_as_many_as_classes():
    y = softmax(np.random.default_rng(2).normal(size=(3, 3)))
    t = np.array([2, 0, 1])
    wrong = -sum(t[column] * math.log(y[row, column]) for row in range(3) for column in range(3)) / 3
    assert naive_cross_entropy(y, t) == pytest.approx(wrong, rel=1e-12)
    assert abs(wrong - cross_entropy_of_classes(y, t)) > 0.1


def test_the_naive_formula_refuses_other_counts(batch):
    y, t = batch
    with pytest.raises(ValueError, match="broadcast"):
        naive_cross_entropy(y, t)


def test_zero_times_the_logarithm_of_zero_is_nan_in_the_naive_formula_only():
    y, t = np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])
    assert math.isnan(naive_cross_entropy(y, t))
    assert cross_entropy_error(y, t) == cross_entropy_of_classes(y, np.array([0])) == 0
    assert naive_cross_entropy(y, t, 1e-7) == pytest.approx(-1e-7)
