"""Which places of a run a moving picture shows, and for how long."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.text import Refused
from gui.export.moving.wanted import MOST_PICTURES, MovingPicture, read_moving, sampled

GOOD = {"first": "0", "last": "200", "seconds": "8", "rate": "20", "hold": "1", "width": "800", "height": "500"}


@given(
    first=st.integers(0, 500),
    way=st.integers(1, 10_000),
    frames=st.integers(2, 300),
    rate=st.sampled_from([1, 7, 12.5, 20, 24, 50]),
    hold=st.sampled_from([0, 0.5, 5]),
)
def test_places_lie_evenly_from_the_first_to_the_last_and_last_as_long_as_was_asked(first, way, frames, rate, hold):
    wanted = MovingPicture(first, first + way, frames / rate, rate, hold)
    places = wanted.places()
    updates = [place.update for place in places]
    assert (updates[0], updates[-1]) == (first, first + way)
    assert len(places) == min(frames, way + 1)
    assert sum(place.milliseconds for place in places) == pytest.approx(1000 * (frames / rate + hold), abs=1)
    gaps = {after - before for before, after in pairwise(updates)}
    assert min(gaps) >= 1 and max(gaps) - min(gaps) <= 1
    assert places[-1].milliseconds >= 1000 * hold + 1000 / rate - 1
    assert all(place.milliseconds < 2**16 for place in places)


def test_what_is_looked_at_to_tell_a_size_are_pairs_from_the_first_to_the_last():
    assert sampled(2) == (0, 1)
    assert sampled(3) == (0, 1, 2)
    numbers = sampled(160)
    assert (numbers[0], numbers[-1]) == (0, 159)
    assert all(number + 1 in numbers or number - 1 in numbers for number in numbers)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("first", "-1", "from: “-1”"),
        ("first", "1.5", "from: “1.5” is not a whole number from 0 to 200"),
        ("first", "200", "begins at 200 and ends at 200"),
        ("last", "201", "to: “201” is not a whole number from 0 to 200"),
        ("last", "１００", "to: “１００”"),
        ("last", "", "to: “”"),
        ("seconds", "nan", "seconds: “nan” is not a number from 0.1 to 60"),
        ("seconds", "1e9", "seconds: “1e9”"),
        ("seconds", "60.5", "seconds: “60.5”"),
        ("seconds", "60", f"1200 frames; at most {MOST_PICTURES}"),
        ("rate", "0", "frames a second: “0”"),
        ("rate", "inf", "frames a second: “inf”"),
        ("hold", "9" * 500, "hold: “999"),
        ("width", "239", "width: “239” is not a whole number from 240 to 2400"),
        ("height", "99999999", "height: “99999999”"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_name_and_what_is_allowed(name, value, named):
    with pytest.raises(Refused) as refusal:
        read_moving({**GOOD, name: value}, "light", reached=200)
    assert named in refusal.value.text.render("en")
    assert len(refusal.value.text.render("zh_CN")) < 120


def test_a_picture_that_moves_has_two_frames():
    with pytest.raises(Refused, match="less than two frames"):
        MovingPicture(0, 10, 1, 1)


def test_what_is_typed_is_what_is_made():
    wanted = read_moving({**GOOD, "seconds": " 2,5 ", "rate": "12.5"}, "dark", reached=200)
    assert wanted == MovingPicture(0, 200, 2.5, 12.5, 1.0, (800, 500), "dark")
