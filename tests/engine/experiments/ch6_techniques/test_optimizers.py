"""`optimizers`: reference values, and steps whose opened phases lead where the optimizers themselves go."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.frame import arrays_of
from engine.contract.handle import ProbePoint
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.experiments.ch6_techniques.optimizers import Optimizers
from engine.experiments.ch6_techniques.optimizers.params import PHASES, OptimizersParams
from engine.nn.optimizer_registry import OPTIMIZERS as RULES
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal

OPTIMIZERS = Optimizers()
_PLACES = st.floats(-8, 8).map(lambda x: round(x, 3))
_OF_A_WALK = 37_500
"""Bytes that the frame of the longest opening may have for each rule."""


def played(phases, **values):
    params = OptimizersParams(**values)
    return params, Player(OPTIMIZERS, Run(OPTIMIZERS.id, params)).go(phases)


def _roots(params, frame):
    return frame.roots(params)


def opened(**values):
    params = OptimizersParams(**values)
    return params, Player(OPTIMIZERS, Run(OPTIMIZERS.id, params)).go_by(OPTIMIZERS.opening_for(params))


@pytest.mark.parametrize(
    ("rule", "end"),
    [
        ("sgd", (-0.350393, 0.084782)),
        ("momentum", (0.896414, 0.088086)),
        ("adagrad", (-0.120162, 0.0)),
        ("adam", (0.136007, 0.318245)),
    ],
)
def test_it_opens_where_the_four_of_the_book_stand_after_30_steps(rule, end):
    _, frame = opened()
    assert (frame.step, frame.phase, frame.counts) == (30, 5, (150, 30))
    assert frame.x[rule] == pytest.approx(end, abs=5e-7)


def test_sgd_bounces_for_ever_at_rate_1_and_diverges_above():
    _, frame = opened(sgd_rate=1.0, steps=300)
    assert frame.verdict["sgd"] == "oscillating" and frame.flips["sgd"] == 300
    assert np.all(np.abs(frame.paths["sgd"].places[:, 1]) == 2)
    params, frame = opened(sgd_rate=1.01, selected="sgd")
    assert frame.verdict["sgd"] == "diverged" and "diverges" in OPTIMIZERS.headline(params, frame).render("en")


@settings(deadline=None, max_examples=15)
@given(start=st.tuples(_PLACES, _PLACES), steps=st.integers(0, 12), rule=st.sampled_from(list(RULES)))
def test_the_opened_phases_lead_where_the_optimizer_goes(start, steps, rule):
    params, frame = played(len(PHASES) * steps + 1, start=start, selected=rule)
    _, after = played(len(PHASES) * (steps + 1), start=start, selected=rule)
    phases = frame.phases(params)
    assert [phase.kind for phase in phases] == list(PHASES)
    np.testing.assert_allclose(phases[-1].quantities[0].result, after.x[rule], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_each_phase_has_a_caption_its_numbers_and_a_line_of_code(rule):
    params, frame = played(len(PHASES) * 7, selected=rule)
    phases = frame.phases(params)
    assert [phase.kind for phase in phases if phase.lines] == [part.phase for part in RULES[rule].parts]
    sources = {function.__qualname__: inspect.getsource(function) for function in OPTIMIZERS.code}
    for phase in phases:
        assert all(phase.caption.render(language) for language in LANGUAGES)
        assert bool(phase.lines) == (phase.mark is not None)
        if phase.mark is not None:
            assert phase.mark.fragment in sources[phase.mark.function]
        for line in phase.lines:
            assert line.values and math.isclose(evaluate(line), line.result, rel_tol=1e-9, abs_tol=1e-12)


def test_the_arrow_of_memory_is_what_the_next_step_finds():
    for rule, record in RULES.items():
        params, frame = played(len(PHASES) * 4, selected=rule)
        _, after = played(len(PHASES) * 4 + 1, selected=rule)
        pulls = [phase.arrow for phase in frame.phases(params) if phase.kind == "memory" and phase.arrow]
        assert bool(pulls) == (record.memory is not None)
        for name, way in pulls:
            sign = -1.0 if name.startswith("−") else 1.0
            np.testing.assert_allclose(sign * way, after.opened[rule].memory, rtol=1e-12)


@pytest.mark.parametrize("phase", range(1, 6))
def test_a_phase_lights_its_line_and_only_what_is_done_is_told(phase):
    params, frame = played(len(PHASES) * 3 + phase)
    assert (frame.phase, frame.step, frame.counts[1]) == (phase, 4, 3 + (phase == 5))
    phases = frame.phases(params)
    assert OPTIMIZERS.code_mark(params, frame) == phases[phase - 1].mark
    lines = OPTIMIZERS.working(params, frame)
    assert lines == tuple(line for one in phases[:phase] for line in one.lines)
    said = OPTIMIZERS.headline(params, frame).render("en")
    assert (phases[phase - 1].caption.render("en") in said) == (phase < 5)


def test_places_change_in_the_last_phase_only_and_frames_of_a_step_share_their_arrays():
    _, before = played(len(PHASES) * 3)
    player = Player(OPTIMIZERS, Run(OPTIMIZERS.id, OptimizersParams()))
    player.go(len(PHASES) * 3)
    for _ in range(4):
        frame = player.go(1)
        assert all(np.array_equal(frame.x[rule], before.x[rule]) for rule in RULES)
    assert frame.paths["adam"].places is player.go(0).paths["adam"].places
    assert not np.array_equal(player.go(1).x["adam"], before.x["adam"])


def test_what_is_looked_at_or_shown_changes_no_walk():
    _, one = opened()
    _, other = opened(selected="nesterov", shown=("sgd",))
    assert frames_equal(one, other)


def test_a_setting_moves_its_own_rule_only():
    _, before = opened()
    for rule, declared in RULES.items():
        for name in [setting.id for setting in declared.settings]:
            _, frame = opened(**{f"{rule}_{name}": 0.5})
            moved = [other for other in RULES if not np.array_equal(frame.x[other], before.x[other])]
            assert moved == [rule], name


def test_the_largest_root_is_that_of_the_whole_way():
    params, frame = opened(selected="rmsprop")
    roots = []
    for step in range(1, 31):
        roots.append(_roots(*played(len(PHASES) * step, selected="rmsprop")).max())
    assert frame.largest_root["rmsprop"] == pytest.approx(max(roots)) and roots[-1] < max(roots)
    assert frame.roots(params).max() == pytest.approx(roots[-1])
    assert _roots(*opened(selected="momentum")) is None
    assert _roots(*played(0)).tolist() == [0, 0]


def test_what_is_looked_at_is_shown_and_what_is_hidden_is_not_looked_at():
    params = OptimizersParams()
    assert OPTIMIZERS.settle(params, {"selected": "sgd"}) == {"selected": "sgd"}
    shown = OPTIMIZERS.settle(params, {"selected": "nesterov"})["shown"]
    assert shown == ("sgd", "momentum", "nesterov", "adagrad", "adam")
    assert OPTIMIZERS.settle(params, {"shown": ("momentum", "sgd")})["selected"] == "momentum"
    assert OptimizersParams(shown=("sgd",), selected="adam").drawn == ("sgd", "adam")


def test_a_click_on_a_path_or_a_curve_looks_at_it():
    params, frame = opened()
    for rule in params.drawn:
        place = frame.paths[rule].places[4]
        assert OPTIMIZERS.click_at(params, frame, ProbePoint(*place))["selected"] == rule
        height = float(frame.heights[rule][28])
        assert OPTIMIZERS.click_at(params, frame, ProbePoint(28.2, height, "steps"))["selected"] == rule
    assert OPTIMIZERS.click_at(params, frame, ProbePoint(6.0, 7.0)) == {}
    assert OPTIMIZERS.click_at(params, frame, ProbePoint(99.0, 0.0, "steps")) == {}


def test_the_pointer_reads_a_step_all_values_or_the_ground():
    params, frame = opened()
    said = [
        OPTIMIZERS.probe(params, frame, spot).text.render("en")
        for spot in (ProbePoint(*frame.paths["sgd"].places[3]), ProbePoint(30.0, 0.0, "steps"), ProbePoint(6.0, 7.0))
    ]
    assert said[0].startswith("SGD, step 3") and all(RULES[rule].name in said[1] for rule in params.drawn)
    assert "50.8" in said[2]
    assert OPTIMIZERS.probe(params, frame, ProbePoint(40.0, 0.0, "steps")) is None
    nowhere, frame = opened(function="own", own="log(x0)", start=(1.0, 1.0))
    assert "no value" in OPTIMIZERS.probe(nowhere, frame, ProbePoint(-2.0, 3.0)).text.render("en")


def test_dragging_and_adding_move_the_start_within_the_map():
    params, frame = opened()
    assert OPTIMIZERS.drag(params, frame, "start", (3.004, -4.0)) == {"start": (3.0, -4.0)}
    far = OPTIMIZERS.add(params, frame, (1e6, 0.0))["start"]
    assert OptimizersParams(start=far).start == far and far[0] < 16
    with pytest.raises(KeyError):
        OPTIMIZERS.drag(params, frame, "end", (0.0, 0.0))


def test_where_there_is_no_value_nothing_walks_and_it_is_said():
    params, frame = opened(function="own", own="log(x0)", start=(-1.0, 1.0))
    assert frame.finished and OPTIMIZERS.working(params, frame) == ()
    assert "no number" in OPTIMIZERS.headline(params, frame).render("en")


@settings(deadline=None, max_examples=10)
@given(
    start=st.tuples(_PLACES, _PLACES),
    rate=st.sampled_from([1e-6, 0.3, 10.0]),
    own=st.sampled_from(["1/x0", "sqrt(x1)", "exp(x0*x1)", "0", "abs(x0) + x1"]),
)
def test_any_surface_is_walked_and_told(start, rate, own):
    params, frame = opened(function="own", own=own, start=start, sgd_rate=rate, adam_rate=rate, adagrad_rate=rate)
    for rule in RULES:
        looked_at = params.replaced({"selected": rule})
        for language in LANGUAGES:
            assert "{" not in OPTIMIZERS.headline(looked_at, frame).render(language)
        assert all(math.isfinite(line.result) for line in OPTIMIZERS.working(looked_at, frame))
        assert OPTIMIZERS.tables(looked_at, frame)


def test_the_longest_opening_fits_into_a_frame():
    valley = next(preset.changes for preset in OPTIMIZERS.presets if preset.id == "valley")
    _, frame = opened(**{**valley, "steps": 300})
    assert sum(array.nbytes for array in arrays_of(frame)) <= _OF_A_WALK * len(RULES)
