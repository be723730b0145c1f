"""Axes change only where what is shown would leave them, and then by steps."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.nn.activation_registry import ACTIVATIONS
from engine.playing import opened
from gui.stage.view import Snapshot
from tests.gui.views.hand import draw, opened_view

pytestmark = pytest.mark.long

_NAMES = [name for name in ACTIVATIONS if name != "identity"]
_ROWS = (("values", "value_range"), ("slopes", "slope_range"), ("stack_values", "stack_value_range"))

_ROOM_ABOVE = 0.13
"""The share of an axis above all curves."""


def _shown(functions):
    experiment = load("activations")
    return experiment.compute(experiment.params_type().replaced({"functions": functions}), None)


@pytest.mark.parametrize("count", [1, 2])
def test_a_further_function_within_the_axes_leaves_them_as_they_are(count):
    frames = {few: _shown(few) for size in (count, count + 1) for few in combinations(_NAMES, size)}
    wrong = []
    for before in combinations(_NAMES, count):
        for more in set(_NAMES) - set(before):
            now = frames[tuple(name for name in _NAMES if name in (*before, more))]
            for rows, axis in _ROWS:
                old, values = getattr(frames[before], axis), getattr(now, rows)
                # Beside a slope that is 0 everywhere any other has its own scale.
                is_flat = not np.any(getattr(frames[before], rows))
                # Above there is room for words, which stays free.
                fits = values.min() >= old[0] and values.max() <= old[1] - _ROOM_ABOVE * (old[1] - old[0])
                if fits and not is_flat and not np.array_equal(old, getattr(now, axis)):
                    wrong.append(f"{before} and {more}: {rows} {old} → {getattr(now, axis)}")
    assert not wrong, "\n".join(wrong)


def test_a_point_moves_the_axes_only_where_it_would_leave_them_and_by_steps(qtbot):
    view = opened_view(qtbot, "perceptron_rule")
    experiment, first = view.experiment, view.current
    reaches = []
    for far in np.arange(0.1, 4.01, 0.1).round(1).tolist():
        params = first.params.replaced({"points": (*first.params.points, (far, 0.0, 1))})
        before = view.plane.square.right()
        draw(view, Snapshot(params, opened(experiment, params)[1]))
        reaches.append(view.plane.square.right())
        assert far <= reaches[-1]
        assert reaches[-1] == before or far > before, f"a point at {far} changes {before} to {reaches[-1]}"
    assert len(set(reaches)) <= 4
