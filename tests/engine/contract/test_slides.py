"""A handle that moves one number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.api import Matrix, Numbers, Params, Slide, integer, parameter, real, untranslated

_SCORES = Numbers(label=untranslated("z"), prefix="z", minimum=-8.0, maximum=8.0, step=0.1)


class _Params(Params):
    rate: float = real(0.5, (0.0, 2.0), untranslated("rate"), step=0.01)
    shift: int = integer(1, (0, 3), untranslated("shift"))
    scores: tuple[float, ...] = parameter((1.0, 2.0, 3.0), _SCORES)
    weights: tuple[tuple[float, ...], ...] = parameter(
        ((1.0, 2.0), (3.0, 4.0)),
        Matrix(label=untranslated("W"), rows=2, columns=2, minimum=-8.0, maximum=8.0, step=0.1),
    )


def _slide(field, place=(0.0, 0.0), **more):
    return Slide("one", place, 0.1, untranslated("one"), field=field, **more)


@given(x=st.floats(-9, 9), y=st.floats(-9, 9))
def test_a_number_follows_the_handle_as_far_as_is_allowed(x, y):
    params = _Params()
    moved = params.replaced(_slide("rate", along=(0.5, 0.0)).moved_to((x, y), params))
    assert moved.rate == pytest.approx(min(max(0.5 + 0.5 * x, 0.0), 2.0), abs=0.0051)
    moved = params.replaced(_slide("shift", along=(0.0, 1.0)).moved_to((x, y), params))
    assert moved.shift == min(max(round(1 + y), 0), 3)


def test_where_it_stands_nothing_changes():
    params = _Params()
    for field, index in (("rate", None), ("shift", None), ("scores", 1)):
        assert params.replaced(_slide(field, (0.3, 0.4), index=index).moved_to((0.3, 0.4), params)) == params


def test_one_of_several_numbers_moves_within_its_own_limits():
    params = _Params()
    slide = _slide("scores", along=(0.0, 1.0), index=1, decimals=1, within=(-2.5, 2.5))
    assert slide.moved_to((7.0, 0.26), params) == {"scores": (1.0, 2.3, 3.0)}
    assert slide.moved_to((0.0, 5.0), params) == {"scores": (1.0, 2.5, 3.0)}
    wide = _slide("scores", along=(0.0, 1.0), index=0, within=(-100.0, 100.0))
    assert wide.moved_to((0.0, -50.0), params) == {"scores": (-8.0, 2.0, 3.0)}


def test_one_number_of_a_matrix_moves_and_the_others_stay():
    slide = _slide("weights", along=(0.0, 1.0), index=(1, 0), decimals=1)
    assert slide.moved_to((7.0, 0.5), _Params()) == {"weights": ((1.0, 2.0), (3.5, 4.0))}
    assert slide.moved_to((0.0, 99.0), _Params()) == {"weights": ((1.0, 2.0), (8.0, 4.0))}
