"""A history keeps curves in fixed memory and merges like a naive computation would."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.history import CAPACITY, History


def naive(values, stride):
    """Smallest, largest and last of every ``stride`` recordings, the last group as far as it goes."""
    groups = [values[start : start + stride] for start in range(0, len(values), stride)]
    return [min(group) for group in groups], [max(group) for group in groups], [group[-1] for group in groups]


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.floats(-1e6, 1e6), max_size=400),
    capacity=st.sampled_from([2, 4, 6, 14, 16, 18, 20, 64]),
)
def test_rows_are_the_naive_minimum_maximum_and_last_of_their_recordings(values, capacity):
    history = History(("loss", "negated"), capacity)
    for update, value in enumerate(values):
        history.append(update, value, -value)
    curve, negated = history.curve("loss"), history.curve("negated")
    smallest, largest, last = naive(values, curve.stride)
    assert curve.minimum.tolist() == smallest
    assert curve.maximum.tolist() == largest
    assert curve.last.tolist() == last
    assert negated.minimum.tolist() == [-value for value in largest]
    assert len(curve.updates) <= capacity


@settings(max_examples=40, deadline=None)
@given(count=st.integers(0, 500), capacity=st.sampled_from([2, 10, 16, 32]))
def test_every_recording_lies_in_the_row_that_ends_at_or_after_it(count, capacity):
    history = History(("update",), capacity)
    for update in range(count):
        history.append(update, float(update))
    curve = history.curve("update")
    assert curve.updates.tolist() == curve.last.tolist()
    assert (np.diff(curve.updates) > 0).all()
    if count:
        assert curve.minimum[0] == 0
        assert curve.updates[-1] == count - 1


def test_two_hundred_thousand_recordings_stay_within_the_capacity():
    history = History(("value",))
    for update in range(200_000):
        history.append(update, update % 1000)
    curve = history.curve("value")
    assert CAPACITY // 2 <= len(curve.updates) <= CAPACITY
    assert curve.stride == 4
    assert curve.maximum.max() == 999
    assert curve.minimum.min() == 0
    assert curve.updates[-1] == 199_999


def test_curves_that_were_handed_out_stay_as_they_are():
    history = History(("value",), capacity=16)
    for update in range(15):
        history.append(update, float(update))
    early = history.curve("value")
    before = early.last.tolist()
    for update in range(15, 200):
        history.append(update, -1.0)
    assert early.last.tolist() == before
    with pytest.raises(ValueError, match="read-only"):
        early.last[0] = 5.0


def test_a_value_that_is_missing_for_a_while_does_not_hide_the_others():
    history = History(("value",), capacity=2)
    for update, value in enumerate([1.0, float("nan"), 3.0, 2.0]):
        history.append(update, value)
    curve = history.curve("value")
    assert curve.minimum.min() == 1.0
    assert curve.maximum.max() == 3.0


@pytest.mark.parametrize("capacity", [0, 1, 3, -2])
def test_a_capacity_that_cannot_be_halved_is_refused(capacity):
    with pytest.raises(ValueError, match="even"):
        History(("value",), capacity)


def test_the_number_of_values_has_to_fit_the_names():
    with pytest.raises(ValueError, match="2 values for 1 names"):
        History(("value",)).append(0, 1.0, 2.0)
