"""Lines under the hand: slid, turned, and held where they are said to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.geometry.dragged_line import SHORTEST, foot, slid, turned
from engine.nn.perceptrons import distance_from_line, weighted_sum

NUMBERS = st.floats(-3, 3)
POINTS = st.tuples(NUMBERS, NUMBERS).map(np.array)
WEIGHTS = POINTS.filter(lambda w: np.linalg.norm(w) > 0.1)


@given(WEIGHTS, NUMBERS, POINTS)
def test_the_foot_lies_on_the_line_and_nowhere_nearer(w, b, anchor):
    place = foot(w, b, anchor)
    assert weighted_sum(place[None], w, b)[0] == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(place - anchor) == pytest.approx(abs(distance_from_line(anchor[None], w, b)[0]), abs=1e-9)


@given(WEIGHTS, POINTS)
def test_a_slid_line_passes_through_the_target(w, target):
    assert weighted_sum(target[None], w, slid(w, target))[0] == pytest.approx(0, abs=1e-9)


@given(WEIGHTS, NUMBERS, POINTS, POINTS, st.sampled_from([1.0, 0.5]))
def test_the_arrow_of_a_turned_line_ends_at_the_target(w, b, anchor, target, scale):
    along = distance_from_line(anchor[None], w, b)[0]
    reach = np.linalg.norm(target - anchor)
    # Between anchor and line there is no room for an arrow.
    assume(reach > 1e-3 and reach > abs(along) + scale * SHORTEST)
    new_w, new_b = turned(w, b, anchor, target, scale)
    assert foot(new_w, new_b, anchor) + scale * new_w == pytest.approx(target, abs=1e-7)


@given(WEIGHTS, NUMBERS, POINTS, POINTS)
def test_turning_keeps_the_distance_from_the_anchor(w, b, anchor, target):
    new_w, new_b = turned(w, b, anchor, target)
    before, after = (distance_from_line(anchor[None], *line)[0] for line in ((w, b), (new_w, new_b)))
    assert after == pytest.approx(before, abs=1e-7)
    assert np.linalg.norm(new_w) >= SHORTEST * (1 - 1e-9)


@given(WEIGHTS, POINTS, st.floats(0, 360), st.floats(0.01, 2), st.floats(0.001, 2), st.sampled_from([1.0, 0.5]))
def test_of_two_arrows_that_end_at_the_target_the_nearer_in_direction_is_taken(w, anchor, angle, reach, spare, scale):
    """Where the line is far behind the anchor, an arrow can end at the target either way: never the one turned further.

    It begins as far behind the anchor as the line lies, and goes on beyond it by ``reach``, or stops short by that.
    """
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    distance = reach + scale * SHORTEST + spare
    assume(abs(way @ w) > 1e-6)
    nearer = way * (distance + reach) if way @ w > 0 else -way * (distance - reach)
    new_w, new_b = turned(w, distance * np.hypot(*w) - w @ anchor, anchor, anchor + reach * way, scale)
    assert new_w == pytest.approx(nearer / scale, abs=1e-9)
    assert new_w @ anchor + new_b == pytest.approx(distance * np.hypot(*new_w), abs=1e-9)


def test_turning_to_where_it_is_changes_nothing():
    w, b, anchor = np.array([0.5, 0.25]), -0.2, np.array([0.4, 0.6])
    new_w, new_b = turned(w, b, anchor, foot(w, b, anchor) + w)
    assert new_w == pytest.approx(w) and new_b == pytest.approx(b)


def test_without_weights_there_is_no_foot():
    assert np.isnan(foot(np.zeros(2), 1.0, np.zeros(2))).all()
