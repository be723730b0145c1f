"""JSON from outside comes through whole, and what would break something later does not come through."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.plain_json import DEEPEST, is_number, read_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_plain_values_come_back(value):
    assert read_json(json.dumps(value)) == value


def test_as_many_levels_as_are_allowed_come_back():
    text = "[" * (DEEPEST - 1) + "1" + "]" * (DEEPEST - 1)
    assert json.dumps(read_json(text)) == text


@pytest.mark.parametrize(
    "bad",
    [
        "NaN",
        "Infinity",
        "1e400",
        "-1e400",
        '"\\ud800"',
        "[" * DEEPEST + "1" + "]" * DEEPEST,
        "1" * 5000,
        "1" * 310,
        "-" + "9" * 400,
    ],
)
@pytest.mark.parametrize("place", ["%s", "[0, %s]", '{"a": [%s]}'])
def test_what_would_break_something_later_is_an_error(bad, place):
    with pytest.raises(ValueError):
        read_json(place % bad)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[1,]", '{"\\udfff": 1}', "'a'"])
def test_what_is_not_json_or_has_bad_names_is_an_error(text):
    with pytest.raises(ValueError):
        read_json(text)


@pytest.mark.parametrize("value", [True, None, "1", [], float("nan"), float("inf"), 10**400, -(10**400)])
def test_what_cannot_be_computed_with_is_no_number(value):
    assert not is_number(value)


@pytest.mark.parametrize("value", [0, -3, 1e308, 10**300, -0.5])
def test_what_can_be_computed_with_is_a_number(value):
    assert is_number(value)
