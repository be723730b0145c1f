"""The experiment `softmax`: exact values, what it says, its handles, and both forms in both formats."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.protocol import RandomStreams
from engine.contract.text import Refused
from engine.experiments.ch3_networks.softmax import NEAR, WIDE, Softmax
from engine.experiments.ch3_networks.softmax.params import EQUAL_ROWS, EXPONENTS, STOPS, SoftmaxParams
from engine.nn.losses import softmax
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.strategies import params_of

SOFTMAX = Softmax()
TEN = (-1.2, -3.0, 0.8, 1.5, 4.6, -2.2, 0.3, 1.1, -0.4, 3.4)


def _frame(**values):
    params = SoftmaxParams(**values)
    return params, SOFTMAX.compute(params, RandomStreams(0))


def _said(params, frame, language="en"):
    return SOFTMAX.headline(params, frame).render(language)


# What it opens with


def test_it_opens_with_the_books_scores():
    params, frame = _frame()
    assert frame.probabilities == pytest.approx([0.01821127, 0.24519181, 0.73659691], abs=5e-9)
    assert (frame.leader, frame.runner_up) == (2, 1)
    assert frame.lead == pytest.approx(1.1) and frame.ratio == pytest.approx(math.exp(1.1))
    assert _said(params, frame) == (
        "(0.018, 0.245, 0.737): class 3's score leads by 1.1, which makes it 3.0 times as probable as class 2."
    )
    assert "类别 3 的得分领先 1.1" in _said(params, frame, "zh_CN")


def test_a_hundred_more_for_all_moves_nothing_but_the_naive_form():
    params, frame = _frame(offset=100.0)
    assert frame.probabilities == pytest.approx(_frame()[1].probabilities, abs=1e-12)
    assert frame.change < 1e-12
    assert "100 larger, yet no probability changed" in _said(params, frame)
    assert (frame.float32.state, frame.float64.state) == ("overflow", "fine")
    assert np.all(np.isnan(frame.float32.naive)) and frame.float32.error == math.inf
    assert frame.float32.shifted == pytest.approx(frame.probabilities, abs=1e-5)


def test_the_batch_of_two_sizes_gives_equal_rows():
    _, frame = _frame()
    assert frame.per_row == pytest.approx(np.array([[0.26894142, 0.73105858]] * 2), abs=5e-9)


def test_equal_rows_without_an_axis_sum_to_a_half_each():
    params, frame = _frame(view="batch", rows=EQUAL_ROWS, pitfall="no_axis")
    assert frame.sums_at_once.tolist() == [0.5, 0.5]
    assert frame.sums_per_row == pytest.approx([1, 1])
    assert "the rows sum to (0.5, 0.5)" in _said(params, frame)


# Laws


@settings(max_examples=60, deadline=None)
@given(params_of(SoftmaxParams))
def test_what_is_said_and_computed_is_so_for_any_parameters(params):
    frame = SOFTMAX.compute(params, RandomStreams(0))
    assert frame.probabilities == pytest.approx(softmax(np.array(params.scores) / params.temperature), abs=1e-9)
    assert frame.probabilities == pytest.approx(frame.exponentials / frame.total, rel=1e-12)
    assert np.sum(frame.probabilities) == pytest.approx(1)
    assert np.max(frame.shifted) == 0 and np.max(frame.exponentials) == 1
    assert frame.scores[frame.leader] == np.max(frame.scores) and frame.leader != frame.runner_up
    assert np.sum(frame.sums_at_once) == pytest.approx(1)
    assert frame.sums_per_row == pytest.approx(np.ones(params.samples))
    for form in (frame.float32, frame.float64):
        most = float(np.max(frame.exponents))
        if most > form.threshold + 1e-4:
            assert form.state == "overflow"
        if most < form.lowest - 1e-4:
            assert form.state == "underflow"
        assert (form.state == "fine") == (form.error <= 1e-3 and form.state not in ("overflow", "underflow"))
        assert np.sum(form.shifted) == pytest.approx(1, abs=1e-5)
    for language in LANGUAGES:
        assert "nan" not in _said(params, frame, language)
    for line in SOFTMAX.working(params, frame):
        assert evaluate(line) == pytest.approx(line.result, rel=1e-7, abs=1e-12)


def test_temperature_divides_every_difference():
    warm, cold = _frame(temperature=10.0)[1], _frame(temperature=0.1)[1]
    assert warm.ratio == pytest.approx(math.exp(0.11)) and cold.ratio == pytest.approx(math.exp(11))
    assert np.ptp(warm.probabilities) < np.ptp(_frame()[1].probabilities) < np.ptp(cold.probabilities)
    assert "e^(1.1/10)" in _said(*_frame(temperature=10.0))


@pytest.mark.parametrize(
    ("offset", "single", "double"),
    [(0, "fine", "fine"), (84, "fine", "fine"), (90, "overflow", "fine"), (705, "overflow", "fine"),
     (710, "overflow", "overflow"), (-104, "inaccurate", "fine"), (-110, "underflow", "fine"),
     (-1000, "underflow", "underflow")],
)  # fmt: skip
def test_the_formats_give_up_where_they_must(offset, single, double):
    params, frame = _frame(offset=float(offset), view="overflow")
    assert (frame.float32.state, frame.float64.state) == (single, double)
    words = {"fine": "agree", "overflow": "overflows", "underflow": "0/0", "inaccurate": "is off by"}
    for dtype, state in (("float32", single), ("float64", double)):
        assert words[state] in _said(params.replaced({"dtype": dtype}), frame)


def test_the_books_overflow():
    _, frame = _frame(**next(preset.changes for preset in SOFTMAX.presets if preset.id == "book-overflow"))
    assert frame.a.tolist() == [1010, 1000, 990]
    assert np.all(np.isnan(frame.float64.naive))
    assert frame.float64.shifted == pytest.approx([9.99954600e-01, 4.53978686e-05, 2.06106005e-09], rel=1e-6)


def test_equal_scores_share():
    params, frame = _frame(scores=(2.0, 2.0, 2.0))
    assert frame.probabilities == pytest.approx([1 / 3] * 3)
    assert "share the lead" in _said(params, frame)


@pytest.mark.parametrize("stop", STOPS)
def test_every_stop_speaks_of_its_own_numbers(stop):
    params, frame = _frame(stop=stop)
    words = {"shift": "−1.1", "exponentiate": "0.333", "sum": "1.358", "divide": "0.737"}
    assert words[stop] in _said(params, frame)
    assert frames_equal(frame, _frame()[1])
    assert SOFTMAX.code_mark(params, frame).function == "softmax"


def test_many_probabilities_are_told_by_the_largest():
    assert _said(*_frame(scores=TEN)).startswith("p5 = 0.702: class 5's score leads by 1.2")


# Handles


@pytest.mark.parametrize("index", range(3))
def test_a_bar_goes_where_it_is_asked_to(index):
    params, frame = _frame()
    for score in (-2.5, 0.0, 3.3):
        after = params.replaced(SOFTMAX.drag(params, frame, f"a{index + 1}", (index + 0.4, score)))
        assert after.scores == (*params.scores[:index], score, *params.scores[index + 1 :])
        assert SOFTMAX.handles(after, SOFTMAX.compute(after, RandomStreams(0)))[index].place == (index, score)


def test_dragged_scores_are_tidy_and_stay_in_the_picture():
    params, frame = _frame()
    for place, score in ((77.0, 6.0), (-77.0, -3.0), (1.23456, 1.2)):
        assert SOFTMAX.drag(params, frame, "a1", (0, place))["scores"][0] == score
    wide, frame = _frame(scores=(10.0, 0.0, -10.0))
    assert (frame.score_range, _frame()[1].score_range) == (WIDE, NEAR)
    assert SOFTMAX.drag(wide, frame, "a2", (1, 99.0))["scores"][1] == 10


def test_scores_are_added_and_taken_away_within_two_to_ten():
    params, frame = _frame()
    assert SOFTMAX.add(params, frame, (1.7, 2.04)) == {"scores": (*params.scores, 2.0)}
    assert SOFTMAX.remove(params, frame, "a2") == {"scores": (0.3, 4.0)}
    assert SOFTMAX.remove(*_frame(scores=(1.0, 2.0)), "a2") == {}
    assert SOFTMAX.add(*_frame(scores=TEN), (1, 1)) == {}
    assert SOFTMAX.remove(*_frame(view="overflow"), "offset") == {}


def test_the_scores_follow_along_the_line():
    params, frame = _frame(view="overflow")
    (handle,) = SOFTMAX.handles(params, frame)
    assert handle.place == pytest.approx((4.0, 4.0 / math.log(10)))
    moved = params.replaced(SOFTMAX.drag(params, frame, "offset", (300.2, 0)))
    assert moved.offset == 296
    assert SOFTMAX.handles(moved, SOFTMAX.compute(moved, RandomStreams(0)))[0].place[0] == 300
    assert SOFTMAX.drag(params, frame, "offset", (9999, 0)) == {"offset": 1000}
    hot = SOFTMAX.handles(*_frame(view="overflow", offset=1000.0, temperature=0.1))[0]
    assert hot.place[0] == EXPONENTS[1]


def test_handles_belong_to_the_view_and_others_are_errors():
    assert [handle.id for handle in SOFTMAX.handles(*_frame())] == ["a1", "a2", "a3"]
    assert SOFTMAX.handles(*_frame(view="batch")) == ()
    with pytest.raises(KeyError, match="a4"):
        SOFTMAX.drag(*_frame(), "a4", (0, 0))


# Working, tables, probes, parameters


def test_the_working_of_the_last_stop_ends_with_the_ratio():
    lines = SOFTMAX.working(*_frame())
    assert [line.left for line in lines] == ["p1", "p2", "p3", "Σ", "e^Δa"]
    assert lines[-1].arithmetic() == "exp(4 − 2.9)" and lines[-1].result == pytest.approx(math.exp(1.1))


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("scores", TEN, {}),
        ("scores", (0.3, 2.9), {}),
        ("temperature", 2.0, {}),
        ("temperature", 2.0, {"view": "batch"}),
        ("offset", 100.0, {}),
        ("view", "overflow", {}),
        ("view", "batch", {}),
        ("stop", "sum", {}),
        ("dtype", "float64", {"view": "overflow"}),
        ("rows", EQUAL_ROWS, {"view": "batch"}),
        ("pitfall", "no_axis", {"view": "batch"}),
        ("samples", 3, {"view": "batch"}),
        ("classes", 3, {"view": "batch"}),
    ],
)
def test_every_parameter_does_something(name, value, base):
    def tables(params):
        frame = SOFTMAX.compute(params, RandomStreams(0))
        return [(table.name, repr(table.rows)) for table in SOFTMAX.tables(params, frame)]

    params = SoftmaxParams(**base)
    assert tables(params) != tables(params.replaced({name: value}))


def test_probes_know_their_part_of_the_stage():
    params, frame = _frame()
    said = SOFTMAX.probe(params, frame, ProbePoint(2.1, 0.5)).text.render("en")
    assert "class 3: a = 4, e^(a − max) = 1, p = 0.7366" in said
    assert SOFTMAX.probe(params, frame, ProbePoint(7, 0)) is None
    assert "e^x = 10^43.43" in SOFTMAX.probe(params, frame, ProbePoint(100.0, 0, "overflow")).text.render("en")
    batch = _frame(view="batch", rows=EQUAL_ROWS, pitfall="no_axis")
    assert "row 2, class 1: a = 0, p = 0.1345; the row sums to 0.5" in SOFTMAX.probe(
        *batch, ProbePoint(3.2, 0.5, "batch")
    ).text.render("en")
    assert SOFTMAX.probe(*batch, ProbePoint(2.1, 0.5, "batch")) is None


def test_frames_are_the_same_every_time():
    for values in ({}, {"offset": 1000.0}, {"scores": TEN, "temperature": 0.3}):
        assert frames_equal(_frame(**values)[1], _frame(**values)[1])


@pytest.mark.parametrize(
    ("name", "value"),
    [("scores", (1.0,)), ("scores", (0.0,) * 11), ("scores", (0.0, 11.0)), ("temperature", 0.0), ("offset", 1001),
     ("view", "pie"), ("stop", "multiply"), ("rows", ((1.0,),) * 9)],
)  # fmt: skip
def test_bad_values_are_refused_by_name(name, value):
    with pytest.raises(Refused, match=name):
        SoftmaxParams(**{name: value})
