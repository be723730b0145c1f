"""The experiment `differentiation`: its reference values, its valley, what has no slope, and whole numbers."""

from __future__ import annotations

import inspect
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus import central_difference, forward_difference
from engine.chapter_tests.questions.differentiation import central_of_cube, forward_of_square
from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.protocol import RandomStreams
from engine.contract.text import Refused
from engine.experiments.ch4_training.differentiation import Differentiation
from engine.experiments.ch4_training.differentiation.params import FUNCTIONS, STEPS, DifferentiationParams
from engine.experiments.ch4_training.differentiation.words import DIFFERENCES, error_words, tiny
from engine.guides.guide import load_guide
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.pace import within
from tests.strategies import params_of

DIFFERENTIATION = Differentiation()
PRESETS = {preset.id: dict(preset.changes) for preset in DIFFERENTIATION.presets}
EVERY = params_of(DifferentiationParams)


def _frame(**values):
    params = DifferentiationParams(**values)
    return params, DIFFERENTIATION.compute(params, RandomStreams(0))


def _said(params, frame, language="en"):
    return DIFFERENTIATION.headline(params, frame).render(language)


# Reference values


def test_it_opens_at_sine_where_the_secant_is_visibly_wrong():
    params, frame = _frame()
    assert frame.slope == pytest.approx(math.sin(2) - math.sin(1)) and frame.exact == math.cos(1)
    assert _said(params, frame) == (
        "Slope of sin x at 1: the forward difference with h = 1 gives 0.068, not 0.540: off by 0.472."
    )
    assert "前向差分得 0.068，导数是 0.540，相差 0.472" in _said(params, frame, "zh_CN")


@pytest.mark.parametrize(("h", "error"), [(1e-4, 9.0e-10), (1e-5, 1.1e-11), (1e-12, 1.2e-5)])
def test_the_error_of_the_central_difference_falls_and_rises_again(h, error):
    _, frame = _frame(difference="central", h=h)
    assert float(f"{frame.error:.1e}") == error
    assert frame.errors_here[1, 0] == frame.error


@pytest.mark.parametrize(("x", "slope"), [(5.0, 0.1999999999990898), (10.0, 0.2999999999986347)])
def test_the_books_parabola_to_the_last_digit(x, slope):
    _, frame = _frame(function="book", x=x, h=1e-4, difference="central")
    assert frame.slope == slope
    assert frame.exact == pytest.approx(0.02 * x + 0.1)


def test_integers_give_the_notes_5000_and_floats_do_not():
    params, frame = _frame(view="integer")
    assert frame.cut_gradient.tolist() == [5000, 5000, 45000]
    assert frame.right_gradient == pytest.approx([2, 3, 10]) and frame.exact_gradient.tolist() == [2, 3, 10]
    assert frame.kept.tolist() == [[2, 1], [3, 2], [5, 4]]
    assert frame.f_kept.tolist() == [[27, 26], [27, 26], [27, 18]]
    assert _said(params, frame) == "With integers the same code returns (5000, 5000, 45000) instead of (2, 3, 10)."
    params, frame = _frame(view="integer", pitfall="none")
    assert frame.cut_gradient == pytest.approx([2, 3, 10])
    assert np.array_equal(frame.kept, frame.asked) and frame.status is None
    assert _said(params, frame).startswith("With floats the numerical gradient is (2, 3, 10)")


def test_an_integer_array_loses_the_fractions_of_the_point_too():
    _, frame = _frame(view="integer", point=(2.5, -1.5, 0.0))
    assert frame.stored.tolist() == [2, -1, 0]
    assert frame.kept[2].tolist() == [0, 0] and frame.cut_gradient[2] == 0


# The valley


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "relu"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_error_is_that_of_one_difference_alone(name, dtype):
    params, frame = _frame(function=name, dtype=dtype, h=0.01)
    kind = np.dtype(dtype).type
    column = ["float64", "float32"].index(dtype)
    exact = float(params.f.gradient(np.array([1.0]))[0][0])
    for row, difference in enumerate((forward_difference, central_difference)):
        for at in range(0, len(STEPS), 23):
            with np.errstate(all="ignore"):
                slope = float(difference(params.f, np.array([kind(1)]), kind(STEPS[at]))[0])
            expected = abs(slope - exact) if math.isfinite(slope) else math.nan
            assert frame.errors[row, column, at] == pytest.approx(expected, rel=0, abs=0, nan_ok=True)


def test_the_best_h_is_better_than_both_of_its_sides():
    for difference in ("forward", "central"):
        for dtype in ("float64", "float32"):
            _, frame = _frame(difference=difference, dtype=dtype)
            for worse in (frame.best_h * 300, frame.best_h / 300):
                assert _frame(difference=difference, dtype=dtype, h=min(2.0, worse))[1].error > 10 * frame.best_error


def test_the_central_valley_is_deeper_and_float32_is_shallower():
    _, frame = _frame()
    assert frame.best_errors[1, 0] < frame.best_errors[0, 0] / 100
    assert np.all(frame.best_errors[:, 1] > 1000 * frame.best_errors[:, 0])
    assert np.all(frame.best[:, 1] > frame.best[:, 0])


def test_the_central_difference_of_a_parabola_is_exact():
    params, frame = _frame(function="square", difference="central")
    assert frame.error == 0 and frame.digits == 17
    assert "exactly the tangent" in _said(params, frame)


def test_the_microscope_is_smooth_for_large_h_and_a_staircase_for_small():
    _, smooth = _frame(h=0.1)
    assert len(np.unique(smooth.rise)) > 500
    _, stairs = _frame(h=1e-15)
    heights = np.unique(stairs.rise)
    assert len(heights) < 30
    # The stairs are as high as the spacing of floats near sin 1, seen in units of h.
    assert np.diff(heights).min() == pytest.approx(np.spacing(math.sin(1)) / 1e-15, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(EVERY)
def test_the_microscope_has_the_secant_in_it(params):
    frame = DIFFERENTIATION.compute(params, RandomStreams(0))
    (above, below), (one, other) = frame.ends_rise.tolist(), frame.ends_near.tolist()
    if params.dtype == "float64" and math.isfinite(frame.slope) and math.isfinite(above) and math.isfinite(below):
        assert (above - below) / (one - other) == pytest.approx(frame.slope, rel=1e-6, abs=1e-6 * (1 + abs(above)))


# What is noted


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("rounding", {"h": 1e-12}),
        ("rounding", {"h": 1e-6, "dtype": "float32"}),
        ("absorbed", {"h": 1e-9, "dtype": "float32"}),
        ("corner", {"function": "relu", "x": 0.0}),
        ("corner", {"function": "own", "own": "abs(x-0.3)", "x": 0.3}),
        ("no_slope", {"function": "root", "x": 0.0}),
        ("no_value", {"function": "root", "x": -1.0}),
        ("no_value", {"function": "reciprocal", "x": 0.0}),
        ("outside", {"function": "root", "x": 0.5, "difference": "central"}),
        ("cut_off", {"view": "integer"}),
    ],
)
def test_a_status_says_why_and_its_remedy_takes_it_away(kind, values):
    params, frame = _frame(**values)
    assert frame.status.kind == kind
    mended = DIFFERENTIATION.compute(params.replaced(frame.status.remedy.changes), RandomStreams(0))
    assert mended.status is None or (kind in ("corner", "no_slope", "no_value") and mended.status.kind == "truncation")
    for language in LANGUAGES:
        assert "nan" not in _said(params, frame, language) and "{" not in frame.status.text.render(language)


@pytest.mark.parametrize(
    "values", [{"difference": "central", "h": 1e-5}, {"h": 1e-8}, {"difference": "central", "h": 1e-4}]
)
def test_nothing_is_said_where_h_is_good(values):
    assert _frame(**values)[1].status is None


def test_a_corner_is_said_with_both_slopes_and_what_the_formulas_make_of_it():
    params, frame = _frame(function="relu", x=0.0, h=0.5)
    assert frame.status.text.render("en").startswith("A corner: the slope is 0 to its left and 1 to its right")
    assert _said(params, frame).endswith("forward 1, central 0.5.")
    assert math.isnan(frame.exact) and not np.isfinite(frame.errors).any()


def test_a_function_without_any_value_is_survived():
    params, frame = _frame(function="own", own="log(x-50)")
    assert frame.status.kind == "no_value" and frame.status.remedy is None
    assert np.all(np.isfinite(frame.y_range))
    assert DIFFERENTIATION.tables(params, frame)


@settings(max_examples=50, deadline=None)
@given(EVERY, st.sampled_from(["x*sin(x^2)", "sqrt(x)", "log(x)", "1/x", "exp(exp(x))", "abs(x)", "x^30", "3"]))
def test_whatever_is_set_the_sentence_is_whole_and_the_axes_are_finite(params, own):
    params = params.replaced({"own": own})
    frame = DIFFERENTIATION.compute(params, RandomStreams(0))
    for language in LANGUAGES:
        sentence = _said(params, frame, language)
        assert "nan" not in sentence and "inf" not in sentence and "{" not in sentence
    for name in ("x_range", "y_range", "slice_ranges"):
        assert np.all(np.isfinite(getattr(frame, name)))
    assert frame.y_range[0] < frame.y_range[1] and math.isfinite(frame.top) and frame.rise_reach > 0
    for table in DIFFERENTIATION.tables(params, frame):
        for column in table.columns:
            assert all(isinstance(value, str) or math.isfinite(value) for value in column.values), column.name


@settings(max_examples=40, deadline=None)
@given(EVERY)
def test_the_error_is_the_difference_of_both_slopes(params):
    frame = DIFFERENTIATION.compute(params, RandomStreams(0))
    if frame.state == "fine" and math.isfinite(frame.slope):
        assert frame.error == abs(frame.slope - frame.exact)
        assert frame.slope == frame.slopes[params.row] and frame.error == frame.errors_here[params.row]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.4724, "0.47"),
        (9.004e-10, "9e−10"),
        (1e-5, "1e−5"),
        (1.26e-8, "1.3e−8"),
        (123456.0, "1.2e5"),
        (-0.00012, "−1.2e−4"),
    ],
)
def test_tiny_numbers_are_written_short(value, text):
    assert tiny(value) == text


def test_large_errors_get_a_digit_more_and_missing_ones_a_dash():
    assert (error_words(0.47248), error_words(0.01234), error_words(math.nan)) == ("0.472", "0.012", "–")


# Working, tables, parameters


@settings(max_examples=40, deadline=None)
@given(EVERY)
def test_the_working_adds_up(params):
    frame = DIFFERENTIATION.compute(params, RandomStreams(0))
    for line in DIFFERENTIATION.working(params, frame):
        assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line


@pytest.mark.parametrize("difference", ["forward", "central"])
def test_the_working_in_float32_tells_what_float32_keeps(difference):
    params, frame = _frame(dtype="float32", h=1e-4, difference=difference)
    lines = DIFFERENTIATION.working(params, frame)
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line
    kept = lines[1].note.render("en").removeprefix("slope of the secant; float32 stores ")
    assert float(np.float32(kept)) == frame.slope == lines[2].values["s"]


@pytest.mark.parametrize(
    "own", ["1e308*x*x", "8e307*x*x", "-1e308*x*x", "1e308*sin(9*x)", "1.7e308+0*x", "exp(exp(x))"]
)
@pytest.mark.parametrize("difference", ["forward", "central"])
@pytest.mark.parametrize("h", [1.0, 1e-4])
def test_the_largest_numbers_have_finite_axes_and_handles_within_them(own, difference, h):
    for x in (-6.0, 0.0, 1.0, 1.5):
        params, frame = _frame(function="own", own=own, difference=difference, h=h, x=x)
        low, high = frame.y_range.tolist()
        assert math.isfinite(high - low) and low < high and math.isfinite(3 * frame.rise_reach)
        for handle in DIFFERENTIATION.handles(params, frame):
            assert all(math.isfinite(part) for part in handle.place), handle.id
            assert handle.id == "h" or low < handle.place[1] < high
        for line in DIFFERENTIATION.working(params, frame):
            assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line
        DIFFERENTIATION.tables(params, frame)
        assert "inf" not in _said(params, frame)


def test_numbers_that_are_too_large_are_not_called_missing():
    params, frame = _frame(function="own", own="exp(exp(x))", x=6.5, h=1.0)
    assert frame.status.kind == "overflow" and "too large for float64" in frame.status.text.render("en")
    assert "too large for float64" in _said(params, frame) and "存不下" in _said(params, frame, "zh_CN")
    params, frame = _frame(function="own", own="exp(exp(x))", x=4.0, h=1.0, dtype="float32")
    assert "too large for float32" in _said(params, frame)
    params, frame = _frame(function="own", own="exp(exp(x))", x=9.0)
    assert frame.status.kind == "no_value" and "too large for a float" in _said(params, frame)
    assert "too large for a float" in frame.status.text.render("en") and "太大" in frame.status.text.render("zh_CN")
    for values in ({"function": "reciprocal", "x": 0.0}, {"function": "own", "own": "log(x)", "x": 0.0}):
        assert "has no value" in _said(*_frame(**values))
    params, frame = _frame(function="reciprocal", x=1.0, h=1.0, difference="central")
    assert frame.status.kind == "outside" and "no value" in _said(params, frame)


def test_a_fast_wave_has_no_corner():
    assert _frame(function="own", own="sin(1000000000*x)")[1].state == "fine"


def test_a_gradient_of_whole_numbers_is_judged_entry_by_entry():
    _, frame = _frame(view="integer")
    assert frame.change.tolist() == [1, 1, 9] and not frame.is_right.any()
    assert _frame(view="integer", pitfall="none")[1].is_right.all()


def test_the_working_shows_every_digit_where_they_cancel():
    params, frame = _frame(difference="central", h=1e-12)
    first = DIFFERENTIATION.working(params, frame)[0]
    assert first.note.render("en") == "y1 = f(x + h) = 0.8414709848084369, y0 = f(x − h) = 0.8414709848073563"


def test_the_working_of_integers_is_that_of_the_entry():
    params, frame = _frame(view="integer", selected="x2")
    lines = DIFFERENTIATION.working(params, frame)
    assert [line.result for line in lines] == [5.0001, 4.9999, 9, 45000]
    assert lines[0].note.render("en") == "stored as 5"


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("view", "integer", {}),
        ("function", "exp", {}),
        ("own", "x^4", {"function": "own"}),
        ("x", 2.0, {}),
        ("h", 0.1, {}),
        ("difference", "central", {}),
        ("dtype", "float32", {}),
        ("point", (2.0, 3.0, 4.0), {"view": "integer"}),
        ("pitfall", "none", {"view": "integer"}),
        ("selected", "x1", {"view": "integer"}),
    ],
)
def test_every_parameter_does_something(name, value, base):
    def tables(params):
        frame = DIFFERENTIATION.compute(params, RandomStreams(0))
        return [(table.name, table.rows) for table in DIFFERENTIATION.tables(params, frame)]

    params = DifferentiationParams(**base)
    assert tables(params) != tables(params.replaced({name: value}))


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("one", ["central_float32"]),
        ("causes", ["central_float32", "truncation_expected", "rounding_expected"]),
        (
            "all",
            [
                *(f"{difference}_{dtype}" for difference in ("forward", "central") for dtype in ("float64", "float32")),
                *("truncation_expected", "rounding_expected"),
            ],
        ),
    ],
)
def test_the_table_of_errors_has_the_curves_that_are_shown(shown, names):
    params, frame = _frame(shown=shown, difference="central", dtype="float32")
    table = next(table for table in DIFFERENTIATION.tables(params, frame) if table.name == "errors")
    assert [column.name for column in table.columns] == ["h", *names]
    assert len(table.rows) == len(STEPS) == 307


def test_frames_are_the_same_every_time_and_quick():
    assert frames_equal(_frame(function="own", dtype="float32")[1], _frame(function="own", dtype="float32")[1])
    params = DifferentiationParams(function="own")
    seconds = []
    for _ in range(5):
        start = time.thread_time()
        DIFFERENTIATION.compute(params, RandomStreams(0))
        seconds.append(time.thread_time() - start)
    assert within(min(seconds), 0.01)


@pytest.mark.parametrize("values", [{}, {"difference": "central"}, {"view": "integer"}])
def test_the_line_that_is_lit_stands_in_the_code(values):
    mark = DIFFERENTIATION.code_mark(*_frame(**values))
    function = next(one for one in DIFFERENTIATION.code if one.__name__ == mark.function)
    assert mark.fragment in inspect.getsource(function)


# The hand


@pytest.mark.parametrize(("power", "h"), [(-4.01, 1e-4), (-20, 1e-15), (3, 2.0), (-7.93, 1.12e-8)])
def test_h_is_dragged_along_the_valley(power, h):
    assert DIFFERENTIATION.drag(*_frame(), "h", (power, 5.0)) == {"h": h}


@pytest.mark.parametrize("values", [{}, {"h": 1e-9, "dtype": "float32"}, {"difference": "central", "h": 1e-3}])
def test_the_h_handle_lies_on_the_curve_of_errors(values):
    params, frame = _frame(**values)
    handle = DIFFERENTIATION.handles(params, frame)[0]
    assert handle.id == "h"
    assert handle.place == pytest.approx((math.log10(params.h), math.log10(frame.error)))


@settings(max_examples=40, deadline=None)
@given(EVERY)
def test_every_handle_moves_by_its_step_and_stays_within_its_plot(params):
    frame = DIFFERENTIATION.compute(params, RandomStreams(0))
    for handle in DIFFERENTIATION.handles(params, frame):
        places = [(handle.place[0] + step, handle.place[1]) for step in (handle.step, -handle.step, 10 * handle.step)]
        moved = [params.replaced(DIFFERENTIATION.drag(params, frame, handle.id, place)) for place in places]
        assert any(one != params for one in moved), handle.id
        if handle.id in ("x", "second"):
            assert frame.y_range[0] < handle.place[1] < frame.y_range[1]


def test_the_second_point_can_be_dragged_while_it_lies_apart():
    params, frame = _frame(h=0.7)
    assert [handle.id for handle in DIFFERENTIATION.handles(params, frame)] == ["h", "x", "second"]
    assert DIFFERENTIATION.drag(params, frame, "second", (1.5, 0)) == {"h": 0.5}
    near = params.replaced(DIFFERENTIATION.drag(params, frame, "second", (0.2, 0)))
    handles = DIFFERENTIATION.handles(near, DIFFERENTIATION.compute(near, RandomStreams(0)))
    assert [handle.id for handle in handles] == ["h", "x", "second"]
    assert [handle.id for handle in DIFFERENTIATION.handles(*_frame(h=0.01))] == ["h", "x"]


@pytest.mark.parametrize(("across", "x"), [(2.004, 2.0), (-9, -1.0), (77, 4.0)])
def test_x_is_dragged_within_what_is_shown(across, x):
    assert DIFFERENTIATION.drag(*_frame(), "x", (across, 0)) == {"x": x}


def test_an_entry_of_the_point_goes_from_whole_number_to_whole_number():
    params, frame = _frame(view="integer", selected="x1")
    (handle,) = DIFFERENTIATION.handles(params, frame)
    assert handle.place == (3, 27)
    assert DIFFERENTIATION.drag(params, frame, "point", (4.4, 0)) == {"point": (2, 4, 5)}
    assert DIFFERENTIATION.drag(params, frame, "point", (77, 0)) == {"point": (2, 9, 5)}


def test_an_unknown_handle_is_an_error():
    with pytest.raises(KeyError, match="line"):
        DIFFERENTIATION.drag(*_frame(), "line", (0, 0))


def test_probes_read_the_curves():
    params, frame = _frame()
    said = DIFFERENTIATION.probe(params, frame, ProbePoint(-4.0, 0, "valley")).text.render("en")
    assert said == "h = 1e−4 in float64: forward off by 4.2e−5, central by 9e−10"
    assert DIFFERENTIATION.probe(params, frame, ProbePoint(0.0, 0.0)).text.render("en") == "x = 0.00: f = 0, slope 1"
    assert "f changes by" in DIFFERENTIATION.probe(params, frame, ProbePoint(0.5, 0, "microscope")).text.render("en")
    said = DIFFERENTIATION.probe(*_frame(view="integer"), ProbePoint(2.7, 0, "slice")).text.render("en")
    assert said == "x0 = 2.70 is stored as 2: f = 27"
    said = DIFFERENTIATION.probe(*_frame(view="integer", pitfall="none"), ProbePoint(2.7, 0, "slice")).text.render(
        "zh_CN"
    )
    assert said == "x0 = 2.70 存成 2.7：f = 28.89"
    assert DIFFERENTIATION.probe(*_frame(function="root"), ProbePoint(-1.0, 0.0)) is None
    assert DIFFERENTIATION.probe(*_frame(function="relu", x=0.0), ProbePoint(-4.0, 0, "valley")) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("h", 0.0),
        ("h", 1e-16),
        ("x", 11.0),
        ("function", "cos"),
        ("own", "import os"),
        ("own", ""),
        ("point", (1, 2)),
        ("dtype", "float16"),
        ("pitfall", "int"),
    ],
)
def test_bad_values_are_refused_by_name(name, value):
    with pytest.raises(Refused, match=name):
        DifferentiationParams(**{name: value})


@pytest.mark.parametrize("values", [{}, {"h": 1e-4}])
def test_a_step_that_is_too_large_is_said_without_giving_the_best_one_away(values):
    _, frame = _frame(**values)
    assert frame.status.kind == "truncation" and frame.status.remedy is None


def test_a_smaller_h_is_recommended_only_where_one_does_better():
    # At −1/3 what is too much on one part of the way is too little on the other: only far smaller steps do as well.
    lucky, usual = (_frame(function="cube", x=x, h=1.0)[1] for x in (-0.3333, 0.5))
    below = (lucky.steps >= 0.1) & (lucky.steps < 1.0)
    assert (lucky.errors[0, 0][below] > 100 * lucky.error).all() and lucky.status is None
    assert usual.status.kind == "truncation"


# Names


@pytest.mark.parametrize(("language", "slope"), [("en", "slope"), ("zh_CN", "斜率")])
def test_what_a_difference_gives_is_not_called_the_slope_but_after_the_difference(language, slope):
    """Both are told beside one another: at a corner there is no slope at all, and yet a difference."""
    tries = [one for one in load_guide("differentiation", language).tries if one.number is not None]
    asked = [(DifferentiationParams().with_texts(one.changes).difference, one.number.label) for one in tries]
    questions = zip(DIFFERENCES, (forward_of_square.question(0), central_of_cube.question(0)), strict=True)
    asked += [(kind, one.label.render(language)) for kind, one in questions]
    assert len(asked) >= 6
    for kind, label in asked:
        assert DIFFERENCES[kind].render(language) in label.lower() and slope not in label.lower()
    table = DIFFERENTIATION.tables(*_frame())[0]
    assert next(one for one in table.columns if one.name == "slope").title.render(language) != slope


@pytest.mark.parametrize(
    ("values", "way"),
    [({}, -1), ({"h": 1e-14}, 1), ({"h": 1e-8}, 0), (PRESETS["book"], 1), (PRESETS["single"], 1)],
)
def test_the_invitation_of_h_points_to_where_the_error_falls_and_nowhere_on_the_floor(values, way):
    params, frame = _frame(**values)
    handle = next(one for one in DIFFERENTIATION.handles(params, frame) if one.id == "h")
    assert np.sign(handle.hint[0]) == way
    if way:
        best = DIFFERENTIATION.compute(params.replaced({"h": frame.best_h}), RandomStreams(0))
        assert best.error < frame.error and (frame.best_h > params.h) == (way > 0) and handle.hint[1] < 0
    else:
        assert handle.hint == (0.0, 0.0)
