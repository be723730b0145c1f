"""What is said of runs of `descent` that end where numbers or slopes end, and which remedies are offered there."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.experiments.ch4_training.descent import Descent
from engine.experiments.ch4_training.descent.params import DescentParams
from engine.experiments.shared.surfaces.surface_walk import exact_gradient
from engine.playing import Player

DESCENT = Descent()


def opened(**values):
    params = DescentParams(**values)
    return params, Player(DESCENT, Run(DESCENT.id, params)).go_by(DESCENT.opening_for(params))


def own(text, start, rate=0.1, steps=100, **values):
    return opened(function="own", own=text, start=start, learning_rate=rate, steps=steps, **values)


@pytest.mark.parametrize(
    ("text", "start", "rate"),
    [
        ("log(x0)", (-2.0, 2.0), 0.9),
        ("sqrt(x0)+x1^2", (2.0, 2.0), 0.5),
        ("x0^x1", (-2.0, 2.0), 0.1),
        ("x0^0.5+x1^2", (0.0, 2.0), 0.1),
        ("1/x0", (0.0, 0.0), 0.1),
    ],
)
def test_where_f_has_no_value_or_no_slope_the_run_ends_and_says_so(text, start, rate):
    params, frame = own(text, start, rate)
    assert frame.verdict == frame.status.kind == "no_value" and frame.finished
    assert np.all(np.isfinite(frame.x))
    sentence = DESCENT.headline(params, frame).render("en")
    assert ("ends" if frame.update else "no first step") in sentence
    remedy = frame.status.remedy
    assert remedy is not None and params.replaced(remedy.changes) != params


def test_a_step_into_no_number_marks_no_exit():
    _, frame = own("x0^x1", (-2.0, 2.0), 0.1)
    assert frame.exit_step is None and frame.exit_place is None


def test_a_top_is_no_saddle():
    params, frame = own("-x0^2-x1^2", (0.0, 0.0))
    assert frame.verdict == frame.status.kind == "maximum"
    assert "saddle" not in DESCENT.headline(params, frame).render("en")


def test_a_minimum_outside_of_the_map_is_reached():
    assert own("(x0-200)^2+x1^2", (0.0, 0.0))[1].verdict == "converged"
    for steps in range(1, 100, 7):
        assert own("(x0-200)^2+x1^2", (0.0, 0.0), steps=steps)[1].verdict != "unbounded_below"


@pytest.mark.parametrize("rate", [0.1, 0.01, 0.3])
def test_where_it_is_downhill_for_ever_it_is_not_said_that_it_may_come_back(rate):
    """Along x1 every step of the saddle leads further out, whatever the rate: another one would not help."""
    values = {"function": "saddle", "start": (-2.0, 0.0001), "learning_rate": rate}
    steps = next(n for n in range(1, 1000) if 0.0001 * (1 + 2 * rate) ** n > 3)
    _, before = opened(**values, steps=steps - 1)
    _, frame = opened(**values, steps=steps)
    assert before.verdict != "left_the_plot"
    assert frame.verdict == frame.status.kind == "left_the_plot" and frame.status.remedy is None
    assert "never comes back" in frame.status.text.render("en") and "再也不会回来" in frame.status.text.render("zh_CN")


@pytest.mark.parametrize(
    "frame",
    [
        # Along x0 it jumps across the valley and out, along x1 it has not moved.
        opened(function="saddle", start=(-2.0, 0.0), learning_rate=1.9, steps=1)[1],
        own("(x0 - 200)^2 + x1^2", (0.0, 0.0), 0.1, steps=15)[1],
    ],
    ids=["jumps", "minimum outside"],
)
def test_who_leaves_the_map_on_a_side_that_rises_may_come_back(frame):
    assert frame.verdict == "left_the_plot"
    assert "may still come back" in frame.status.text.render("en")


def test_a_slope_without_a_bend_leads_out_for_ever():
    _, frame = own("x0 + x1^2", (0.0, 1.0), 1.0, steps=12)
    assert frame.verdict == "left_the_plot" and "never comes back" in frame.status.text.render("en")


def test_a_typed_function_that_falls_on_is_said_to_be_far_outside():
    params, frame = own("x0", (0.0, 0.0), 10.0)
    assert frame.verdict == "unbounded_below"
    assert "far outside the map" in DESCENT.headline(params, frame).render("en")


@pytest.mark.parametrize(
    ("text", "rate"),
    [("(x0^2+x1^2)/1000", 0.1), ("(x0^2+x1^2)/1e9", 0.1), ("(x0^2+x1^2)*1e11", 0.1), ("(x0^2+x1^2)*1e11", 1e-10)],
)
def test_a_remedy_is_a_rate_that_can_be_chosen(text, rate):
    params, frame = own(text, (2.0, 0.0), rate)
    remedy = frame.status.remedy
    if remedy is None:
        assert frame.limit < 1e-10
    else:
        assert params.replaced(remedy.changes) != params


def test_the_last_finite_state_stays_in_words():
    faulty = {"function": "bowl", "start": (3.0, 3.0), "learning_rate": 10.0, "steps": 1000}
    for changes in ({"pitfall": "start_changed"}, {"compare": True}):
        params, frame = opened(**faulty, **changes)
        assert np.isnan(frame.x).any()
        for language in LANGUAGES:
            sentence = DESCENT.headline(params, frame).render(language)
            assert len(sentence) <= 100 and "—" not in sentence and str(int(frame.path.steps[-1])) in sentence


@pytest.mark.parametrize("start", [(3.0, 2.0), (3.05, 2.0)])
@pytest.mark.parametrize(("text", "crossed"), [("abs(x0-1)+x1^2", 0), ("abs(x0-6)+x1^2", 31)])
def test_a_function_with_a_corner_has_no_zones(text, crossed, start):
    """The places that are compared beforehand may all lie on one side of it: then the run has to find it."""
    for steps in (1, 40):
        _, frame = own(text, start, steps=steps, reach=5.0)
        assert frame.quadratic == (steps < crossed)
        assert (frame.zones is None) == (steps >= crossed)


@pytest.mark.parametrize("function", ["bowl", "elongated"])
@pytest.mark.parametrize("rate", [0.1, 10.0])
def test_a_bowl_stays_a_bowl_however_far_it_goes(function, rate):
    _, frame = opened(function=function, start=(3.0, 3.0), learning_rate=rate, steps=1000)
    assert frame.quadratic and frame.zones is not None


@pytest.mark.parametrize("function", ["rosenbrock", "himmelblau", "beale", "cubic", "saddle"])
@pytest.mark.parametrize("gradient", ["exact", "numerical"])
def test_numbers_too_large_make_no_noise_at_any_step(function, gradient):
    """Warnings are errors in tests."""
    params = DescentParams(function=function, start=(1.5, 2.5), learning_rate=10.0, gradient=gradient)
    player = Player(DESCENT, Run(DESCENT.id, params))
    while not player.finished and player.go(1).update < 60:
        frame = player.go(1)
        for language in LANGUAGES:
            assert "nan" not in DESCENT.headline(params, frame).render(language)
        DESCENT.tables(params, frame)
        DESCENT.working(params, frame)
    assert frame.verdict in ("diverged", "unbounded_below")


@pytest.mark.parametrize("preset", ["crawl", "rosenbrock"])
def test_of_a_rate_that_crawls_only_that_is_said_to_hardly_fall_which_hardly_falls(preset):
    changes = next(one.changes for one in DESCENT.presets if one.id == preset)
    params, frame = opened(**changes)
    norms = frame.path.gradient_norms
    assert frame.status.kind == "crawling" and norms[-1] < 0.6 * norms[0]
    gradient = exact_gradient(params.surface.expression)
    before, now = np.abs(gradient(frame.before)), np.abs(gradient(frame.x))
    assert np.any(now > 0.99 * before)
    for language, words in (
        ("en", "in one direction the slope hardly falls"),
        ("zh_CN", "在一个方向上，每走一步，坡度几乎不减"),
    ):
        assert words in frame.status.text.render(language)
    assert "gradient hardly" not in frame.status.text.render("en")


def test_a_descent_that_rounding_has_stopped_is_not_said_to_go_on():
    changes = next(one.changes for one in DESCENT.presets if one.id == "cubic")
    params, frame = opened(**changes)
    assert frame.verdict == "unbounded_below" and np.array_equal(frame.x, frame.before) and frame.gradient_norm == 0
    said = f"{DESCENT.headline(params, frame).render('en')} {frame.status.text.render('en')}"
    assert "rounding has made the numerical gradient 0" in said and "never ends" not in said and "stop it" not in said
    assert "舍入误差使数值梯度变成 0" in DESCENT.headline(params, frame).render("zh_CN")
    assert "没有尽头" not in frame.status.text.render("zh_CN")
    falling = opened(**{**changes, "steps": 15})[1]
    assert falling.gradient_norm > 0 and "rounding" not in falling.status.text.render("en")


@pytest.mark.parametrize("steps", [8, 12, 30])
def test_a_rate_just_above_the_limit_is_said_to_be_above_it_from_the_beginning_on(steps):
    params, frame = opened(learning_rate=1.01, steps=steps)
    assert "above the limit 1" in DESCENT.headline(params, frame).render("en")
    assert "for ever" not in DESCENT.headline(params, frame).render("en")
