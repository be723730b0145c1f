"""`perceptron_rule`: the update, its end or its circles, the bound, and what is said of each moment."""

from __future__ import annotations

import inspect
import math
import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.handle import ProbePoint
from engine.contract.run import Run
from engine.data.point_sets import AND, NOISY, SEPARABLE, XOR
from engine.experiments.ch2_perceptron.perceptron_rule import PerceptronRule
from engine.experiments.ch2_perceptron.perceptron_rule.params import LIMIT, PerceptronRuleParams
from engine.nn import perceptron_update
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.pace import within

RULE = PerceptronRule()
PRESETS = {preset.id: dict(preset.changes) for preset in RULE.presets}


def _player(seed=0, **values):
    return Player(RULE, Run(RULE.id, PerceptronRuleParams(**values), seed))


def _opening(**values):
    return _player(**values).go_by(RULE.opening)


def _end(seed=0, **values):
    return _player(seed, **values).go_by(RULE.default_steps)


def _frames(count, **values):
    player = _player(**values)
    frames = [player.go()]
    while len(frames) <= count and not player.finished:
        frames.append(player.go(1))
    return frames


def _naive(points, w1, w2, b, rate, epochs=500):
    """Mistakes of every epoch and the last weights, in exact fractions of thousandths."""
    w = [Fraction(str(part)) for part in (w1, w2, b)]
    rate, mistakes = Fraction(str(rate)), []
    while len(mistakes) < epochs and (not mistakes or mistakes[-1]):
        mistakes.append(0)
        for x1, x2, t in points:
            sample = (Fraction(str(x1)), Fraction(str(x2)), Fraction(1))
            y = 1 if sum(p * q for p, q in zip(w, sample, strict=True)) > 0 else 0
            if y != t:
                mistakes[-1] += 1
                w = [p + rate * (t - y) * q for p, q in zip(w, sample, strict=True)]
    return mistakes, [float(part) for part in w]


# The update


def test_a_right_answer_changes_nothing():
    w = np.array([0.3, -0.2])
    assert perceptron_update(np.array([1.0, 2.0]), 1, 1, w, 0.5, 0.1) == (w, 0.5)


def test_a_wrong_answer_moves_the_weights_along_the_sample_and_not_the_array_given():
    w = np.array([0.3, -0.2])
    for t, y, sign in ((1, 0, 1), (0, 1, -1)):
        new, b = perceptron_update(np.array([1.0, 2.0]), t, y, w, 0.5, 0.1)
        assert new == pytest.approx(np.array([0.3, -0.2]) + sign * 0.1 * np.array([1.0, 2.0]))
        assert b == pytest.approx(0.5 + sign * 0.1)
    assert w.tolist() == [0.3, -0.2]


# The run


def test_the_opening_stops_at_the_first_wrong_sample():
    frame = _opening()
    assert (frame.update, frame.counts, frame.sample, frame.error) == (1, (1, 1, 0), 0, -1)
    assert frame.w_before.tolist() == [-1, 0.5] and frame.b_before == 0.3
    assert frame.w.tolist() == [-0.88, 0.56] and frame.b == 0.2
    assert frame.turn == pytest.approx(-5.906, abs=1e-3)


def test_the_opening_points_converge_in_15_corrections():
    frame = _end()
    assert frame.finished and frame.corrections == 15
    assert frame.mistakes.tolist() == [8, 5, 2, 0]
    assert frame.correct == 12 and frame.status.kind == "converged"
    assert 8 <= 48 / RULE.pace.per_second <= 20 and frame.update == 48


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"learning_rate": 0.01},
        {"learning_rate": 1.0, "w1": 0.0, "w2": 0.0, "b": 0.0},
        {"points": AND, "learning_rate": 0.1, "b": 0.5},
        {"points": XOR, "learning_rate": 0.1},
        {"points": NOISY},
    ],
)
def test_mistakes_and_weights_are_those_of_exact_fractions(values):
    params = PerceptronRuleParams(**values)
    mistakes, w = _naive(params.points, params.w1, params.w2, params.b, params.learning_rate, epochs=200)
    frame = _end(**values)
    assert frame.mistakes.tolist() == mistakes
    assert [*frame.w, frame.b] == pytest.approx(w, abs=1e-9)


def test_every_correction_adds_rate_times_error_times_sample():
    for frame in _frames(40)[1:]:
        wanted = frame.used_rate * frame.error * np.array([*frame.x, 1.0])
        assert frame.addition == pytest.approx(wanted, abs=1e-12)
        after = np.array([*frame.w_before, frame.b_before]) + frame.addition
        assert after == pytest.approx(np.array([*frame.w, frame.b]), abs=1e-12)
        assert np.hypot(*frame.addition[:2]) <= frame.longest_addition + 1e-12


def test_counts_and_bars_agree():
    for frame in _frames(60):
        assert frame.counts == (frame.update, frame.corrections, len(frame.mistakes))
        assert frame.mistakes.sum() + frame.running_mistakes == frame.corrections
        assert frame.first_epoch == 1


@settings(max_examples=40, deadline=None)
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3), st.sampled_from([0.05, 0.3, 2.0]), st.integers(0, 5))
def test_a_separable_set_never_needs_more_than_the_bound(w1, w2, b, rate, seed):
    frame = _end(seed, w1=w1, w2=w2, b=b, learning_rate=rate, order="shuffled")
    assert frame.finished and frame.corrections <= frame.bound
    assert frame.right.all()


def test_the_bound_from_zero_is_the_classic_one():
    frame = _opening(w1=0.0, w2=0.0, b=0.0)
    assert frame.bound == math.floor(frame.classic_bound)
    assert frame.classic_bound == pytest.approx((frame.radius / frame.margin) ** 2)
    assert (_opening().bound, _end().bound) == (139, 139)


def test_from_zero_the_rate_scales_the_weights_and_nothing_else():
    ends = [_end(w1=0.0, w2=0.0, b=0.0, learning_rate=rate) for rate in (0.01, 0.1, 1.0)]
    for frame, rate in zip(ends, (0.01, 0.1, 1.0), strict=True):
        assert frame.mistakes.tolist() == ends[0].mistakes.tolist()
        assert frame.w / rate == pytest.approx(ends[0].w / 0.01)


@pytest.mark.parametrize(("name", "cycle", "best"), [("XOR", (2, 3), 3), ("noisy", (5, 16), 13)])
def test_points_that_no_line_separates_go_in_circles(name, cycle, best):
    frame = _end(**PRESETS[name])
    assert (frame.separable, frame.finished, frame.bound) == (False, False, None)
    assert frame.cycle == cycle and "circles" in frame.status.text.render("en") and frame.best_correct == best
    player = _player(**PRESETS[name])
    ends = {}
    for epoch in range(1, 2 * cycle[1]):
        frame = player.go(10**6, until="epoch")
        ends[epoch] = [*frame.w, frame.b]
        assert ("cycle" in frame.events) == (epoch == cycle[1])
    period = cycle[1] - cycle[0]
    assert ends[cycle[0]] == pytest.approx(ends[cycle[1]], abs=1e-9)
    assert ends[cycle[0] + 1] == pytest.approx(ends[cycle[0] + 1 + period], abs=1e-9)
    for late in range(2, cycle[1]):
        assert all(ends[early] != pytest.approx(ends[late], abs=1e-9) for early in range(1, late))


def test_shuffled_samples_come_in_a_new_order_each_epoch_and_each_once():
    player = _player(order="shuffled")
    orders = []
    for _ in range(2):
        shown = [player.go(1).sample for _ in SEPARABLE]
        assert sorted(shown) == list(range(12))
        orders.append(shown)
    assert orders[0] != orders[1]
    assert not frames_equal(_player(1, order="shuffled").go(5), _player(2, order="shuffled").go(5))
    assert frames_equal(_player(1).go(5), _player(2).go(5))


def test_the_best_line_only_gets_better_and_is_what_it_says():
    best = 0
    for frame in _frames(100, points=NOISY):
        right = (frame.points @ frame.best_w + frame.best_b > 0) == (frame.labels == 1)
        assert right.sum() == frame.best_correct >= max(best, frame.correct)
        best = frame.best_correct


def test_a_new_learning_rate_works_from_the_next_sample_on():
    player = _player()
    player.go(3)
    player.change("learning_rate", 1.0)
    frame = player.go(0)
    assert frame.used_rate == 0.1 and frame.longest_addition == pytest.approx(math.hypot(1.6, 0.9))
    frame = player.go_by(RULE.default_steps)
    assert frame.finished and frame.corrections <= frame.bound
    assert "latest change" in frame.status.text.render("en")
    with pytest.raises(KeyError):
        player.change("b", 1.0)


def test_points_that_are_right_already_need_one_epoch():
    frame = _opening(w1=0.93, w2=0.34, b=-0.14)
    assert (frame.finished, frame.corrections, frame.mistakes.tolist()) == (True, 0, [0])


# What is said


def test_the_reading_says_what_happened_to_the_line():
    start, first, *_ = _frames(4)
    assert "3 of 12" in RULE.headline(PerceptronRuleParams(), start).render("en")
    words = RULE.headline(PerceptronRuleParams(), first).render("en")
    assert words == (
        "Point 1 is of class 0 but got the answer 1: w′ = w − 0.1·x, and the line turns by 5.9°; now 4 of 12 are right."
    )
    assert "改正 15 次" in RULE.headline(PerceptronRuleParams(), _end()).render("zh_CN")


def test_the_reading_is_computed():
    for frame in _frames(48):
        words = RULE.headline(PerceptronRuleParams(), frame).render("en")
        right = int(((frame.points @ frame.w + frame.b > 1e-12) == (frame.labels == 1)).sum())
        assert frame.finished or f"{right} of 12" in words
        assert ("w′ = w +" in words) == (frame.error == 1 and not frame.finished)
        assert ("w′ = w −" in words) == (frame.error == -1)
        assert ("w stays" in words) == (frame.error == 0 and not frame.finished)


def test_a_line_that_only_shifts_is_not_said_to_turn():
    words = RULE.headline(PerceptronRuleParams(**PRESETS["XOR"]), _opening(**PRESETS["XOR"])).render("en")
    assert "does not turn" in words
    appears = _opening(w1=0.0, w2=0.0, b=0.3)
    assert "a line appears" in RULE.headline(PerceptronRuleParams(), appears).render("en")


def test_zero_weights_have_no_line():
    assert _player(w1=0.0, w2=0.0, b=0.0).go().status.kind == "no_line"


def test_the_remedy_of_one_flipped_label_flips_it_back_or_another_that_helps():
    for number in (1, 4, 9):
        params = PerceptronRuleParams(**RULE.click(PerceptronRuleParams(), None, f"point{number}"))
        frame = _opening(points=params.points)
        assert frame.status.kind == "not_separable"
        assert _end(**frame.status.remedy.changes).finished
    assert _end(**_opening(points=NOISY).status.remedy.changes).finished


def test_the_working_adds_up_wherever_the_run_stands():
    for values in ({}, PRESETS["XOR"], {"points": NOISY, "learning_rate": 0.37}):
        params = PerceptronRuleParams(**values)
        for frame in _frames(40, **values):
            for line in RULE.working(params, frame):
                assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line
    lefts = [line.left for line in RULE.working(PerceptronRuleParams(), _opening())]
    assert lefts == ["a", "y", "e", "w1′", "w2′", "b′", "k"]


def test_the_code_panel_lights_the_branch_that_was_taken():
    lines = inspect.getsource(perceptron_update).splitlines()
    for frame in _frames(12)[1:]:
        mark = RULE.code_mark(PerceptronRuleParams(), frame)
        lit = [line for line in lines if mark.fragment in line]
        assert len(lit) == 1 and ("learning_rate * error" in lit[0]) == (frame.error != 0)


# The hand


def test_a_dragged_point_goes_where_it_is_asked_in_hundredths_and_within_range():
    params, frame = PerceptronRuleParams(), _opening()
    points = params.replaced(RULE.drag(params, frame, "point3", (0.1234, 9.0))).points
    assert points[2] == (0.12, LIMIT, 0) and points[:2] + points[3:] == SEPARABLE[:2] + SEPARABLE[3:]
    with pytest.raises(KeyError):
        RULE.drag(params, frame, "point13", (0.0, 0.0))


def test_points_are_flipped_removed_and_added():
    params, frame = PerceptronRuleParams(), _opening()
    assert RULE.click(params, frame, "point12")["points"][11] == (0.0, 1.5, 0)
    assert RULE.remove(params, frame, "point1")["points"] == SEPARABLE[1:]
    assert RULE.add(params, frame, (0.333, -0.5))["points"] == (*SEPARABLE, (0.33, -0.5, 1))
    assert RULE.add(params, frame, (2.3, 9.0))["points"][-1] == (2.3, LIMIT, 1)
    alone = PerceptronRuleParams(points=SEPARABLE[:1])
    assert RULE.remove(alone, frame, "point1") == {}
    full = PerceptronRuleParams(points=SEPARABLE * 5)
    assert RULE.add(full, frame, (0.0, 0.0)) == {}


def test_every_handle_lies_on_its_point():
    handles = RULE.handles(PerceptronRuleParams(), _opening())
    assert [handle.place for handle in handles] == [point[:2] for point in SEPARABLE]
    assert all(handle.quiet for handle in handles)


def test_a_probe_names_the_answer_there():
    text = RULE.probe(PerceptronRuleParams(), _opening(), ProbePoint(-1.0, 1.0)).text.render("en")
    assert text.endswith("y = 1")


def test_the_switch_adds_the_best_line_to_the_table():
    frame = _opening()
    off, on = (RULE.main_tables(PerceptronRuleParams(show_best=show), frame)[2].rows for show in (False, True))
    assert {row[0] for row in on} - {row[0] for row in off} == {"best"}


def test_an_epoch_takes_less_than_a_frame():
    player = _player(points=NOISY)
    start = time.thread_time()
    player.go(1600)
    assert within((time.thread_time() - start) / 100, 0.016)
