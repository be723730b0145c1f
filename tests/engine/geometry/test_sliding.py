"""A sliding window: it reads what a plain loop reads, and what it never reads is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.geometry.sliding import Sliding

_SIDE = st.tuples(st.integers(1, 7), st.integers(1, 7))


@st.composite
def _slidings(draw) -> Sliding:
    sides, padding, dilation = draw(_SIDE), draw(st.integers(0, 2)), draw(st.integers(1, 3))
    most = [(side + 2 * padding - 1) // dilation + 1 for side in sides]
    window = tuple(draw(st.integers(1, min(4, one))) for one in most)
    return Sliding(sides, window, draw(st.integers(1, 4)), padding, dilation)


@given(sliding=_slidings())
def test_windows_begin_at_every_stride_as_long_as_they_fit(sliding):
    rows, columns = sliding.padded_sides
    tops = [top for top in range(0, rows, sliding.stride) if top + sliding.reach[0] <= rows]
    lefts = [left for left in range(0, columns, sliding.stride) if left + sliding.reach[1] <= columns]
    assert sliding.output == (len(tops), len(lefts))
    assert rows - sliding.remainder[0] == tops[-1] + sliding.reach[0]
    met = [
        ((tops.index(top), lefts.index(left)), (a, b), (top + a * sliding.dilation, left + b * sliding.dilation))
        for top in tops
        for left in lefts
        for a in range(sliding.window[0])
        for b in range(sliding.window[1])
    ]
    assert [tuple(one) for one in sliding.meetings()] == met


@given(sliding=_slidings())
def test_a_cell_is_read_as_often_as_it_is_met(sliding):
    reads, padding = sliding.reads(), sliding.padding
    assert reads.shape == sliding.sides
    met = [one.padded for one in sliding.meetings()]
    for row, column in np.ndindex(*sliding.sides):
        assert reads[row, column] == met.count((row + padding, column + padding))
    assert reads.sum() == sum(sliding.is_inside(one) for one in met)


def test_a_window_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="reaches over 5 cells, there are 4"):
        Sliding((4, 4), (3, 3), dilation=2).meetings()
