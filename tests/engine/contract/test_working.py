"""A line of arithmetic over many numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.working import WorkingStep
from tests.arithmetic import evaluate

_NUMBERS = st.lists(st.floats(-50, 50), min_size=1, max_size=8)


@given(numbers=_NUMBERS, shift=st.floats(-5, 5))
def test_a_sum_over_a_series_adds_up(numbers, shift):
    total = math.fsum(math.exp(number - shift) for number in numbers)
    assert evaluate(WorkingStep.over("s", "…", "exp({a} − {c})", {"a": numbers}, total, c=shift)) == pytest.approx(
        total
    )


@given(numbers=_NUMBERS)
def test_a_maximum_over_a_series_is_found(numbers):
    assert evaluate(WorkingStep.over("m", "max(…)", "{z}", {"z": numbers}, max(numbers))) == max(numbers)


@given(pairs=st.lists(st.tuples(st.floats(-9, 9), st.floats(0.01, 9)), min_size=1, max_size=5))
def test_two_series_go_side_by_side(pairs):
    first, second = zip(*pairs, strict=True)
    total = -math.fsum(t * math.log(y) for t, y in pairs)
    line = WorkingStep.over("E", "−(…)", "{t}·ln({y})", {"t": first, "y": second}, total, first=0)
    assert evaluate(line) == pytest.approx(total, abs=1e-9)


def test_members_are_numbered_in_the_formula():
    assert WorkingStep.over("s", "…", "{w}·{x}", {"w": (2, 3), "x": (4, 5)}, 23).formula() == "w1·x1 + w2·x2"
    assert WorkingStep.over("m", "max(…)", "{z}", {"z": (2, 3)}, 3, first=0).formula() == "max(z0, z1)"
    assert WorkingStep.over("a", "… + {b}", "{x}", {"x": (2, 3)}, 6, b=1.0).arithmetic() == "2 + 3 + 1"
