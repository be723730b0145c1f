"""Notches of sliders: tidy, within the range, and found again."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.catalogue import load
from engine.contract.fields import Integer, Real
from engine.contract.params import fields_of
from gui.form.widgets.slider import LinearScale, LogScale, Scale
from tests.strategies import FIELDS, values_of
from tests.walk import EXPERIMENT_IDS


def _scale(field: Real | Integer) -> Scale:
    if isinstance(field, Integer):
        return LinearScale(field.minimum, field.maximum, 1)
    return (LogScale if field.scale == "log" else LinearScale)(field.minimum, field.maximum, field.step)


@given(st.data())
def test_positions_are_found_again(data: st.DataObject) -> None:
    field = data.draw(FIELDS["real"] | FIELDS["integer"])
    scale = _scale(field)
    position = data.draw(st.integers(0, scale.last))
    value = scale.value(position)
    assert field.check(value) == value
    assert scale.position(value) == position
    assert (scale.value(0), scale.value(scale.last)) == (field.minimum, field.maximum)
    assert position == 0 or scale.value(position - 1) < value


@given(st.data())
def test_every_value_has_a_position_beside_it(data: st.DataObject) -> None:
    field = data.draw(FIELDS["real"] | FIELDS["integer"])
    scale = _scale(field)
    value = data.draw(values_of(field))
    position = scale.position(value)
    below, above = scale.value(max(0, position - 1)), scale.value(min(scale.last, position + 1))
    assert below <= value <= above


@given(st.data())
def test_steps_stay_in_the_range_and_go_the_right_way(data: st.DataObject) -> None:
    field = data.draw(FIELDS["real"] | FIELDS["integer"])
    scale = _scale(field)
    value = data.draw(values_of(field))
    steps = data.draw(st.integers(-20, 20))
    moved = scale.stepped(value, steps)
    assert field.check(moved) == moved
    if steps > 0:
        assert moved > value or value == field.maximum
    elif steps < 0:
        assert moved < value or value == field.minimum


def test_linear_notches_are_as_one_would_write_them() -> None:
    scale = LinearScale(-10, 10, 0.05)
    assert [scale.value(position) for position in (200, 201, 202, 203, 206)] == [0.0, 0.05, 0.1, 0.15, 0.3]
    assert scale.stepped(0.1, 2) == 0.2
    assert scale.stepped(0.37, 10) == 0.87


def test_powers_of_ten_are_notches_of_a_log_scale() -> None:
    scale = LogScale(1e-4, 10, 1.1)
    values = {scale.value(position) for position in range(scale.last + 1)}
    assert {1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0} <= values
    assert scale.stepped(0.1, 24) == 1.0
    assert all(1.05 < scale.value(p + 1) / scale.value(p) < 1.2 for p in range(scale.last))


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_slider_of_every_experiment_gives_round_numbers(experiment_id: str) -> None:
    for field in fields_of(load(experiment_id).params_type).values():
        if isinstance(field, Real):
            scale = _scale(field)
            inner = [scale.value(position) for position in range(1, scale.last)]
            digits = {value: Decimal(repr(value)).normalize() for value in inner}
            if field.scale == "log":
                assert scale.last >= round(math.log10(field.maximum / field.minimum))
                assert all(len(number.as_tuple().digits) <= 3 for number in digits.values())
            else:
                finest = Decimal(repr(field.step)).as_tuple().exponent
                assert all(number.as_tuple().exponent >= finest for number in digits.values())


@pytest.mark.parametrize("scale", [LinearScale(0, 1e6, 0.01), LogScale(1e-300, 1e300, 1.0001)])
def test_a_fine_scale_has_no_more_notches_than_a_slider_can_use(scale: Scale) -> None:
    assert 5_000 < scale.last <= 10_001
