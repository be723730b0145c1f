"""The experiment `xor`: its fold, its claims, its handles, and one perceptron's limit."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from engine.contract.handle import ProbePoint
from engine.contract.protocol import RandomStreams
from engine.contract.text import Refused
from engine.experiments.ch2_perceptron.xor import Xor
from engine.experiments.ch2_perceptron.xor.params import ARROW, NAND, OR, ROWS, XorParams
from engine.nn.perceptrons import best_line
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.strategies import params_of

XOR = Xor()


def _frame(**values):
    params = XorParams(**values)
    return params, XOR.compute(params, RandomStreams(0))


def _said(params, frame, language="en"):
    return XOR.headline(params, frame).render(language)


# The network


def test_it_opens_with_both_hidden_lines_in_one_gap_so_that_no_line_of_y_helps():
    params, frame = _frame()
    assert frame.gates == ("NAND", "AND", "AND")
    assert frame.outputs.tolist() == [0, 0, 0, 0]
    assert (frame.correct, frame.distinct, frame.most_right) == (2, 2, 3)
    assert frame.meeting() == [[0, 1, 2]]
    assert "00, 01 and 10 meet at (1, 0). Wrong: 01 and 10." in _said(params, frame)
    assert (frame.status.kind, frame.status.remedy) == ("mixed", None)


def test_the_drag_that_the_opening_invites_to_solves_it():
    params, frame = _frame()
    first = XOR.handles(params, frame)[0]
    place = np.array(first.place) + 0.3 * np.array(first.hint)
    before = params.replaced(XOR.drag(params, frame, first.id, place.tolist()))
    assert XOR.compute(before, RandomStreams(0)).correct == 4


def test_nand_or_and_has_two_points_meet():
    params, frame = _frame(s2=OR)
    assert frame.hidden.tolist() == [[1, 0], [1, 1], [1, 1], [0, 1]]
    assert frame.outputs.tolist() == [0, 1, 1, 0]
    assert (frame.correct, frame.distinct, frame.most_right, frame.status) == (4, 3, 4, None)
    assert frame.gates == ("NAND", "OR", "AND")
    assert frame.meeting() == [[1, 2]]
    assert "01 and 10 meet at (1, 1)" in _said(params, frame)
    assert "01 和 10 落在同一点 (1, 1)" in _said(params, frame, "zh_CN")


@pytest.mark.parametrize("preset", XOR.presets, ids=lambda preset: preset.id)
def test_presets_solve_it_but_for_the_near_miss(preset):
    _, frame = _frame(**preset.changes)
    assert frame.correct == (3 if preset.id == "near-miss" else 4)
    assert frame.distinct == 3


def test_the_other_fold_has_00_and_11_meet():
    differences = next(preset for preset in XOR.presets if preset.id == "differences")
    assert _frame(**differences.changes)[1].meeting() == [[0, 3]]


def test_or_dragged_over_the_origin_mixes_what_wants_different_answers():
    params, frame = _frame(s2=OR)
    moved = params.replaced(XOR.drag(params, frame, "s2.line", (-0.1, -0.1)))
    after = XOR.compute(moved, RandomStreams(0))
    assert (after.correct, after.most_right, after.distinct) == (3, 3, 2)
    assert after.status.kind == "mixed"
    assert "Wrong: 00" in _said(moved, after)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("no_line", {"s1": (0.0, 0.0, 1.0)}),
        ("no_line", {"y": (0.0, 0.0, -1.0)}),
        ("not_separable", {"s1": (1.0, 0.0, -0.5), "s2": (0.0, 1.0, -0.5)}),
        ("wrong_line", {"s2": OR, "y": OR}),
        ("wrong_line", {"s2": OR, "activation": "sigmoid", "sharpness": 1.0}),
    ],
)
def test_the_remedy_of_a_status_takes_it_away(kind, values):
    params, frame = _frame(**values)
    assert frame.status.kind == kind
    mended = XOR.compute(params.replaced(frame.status.remedy.changes), RandomStreams(0))
    assert mended.status is None or mended.status.kind != kind


@settings(max_examples=60, deadline=None)
@given(params_of(XorParams))
def test_what_is_said_is_so_for_any_parameters(params):
    frame = XOR.compute(params, RandomStreams(0))
    assert frame.correct == int(np.sum(frame.right)) <= frame.most_right
    assert frame.right.tolist() == [(y >= 0.5) == bool(t) for y, t in zip(frame.outputs, frame.wanted, strict=True)]
    assert (frame.status is None) == (frame.correct == 4)
    reading = _said(params, frame)
    if params.view == "two":
        assert ("all 4 right" in reading) == (frame.correct == 4)
        named = reading.partition("Wrong:")[2]
        assert [row in named for row in ROWS] == (~frame.right).tolist()
        for group in frame.meeting():
            assert np.ptp(frame.hidden[group], axis=0).max() <= 0.02
    assert "nan" not in reading


def test_a_steep_sigmoid_folds_like_the_step():
    _, soft = _frame(s2=OR, activation="sigmoid", sharpness=50.0)
    _, hard = _frame(s2=OR)
    assert soft.hidden == pytest.approx(hard.hidden, abs=1e-3)
    # The output neuron sees points that are not quite in their corners.
    assert soft.outputs == pytest.approx(hard.outputs, abs=1e-2)


def test_the_fold_goes_on_with_the_sharpness():
    distances = []
    for sharpness in (1.0, 2.0, 4.0, 8.0, 16.0, 50.0):
        _, frame = _frame(s2=OR, activation="sigmoid", sharpness=sharpness)
        assert frame.hidden[1].tolist() == frame.hidden[2].tolist()
        distances.append(float(np.linalg.norm(frame.hidden[1] - 1)))
    assert distances == sorted(distances, reverse=True)


def test_the_ground_is_the_output_at_every_place():
    params, frame = _frame(activation="sigmoid", sharpness=3.0)
    for row, column in ((0, 0), (80, 80), (100, 40), (159, 3)):
        place = (-2 + 5 * (column + 0.5) / 160, -2 + 5 * (row + 0.5) / 160)
        assert f"y = {frame.region[row, column]:.3g}" in XOR.probe(params, frame, ProbePoint(*place)).text.render("en")
    _, frame = _frame()
    assert frame.region is None and frame.cells.tolist() == [[0, 0], [0, 1]]


# One perceptron


def test_one_perceptron_never_gets_four():
    _, frame = _frame(view="single")
    assert len(frame.best_counts) == 361
    assert [degrees for degrees in range(361) if frame.best_counts[degrees] != 3] == [0, 90, 180, 270, 360]
    assert set(frame.best_counts[::90].tolist()) == {2}
    assert frame.single_most == 3


def test_one_perceptron_makes_all_tables_but_xor_and_its_opposite():
    _, frame = _frame(view="single")
    assert frame.single_tables == 14
    tables = product((0.0, 1.0), repeat=4)
    assert [table for table in tables if best_line(frame.inputs, np.array(table))[2] < 4] == [
        (0.0, 1.0, 1.0, 0.0),
        (1.0, 0.0, 0.0, 1.0),
    ]


@pytest.mark.parametrize("direction", [0.0, 30.0, 45.0, 90.0, 135.5, 251.0, 360.0])
def test_the_best_b_does_what_the_map_says(direction):
    params, frame = _frame(view="single", direction=direction)
    assert frame.single_w == pytest.approx([math.cos(math.radians(direction)), math.sin(math.radians(direction))])
    answers = [float(w @ frame.single_w + frame.best_b > 0) for w in frame.inputs]
    assert answers == frame.single_outputs.tolist()
    assert sum(a == t for a, t in zip(answers, frame.wanted, strict=True)) == frame.best_count
    if direction == int(direction):
        assert frame.best_counts[int(direction)] == frame.best_count
    assert f"at most {frame.best_count} of 4" in _said(params, frame)


def test_the_view_changes_nothing_but_the_status():
    single, two = _frame(view="single")[1], _frame(view="two", selected="11")[1]
    assert frames_equal(replace(single, status=None), replace(two, status=None))


@given(params_of(XorParams))
def test_of_one_perceptron_nothing_hidden_is_spoken(params):
    """What the first layer does, and what would help it, says nothing about a single line."""
    params = params.replaced({"view": "single"})
    frame = XOR.compute(params, RandomStreams(0))
    assert frame.status.kind == "best_bias" and frame.status.remedy is None
    said = [frame.status.text.render("en"), XOR.headline(params, frame).render("en")]
    assert not re.search("hidden|fold|s1|s2", " ".join(said))
    assert [name for name in ("s1", "s2", "y", "activation", "sharpness") if params.shows(name)] == []


# Handles


@pytest.mark.parametrize("name", ["s1", "s2", "y"])
def test_a_line_follows_the_hand(name):
    params, frame = _frame()
    target = np.array([0.25, 0.4])
    w1, w2, b = getattr(params.replaced(XOR.drag(params, frame, f"{name}.line", tuple(target))), name)
    assert (w1, w2) == getattr(params, name)[:2]
    assert np.array([w1, w2]) @ target + b == pytest.approx(0, abs=0.0051)


@pytest.mark.parametrize("name", ["s1", "s2", "y"])
@pytest.mark.parametrize("target", [(1.3, 0.2), (-0.1, 1.2), (0.3, -0.4)])
def test_an_arrow_goes_where_it_is_asked_to(name, target):
    params, frame = _frame(s2=OR)
    moved = params.replaced(XOR.drag(params, frame, f"{name}.w", target))
    handles = {handle.id: handle.place for handle in XOR.handles(moved, XOR.compute(moved, RandomStreams(0)))}
    assert handles[f"{name}.w"] == pytest.approx(target, abs=0.03)


@pytest.mark.parametrize(("x", "y", "direction"), [(1.5, 0.5, 0), (0.5, 1.0, 90), (0.0, 0.0, 225), (0.9, 0.1, 315)])
def test_the_direction_points_to_the_hand(x, y, direction):
    params, frame = _frame(view="single")
    assert XOR.drag(params, frame, "direction.w", (x, y)) == {"direction": direction}


def test_the_cursor_of_the_map_stays_on_the_map():
    params, frame = _frame(view="single")
    assert [XOR.drag(params, frame, "direction.map", (x, 9))["direction"] for x in (-20, 17.6, 400)] == [0, 18, 360]


def test_handles_belong_to_the_view_and_to_lines_that_exist():
    def ids(**values):
        return [handle.id for handle in XOR.handles(*_frame(**values))]

    assert ids() == ["s2.line", "s2.w", "s1.line", "s1.w", "y.line", "y.w"]
    assert ids(view="single") == ["direction.w", "direction.line", "direction.map"]
    assert ids(s2=(0.0, 0.0, 1.0)) == ["s1.line", "s1.w", "y.line", "y.w"]


def test_arrows_are_drawn_at_half_their_length_from_the_line():
    params, frame = _frame()
    for foot, tip, (w1, w2, b) in zip(frame.feet, params.arrow_tips(), params.neurons, strict=True):
        assert np.array([w1, w2]) @ foot + b == pytest.approx(0, abs=1e-9)
        assert tip - foot == pytest.approx(ARROW * np.array([w1, w2]))


def test_dragged_values_are_tidy_and_in_range():
    params, frame = _frame()
    for handle in XOR.handles(params, frame):
        changes = XOR.drag(params, frame, handle.id, (77.7777, -55.5555))
        for value in params.replaced(changes).neurons:
            assert all(part == round(part, 2) and abs(part) <= 10 for part in value)


def test_an_unknown_handle_is_an_error():
    with pytest.raises(KeyError, match=r"z\.line"):
        XOR.drag(*_frame(), "z.line", (0, 0))


# Working, tables, parameters


@pytest.mark.parametrize("selected", ROWS)
@pytest.mark.parametrize("values", [{}, {"activation": "sigmoid"}, {"view": "single", "direction": 251.0}])
def test_the_working_adds_up(selected, values):
    params, frame = _frame(selected=selected, **values)
    lines = XOR.working(params, frame)
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-12, abs=1e-12)
    row = ROWS.index(selected)
    outputs = frame.single_outputs if params.view == "single" else frame.outputs
    assert lines[-1].left == "y" and lines[-1].result == outputs[row]


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("s1", OR, {}),
        ("s2", NAND, {}),
        ("y", OR, {}),
        ("activation", "sigmoid", {}),
        ("sharpness", 3.0, {"activation": "sigmoid"}),
        ("view", "single", {}),
        ("direction", 90.0, {"view": "single"}),
        ("selected", "11", {}),
    ],
)
def test_every_parameter_does_something(name, value, base):
    def tables(params):
        frame = XOR.compute(params, RandomStreams(0))
        return [(table.name, table.rows) for table in XOR.tables(params, frame)]

    params = XorParams(**base)
    assert tables(params) != tables(params.replaced({name: value}))


def test_the_truth_table_has_the_hidden_points():
    table = XOR.main_tables(*_frame(s2=OR))[0]
    assert [column.name for column in table.columns][:5] == ["x1", "x2", "s1", "s2", "y"]
    assert [row[:5] for row in table.rows] == [(0, 0, 1, 0, 0), (0, 1, 1, 1, 1), (1, 0, 1, 1, 1), (1, 1, 0, 1, 0)]


def test_probes_know_their_part_of_the_stage():
    params, frame = _frame(s2=OR)
    assert "s = (1, 1), y = 1" in XOR.probe(params, frame, ProbePoint(0.5, 0.5)).text.render("en")
    assert "y = 0" in XOR.probe(params, frame, ProbePoint(0.5, 0.5, "hidden")).text.render("en")
    assert "at most 2 of 4" in XOR.probe(params, frame, ProbePoint(89.8, 1.0, "map")).text.render("en")


def test_frames_are_the_same_every_time():
    for values in ({}, {"activation": "sigmoid"}):
        assert frames_equal(_frame(**values)[1], _frame(**values)[1])


@pytest.mark.parametrize(
    ("name", "value"), [("s1", (1, 2)), ("y", (11.0, 0, 0)), ("direction", 361), ("view", "three")]
)
def test_bad_values_are_refused_by_name(name, value):
    with pytest.raises(Refused, match=name):
        XorParams(**{name: value})
