"""`forward`: the book's numbers, neuron by neuron, its working, its handles, and what its sizes do."""

from __future__ import annotations

import inspect
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.handle import ProbePoint
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused
from engine.experiments.ch3_networks.forward import Forward
from engine.experiments.ch3_networks.forward.params import LIMIT, ForwardParams
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.strategies import params_of

FORWARD = Forward()


def _at(stop=None, **values):
    params = ForwardParams(**values)
    player = Player(FORWARD, Run(FORWARD.id, params))
    return params, player.go_by(FORWARD.opening) if stop is None else player.go(stop)


def _end(**values):
    params = ForwardParams(**values)
    return params, FORWARD.stop(params, FORWARD.last_stop(params))


def _tables(params, frame):
    tables = FORWARD.tables(params, frame)
    return {table.name: {one.name: list(one.values) for one in table.columns} for table in tables}


# The pass


def test_it_opens_with_the_first_neuron_lit():
    params, frame = _at()
    assert (frame.update, frame.layer, frame.neuron, frame.finished) == (1, 1, 1, False)
    assert frame.lit(params) == (1, 1)
    assert "1·0.1 + 0.5·0.2 + 0.1 = 0.3, sigmoid(0.3) = 0.574" in FORWARD.headline(params, frame).render("en")


def test_the_last_stop_has_the_books_output():
    params, frame = _end()
    assert frame.finished and frame.update == 7
    assert frame.y == pytest.approx((0.31682708, 0.69627909), abs=5e-9)
    for language in LANGUAGES:
        assert "y = (0.317, 0.696)" in FORWARD.headline(params, frame).render(language)


def test_the_steps_go_through_all_neurons_layer_by_layer_and_the_numbers_stay():
    params, first = _at(0)
    assert (first.layer, first.neuron, first.lit(params)) == (0, 0, None)
    places = []
    for stop in range(1, 8):
        _, frame = _at(stop)
        places.append((frame.layer, frame.neuron))
        assert np.array_equal(frame.y, first.y) and frame.is_done(frame.layer, frame.neuron)
        assert ("layer" in frame.events) == (stop in (3, 5, 7))
    assert places == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (3, 2)]


def test_doubled_inputs_hardly_move_the_output():
    _, before = _end()
    _, after = _end(x=((2.0, 1.0),))
    assert after.y / before.y == pytest.approx((1.02, 1.02), abs=0.005)


def test_a_column_belongs_to_one_neuron():
    _, before = _end()
    _, after = _end(weights1=((-3.0, 0.3, 0.5), (0.2, 0.4, 0.6)))
    assert after.a1[0] != before.a1[0] and np.array_equal(after.a1[1:], before.a1[1:])
    assert not np.any(after.a2 == before.a2) and not np.any(after.y == before.y)


def test_softmax_adds_up_to_one_and_relu_cuts():
    _, frame = _end(output="softmax")
    assert frame.y == pytest.approx((0.40626, 0.59374), abs=5e-6)
    _, frame = _end(hidden="relu", bias1=((-1.0, 0.2, 0.3),))
    assert frame.z1[0] == 0 and frame.a1[0] < 0


# Sizes


def test_sizes_shape_the_matrices_and_go_on_as_in_the_book():
    params = ForwardParams(inputs=3, hidden1=4)
    assert params.x == ((1.0, 0.5, 0.5),)
    assert params.weights1 == ((0.1, 0.3, 0.5, 0.7), (0.2, 0.4, 0.6, 0.8), (0.3, 0.5, 0.7, 0.9))
    assert params.bias1 == ((0.1, 0.2, 0.3, 0.4),)
    assert params.weights2 == ((0.1, 0.4), (0.2, 0.5), (0.3, 0.6), (0.4, 0.7))
    assert ForwardParams(inputs=1).x == ((1.0,),)


def test_a_selected_neuron_that_is_gone_gives_the_light_back():
    params, frame = _at(2, selected="1-3", hidden1=2)
    assert frame.lit(params) == (1, 2)
    params, frame = _at(2, selected="3-2")
    assert frame.lit(params) == (3, 2)
    assert FORWARD.headline(params, frame).render("en").startswith("Selected: Layer 3, neuron 2:")
    assert "All done" in FORWARD.headline(params, _at(7)[1]).render("en")


@settings(max_examples=40, deadline=None)
@given(params=params_of(ForwardParams), part=st.floats(0, 1))
def test_every_network_can_be_walked_and_worked_out(params, part):
    frame = FORWARD.stop(params, round(part * FORWARD.last_stop(params)))
    assert len(frame.y) == params.outputs and np.all(np.isfinite(frame.y))
    for language in LANGUAGES:
        assert "{" not in FORWARD.headline(params, frame).render(language)
    for line in FORWARD.working(params, frame):
        # The plain 1 / (1 + exp(−a)) that tests evaluate overflows far below; there it says nothing.
        if max((abs(value) for value in line.values.values()), default=0.0) < 500:
            assert math.isclose(evaluate(line), line.result, rel_tol=1e-9, abs_tol=1e-9), line


# Words, tables, code


@pytest.mark.parametrize(
    ("values", "lefts"),
    [
        ({}, ["p1", "p2", "a1", "z1"]),
        ({"selected": "2-2"}, ["p1", "p2", "p3", "a2", "z2"]),
        ({"selected": "3-1"}, ["p1", "p2", "a1", "y1"]),
        ({"selected": "3-1", "output": "softmax"}, ["p1", "p2", "a1", "m", "y1"]),
        ({"selected": "3-1", "output": "softmax", "outputs": 1}, ["p1", "p2", "a1", "m", "y1"]),
        ({"selected": "2-1", "hidden": "relu"}, ["p1", "p2", "p3", "a1", "z1"]),
    ],
)
def test_the_working_has_products_sum_and_activation(values, lefts):
    params, frame = _at(**values)
    lines = FORWARD.working(params, frame)
    assert [line.left for line in lines] == lefts
    for line in lines:
        assert math.isclose(evaluate(line), line.result, rel_tol=1e-12, abs_tol=1e-14)


def test_the_working_of_the_first_neuron_has_its_digits():
    params, frame = _at()
    assert [line.arithmetic() for line in FORWARD.working(params, frame)] == [
        "1·0.1", "0.5·0.2", "0.1 + 0.1 + 0.1", "sigmoid(0.3)"
    ]  # fmt: skip


def test_tables_have_every_neuron_and_the_products_of_the_lit_one():
    params, frame = _at(4)
    tables = _tables(params, frame)
    assert tables["neurons"]["computed"] == [True] * 4 + [False] * 3
    assert tables["neurons"]["function"] == ["sigmoid"] * 5 + ["identity"] * 2
    assert tables["products"]["input"] == ["z1", "z2", "z3", "1 (bias)"]
    assert sum(tables["products"]["product"]) == pytest.approx(frame.a2[0])
    _, start = _at(0)
    assert "products" not in _tables(params, start) and FORWARD.working(params, start) == ()


def test_the_mark_is_in_the_source_of_its_function():
    params, frame = _at()
    mark = FORWARD.code_mark(params, frame)
    functions = {function.__name__: inspect.getsource(function) for function in FORWARD.code}
    assert mark.fragment in functions[mark.function]


def test_frames_are_the_same_whenever_they_are_made():
    assert frames_equal(_at(5)[1], _at(5)[1])


# The hand


@pytest.mark.parametrize("wanted", [-LIMIT, -1.25, 0.0, 0.5, 2.0, LIMIT])
def test_a_dragged_handle_comes_to_where_it_was_asked(wanted):
    params, frame = _at()
    up = params.place(0, 2)[1] + wanted * params.reach()
    moved = params.replaced(FORWARD.drag(params, frame, "x2", (0.7, up)))
    assert moved.x == ((1.0, wanted),)
    handle = FORWARD.handles(moved, _at(x=moved.x)[1])[1]
    assert handle.place[1] == pytest.approx(up)


def test_a_drag_beyond_the_end_stops_there_and_unknown_handles_are_errors():
    params, frame = _at()
    assert FORWARD.drag(params, frame, "x1", (0.0, 9.0)) == {"x": ((LIMIT, 0.5),)}
    for name in ("x3", "y1", "x"):
        with pytest.raises(KeyError):
            FORWARD.drag(params, frame, name, (0.0, 0.0))


def test_tracks_of_inputs_do_not_meet():
    for inputs in range(1, 5):
        params = ForwardParams(inputs=inputs)
        spans = [(params.place(0, n)[1], LIMIT * params.reach()) for n in range(1, inputs + 1)]
        assert all(one - reach > other + reach for (one, reach), (other, _) in pairwise(spans))


def test_a_probe_says_the_arithmetic_of_what_is_there():
    params, frame = _at()
    probe = FORWARD.probe(params, frame, ProbePoint(1.1, params.place(1, 2)[1]))
    assert "Layer 1, neuron 2: 1·0.3 + 0.5·0.4 + 0.2 = 0.7" in probe.text.render("en")
    assert "x2 = 0.5" in FORWARD.probe(params, frame, ProbePoint(-0.6, 0.2)).text.render("en")
    assert FORWARD.probe(params, frame, ProbePoint(1.5, 0.5)) is None
    assert FORWARD.probe(params, frame, ProbePoint(1.0, 1.2)) is None


def test_values_out_of_range_are_refused_by_name():
    with pytest.raises(Refused, match="weights1: 7 is outside −3 to 3"):
        ForwardParams().with_text("weights1", "[[7, 0, 0], [0, 0, 0]]")
