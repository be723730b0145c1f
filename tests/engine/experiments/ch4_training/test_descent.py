"""`descent`: the reference values, every fate with what is said of it, handles, comparison, and the changed start."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from engine.calculus.surfaces import SURFACES
from engine.contract.frame import arrays_of
from engine.contract.handle import ProbePoint
from engine.contract.params import fields_of
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused
from engine.experiments.ch4_training.descent import Descent
from engine.experiments.ch4_training.descent.params import DescentParams
from engine.guides.guide import load_guide
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal

DESCENT = Descent()
BOWL = {"function": "bowl", "start": (-3.0, 4.0), "steps": 100}
FUNC1 = {"start": (1.0, 0.0), "learning_rate": 0.01, "steps": 100}


def opened(**values):
    params = DescentParams(**values)
    player = Player(DESCENT, Run(DESCENT.id, params))
    return params, player.go_by(DESCENT.opening_for(params))


def tables_of(params, frame):
    return {
        table.name: {column.name: list(column.values) for column in table.columns}
        for table in DESCENT.tables(params, frame)
    }


# Reference values


def test_it_opens_with_its_path_complete():
    _, frame = opened()
    assert frame.update == 30 and frame.value < 0.01 and len(frame.path.steps) == 31
    assert frame.path.places[0].tolist() == [-7, 2] and frame.map.holds(*frame.x)


@pytest.mark.parametrize(
    ("rate", "x1"), [(0.95, 0.084782), (1.0, 2.0), (1.01, 2 * 1.02**30)], ids=["0.95", "bounces", "1.01"]
)
def test_the_long_bowl_after_30_steps(rate, x1):
    _, frame = opened(learning_rate=rate)
    assert frame.x == pytest.approx([-7 * (1 - rate / 10) ** 30, x1], abs=1e-6)


@pytest.mark.parametrize("gradient", ["exact", "numerical"])
def test_the_round_bowl_with_the_rates_of_the_book(gradient):
    _, frame = opened(learning_rate=0.1, gradient=gradient, **BOWL)
    assert frame.x == pytest.approx([-6.11e-10, 8.15e-10], abs=1e-11) and frame.verdict == "converged"
    _, frame = opened(learning_rate=1e-10, gradient=gradient, **BOWL)
    assert frame.x == pytest.approx([-2.99999994, 3.99999992], abs=1e-10) and frame.verdict == "crawling"
    _, frame = opened(learning_rate=10.0, gradient=gradient, **BOWL)
    assert frame.verdict == "diverged"


def test_the_cubic_runs_off_with_both_gradients_and_the_square_arrives():
    _, frame = opened(function="cubic", gradient="numerical", **FUNC1)
    assert frame.x == pytest.approx([1, -1.0557e13, -0.5435], rel=1e-4)
    _, frame = opened(function="cubic", gradient="exact", **FUNC1)
    assert frame.x[1] == -math.inf and frame.x[2] == pytest.approx(-0.13262, abs=1e-5)
    assert frame.verdict == "unbounded_below" and np.all(np.isfinite(frame.path.places)) and not frame.finished
    _, frame = opened(function="intended", **FUNC1)
    assert frame.x == pytest.approx([1, 1.73476089, -0.13261956], abs=1e-8)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_hollow_of_himmelblau_is_reached_from_its_preset(number):
    preset = next(one for one in DESCENT.presets if one.id == f"himmelblau_{number}")
    _, frame = opened(**preset.changes)
    assert frame.verdict == "converged"
    assert frame.x == pytest.approx(SURFACES["himmelblau"].minima[number - 1 if number < 4 else 3], abs=1e-3)


# Fates


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({}, "zigzag"),
        ({"learning_rate": 0.3}, "under_way"),
        ({"learning_rate": 0.01}, "crawling"),
        ({"learning_rate": 1.0}, "oscillating"),
        ({"learning_rate": 1.01}, "diverged"),
        ({"steps": 120}, "converged"),
        ({"function": "saddle", "start": (-2.0, 0.0001), "learning_rate": 0.1, "steps": 25}, "saddle_point"),
        ({"function": "own", "own": "0"}, "plateau"),
        ({"function": "own", "own": "x0"}, "left_the_plot"),
        ({"function": "cubic", **FUNC1}, "unbounded_below"),
        ({"function": "rosenbrock", "start": (-1.2, 1.0), "learning_rate": 0.001, "steps": 300}, "crawling"),
        ({"function": "rosenbrock", "start": (-1.2, 1.0), "learning_rate": 0.01, "steps": 300}, "diverged"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_every_fate_is_named_and_explained_and_its_remedy_mends_it(values, verdict):
    params, frame = opened(**values)
    assert frame.verdict == verdict
    for language in LANGUAGES:
        sentence = DESCENT.headline(params, frame).render(language)
        assert "{" not in sentence and "nan" not in sentence and "inf" not in sentence
        assert len(sentence) <= 100
    if verdict in ("zigzag", "under_way"):
        assert frame.status is None
        return
    assert frame.status.kind == verdict
    remedy = frame.status.remedy
    if verdict in ("oscillating", "diverged", "crawling", "unbounded_below"):
        assert remedy is not None
    if remedy is not None and "steps" not in remedy.changes:
        mended, after = opened(**{**values, **remedy.changes})
        assert after.verdict not in (verdict, "diverged"), mended


def test_the_name_is_given_while_the_run_goes_on_and_only_nan_ends_it():
    params = DescentParams(**{**BOWL, "learning_rate": 10.0})
    player = Player(DESCENT, Run(DESCENT.id, params))
    assert player.go(50).verdict == "diverged" and not player.finished
    frame = player.go(1000)
    assert player.finished and frame.finished and frame.update < 300
    assert np.isnan(frame.x).any() and np.all(np.isfinite(frame.path.places)) and len(frame.path.steps) > 50
    assert str(frame.path.steps[-1]) in DESCENT.headline(params, frame).render("en")


def test_the_limit_is_said_to_be_two_over_the_curvature():
    for name in ("bowl", "elongated", "intended"):
        params, frame = opened(function=name)
        assert frame.quadratic and frame.limit == 1.0 and frame.zones[2] == 1.0, name
        assert frame.rest == pytest.approx(1 - 2 * params.learning_rate)
    _, frame = opened(function="saddle", start=(-2.0, 0.1))
    assert frame.quadratic and frame.limit is None and frame.zones is None
    _, frame = opened(function="cubic", **FUNC1)
    assert not frame.quadratic and frame.limit is None
    _, frame = opened(function="rosenbrock", start=(-1.2, 1.0), learning_rate=0.001)
    assert frame.limit == pytest.approx(2 / 1001.6, rel=1e-4) and frame.limit_place.tolist() == [1, 1]
    assert frame.zones is None and frame.rest is None


def test_a_rate_beyond_the_limit_of_a_minimum_does_not_settle_there():
    for share, settles in ((0.9, True), (1.1, False)):
        _, frame = opened(function="himmelblau", start=(2.9, 2.1), learning_rate=share * 0.0243059818, steps=400)
        assert (frame.verdict == "converged" and frame.x == pytest.approx([3, 2], abs=1e-3)) == settles


@pytest.mark.parametrize(
    ("rate", "steps"),
    [(0.0005, 30), (0.05, 30), (0.068, 60), (0.071, 60), (0.49, 20), (0.51, 5), (0.99, 30), (1.02, 60)],
)
def test_the_zones_of_the_scale_foretell_the_fate(rate, steps):
    _, frame = opened(learning_rate=rate, steps=steps)
    names = ("crawling", "under_way", "zigzag", "diverged")
    assert frame.verdict == names[int(np.searchsorted(frame.zones, rate))]


def test_where_it_leaves_is_marked_until_it_comes_back():
    """It jumps to and fro over the minimum at x0 = 6: out beyond the edge at 5 and back in."""
    own = {"function": "own", "own": "(x0-6)^2 + x1^2", "reach": 5.0, "start": (0.0, 0.0)}
    params = DescentParams(**own, learning_rate=0.95)
    player = Player(DESCENT, Run(DESCENT.id, params))
    for step in range(1, 7):
        frame = player.go(1)
        if step % 2:
            assert frame.exit_step == step and frame.exit_place[0] == pytest.approx(5)
        else:
            assert frame.exit_step is None and frame.exit_place is None


def test_where_it_left_for_good_stays_marked():
    params = DescentParams(learning_rate=1.05, steps=30)
    player = Player(DESCENT, Run(DESCENT.id, params))
    frames = [player.go(1) for _ in range(30)]
    out = next(frame for frame in frames if not frame.map.holds(*frame.x))
    assert out.exit_step == out.update and abs(out.exit_place[1]) == pytest.approx(9)
    assert all(frame.exit_step is None for frame in frames[: out.update - 1])
    assert all(frame.exit_step is not None for frame in frames[out.update - 1 :])


# Frames


def test_a_long_run_stays_small_and_keeps_its_ends():
    params = DescentParams(function="rosenbrock", start=(-1.2, 1.0), learning_rate=0.001, compare=True)
    frame = Player(DESCENT, Run(DESCENT.id, params)).go(3000)
    assert frame.path.steps[0] == 0 and frame.path.steps[-1] == 3000
    assert sum(array.nbytes for array in arrays_of(frame)) <= 256 * 1024
    assert frame.last_step == 5000


def test_going_on_beyond_the_planned_steps_widens_the_axis():
    params = DescentParams()
    player = Player(DESCENT, Run(DESCENT.id, params))
    lasts = [player.go(1).last_step for _ in range(60)]
    assert lasts[:30] == [30] * 30 and lasts[30:50] == [50] * 20 and lasts[-1] == 100


def test_requests_do_not_change_the_faulty_run_either():
    params = DescentParams(pitfall="start_changed", compare=True)
    whole = Player(DESCENT, Run(DESCENT.id, params)).go(7)
    player = Player(DESCENT, Run(DESCENT.id, params))
    for _ in range(7):
        frame = player.go(1)
    assert frames_equal(whole, frame)


def test_nothing_is_drawn_beyond_what_painters_take():
    _, frame = opened(learning_rate=10.0, steps=150)
    drawn = frame.path.drawn[~np.isnan(frame.path.drawn).any(axis=1)]
    assert len(drawn) and np.max(np.abs(drawn)) < 1000


def test_values_below_zero_get_a_signed_axis_and_tiny_ones_a_floor():
    _, frame = opened(function="cubic", **FUNC1)
    assert frame.signed and frame.value_heights[-1] < -3 and not frame.floored
    _, frame = opened(steps=400)
    assert not frame.signed and frame.floored and frame.value_range[0] == -18


# Comparison, pitfall, own functions


def test_both_gradients_start_at_one_place_and_their_distance_is_tabled():
    params, frame = opened(function="cubic", compare=True, **FUNC1)
    assert frame.other.places[0].tolist() == frame.path.places[0].tolist()
    assert frame.distance == math.inf
    assert "−∞" in DESCENT.headline(params, frame).render("en")
    table = tables_of(params, frame)["comparison"]
    gaps = np.hypot(*(np.array(table[name]) - table[f"{name}_with_other_gradient"] for name in ("x0", "x1")))
    third = np.array(table["x2"]) - table["x2_with_other_gradient"]
    assert table["distance"] == pytest.approx(np.hypot(gaps, third))
    params, frame = opened(compare=True)
    assert 0 < frame.distance < 1e-9 and np.array_equal(frame.x, opened()[1].x)
    assert opened(gradient="numerical")[1].x.tolist() == frame.other_x.tolist()


def test_h_changes_the_numerical_gradient_only():
    cubic = {"function": "own", "own": "x0^3 + x1^2", "learning_rate": 0.01, "start": (1.0, 1.0)}
    assert np.array_equal(opened(**cubic, h=0.5)[1].x, opened(**cubic)[1].x)
    coarse = opened(**cubic, h=0.5, gradient="numerical")[1]
    # (x + h)³ − (x − h)³ = 2h(3x² + h²): h² too much, at every step.
    assert coarse.x[0] < opened(**cubic)[1].x[0] - 0.03


def test_the_changed_start_is_the_end_and_a_second_call_goes_on_from_there():
    params, frame = opened(pitfall="start_changed", steps=8)
    assert params.start == (-7.0, 2.0)
    assert np.array_equal(frame.start_after, frame.x)
    assert np.array_equal(frame.second.places[0], frame.x) and len(frame.second.places) == 9
    longer = opened(steps=16)[1]
    assert frame.second.places == pytest.approx(longer.path.places[8:], rel=1e-14)
    assert frame.status.kind == "start_changed"
    sentence = DESCENT.headline(params, frame).render("en")
    assert "(−7, 2)" in sentence and "(−3.29, 0.336)" in sentence
    right, kept = opened(**{"steps": 8, **frame.status.remedy.changes})
    assert kept.start_after is None and right.pitfall == "none"
    table = tables_of(params, frame)["second_call"]
    assert table["x0_of_kept_start"] == [-7.0] * 9 and table["x0_of_changed_start"][0] == frame.x[0]


def test_the_second_call_has_at_most_100_steps_and_may_overflow():
    assert len(opened(pitfall="start_changed", steps=300)[1].second.places) == 101
    _, frame = opened(pitfall="start_changed", learning_rate=10.0, steps=200)
    assert np.all(np.isfinite(frame.second.places))


def test_a_function_of_ones_own_is_descended():
    _, frame = opened(function="own", own="(x0 - 1)^2 + 3*(x1 + 1)^2", learning_rate=0.2, steps=80)
    assert frame.x == pytest.approx([1, -1], abs=1e-5) and frame.limit == pytest.approx(1 / 3)
    with pytest.raises(Refused, match="own"):
        DescentParams(function="own", own="x0 + y")


@pytest.mark.parametrize("own", ["log(x0)", "1/x0", "exp(exp(x0))", "x0^0.5", "tan(x0)*x1", "x1/(x0 - x0)"])
@pytest.mark.parametrize("values", [{}, {"compare": True, "pitfall": "start_changed"}, {"gradient": "numerical"}])
def test_places_without_a_value_make_no_noise(own, values):
    for start in ((-2.0, 2.0), (0.0, 0.0), (1.5, -1.0)):
        params, frame = opened(function="own", own=own, start=start, **values)
        assert frame.finished == (frame.update < params.steps), "only an end keeps it from the planned steps"
        assert np.all(np.isfinite(frame.path.places))
        for language in LANGUAGES:
            assert "nan" not in DESCENT.headline(params, frame).render(language)
        DESCENT.tables(params, frame)
        DESCENT.handles(params, frame)
        DESCENT.probe(params, frame, ProbePoint(*start))


# Words in numbers


@pytest.mark.parametrize("selected", [-1, 0, 7, 29, 500])
@pytest.mark.parametrize("gradient", ["exact", "numerical"])
@pytest.mark.parametrize("function", ["elongated", "intended"])
def test_the_working_is_the_step_that_is_looked_at(selected, gradient, function):
    params, frame = opened(selected=selected, gradient=gradient, function=function)
    lines = {line.left: line for line in DESCENT.working(params, frame)}
    for line in lines.values():
        assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12)
    step = selected if 0 <= selected < 30 else 29
    for index, name in enumerate(params.surface.names):
        assert lines[f"{name}′"].values["x"] == pytest.approx(frame.path.places[step, index])
        assert lines[f"{name}′"].result == pytest.approx(frame.path.places[step + 1, index])
    assert lines["|∇f|"].result == pytest.approx(frame.path.gradient_norms[step])


def test_where_numbers_have_gone_there_is_no_working():
    params, frame = opened(function="cubic", **FUNC1)
    assert DESCENT.working(params, frame) == ()


def test_the_probe_tells_of_steps_of_the_function_and_of_the_curve():
    params, frame = opened()
    assert "step 0" in DESCENT.probe(params, frame, ProbePoint(-7.0, 2.1)).text.render("en")
    assert "(5, 5): f = 26.2, ∇f = (0.5, 10)" in DESCENT.probe(params, frame, ProbePoint(5.0, 5.0)).text.render("en")
    assert "step 12" in DESCENT.probe(params, frame, ProbePoint(12.2, 0.0, "steps")).text.render("en")
    assert DESCENT.probe(params, frame, ProbePoint(31.0, 0.0, "steps")) is None
    params, frame = opened(function="own", own="log(x0)", start=(1.0, 1.0), steps=1)
    assert "no value" in DESCENT.probe(params, frame, ProbePoint(-3.0, 0.0)).text.render("en")


# The hand


def test_the_start_goes_where_it_is_dragged_in_tidy_numbers():
    params, frame = opened()
    assert DESCENT.drag(params, frame, "start", (1.23456, -3.21)) == {"start": (1.23, -3.21)}
    assert DESCENT.drag(params, frame, "start", (1e6, -1e6)) == {"start": (15.29, -15.29)}
    assert DESCENT.add(params, frame, (0.5, 0.25)) == {"start": (0.5, 0.25)}
    assert params.replaced(DESCENT.drag(params, frame, "start", (15.3, -15.3))).start == (15.29, -15.29)


def test_the_rate_is_dragged_by_powers_and_catches_the_limit():
    params, frame = opened()
    assert DESCENT.drag(params, frame, "rate", (-0.5, 9.0)) == {"learning_rate": 0.316}
    assert DESCENT.drag(params, frame, "rate", (0.003, 0.0)) == {"learning_rate": 1.0}
    assert DESCENT.drag(params, frame, "rate", (7.0, 0.0)) == {"learning_rate": 10.0}
    assert DESCENT.drag(params, frame, "rate", (-7.0, 0.0)) == {"learning_rate": 0.01}
    with pytest.raises(KeyError):
        DESCENT.drag(params, frame, "end", (0.0, 0.0))


@pytest.mark.parametrize("width", [300, 550, 900])
@pytest.mark.parametrize("function", ["elongated", "bowl", "rosenbrock"])
def test_marked_and_round_rates_are_caught_by_a_pointer_that_moves_by_pixels(width, function):
    """On a scale of so many pixels, whatever part of a pixel the pointer is off."""
    params, frame = opened(function=function, learning_rate=0.0123)
    low, high = frame.rate_range.tolist()
    wanted = {0.1, 0.2, 1.0} | ({frame.limit} if frame.quadratic else set())
    for shift in (0.0, 0.3, 0.7):
        places = [low + (pixel + shift) / width * (high - low) for pixel in range(width)]
        rates = {DESCENT.drag(params, frame, "rate", (place, 0.5))["learning_rate"] for place in places}
        assert wanted <= rates
        near = [place for place in places if abs(place) * width / (high - low) <= 1.5]
        assert {DESCENT.drag(params, frame, "rate", (place, 0.5))["learning_rate"] for place in near} >= {1.0}
        # What is caught is not so much that others nearby could not be reached.
        assert len(rates) > 0.9 * width


@pytest.mark.parametrize("rate", [1e-10, 0.01, 0.3, 0.98, 1.0, 1.02, 9.8])
def test_arrow_keys_always_move_the_rate(rate):
    """By about a hundredth, through the limit and on."""
    params, frame = opened(learning_rate=rate)
    handle = next(one for one in DESCENT.handles(params, frame) if one.id == "rate")
    assert frame.rate_range[0] <= handle.place[0] <= frame.rate_range[1]
    for sign in (1, -1):
        place = (handle.place[0] + sign * handle.step, 0.5)
        moved = DESCENT.drag(params, frame, "rate", place)["learning_rate"]
        at_the_end = not frame.rate_range[0] <= place[0] <= frame.rate_range[1]
        assert at_the_end or (moved - rate) * sign > 0


def test_a_place_near_the_path_selects_its_step_and_elsewhere_none():
    params, frame = opened()
    assert DESCENT.click_at(params, frame, ProbePoint(-7.0, 2.0)) == {"selected": 0}
    assert DESCENT.click_at(params, frame, ProbePoint(*frame.path.places[4])) == {"selected": 4}
    assert DESCENT.click_at(params, frame, ProbePoint(6.0, 6.0)) == {}
    assert DESCENT.click_at(params, frame, ProbePoint(17.3, 0.0, "steps")) == {"selected": 17}


def test_at_most_eight_controls_are_seen_whatever_the_function():
    fields = fields_of(DescentParams)
    for name in (*SURFACES, "own"):
        params = DescentParams(function=name)
        seen = [
            field
            for field in fields.values()
            if not (field.more or field.on_stage) and (field.visible is None or field.visible.holds(params))
        ]
        assert len(seen) <= 8, name


def test_every_preset_opens_with_a_name_of_its_fate():
    fates = {preset.id: opened(**preset.changes)[1].verdict for preset in DESCENT.presets}
    assert fates["crawl"] == "crawling" and fates["bounce"] == "oscillating" and fates["explode"] == "diverged"
    assert fates["round"] == "converged" and fates["saddle"] == "saddle_point" and fates["rosenbrock"] == "crawling"
    assert fates["cubic"] == fates["cubic_exact"] == "unbounded_below"


def test_a_descent_that_has_reached_infinity_ends():
    saddle = next(preset for preset in DESCENT.presets if preset.id == "saddle")
    params = DESCENT.params_type().replaced(saddle.changes)
    player = Player(DESCENT, Run("descent", params))
    frame = player.go(60_000)
    assert frame.finished and 1000 < frame.update < 10_000 and np.isinf(frame.x).any()
    said = DESCENT.headline(params, frame).render("en")
    assert "x1 has run off to ∞" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_where_each_hollow_is_reached_is_told_with_the_ridges_that_bound_it(language):
    """A descent from a start between two ridges stays between them; a third hollow lies beyond the other ridge."""
    guide = load_guide("descent", language)
    (asked,) = (one for one in guide.tries if one.changes.get("function") == "own" and len(one.answers) == 2)
    ends = {x1: opened(function="own", start=(2.0, x1), learning_rate=0.1)[1].x[1] for x1 in np.arange(-3.95, 4, 0.1)}
    for answer in asked.answers:
        (claim,) = answer.claims
        bounds = [float(one) for one in re.findall(r"-?\d+\.\d+", answer.why.replace("−", "-"))]
        low, high = (*bounds, math.inf)[:2]
        lowest = claim.relation == "<"
        hollow = -0.47 if lowest else 1.41
        for start, end in ends.items():
            assert (low < start < high) == (abs(end - hollow) < 0.05), (language, hollow, start, end)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stage_of_a_question_does_not_call_the_saddle_one_before_the_answer(language):
    """'This is not a minimum' had stood over the question whether it is one."""
    asked = [one for one in load_guide("descent", language).tries if one.changes.get("function") == "saddle"]
    assert asked
    for one in asked:
        base = one.base(DESCENT)
        frame = Player(DESCENT, base).go_by(DESCENT.opening_for(base.params))
        assert frame.verdict != "saddle_point" and frame.status is None
