"""The record of a descent: bounded, with its ends, and with both sides of a swing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus.descent_record import CAPACITY, DescentRecord, Moment


def moment(step, x=0.0, value=1.0):
    return Moment(step, np.array([x, 0.0]), value, 1.0)


@pytest.mark.parametrize("count", [1, 2, 17, CAPACITY, CAPACITY + 1, 5000])
def test_it_is_bounded_in_order_and_keeps_both_ends(count):
    record = DescentRecord()
    for step in range(count):
        record.append(moment(step))
    steps = [one.step for one in record.moments]
    assert len(steps) <= CAPACITY + 1
    assert steps[0] == 0 and steps[-1] == count - 1
    assert steps == sorted(set(steps))
    assert steps[: CAPACITY // 2] == list(range(min(count, CAPACITY // 2)))
    if count <= CAPACITY:
        assert steps == list(range(count))


def test_a_swing_from_side_to_side_keeps_both_sides_however_long_it_is():
    record = DescentRecord(16)
    for step in range(3000):
        record.append(moment(step, x=(-1.0) ** step))
    assert record.stride > 4
    sides = [one.x[0] for one in record.moments]
    assert 0.4 < np.mean(np.array(sides) > 0) < 0.6


def test_what_is_not_finite_is_left_out():
    record = DescentRecord()
    record.append(moment(0))
    record.append(moment(1, x=np.inf))
    record.append(moment(2, value=np.nan))
    record.append(moment(3))
    assert [one.step for one in record.moments] == [0, 3]


def test_an_empty_record_has_no_moments():
    assert DescentRecord().moments == []
