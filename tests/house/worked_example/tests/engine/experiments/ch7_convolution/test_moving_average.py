"""Moving average: the means are those of the windows, and a window never makes a row rougher."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.experiments.ch7_convolution.moving_average import moving_average

_ROWS = st.lists(st.floats(0, 9), min_size=1, max_size=9)


@given(row=_ROWS, reach=st.integers(0, 4))
def test_each_mean_is_that_of_the_numbers_near_it(row, reach):
    near = [[x for j, x in enumerate(row) if abs(i - j) <= reach] for i in range(len(row))]
    assert moving_average(np.array(row), reach) == pytest.approx([sum(some) / len(some) for some in near])


@given(row=_ROWS, reach=st.integers(0, 4))
def test_means_change_no_more_than_the_numbers(row, reach):
    before, after = (np.sum(np.abs(np.diff(one))) for one in (row, moving_average(np.array(row), reach)))
    assert after <= before + 1e-9
