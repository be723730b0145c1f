"""`graph`: the purchases of the book, node by node and back; checks, mistakes, handles and the place that is kept."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.handle import ProbePoint
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused
from engine.experiments.ch5_backpropagation.graph import ComputationalGraph
from engine.experiments.ch5_backpropagation.graph.params import INPUTS, OWN, SAMPLES, GraphParams
from engine.experiments.ch5_backpropagation.graph.words import name_of, node_words
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal

GRAPH = ComputationalGraph()


def _at(index=None, **values):
    params = GraphParams(**values)
    return params, GRAPH.stop(params, GRAPH.last_stop(params) if index is None else index)


def _gradients(**values):
    params, frame = _at(**values)
    return {name: frame.gradient[name] for name in params.input_fields}


def test_two_apples_cost_220_and_every_gradient_is_known():
    _, frame = _at()
    assert frame.result == pytest.approx(220)
    assert _gradients() == pytest.approx({"apple_price": 2.2, "apple_count": 110, "tax": 200})


def test_apples_and_oranges_cost_715_and_the_tax_counts_650():
    _, frame = _at(graph="fruit")
    assert frame.result == pytest.approx(715)
    assert _gradients(graph="fruit") == pytest.approx(
        {"apple_price": 2.2, "apple_count": 110, "orange_price": 3.3, "orange_count": 165, "tax": 650}
    )


@pytest.mark.parametrize("preset", GRAPH.presets, ids=lambda preset: preset.id)
def test_it_opens_before_the_first_step_with_nothing_but_its_inputs(preset):
    params = GraphParams(**preset.changes)
    frame = Player(GRAPH, Run(GRAPH.id, params)).go_by(GRAPH.way_to_opening(params))
    assert (frame.update, frame.phase, frame.node) == (0, "inputs", -1)
    known = [number for number, value in enumerate(frame.values) if not math.isnan(value)]
    assert known == [number for number, one in enumerate(params.structure.nodes) if one.make is None]
    assert all(map(math.isnan, frame.gradients)) and math.isnan(frame.result)
    assert "Step (Page Down) computes" in GRAPH.headline(params, frame).render("en")


def test_after_forward_the_first_node_passes_back():
    params, frame = _at(3)
    assert (frame.counts, frame.phase) == ((3, 1), "backward")
    assert frame.gradient["tax"] == pytest.approx(200)
    assert math.isnan(frame.gradient["apple_price"])
    assert "1 × 200 = 200 to tax" in GRAPH.headline(params, frame).render("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("graph", SAMPLES)
def test_no_two_nodes_have_the_same_name_in_words(graph, language):
    for index in (0, GRAPH.last_stop(GraphParams(graph=graph)) // 2):
        params, frame = _at(index, graph=graph)
        done = [node for node in params.structure.operations if not math.isnan(frame.values[node])]
        names = [name_of(params, frame, node).render(language) for node in (*params.structure.variables, *done)]
        assert len(set(names)) == len(names) and len(done) == index, names


def test_a_node_whose_sign_stands_twice_is_named_by_what_it_is_of():
    said = {
        3: ("Back through the × of 200 and tax: 1 × 1.1 = 1.1 to the × of apple price and apple count, ",
            "反向经过 200 和消费税的 ×：1 × 1.1 = 1.1 传给苹果单价和苹果个数的 ×，"),
        4: ("Back through the × of apple price and apple count: ", "反向经过苹果单价和苹果个数的 ×："),
    }  # fmt: skip
    for index, sentences in said.items():
        for language, sentence in zip(("en", "zh_CN"), sentences, strict=True):
            assert GRAPH.headline(*_at(index)).render(language).startswith(sentence)
    assert GRAPH.headline(*_at(graph="square")).render("en").startswith("Back through ×: ")


@pytest.mark.parametrize("graph", SAMPLES)
def test_every_input_agrees_with_its_numerical_gradient(graph):
    params, frame = _at(graph=graph)
    assert len(params.input_fields) == len(params.sample.names)
    assert all(frame.is_checked(name) and frame.agrees[name] for name in params.input_fields)
    assert set(frame.gradient) == set(INPUTS)


@pytest.mark.parametrize("graph", (*SAMPLES, OWN))
def test_a_step_is_one_node_and_going_on_gives_the_same_frames_again(graph):
    params = GraphParams(graph=graph)
    count = len(params.structure.operations)
    player = Player(GRAPH, Run(GRAPH.id, params))
    frames = [player.go(), *(player.go(1) for _ in range(2 * count))]
    assert player.finished and frames[-1].finished
    assert [frame.node for frame in frames] == [-1, *params.structure.operations, *params.structure.operations[::-1]]
    for index, frame in enumerate(frames):
        again = Player(GRAPH, Run(GRAPH.id, params)).go(index)
        assert frames_equal(frame, again)
        assert frame.counts == (index, index // count)


def test_branches_add_and_the_mistakes_show():
    assert _gradients(graph="square") == {"x": 6.0}
    for pitfall, wrong in {"average": 3.0, "overwrite": 3.0, "own_input": 6.0}.items():
        params, frame = _at(graph="square", pitfall=pitfall)
        assert frame.wrong_gradient["x"] == wrong
        assert frame.gradient["x"] == pytest.approx(frame.numerical["x"])
        said = "这里的梯度仍然全对" if wrong == 6.0 else "1 个梯度里有 1 个是错的"
        assert said in GRAPH.headline(params, frame).render("zh_CN")


def test_in_another_graph_nothing_is_selected():
    changes = GRAPH.settle(GraphParams(selected=4), {"graph": "fruit"})
    assert changes == {"selected": 0, "graph": "fruit"}


def test_a_times_that_passes_its_own_input_is_wrong_everywhere_in_a_purchase():
    params, frame = _at(pitfall="own_input")
    assert all(frame.agrees[name] for name in params.input_fields)
    assert not any(math.isclose(frame.wrong_gradient[name], frame.gradient[name]) for name in params.input_fields)
    assert frame.wrong_gradient["tax"] == pytest.approx(1.1)


def test_without_a_pitfall_nothing_is_wrong():
    _, frame = _at(graph="softmax")
    assert frame.wrong_gradients.tolist() == frame.gradients.tolist()


VALUES = st.floats(-2, 2).map(lambda value: round(value, 2))


@settings(max_examples=40)
@given(x=VALUES, y=VALUES, index=st.integers(0, 12), selected=st.integers(0, 12))
def test_the_working_of_every_node_adds_up(x, y, index, selected):
    params = GraphParams(graph=OWN, own="x*x + exp(x)*y - sin(exp(x))/(2 + y^2)", x=x, y=y, selected=selected)
    frame = GRAPH.stop(params, min(index, GRAPH.last_stop(params)))
    for line in GRAPH.working(params, frame):
        assert line.result == pytest.approx(evaluate(line), rel=1e-9, abs=1e-9)
    for language in LANGUAGES:
        assert "nan" not in GRAPH.headline(params, frame).render(language)


def test_a_node_that_is_selected_is_looked_at_until_it_is_clicked_again():
    params, frame = _at(3)
    node = params.structure.operations[0]
    spot = ProbePoint(*params.drawing.places[node])
    changes = GRAPH.click_at(params, frame, spot)
    chosen = params.replaced(changes)
    assert frame.lit(chosen) == node
    assert GRAPH.click_at(chosen, frame, spot) == {"selected": 0}
    assert GRAPH.click_at(params, frame, ProbePoint(1.5, 9.0)) == {}


def test_an_input_that_is_selected_shows_its_check():
    params, frame = _at(selected=1)
    assert node_words(params, frame, 0).render("en") == ("apple price = 100, gradient 2.2, by central difference 2.2")
    (line,) = GRAPH.working(params, frame)
    assert line.result == pytest.approx(2.2)
    assert GRAPH.probe(params, frame, ProbePoint(*params.drawing.places[0])).text == node_words(params, frame, 0)


def test_a_handle_moves_its_input_and_stops_at_the_ends_of_its_line():
    params, frame = _at()
    handles = {handle.id: handle for handle in GRAPH.handles(params, frame)}
    assert list(handles) == ["apple_price", "apple_count", "tax"]
    x, y = handles["apple_count"].place
    assert GRAPH.drag(params, frame, "apple_count", (x + handles["apple_count"].step, y)) == {"apple_count": 3.0}
    assert GRAPH.drag(params, frame, "tax", (99.0, y)) == {"tax": 5.0}


def test_a_change_of_an_input_keeps_the_place_and_another_graph_begins_anew():
    params = GraphParams()
    assert GRAPH.reopening(params, params.replaced({"tax": 1.2}), 4).count == 4
    assert GRAPH.reopening(params, params.replaced({"graph": "softmax"}), 4) is None


@pytest.mark.parametrize("own", ["0", "x", "2*3"])
def test_a_function_without_operations_is_finished_from_the_start(own):
    params, frame = _at(graph=OWN, own=own)
    assert frame.finished and frame.node == -1
    assert GRAPH.working(params, frame) == ()
    assert "no operation" in GRAPH.headline(params, frame).render("en")


def test_a_function_without_a_value_says_so_and_has_no_check():
    params, frame = _at(graph=OWN, own="log(x)*y", x=-1.0)
    assert "no value" in GRAPH.headline(params, frame).render("en")
    assert not any(frame.is_checked(name) for name in params.input_fields)


def test_at_a_corner_the_numerical_gradient_is_another_one():
    params, frame = _at(graph=OWN, own="relu(x) + y", x=0.0)
    assert not frame.agrees["x"] and frame.agrees["y"]
    assert "x and the numerical gradient differ" in GRAPH.headline(params, frame).render("en")


def test_a_function_with_too_many_operations_is_refused():
    with pytest.raises(Refused, match="24"):
        GraphParams(own=" + ".join(["sin(x*y)", *(f"{number}*x" for number in range(2, 20))]))


@pytest.mark.parametrize("pitfall", ["own_input", "overwrite", "average"])
@pytest.mark.parametrize("own", ["x*x", "x*y - 2*x", "x*y + x + x*x", "exp(x)/(1 + exp(x))"])
def test_the_working_of_an_input_says_what_the_chosen_mistake_makes_of_it(own, pitfall):
    experiment = ComputationalGraph()
    params = experiment.params_type().replaced({"graph": "own", "own": own, "pitfall": pitfall})
    frame = Player(experiment, Run("graph", params)).go_by(experiment.default_steps_for(params))
    for node, name in zip(params.structure.variables, params.input_fields, strict=True):
        lines = experiment.working(params.replaced({"selected": node + 1}), frame)
        told = [line for line in lines if line.left.endswith("*")]
        differs = frame.wrong_gradient[name] != frame.gradient[name]
        assert bool(told) >= (differs and len(params.structure.uses(node)) > 1)
        for line in told:
            assert line.result == pytest.approx(frame.wrong_gradient[name]) == pytest.approx(evaluate(line))
