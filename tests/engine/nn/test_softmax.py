"""Softmax: the book's values, its laws, and the naive form that overflows where it must."""

from __future__ import annotations

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn.losses import largest_exponent, naive_softmax, smallest_exponent, softmax

SCORES = st.lists(st.floats(-50, 50), min_size=1, max_size=12).map(np.array)


def test_the_books_scores():
    assert softmax(np.array([0.3, 2.9, 4.0])) == pytest.approx([0.01821127, 0.24519181, 0.73659691], abs=5e-9)


def test_a_batch_of_large_and_small_scores_gives_the_same_rows_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = softmax(np.array([[1000, 1001], [0, 1]]), axis=1)
    assert rows == pytest.approx(np.array([[0.26894142, 0.73105858]] * 2), abs=5e-9)


@given(SCORES)
def test_they_are_positive_and_sum_to_1(scores):
    y = softmax(scores)
    assert np.all(y >= 0)
    assert np.sum(y) == pytest.approx(1, abs=1e-12)
    # Scores that differ by less than a rounding may come out equal, so the largest is one of the most probable.
    assert y[np.argmax(scores)] == np.max(y)


@given(SCORES, st.floats(-1000, 1000))
def test_adding_the_same_to_all_changes_nothing(scores, offset):
    assert softmax(scores + offset) == pytest.approx(softmax(scores), abs=1e-11)


@given(SCORES)
def test_the_ratio_of_two_is_e_to_their_difference(scores):
    y = softmax(scores)
    for one, other in zip(range(len(scores)), range(1, len(scores)), strict=False):
        assert y[one] == pytest.approx(y[other] * math.exp(scores[one] - scores[other]), rel=1e-9, abs=1e-300)


@given(SCORES)
def test_the_naive_form_agrees_where_nothing_overflows(scores):
    naive = naive_softmax(scores)
    assert not naive.overflows and not naive.vanishes
    assert naive.probabilities == pytest.approx(softmax(scores), rel=1e-9, abs=1e-300)


def test_without_an_axis_two_equal_rows_sum_to_a_half_each():
    rows = softmax(np.array([[0.0, 1.0], [0.0, 1.0]]), axis=None)
    assert np.sum(rows, axis=1).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(("dtype", "limit"), [(np.float32, 88.7), (np.float64, 709.8)])
def test_the_threshold_is_where_e_to_the_x_becomes_infinite(dtype, limit):
    threshold = largest_exponent(dtype)
    assert threshold == pytest.approx(limit, abs=0.05)
    assert not naive_softmax(np.array([threshold - 1e-3], dtype=dtype)).overflows
    assert naive_softmax(np.array([threshold + 1e-3], dtype=dtype)).overflows


@pytest.mark.parametrize(("dtype", "limit"), [(np.float32, -104.0), (np.float64, -745.1)])
def test_below_the_lowest_exponent_nothing_is_left(dtype, limit):
    lowest = smallest_exponent(dtype)
    assert lowest == pytest.approx(limit, abs=0.05)
    assert not naive_softmax(np.array([lowest + 1e-2], dtype=dtype)).vanishes
    naive = naive_softmax(np.array([lowest - 1e-2, lowest - 1], dtype=dtype))
    assert naive.vanishes and np.all(np.isnan(naive.probabilities))


def test_a_sum_can_overflow_though_no_term_does():
    naive = naive_softmax(np.full(3, 709.5))
    assert np.all(np.isfinite(naive.exponentials)) and naive.overflows
    assert naive.probabilities.tolist() == [0, 0, 0]
    assert softmax(np.full(3, 709.5)) == pytest.approx([1 / 3] * 3)


def test_the_argument_and_its_format_are_left_as_they_are():
    x = np.array([1.0, 2.0], dtype=np.float32)
    assert softmax(x).dtype == np.float32 and x.tolist() == [1, 2]
    assert softmax(np.array([1, 2])).dtype == np.float64


def test_against_a_sum_of_exact_fractions():
    scores = (0.3, 2.9, 4.0)
    # The series of exp, carried far enough that what is left out is below 1e-20.
    exact = [sum(Fraction(score) ** n / math.factorial(n) for n in range(60)) for score in scores]
    expected = [float(part / sum(exact)) for part in exact]
    assert softmax(np.array(scores)) == pytest.approx(expected, rel=1e-14)
