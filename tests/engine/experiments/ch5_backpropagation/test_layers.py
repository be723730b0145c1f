"""Layers: the cells that a cell is made of really make it, whatever the layer, its sizes and its numbers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.boards.cells import differing
from engine.boards.layout import found_at
from engine.contract.api import ProbePoint, Refused
from engine.contract.catalogue import load
from engine.contract.params import field_of
from engine.contract.protocol import RandomStreams
from engine.experiments.ch5_backpropagation.layers import cell_name, trace_of
from engine.experiments.ch5_backpropagation.layers.params import PARTS, PITFALLS, LayersParams
from engine.experiments.ch5_backpropagation.layers.rules import FORMULAS
from tests.arithmetic import evaluate

_SIZES = {"samples": st.integers(1, 4), "inputs": st.integers(1, 4), "neurons": st.integers(1, 3)}
_NUMBERED = ("x", "w", "b", "second", "gamma", "beta", "upstream")


@pytest.fixture(scope="module")
def layers():
    return load("layers")


@st.composite
def _params(draw, layer: str) -> LayersParams:
    """Parameters of a layer with any sizes, its numbers drawn too."""
    sizes = {name: draw(size) for name, size in _SIZES.items()}
    base = LayersParams(layer=layer, training=draw(st.booleans()), **sizes)
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    numbers = {name: np.round(random.uniform(-4, 4, np.shape(getattr(base, name))), 1).tolist() for name in _NUMBERED}
    labels = [[float(one) for one in random.integers(0, base.columns, base.samples)]]
    return base.replaced({**numbers, "labels": labels})


@pytest.mark.parametrize("layer", PARTS)
@given(data=st.data())
def test_every_cell_is_what_its_trace_makes_of_other_cells(layers, layer, data):
    params = data.draw(_params(layer))
    frame = layers.compute(params, RandomStreams(0))
    arrays = frame.arrays
    for array in PARTS[layer]:
        assert arrays[array].shape == params.size_of(array)
        for place in np.ndindex(arrays[array].shape):
            cell = (array, *place)
            trace = trace_of(params, cell)
            line = layers.line_of(params, frame, cell)
            assert line.left == cell_name(params, cell)
            assert evaluate(line) == pytest.approx(float(arrays[array][place]), rel=1e-7, abs=1e-9)
            assert cell not in trace.cells.values() and trace.cells


def test_the_trace_of_the_opening_cell_is_two_products():
    trace = trace_of(LayersParams(), ("dw", 0, 1))
    assert trace.terms == {("x", 0, 0): 1, ("dz", 0, 1): 1, ("x", 1, 0): 2, ("dz", 1, 1): 2}
    assert trace.expression == "{X[0,0]}·{dZ[0,1]} + {X[1,0]}·{dZ[1,1]}"


@pytest.mark.parametrize("layer", PARTS)
@given(data=st.data())
def test_blocks_do_not_overlap_and_every_cell_is_found_in_its_middle(layers, layer, data):
    mistake = data.draw(st.sampled_from(["none", *PITFALLS]))
    params = data.draw(_params(layer)).replaced({"pitfall": mistake})
    frame = layers.compute(params, RandomStreams(0))
    blocks = layers.blocks(params, frame)
    for one, other in combinations(blocks, 2):
        beside = one.left >= other.left + other.columns or other.left >= one.left + one.columns
        assert beside or one.top <= other.top - other.rows or other.top <= one.top - one.rows, (one, other)
    for block in blocks:
        for place in np.ndindex(block.rows, block.columns):
            assert found_at(blocks, *block.middle(*place)) == (block, block.cell(*place))
            assert block.cell(*place)[1:] in set(np.ndindex(params.size_of(block.array)))
    assert {block.array for block in blocks} >= set(PARTS[layer])
    assert {block.array for block in blocks if block.kind == "faulty"} == set(frame.wrong)


@pytest.mark.parametrize(("pitfall", "layer"), [(one, layer) for one, some in PITFALLS.items() for layer in some])
def test_every_mistake_makes_cells_wrong_and_leaves_the_right_ones_right(layers, pitfall, layer):
    right, wrong = (
        layers.compute(LayersParams(layer=layer, pitfall=one), RandomStreams(0)) for one in ("none", pitfall)
    )
    assert right.differing == 0 and not right.wrong
    assert wrong.differing == len(differing(wrong.arrays, wrong.wrong)) > 0
    for name, values in right.arrays.items():
        assert values.tobytes() == wrong.arrays[name].tobytes()


def test_a_mistake_of_another_layer_is_not_made(layers):
    params = LayersParams(layer="tanh", pitfall="overwritten")
    assert layers.compute(params, RandomStreams(0)).wrong == {}


def test_a_mistake_that_a_hand_chooses_brings_its_layer_along(layers):
    start = LayersParams()
    assert layers.settle(start, {"pitfall": "overwritten"}) == {"pitfall": "overwritten", "layer": "relu"}
    assert layers.settle(start, {"pitfall": "no_batch"}) == {"pitfall": "no_batch"}
    relu = start.replaced({"layer": "relu", "pitfall": "overwritten"})
    assert layers.settle(relu, {"layer": "tanh"}) == {"layer": "tanh", "pitfall": "none"}


def test_batch_normalization_begins_with_a_batch_whose_gradient_is_not_0(layers):
    settled = layers.settle(LayersParams(), {"layer": "batch_norm"})
    frame = layers.compute(LayersParams().replaced(settled), RandomStreams(0))
    assert settled["samples"] == 3 and frame.largest_dx > 0.01


@pytest.mark.parametrize("layer", PARTS)
def test_a_click_on_a_cell_looks_at_it_and_one_on_a_given_cell_at_nothing(layers, layer):
    params = LayersParams(layer=layer)
    frame = layers.compute(params, RandomStreams(0))
    for block in layers.blocks(params, frame):
        x, y = block.middle(0, 0)
        changes = layers.click_at(params, frame, ProbePoint(x, y))
        if block.array in PARTS[layer]:
            assert layers.click_at(params.replaced(changes), frame, ProbePoint(x, y)) == changes
            assert params.replaced(changes).shown_part == block.array
        elif block.array != "t":
            assert changes == {}


def test_a_click_on_a_label_makes_that_class_the_right_one(layers):
    params = LayersParams(layer="softmax_loss")
    frame = layers.compute(params, RandomStreams(0))
    labels = next(block for block in layers.blocks(params, frame) if block.array == "t")
    changes = layers.click_at(params, frame, ProbePoint(*labels.middle(0, 0)))
    assert params.replaced(changes).classes().tolist() == [0, 0]


@given(data=st.data())
def test_a_probe_of_any_place_says_what_lies_there(layers, data):
    params = data.draw(st.sampled_from(sorted(PARTS)).flatmap(_params))
    frame = layers.compute(params, RandomStreams(0))
    blocks = layers.blocks(params, frame)
    x, y = data.draw(st.floats(-1, 20)), data.draw(st.floats(-25, 1))
    assert (layers.probe(params, frame, ProbePoint(x, y)) is None) == (found_at(blocks, x, y) is None)


def test_a_class_that_there_is_not_is_refused_with_those_that_there_are(layers):
    params = LayersParams(layer="softmax_loss")
    with pytest.raises(Refused) as refused:
        layers.settle(params, {"labels": ((2.0, 3.0),)})
    assert "0 to 2" in refused.value.text.render("en") and "0 到 2" in refused.value.text.render("zh_CN")
    assert layers.settle(params, {"labels": ((2.0, 1.0),)}) == {"labels": ((2.0, 1.0),)}


def test_labels_are_whole_numbers():
    labels = field_of(LayersParams, "labels")
    assert labels.whole and LayersParams(labels=((1.0, 2.0),)).classes().tolist() == [1, 2]


def test_dropout_draws_its_mask_from_the_seed(layers):
    params = LayersParams(layer="dropout", samples=4, inputs=4)
    masks = [layers.compute(params, RandomStreams(seed)).arrays["mask"].tolist() for seed in (0, 0, 1)]
    assert masks[0] == masks[1] != masks[2]
    tested = layers.compute(params.replaced({"training": False, "ratio": 0.2}), RandomStreams(0))
    assert tested.arrays["z"] == pytest.approx(0.8 * np.array(params.x))
    assert layers.seed_matters(params) and not layers.seed_matters(params.replaced({"training": False}))


@pytest.mark.parametrize("layer", ["affine", "affine_4d", "batch_norm"])
@given(data=st.data())
def test_a_sum_that_cancels_is_0_and_nothing_tiny_is_left_of_it(layers, layer, data):
    """Alike in all samples, the upstream gradients leave nothing that comes through a normalized batch, and opposite
    ones leave nothing of a sum over it.
    """
    params = data.draw(_params(layer))
    same_for_all = data.draw(st.booleans())
    row = np.array(params.upstream[0])
    upstream = np.array([row if same_for_all or number % 2 == 0 else -row for number in range(params.samples)])
    arrays = layers.compute(params.replaced({"upstream": upstream.tolist()}), RandomStreams(0)).arrays
    tiny = {name: values for name, values in arrays.items() if np.any((values != 0) & (np.abs(values) < 1e-11))}
    assert not tiny


def test_a_dot_is_the_product_of_matrices_and_a_ringed_one_multiplies_cell_by_cell():
    for layer, formulas in FORMULAS.items():
        assert ("·" in "".join(formulas)) == layer.startswith("affine"), layer
