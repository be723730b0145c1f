"""Receptive fields: a cell changes with those cells of the input that lie in its field, and with no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.nn.conv_network import receptive_field
from engine.nn.layers import Convolution

# A stride larger than the window leaves cells out, which nothing sees.
_WINDOW = st.integers(1, 4).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, min(size, 3))))
_WINDOWS = st.lists(_WINDOW, min_size=1, max_size=3)
_SIDE = 40


@settings(max_examples=40)
@given(windows=_WINDOWS, place=st.integers(0, _SIDE - 1))
def test_a_cell_answers_to_the_cells_of_its_field_alone(windows, place):
    """Layers of windows whose weights are all 1: what a single 1 at a place leaves behind them is not 0 where it is
    seen.
    """
    x = np.zeros((1, 1, _SIDE, 1))
    x[0, 0, place, 0] = 1
    for size, stride in windows:
        x = Convolution(np.ones((1, 1, size, 1)), np.zeros(1)).forward(x)[:, :, ::stride]
    field = receptive_field(windows)
    sees = [field.start(cell) <= place < field.start(cell) + field.side for cell in range(x.shape[2])]
    assert (x[0, 0, :, 0] > 0).tolist() == sees


@given(windows=_WINDOWS, place=st.integers(0, _SIDE - 1), cells=st.integers(1, 20))
def test_the_cell_around_a_place_is_the_one_whose_middle_is_nearest(windows, place, cells):
    field = receptive_field(windows)
    away = [abs(field.start(cell) + (field.side - 1) / 2 - place) for cell in range(cells)]
    assert away[field.cell_around(place, cells)] == min(away)
