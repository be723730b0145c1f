"""The experiment `gradient_check`: every mistake shows in its own way, and right code passes unless the check fails."""

from __future__ import annotations

import inspect
import math
from collections.abc import Generator

import numpy as np
import pytest
from hypothesis import given, settings

from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.protocol import RandomStreams
from engine.experiments.ch5_backpropagation.gradient_check import GradientCheck
from engine.experiments.ch5_backpropagation.gradient_check.params import (
    HIDDEN,
    HIDEABLE,
    MISTAKES,
    TOLERANCE,
    GradientCheckParams,
)
from engine.experiments.ch5_backpropagation.gradient_check.process import hidden_mistake
from engine.experiments.ch5_backpropagation.gradient_check.words import entry_name
from tests.arithmetic import evaluate
from tests.strategies import params_of

CHECK = GradientCheck()
PLANTED = [name for name in MISTAKES if name != "none"]
ACTIVATIONS = ("relu", "sigmoid", "tanh")
SEEDS = range(5)


def _finished(made):
    if not isinstance(made, Generator):
        return made
    while True:
        try:
            next(made)
        except StopIteration as done:
            return done.value


def _frame(seed=0, **values):
    params = GradientCheckParams(**values)
    return params, _finished(CHECK.compute(params, RandomStreams(seed)))


def _off(frame):
    """The arrays that differ."""
    return {name for name, error in zip(frame.arrays, frame.errors.tolist(), strict=True) if error > TOLERANCE}


# Right code, and each mistake


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("layers", [1, 2])
def test_right_code_passes_and_lies_on_the_diagonal(seed, activation, layers):
    # A sample that closes all units of the first layer has sums of exactly 0 in the second one.
    enough = {"hidden": 10} if layers == 2 else {}
    _, frame = _frame(seed, activation=activation, layers=layers, **enough)
    assert not _off(frame) and frame.wrong == 0 and frame.status is None
    assert frame.on_line and frame.slope == pytest.approx(1, abs=1e-6)
    assert len(frame.losses) == frame.parameters


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("mistake", PLANTED)
def test_every_planted_mistake_is_found(seed, activation, mistake):
    _, frame = _frame(seed, mistake=mistake, activation=activation)
    assert frame.error > TOLERANCE and frame.wrong > 0


@pytest.mark.parametrize("batch", [2, 5, 8, 20])
def test_a_forgotten_batch_gives_a_line_of_its_size(batch):
    _, frame = _frame(mistake="no_mean", batch=batch)
    assert frame.on_line and frame.slope == pytest.approx(batch) and frame.error == pytest.approx(1 - 1 / batch)


def test_a_batch_of_one_hides_that_it_was_forgotten():
    _, frame = _frame(mistake="no_mean", batch=1)
    assert not _off(frame)


@pytest.mark.parametrize(
    ("mistake", "off"),
    [
        ("sign", {"W1", "b1", "W2", "b2"}),
        ("slope", {"W1", "b1"}),
        ("bias", {"b1", "b2"}),
        ("sums", {"W2"}),
        ("dropout", {"W1", "b1", "W2", "b2"}),
    ],
)
def test_each_mistake_is_off_where_it_was_made(mistake, off):
    _, frame = _frame(mistake=mistake, activation="sigmoid")
    assert _off(frame) == off


def test_the_shapes_of_two_mistakes():
    _, sign = _frame(mistake="sign")
    assert sign.on_line and sign.slope == pytest.approx(-1) and sign.error == pytest.approx(2)
    _, dropout = _frame(mistake="dropout")
    assert not dropout.on_line and np.abs(dropout.numerical).max() > 100 * np.abs(dropout.backward).max()


def test_a_guard_in_the_logarithm_is_faint_but_found():
    for activation in ACTIVATIONS:
        _, frame = _frame(mistake="guard", activation=activation)
        assert TOLERANCE < frame.error < 1e-5


# Right code that does not pass


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sample_of_zeros_stands_at_the_corner_of_relu_only(seed):
    _, frame = _frame(seed, zero_sample=True)
    assert _off(frame) == {"b1"} and frame.status.kind == "corner"
    # Only where a unit opens or closes on the way is a gradient off.
    assert set(np.flatnonzero(frame.crossed)) >= set(np.flatnonzero(np.abs(frame.backward - frame.numerical) > 1e-6))
    assert not _off(_frame(seed, zero_sample=True, activation="tanh")[1])


def test_single_precision_misses_and_says_so():
    _, frame = _frame(dtype="float32")
    assert frame.status.kind == "float32" and 1e-4 < frame.error < 0.1
    params = GradientCheckParams(dtype="float32").replaced(frame.status.remedy.changes)
    assert _finished(CHECK.compute(params, RandomStreams(0))).status is None


def test_a_bad_step_is_named():
    _, frame = _frame(h=1e-11, activation="sigmoid")
    assert frame.status.kind == "step"


# The hidden one


def test_seeds_hide_every_mistake_and_only_its_name_is_right():
    drawn = {hidden_mistake(RandomStreams(seed)) for seed in range(40)}
    assert drawn == set(HIDEABLE)
    for seed in SEEDS:
        mistake = hidden_mistake(RandomStreams(seed))
        _, planted = _frame(seed, mistake=mistake)
        for guess in PLANTED:
            _, frame = _frame(seed, mistake=HIDDEN, guess=guess)
            assert frame.guessed == (guess == mistake)
            assert np.array_equal(frame.backward, planted.backward)
            assert frame.status.kind == ("guessed" if guess == mistake else "not_guessed")


def test_what_is_hidden_is_told_nowhere():
    params, frame = _frame(mistake=HIDDEN)
    label = MISTAKES[hidden_mistake(RandomStreams(0))].render("en")
    said = [CHECK.headline(params, frame).render("en"), frame.status.text.render("en")]
    said += [repr(table.rows) for table in CHECK.tables(params, frame)]
    assert not any(label in words for words in said)
    assert CHECK.code_mark(params, frame) is None


def test_tables_count_rows_and_columns_from_0_as_the_names_of_cells_do():
    params, frame = _frame(mistake="bias")
    entries, arrays = ({one.name: one.values for one in table.columns} for table in CHECK.tables(params, frame)[:2])
    named = zip(entries["array"], entries["row"], entries["column"], strict=True)
    written = [f"{name}[{row},{column}]" if name[0] == "W" else f"{name}[{column}]" for name, row, column in named]
    assert written == [entry_name(frame, entry) for entry in range(frame.parameters)]
    worst = zip(arrays["worst_row"], arrays["worst_column"], strict=True)
    assert list(worst) == [tuple(frame.places[entry].tolist()) for entry in frame.worst]


# The other views


def test_the_sweep_has_a_valley_without_a_mistake_and_none_with_one():
    _, right = _frame(view="sweep")
    errors = right.sweep[0]
    assert errors[0] > 100 * right.least and errors[-1] > 100 * right.least and right.least < 1e-9
    assert np.array_equal(right.sweep, right.sweep_right)
    _, wrong = _frame(view="sweep", mistake="bias")
    assert wrong.least > 0.1 and np.array_equal(wrong.sweep_right, right.sweep)


def test_the_sweep_agrees_with_the_check_at_its_h():
    for dtype in ("float64", "float32"):
        _, frame = _frame(view="sweep", dtype=dtype, h=1e-5)
        at = int(np.argmin(np.abs(np.log10(frame.steps) + 5)))
        assert frame.sweep[("float64", "float32").index(dtype), at] == frame.error


@pytest.mark.parametrize("layers", [1, 2])
def test_passes_grow_with_the_parameters_and_their_times_are_measured(layers):
    _, frame = _frame(view="cost", layers=layers)
    assert frame.cost_parameters[0] == frame.parameters
    assert np.all(np.diff(frame.cost_parameters) > 0)
    assert np.array_equal(frame.cost_passes, 2 * frame.cost_parameters)
    assert np.all(frame.cost_backward > 0) and np.all(frame.cost_numerical > 0)


# What is said, and the hand


@settings(max_examples=25, deadline=None)
@given(params=params_of(GradientCheckParams))
def test_any_parameters_give_a_frame_a_sentence_and_a_working_that_adds_up(params):
    params = params.replaced({"view": "scatter"})
    frame = _finished(CHECK.compute(params, RandomStreams(1)))
    for language in LANGUAGES:
        assert "{" not in CHECK.headline(params, frame).render(language)
    for line in CHECK.working(params, frame):
        assert math.isclose(evaluate(line), line.result, rel_tol=1e-9, abs_tol=1e-12)
    assert frame.reach >= np.abs(frame.backward).max() and frame.reach >= np.abs(frame.numerical).max()


def test_a_point_is_found_where_it_lies_and_clicked():
    params, frame = _frame(mistake="slope")
    entry = int(np.argmax(np.abs(frame.backward - frame.numerical)))
    spot = ProbePoint(float(frame.numerical[entry]), float(frame.backward[entry]))
    assert "b1" in CHECK.probe(params, frame, spot).text.render("en")
    looked = params.replaced(CHECK.click_at(params, frame, spot))
    assert looked.entry == entry
    assert CHECK.click_at(params, frame, ProbePoint(-frame.reach, frame.reach)) == {}


def test_an_array_that_is_not_there_is_replaced_by_the_last_one():
    params = GradientCheckParams(array="W3", selected=(9, 9))
    assert params.shown_array == "b2" and params.selected == (0, 2) and params.entry == 42


def test_h_is_dragged_from_notch_to_notch():
    params, frame = _frame(view="sweep")
    (handle,) = CHECK.handles(params, frame)
    assert CHECK.drag(params, frame, handle.id, (-2.1, 0.0)) == {"h": 0.01}
    assert CHECK.drag(params, frame, handle.id, (-99.0, 0.0)) == {"h": 1e-12}
    assert CHECK.drag(params, frame, handle.id, (handle.place[0] + handle.step, 0.0)) == {"h": 0.000215}


@pytest.mark.parametrize("mistake", PLANTED)
def test_the_wrong_line_is_in_the_code_that_is_lit(mistake):
    params, frame = _frame(mistake=mistake)
    mark = CHECK.code_mark(params, frame)
    (function,) = {one for one in CHECK.code if one.__qualname__ == mark.function}
    assert mark.fragment in inspect.getsource(function)
