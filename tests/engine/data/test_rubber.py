"""A rubber takes away what it touches and nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.fields import Drawing
from engine.data.rubber import rubbed
from tests.bilingual import both

PLACES = st.tuples(*(st.integers(0, 1000).map(lambda part: part / 1000),) * 2)
STROKES = st.lists(st.lists(PLACES, min_size=1, max_size=6).map(tuple), max_size=4).map(tuple)


def test_a_line_falls_into_two_pieces():
    left, right = rubbed((((0.0, 0.5), (1.0, 0.5)),), (0.5, 0.5), 0.1)
    assert left[0] == (0.0, 0.5) and right[-1] == (1.0, 0.5)
    assert 0.38 < left[-1][0] < 0.4 and 0.6 < right[0][0] < 0.62


@given(STROKES, PLACES, st.floats(0.02, 0.3))
def test_nothing_is_left_within_reach_and_all_that_is_left_was_there(strokes, place, reach):
    left = rubbed(strokes, place, reach)
    for stroke in left:
        assert stroke in strokes or all(np.hypot(x - place[0], y - place[1]) > reach for x, y in stroke)
    corners = {corner for stroke in strokes for corner in stroke}
    far = {one for one in corners if np.hypot(one[0] - place[0], one[1] - place[1]) > reach + 0.02}
    assert len(far - {corner for stroke in left for corner in stroke}) <= 2 * len(strokes)
    assert Drawing(label=both("", "")).check(left) == left
    assert rubbed(left, place, reach - 0.012) == left


@given(STROKES, PLACES)
def test_what_is_not_touched_stays_as_it_is(strokes, place):
    assert all(stroke in rubbed(strokes, place, 1e-9) for stroke in strokes if place not in stroke and len(stroke) == 1)
