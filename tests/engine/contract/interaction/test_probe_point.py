"""A place on the stage says what lies there."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.handle import ProbePoint

_SIDE = st.integers(1, 7)
_FAR = st.floats(-10, 20)


@given(rows=_SIDE, columns=_SIDE, x=_FAR, y=_FAR)
def test_a_cell_is_that_around_the_spot(rows, columns, x, y):
    array = np.arange(rows * columns).reshape(rows, columns)
    found = ProbePoint(x, y).cell(array)
    around = [array[r, c] for r in range(rows) for c in range(columns) if r <= y < r + 1 and c <= x < c + 1]
    assert around == ([] if found is None else [found])


@given(x=_FAR)
def test_a_bar_is_the_nearest_one(x):
    assert abs(ProbePoint(x, 0.0).bar - x) <= 0.5


def test_a_cell_may_hold_several_numbers():
    assert ProbePoint(1.5, 0.2).cell(np.arange(12).reshape(2, 2, 3)).tolist() == [3, 4, 5]
