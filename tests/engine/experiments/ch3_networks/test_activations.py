"""The experiment `activations`: slopes, flat parts, stacks, what is said of them, and the cursor."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings

from engine.contract.handle import ProbePoint
from engine.contract.protocol import RandomStreams
from engine.contract.text import Refused
from engine.experiments.ch3_networks.activations import Activations
from engine.experiments.ch3_networks.activations.params import ActivationsParams
from engine.experiments.ch3_networks.activations.words import is_on_jump
from engine.nn.activation_registry import ACTIVATIONS as RECORDS
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.strategies import params_of

ACTIVATIONS = Activations()


def _frame(**values):
    params = ActivationsParams(**values)
    return params, ACTIVATIONS.compute(params, RandomStreams(0))


def _said(params, frame, language="en"):
    return ACTIVATIONS.headline(params, frame).render(language)


# One layer


def test_it_opens_at_two_where_the_slopes_are_a_tenth_and_one():
    params, frame = _frame()
    assert frame.functions == ("sigmoid", "relu")
    assert frame.value == pytest.approx([0.8807970779778823, 2])
    assert frame.slope == pytest.approx([0.10499358540350652, 1])
    assert frame.status is None
    assert _said(params, frame) == (
        "At x = 2 the slope of sigmoid is 0.105, of ReLU 1; sigmoid is nearly flat where |x| > 3.64."
    )
    assert "sigmoid 的斜率是 0.105，ReLU 是 1" in _said(params, frame, "zh_CN")


def test_dragged_right_sigmoid_dies_and_relu_lives():
    params, frame = _frame()
    moved = params.replaced(ACTIVATIONS.drag(params, frame, "cursor", (5.0, 0.0)))
    after = ACTIVATIONS.compute(moved, RandomStreams(0))
    assert after.flat.tolist() == [True, False]
    assert "nearly flat here: sigmoid." in _said(moved, after)


@settings(max_examples=60, deadline=None)
@given(params_of(ActivationsParams))
def test_the_cursor_reads_the_curves_and_says_what_is_so(params):
    frame = ACTIVATIONS.compute(params, RandomStreams(0))
    for row in range(len(frame.functions)):
        for curve, read in ((frame.values, frame.value), (frame.slopes, frame.slope)):
            around = curve[row][np.abs(frame.x - params.x) <= 0.0301]
            # The cursor may stand exactly on a jump, where both sides are among the samples.
            assert around.min() - 1e-6 <= read[row] <= around.max() + 1e-6
        assert np.prod(frame.factors[row]) == pytest.approx(frame.stack_slope[row])
        assert frame.products[row, -1] == pytest.approx(frame.stack_slope[row])
        assert abs(frame.stack_slope[row]) <= frame.bounds[row] * (1 + 1e-9)
    assert np.all(np.diff(frame.x) > 0)
    reading = _said(params, frame)
    assert "nan" not in reading
    if params.view == "function":
        flat = [row for row in np.flatnonzero(frame.flat) if not is_on_jump(params, frame, row)]
        assert bool(re.search("flat here", reading)) == bool(flat)
        if flat:
            assert ("nearly flat" in reading) == bool(np.any(frame.slope[flat]))


@settings(max_examples=40, deadline=None)
@given(params_of(ActivationsParams))
def test_no_axis_clips_its_curves_or_moves_with_the_cursor(params):
    frame = ACTIVATIONS.compute(params, RandomStreams(0))
    elsewhere = ACTIVATIONS.compute(params.replaced({"x": 1.25}), RandomStreams(0))
    for curves, name in (
        (frame.values, "value_range"),
        (frame.slopes, "slope_range"),
        (frame.stack_values, "stack_value_range"),
    ):
        low, high = getattr(frame, name)
        assert low < curves.min() and curves.max() < high and low < 0 < high
        assert np.array_equal(getattr(frame, name), getattr(elsewhere, name))
    assert np.array_equal(frame.product_range, elsewhere.product_range)
    assert frame.can_be_zero == elsewhere.can_be_zero


@settings(max_examples=40, deadline=None)
@given(params_of(ActivationsParams))
def test_flat_parts_are_where_the_slope_is_below_its_share(params):
    frame = ACTIVATIONS.compute(params, RandomStreams(0))
    for row, name in enumerate(frame.functions):
        limit = max(params.flat_below / 100 * params.steepest(name), 1e-12)
        for parts, slopes in ((frame.flat_parts[row], frame.slopes[row]), (frame.stack_flat_parts[row], None)):
            inside = np.zeros(len(frame.x), dtype=bool)
            for low, high in parts:
                inside |= (low + 0.02 < frame.x) & (frame.x < high - 0.02)
            slopes = frame.stack_slopes[row] if slopes is None else slopes
            assert np.all(np.abs(slopes[inside]) <= limit)


def test_the_step_is_flat_everywhere_and_the_identity_nowhere():
    _, frame = _frame(functions=("step", "identity"))
    assert [parts.tolist() for parts in frame.flat_parts] == [[[-6, 6]], []]
    assert frame.flat.tolist() == [True, False]


def test_gain_and_bias_move_the_flat_parts():
    _, frame = _frame(functions="relu", gain=2.0, bias=-3.0)
    assert frame.flat_parts[0].tolist() == [[-6, 1.5]]
    _, frame = _frame(functions="relu", gain=-1.0, bias=2.0, x=0.0)
    assert frame.flat_parts[0].tolist() == [[2, 6]]
    assert frame.slope.tolist() == [-1]


def test_curves_jump_upright():
    _, frame = _frame(functions="step", gain=2.0, bias=-3.0)
    jump = int(np.argmax(np.diff(frame.values[0])))
    assert frame.x[jump + 1] - frame.x[jump] < 1e-8
    assert frame.x[jump] == pytest.approx(1.5, abs=1e-8)


# What is noted


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("no_input", {"gain": 0.0}),
        ("no_slope", {"functions": ("step", "relu"), "x": 0.0}),
        ("no_slope", {"functions": ("leaky_relu",), "x": 1.5, "gain": 2.0, "bias": -3.0}),
        ("saturated", {"x": -5.0}),
        ("saturated", {"functions": ("tanh",), "x": 3.0, "flat_below": 50.0}),
    ],
)
def test_a_status_says_why_and_its_remedy_takes_it_away(kind, values):
    params, frame = _frame(**values)
    assert frame.status.kind == kind
    if frame.status.remedy is not None:
        assert ACTIVATIONS.compute(params.replaced(frame.status.remedy.changes), RandomStreams(0)).status is None


def test_the_step_alone_has_no_remedy_and_smooth_functions_no_corner():
    assert _frame(functions="step")[1].status.remedy is None
    assert _frame(functions=("sigmoid", "tanh"), x=0.0)[1].status is None


def test_many_functions_are_summed_up():
    params, frame = _frame(functions=tuple(RECORDS))
    assert _said(params, frame).startswith("At x = 2 swish is the steepest (slope 1.09), step the flattest (0); ")


# A stack


def test_five_sigmoids_at_their_steepest_leave_less_than_a_thousandth():
    params, frame = _frame(view="stack", functions="sigmoid", x=0.5, bias=-0.5)
    assert frame.factors.tolist() == [[0.25] * 5]
    assert frame.stack_slope[0] == frame.bounds[0] == 0.25**5
    assert frame.products[0].tolist() == [0.25**n for n in range(6)]
    assert "never more than 0.25⁵ = 0.000977" in _said(params, frame)


def test_layers_of_the_identity_stay_a_line_and_tanh_does_not():
    params, frame = _frame(view="stack", functions=("tanh", "identity"), gain=1.2, bias=0.3)
    bends = np.ptp(frame.stack_slopes, axis=1)
    assert bends[1] == 0 and bends[0] > 0.1
    assert "one straight line" in _said(params, frame)


def test_each_layer_sees_what_the_one_before_put_out():
    _, frame = _frame(view="stack", functions="tanh", gain=1.5, bias=0.2, layers=4)
    assert frame.sums[0, 0] == pytest.approx(1.5 * 2 + 0.2)
    assert frame.sums[0, 1:] == pytest.approx(1.5 * np.tanh(frame.sums[0, :-1]) + 0.2)
    assert frame.stack_value[0] == pytest.approx(np.tanh(frame.sums[0, -1]))


def test_one_layer_is_the_function_itself():
    _, frame = _frame(functions=tuple(RECORDS), layers=1, gain=1.3, bias=-0.4)
    assert np.array_equal(frame.stack_values, frame.values)
    assert frame.stack_slopes == pytest.approx(frame.slopes)
    assert [one.tolist() for one in frame.flat_parts] == [one.tolist() for one in frame.stack_flat_parts]


def test_the_view_does_not_change_the_frame():
    assert frames_equal(_frame(view="stack")[1], _frame()[1])


# The cursor


@pytest.mark.parametrize(("place", "x"), [((1.234, 9.0), 1.23), ((-77, 0), -6), ((6.4, 1), 6), ((-0.001, 0), 0)])
@pytest.mark.parametrize("view", ["function", "stack"])
def test_the_cursor_goes_where_it_is_asked_to(view, place, x):
    params, frame = _frame(view=view)
    moved = params.replaced(ACTIVATIONS.drag(params, frame, "cursor", place))
    assert moved.x == x and str(moved.x) != "-0.0"
    (handle,) = ACTIVATIONS.handles(moved, ACTIVATIONS.compute(moved, RandomStreams(0)))
    low, high = frame.stack_value_range if view == "stack" else frame.value_range
    assert handle.place[0] == x and low < handle.place[1] < high


def test_an_unknown_handle_is_an_error():
    with pytest.raises(KeyError, match="line"):
        ACTIVATIONS.drag(*_frame(), "line", (0, 0))


def test_probes_read_any_place():
    params, frame = _frame()
    said = ACTIVATIONS.probe(params, frame, ProbePoint(-1.0, 3.0)).text.render("en")
    assert said == "x = −1.00: sigmoid 0.269 with slope 0.197 and ReLU 0 with slope 0"
    params, frame = _frame(view="stack")
    assert "sigmoid 0.66 with slope" in ACTIVATIONS.probe(params, frame, ProbePoint(2.0, 0.0)).text.render("en")
    assert "layer 1 alone: sigmoid 0.105" in ACTIVATIONS.probe(
        params, frame, ProbePoint(1.2, 0, "product")
    ).text.render("en")
    assert ACTIVATIONS.probe(params, frame, ProbePoint(0.2, 0, "product")) is None


# Working, tables, parameters


@settings(max_examples=60, deadline=None)
@given(params_of(ActivationsParams))
def test_the_working_adds_up(params):
    frame = ACTIVATIONS.compute(params, RandomStreams(0))
    for line in ACTIVATIONS.working(params, frame):
        assert evaluate(line) == pytest.approx(line.result, rel=1e-6, abs=1e-9), line


def test_the_working_has_value_and_slope_of_every_function():
    params, frame = _frame(functions=tuple(RECORDS))
    lines = ACTIVATIONS.working(params, frame)
    assert [line.left for line in lines] == ["a", *["y", "dy/dx"] * len(RECORDS)]
    assert [line.result for line in lines[1::2]] == frame.value.tolist()
    assert [line.result for line in lines[2::2]] == frame.slope.tolist()
    assert lines[4].arithmetic() == "1·0.880797·(1 − 0.880797)"


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("functions", ("tanh",), {}),
        ("x", 3.0, {}),
        ("gain", 2.0, {}),
        ("bias", 1.0, {}),
        ("leak", 0.2, {"functions": ("leaky_relu",)}),
        ("view", "stack", {}),
        ("layers", 3, {"view": "stack"}),
        ("flat_below", 20.0, {}),
    ],
)
def test_every_parameter_does_something(name, value, base):
    def tables(params):
        frame = ACTIVATIONS.compute(params, RandomStreams(0))
        return [(table.name, table.rows) for table in ACTIVATIONS.tables(params, frame)]

    params = ActivationsParams(**base)
    assert tables(params) != tables(params.replaced({name: value}))


def test_the_leak_is_shown_with_its_function_only():
    field = ActivationsParams.__dataclass_fields__["leak"].metadata["field"]
    assert not field.visible.holds(ActivationsParams())
    assert field.visible.holds(ActivationsParams(functions=("sigmoid", "leaky_relu")))


def test_frames_are_the_same_every_time():
    values = {"functions": tuple(RECORDS), "view": "stack"}
    assert frames_equal(_frame(**values)[1], _frame(**values)[1])


@pytest.mark.parametrize(
    ("name", "value"), [("functions", ()), ("functions", ("sinus",)), ("x", 6.5), ("layers", 11), ("leak", -0.1)]
)
def test_bad_values_are_refused_by_name(name, value):
    with pytest.raises(Refused, match=name):
        ActivationsParams(**{name: value})
