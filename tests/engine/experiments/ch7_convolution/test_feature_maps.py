"""The experiment `feature_maps`: its opening, its maps, the cover, and what a map answers to in the test set."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.api import ProbePoint
from engine.contract.numerals import percent
from engine.contract.protocol import Request
from engine.contract.run import Run
from engine.data.cnn_weights import FILE, load_cnn
from engine.data.digits import load_digits
from engine.experiments.ch7_convolution.feature_maps import FeatureMaps
from engine.experiments.ch7_convolution.feature_maps.layers import LAYERS
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsParams
from engine.experiments.ch7_convolution.feature_maps.process import AROUND, ASKED, SEED, network_of
from engine.experiments.ch7_convolution.feature_maps.words import MAPS
from engine.nn import Convolution, Network, SoftmaxWithLoss
from engine.playing import Player
from tests.arithmetic import evaluate

FEATURE_MAPS = FeatureMaps()


def _at(**values):
    params = FeatureMapsParams(**values)
    return params, Player(FEATURE_MAPS, Run("feature_maps", params)).go(0)


def _naive(picture, W, b, row, column):
    """One cell of a map, by loops."""
    total = float(b)
    for i in range(5):
        for j in range(5):
            total += float(W[i, j]) * float(picture[row + i, column + j]) / 255
    return total


def test_it_opens_with_a_7_and_the_map_that_is_strongest_there():
    params, frame = _at()
    assert (frame.label, frame.answer, frame.whole_answer) == (7, 7, 7)
    assert frame.strongest == params.map
    assert frame.peaks.max() == frame.maps.max() == frame.peaks[params.map]
    assert (frame.seen == frame.picture).all(), "the cover lies on blank paper"


@settings(max_examples=10, deadline=None)
@given(index=st.integers(0, 50), number=st.integers(0, 29), row=st.integers(0, 23), column=st.integers(0, 23))
def test_a_cell_of_each_layer_is_what_its_window_makes_of_it(index, number, row, column):
    W, b = (load_cnn().params[name][number] for name in ("W1", "b1"))
    found = {layer: _at(layer=layer, index=index, map=number)[1] for layer in ("conv", "relu", "pool")}
    conv, relu, pool = (found[layer].maps[number] for layer in found)
    assert conv[row, column] == pytest.approx(_naive(found["conv"].seen, W[0], b, row, column), abs=1e-5)
    assert relu[row, column] == max(0, conv[row, column])
    i, j = row // 2, column // 2
    assert pool[i, j] == relu[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()


def test_what_is_covered_does_not_count_and_what_lies_beside_it_does():
    _, whole = _at()
    for fill, ink in (("paper", 0), ("ink", 255)):
        _, frame = _at(cover=(6, 8), size=5, fill=fill)
        assert (frame.seen[6:11, 8:13] == ink).all()
        beside = np.ones((28, 28), bool)
        beside[6:11, 8:13] = False
        assert (frame.seen[beside] == whole.picture[beside]).all()
        assert (frame.maps != whole.maps).any() and frame.whole_confidence == whole.confidence


@pytest.mark.parametrize("size", [5, 10])
def test_what_is_said_of_a_tinted_pixel_is_said_of_the_cover_around_it(size):
    params, frame = _at(view="occlusion", size=size, index=4)
    for row, column in [(0, 0), (3, 8), (8, 3), (7, 11), (params.places - 1, params.places - 1)]:
        covered = params.replaced({"cover": (row, column)})
        (handle,) = FEATURE_MAPS.handles(covered, frame)
        for right, down in ((0, 0), (0.4, -0.4), (-0.4, 0.4)):
            x, y = handle.place[0] + right, handle.place[1] - down
            said = FEATURE_MAPS.probe(covered, frame, ProbePoint(x, y, ""))
            share = percent(float(frame.chances[row, column]), 1)
            assert said.text.render("en").startswith(f"cover at [{row},{column}]: {share} left of")
            assert FEATURE_MAPS.click_at(covered, frame, ProbePoint(x, y, "")) == {"cover": (row, column)}
            assert FEATURE_MAPS.drag(covered, frame, "cover", (x, y)) == {"cover": (row, column)}


def test_the_occlusion_map_is_what_the_cover_leaves_at_each_place():
    _, frame = _at(view="occlusion", size=11, index=4)
    assert frame.chances.shape == (18, 18)
    for place in ((0, 0), (9, 7), (17, 17), frame.least_place):
        _, one = _at(cover=place, size=11, index=4)
        assert frame.chances[place] == pytest.approx(one.left, abs=1e-4)
        assert frame.answers[place] == one.answer
    assert frame.changing == np.sum(frame.answers != frame.whole_answer)


@pytest.mark.parametrize("number", [0, 29])
def test_the_strongest_pieces_are_those_of_the_first_test_digits(number):
    _, frame = _at(view="strongest", map=number)
    test, params = load_digits("test"), load_cnn().params
    W, b = params["W1"][number, 0], params["b1"][number]
    windows = np.lib.stride_tricks.sliding_window_view(test.images[:ASKED].astype(np.float32) / 255, (5, 5), (1, 2))
    peaks = (np.tensordot(windows, W, 2) + b).reshape(ASKED, -1).max(axis=1)
    assert frame.piece_values == pytest.approx(np.sort(peaks)[::-1][:12], abs=1e-5)
    for piece, image, label, place, value in zip(
        frame.pieces, frame.piece_images, frame.piece_labels, frame.piece_places, frame.piece_values, strict=True
    ):
        row, column = place
        inner = piece[AROUND : AROUND + 5, AROUND : AROUND + 5]
        assert (inner == test.images[image][row : row + 5, column : column + 5]).all()
        assert label == test.labels[image]
        assert _naive(test.images[image], W, b, row, column) == pytest.approx(value, abs=1e-5)


def test_a_hidden_neuron_sees_whole_digits_and_a_pooled_cell_six_rows():
    _, hidden = _at(view="strongest", layer="hidden", map=39)
    assert (hidden.pieces == load_digits("test").images[hidden.piece_images]).all()
    _, pooled = _at(view="strongest", layer="pool")
    assert pooled.pieces.shape[1] == 6 + 2 * AROUND


def test_a_map_that_is_switched_off_counts_for_nothing():
    """As if no weight led on from it."""
    _, off = _at(muted=True, map=3)
    network = load_cnn()
    params = {name: array.copy() for name, array in network.params.items()}
    params["W2"].reshape(30, 144, -1)[3] = 0  # what comes from the pooled map 3
    zeroed = Network([Convolution(params["W1"], params["b1"]), *copy.deepcopy(network.layers[1:])], SoftmaxWithLoss())
    zeroed.params["W2"][...] = params["W2"]
    assert off.scores == pytest.approx(zeroed.predict(off.picture[None, None] / np.float32(255))[0], abs=1e-4)
    _, on = _at(map=3)
    assert (off.maps == on.maps).all() and off.whole_confidence == on.confidence


def test_untrained_filters_answer_too():
    _, frame = _at(weights="untrained")
    assert frame.answering > _at()[1].answering
    assert frame.probabilities == pytest.approx(0.1, abs=0.01)


def test_the_untrained_weights_are_those_that_the_trained_ones_began_with():
    manifest = json.loads(FILE.with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["seed"] == SEED
    before, now = (network_of(one).params["W1"].reshape(30, -1) for one in ("untrained", "trained"))
    before, now = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (before, now))
    alike, others = (np.sum(before * rows, axis=1) for rows in (now, np.roll(now, 1, axis=0)))
    assert alike.mean() > others.mean(), "a filter is nearer to what it began as than its neighbour is"


@pytest.mark.parametrize("values", [{}, {"layer": "relu"}, {"layer": "pool"}, {"layer": "hidden"}])
def test_the_working_makes_the_cell_that_is_looked_at(values):
    params, frame = _at(**values, follow=False, selected=(8, 9))
    lines = FEATURE_MAPS.working(params, frame)
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-5, abs=1e-6)
    if params.layer != "hidden":
        cell = next(line for line in lines if line.left in "azm")
        assert cell.result == pytest.approx(float(frame.maps[params.map][params.selected]), abs=1e-5)


@given(row=st.integers(0, 27), column=st.integers(0, 27), layer=st.sampled_from(("conv", "relu", "pool")))
@settings(max_examples=20, deadline=None)
def test_a_click_on_the_digit_looks_at_a_cell_that_sees_this_pixel(row, column, layer):
    params, frame = _at(layer=layer)
    changes = FEATURE_MAPS.click_at(params, frame, ProbePoint(column + 0.5, -row - 0.5))
    for place, cell in zip((row, column), changes["selected"], strict=True):
        assert params.at.field.start(cell) <= place < params.at.field.start(cell) + params.at.field.side
    assert changes["follow"] is False


def test_a_cell_is_named_as_the_arrays_count_with_the_pixels_that_it_sees():
    params, frame = _at(layer="pool", map=0)
    said = FEATURE_MAPS.probe(params, frame, ProbePoint(2.5, 3.5, MAPS)).text.render("en")
    assert said.startswith("map 0, cell [3,2]: ") and said.endswith("it sees the pixels [6,4] to [11,9]")


@pytest.mark.parametrize("name", list(LAYERS))
def test_every_cell_of_the_sheet_belongs_to_one_cell_of_one_map_or_to_none(name):
    layer, (params, frame) = LAYERS[name], _at(layer=name)
    for row, column in np.ndindex(*(size + 1 for size in frame.sheet.shape)):
        found = layer.cell_at(row, column)
        if found:
            assert frame.sheet[row, column] == pytest.approx(frame.maps[found] / frame.full, abs=1e-6)
        elif max(row, column) < len(frame.sheet) and column < frame.sheet.shape[1]:
            assert frame.sheet[row, column] == 0
    assert np.sum(frame.sheet != 0) == np.sum(frame.maps != 0) * layer.scale**2
    top, left = layer.corner(7)
    spot = ProbePoint(left + 0.5, top + 0.5, MAPS)
    assert FEATURE_MAPS.click_at(params, frame, spot) == {"map": 7, "follow": True}
    assert FEATURE_MAPS.pointed_at(params, frame, spot) == {"map": 7, "selected": (0, 0), "follow": False}
    assert not FEATURE_MAPS.click_at(params, frame, ProbePoint(layer.pitch - 0.5, 0.5, MAPS))


def test_who_draws_means_the_drawing_and_who_wants_a_test_digit_leaves_the_canvas():
    params = FeatureMapsParams()
    drawing = params.replaced(FEATURE_MAPS.settle(params, {"view": "draw"}))
    assert drawing.source == "drawing"
    assert drawing.replaced(FEATURE_MAPS.settle(drawing, {"source": "test"})).view == "maps"
    assert FEATURE_MAPS.settle(params, {"view": "occlusion"}) == {"view": "occlusion"}


def test_what_takes_long_is_done_in_pieces_and_once():
    params = FeatureMapsParams(view="occlusion", size=5, index=11)
    waited = []
    for _ in range(2):
        answers = Player(FEATURE_MAPS, Run("feature_maps", params)).answers(Request())
        waited.append(sum(answer.progress is not None for answer in answers))
    assert waited[0] > 5 and waited[1] == 0


def test_the_cover_invites_to_the_bar_of_a_7_only_where_it_is_beside_it():
    words = [
        FEATURE_MAPS.handles(*_at(**values))[0].invitation.render("en")
        for values in ({}, {"index": 4}, {"cover": (5, 8)})
    ]
    assert words == ["drag over the top stroke", "drag", "drag"]
