"""The view of the whole network of `feature_maps`: every number that lights up is made of those that light up before
it, counted again by loops that know nothing of the layers.
"""

from __future__ import annotations

import copy
from itertools import pairwise, product

import numpy as np
import pytest

from engine.contract.api import ProbePoint
from engine.contract.run import Run
from engine.experiments.ch7_convolution.feature_maps import FeatureMaps
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsParams
from engine.experiments.ch7_convolution.feature_maps.process import network_of
from engine.experiments.ch7_convolution.feature_maps.whole import WHOLE
from engine.experiments.ch7_convolution.feature_maps.words import line_of_whole
from engine.experiments.shared.networks.conv_network_picture import whole_picture
from engine.nn import conv_network
from engine.nn.conv_trace import trace, whole_network
from engine.playing import Player
from tests.arithmetic import evaluate

FEATURE_MAPS = FeatureMaps()
TRACED = ("conv", "pool", "hidden", "digit")


def _at(**values):
    params = FeatureMapsParams(view="whole", **values)
    return params, Player(FEATURE_MAPS, Run("feature_maps", params)).go(0)


def _check_way(whole, lit):
    """From the pixels to the scores, by loops, along the way that is lit."""
    k, (row, column) = len(whole.filters[0]), lit.cell
    a = float(whole.biases[lit.map])
    for i, j in product(range(k), range(k)):
        a += float(whole.inputs[row + i, column + j]) * float(whole.filters[lit.map][i, j])
    assert a == pytest.approx(float(whole.sums[lit.map, row, column]), abs=1e-4)
    assert whole.rectified[lit.map, row, column] == max(0, whole.sums[lit.map, row, column])
    top, left = (place * whole.pool for place in lit.pooled)
    window = [whole.rectified[lit.map, top + i, left + j] for i, j in product(range(whole.pool), range(whole.pool))]
    assert whole.pooled[lit.map][lit.pooled] == max(window)
    if lit.unit is not None:
        sums = float(whole.unit_bias)
        for place in np.ndindex(whole.pooled.shape):
            sums += float(whole.pooled[place]) * float(whole.unit_weights[place])
        assert sums == pytest.approx(float(whole.hidden_sums[lit.unit]), abs=1e-3)
        assert whole.hidden[lit.unit] == max(0, whole.hidden_sums[lit.unit])
        assert whole.rectified[lit.map][lit.cell] == whole.pooled[lit.map][lit.pooled], "the way goes over the winner"
        assert whole.unit_parts[lit.map][lit.pooled] == whole.unit_parts.max()
    if lit.digit is not None:
        score = float(whole.digit_bias)
        for value, weight in zip(whole.hidden.tolist(), whole.digit_weights.tolist(), strict=True):
            score += value * weight
        assert score == pytest.approx(float(whole.scores[lit.digit]), abs=1e-3)
        assert whole.digit_parts[lit.unit] == whole.digit_parts.max()


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"digit": "3", "index": 4},
        {"traced": "hidden", "neuron": 69},
        {"traced": "pool", "map": 4, "window": (23, 23)},
        {"traced": "conv", "map": 21, "window": (16, 10)},
        {"weights": "untrained"},
        {"source": "drawing"},
    ],
)
def test_every_number_on_the_lit_way_is_made_of_those_before_it(values):
    params, frame = _at(**values)
    _check_way(frame.whole, frame.lit(params))
    assert frame.scores == pytest.approx(frame.whole.scores, abs=1e-5)
    assert frame.whole.inputs == pytest.approx(frame.seen / np.float32(255))


def test_what_is_drawn_are_the_numbers_of_the_frame():
    params, frame = _at(traced="conv", map=8, window=(12, 11))
    whole = frame.whole
    arrays = {
        "input": [whole.inputs], "conv": whole.rectified, "pool": whole.pooled, "filter": [whole.filters[8]],
        "pixels": [whole.inputs[12:17, 11:16]], "products": [whole.inputs[12:17, 11:16] * whole.filters[8]],
        "hidden": [whole.hidden],
        "digit": frame.probabilities.reshape(10, 1, 1),
    }  # fmt: skip
    drawn = frame.network_picture(params)
    for panel in drawn.panels:
        shown = panel.values.ravel()[: arrays[panel.part][panel.number].size]
        assert shown == pytest.approx(np.asarray(arrays[panel.part][panel.number]).ravel()), panel.part
    assert [bar.share for bar in drawn.bars] == frame.probabilities.tolist()
    assert [bar.best for bar in drawn.bars].index(True) == frame.answer


def test_each_line_carries_its_product_and_the_largest_one_says_it():
    params, frame = _at()
    whole, drawn = frame.whole, frame.network_picture(params)
    digit = next(panel for panel in drawn.panels if panel.part == "digit" and panel.number == 7)
    lines = [link for link in drawn.links if link.share and link.end[0] == digit.left]
    worth = [part for part in whole.digit_parts.tolist() if abs(part) >= 0.04 * np.abs(whole.digit_parts).max()]
    assert sorted(link.share for link in lines) == pytest.approx(sorted(np.array(worth) / np.abs(worth).max()))
    assert [link.words for link in lines if link.words] == [f"+{whole.digit_parts.max():.2f}"]


@pytest.mark.parametrize("sizes", [(30, 5, 100, 2), (8, 3, 20, 2), (1, 7, 5, 2), (40, 2, 150, 2), (12, 4, 33, 3)])
def test_a_network_of_any_sizes_is_drawn_in_one_row_and_nothing_lies_on_anything(sizes):
    filters, kernel, hidden, pool = sizes
    random = np.random.Generator(np.random.PCG64(1))
    network = conv_network(random, filters=filters, kernel=kernel, hidden=hidden, pool=pool, std=0.1)
    picture = random.random((28, 28), dtype=np.float32)
    whole = whole_network(network, picture, None, None)
    assert whole.scores == pytest.approx(network.predict(picture[None, None])[0], abs=1e-5)
    for traced in TRACED:
        lit = trace(whole, traced, filters - 1, (27, 27))
        _check_way(whole, lit)
        drawn = whole_picture(whole, lit, traced, True)
        boxes = [panel.box for panel in drawn.panels] + [bar.box for bar in drawn.bars]
        left, top, right, bottom = drawn.whole
        for box in boxes:
            assert left <= box[0] < box[2] <= right and top >= box[1] > box[3] >= bottom, (sizes, box)
        for one, other in product(boxes, boxes):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] >= other[1] or other[3] >= one[1]
            assert one is other or apart, (sizes, one, other)
        parts = ("input", "conv", "pool", "hidden", "digit")
        columns = [[panel.box for panel in drawn.panels if panel.part == part] for part in parts]
        for before, behind in pairwise(columns):
            assert max(box[2] for box in before) < min(box[0] for box in behind), "from left to right"


@pytest.mark.parametrize("pooling_first", [False, True])
def test_what_batch_normalization_has_learned_is_part_of_weights_and_biases(pooling_first):
    random = np.random.Generator(np.random.PCG64(2))
    network = conv_network(random, filters=6, hidden=20, std=0.1, batch_norm=True, pooling_first=pooling_first)
    for layer in network.layers:
        if hasattr(layer, "running_mean"):
            layer.running_mean, layer.running_variance = random.random((2, len(layer.running_mean)), dtype=np.float32)
            layer.params["gamma"][...], layer.params["beta"][...] = random.normal(size=(2, len(layer.running_mean)))
    picture = random.random((28, 28), dtype=np.float32)
    whole = whole_network(network, picture, 4, None)
    assert whole.scores == pytest.approx(network.predict(picture[None, None])[0], abs=1e-5)
    for traced in TRACED:
        _check_way(whole, trace(whole, traced, 2, (9, 12)))


def test_a_click_on_anything_chooses_it_and_its_number_is_said():
    params, frame = _at()
    drawn, whole = frame.network_picture(params), frame.whole
    conv, pool, hidden = _told(whole.rectified[11, 7, 9]), _told(whole.pooled[11, 7, 9]), _told(whole.hidden[17])
    wanted = {
        ("conv", 11): ({"traced": "conv", "map": 11, "window": (7, 9)}, f"map 11, cell [7,9]: {conv}"),
        ("pool", 11): ({"traced": "pool", "map": 11, "window": (14, 18)}, f"pooled map 11, cell [7,9]: {pool}"),
        ("hidden", 0): ({"traced": "hidden", "neuron": 17}, f"hidden neuron 17: {hidden}"),
        ("digit", 4): ({"traced": "digit", "digit": "4"}, f"4: score {_told(whole.scores[4])}, probability <0.1%"),
        ("input", 0): ({"traced": "conv", "map": frame.lit(params).map, "window": (5, 7)},
                       f"pixel [7,9]: {_told(whole.inputs[7, 9])}"),
    }  # fmt: skip
    found = []
    columns = next(panel.values.shape[1] for panel in drawn.panels if panel.part == "hidden")
    for panel in drawn.panels:
        if (panel.part, panel.number) in wanted:
            found.append((panel.part, panel.number))
            changes, said = wanted[panel.part, panel.number]
            row, column = {"hidden": divmod(17, columns), "digit": (0, 0)}.get(panel.part, (7, 9))
            box = panel.part_box(row, column)
            # Beside the middle of the cell.
            spot = ProbePoint(box[0] + 0.2 * panel.side, box[3] + 0.3 * panel.side, WHOLE)
            assert FEATURE_MAPS.click_at(params, frame, spot) == changes
            told = FEATURE_MAPS.probe(params, frame, spot).text.render("en")
            assert told == said
            after, chosen = _at(**changes)
            _check_way(chosen.whole, chosen.lit(after))
    assert sorted(found) == sorted(wanted)
    bar = drawn.bars[2].box
    assert FEATURE_MAPS.click_at(params, frame, ProbePoint(bar[2] - 0.1, bar[3] + 0.1, WHOLE)) == {
        "traced": "digit",
        "digit": "2",
    }
    assert FEATURE_MAPS.click_at(params, frame, ProbePoint(0.0, 10.0, WHOLE)) == {}
    assert FEATURE_MAPS.probe(params, frame, ProbePoint(0, 10, WHOLE)) is None


def _told(value):
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize("traced", TRACED)
def test_the_working_and_the_line_below_make_the_number_that_is_chosen(traced):
    params, frame = _at(traced=traced, neuron=32, map=17, window=(11, 15))
    whole, lit = frame.whole, frame.lit(params)
    lines = FEATURE_MAPS.working(params, frame)
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-5, abs=1e-6)
    chosen = {
        "conv": ("z", whole.rectified[lit.map][lit.cell]), "pool": ("m", whole.pooled[lit.map][lit.pooled]),
        "hidden": ("h", whole.hidden[32]), "digit": ("a", whole.scores[7]),
    }  # fmt: skip
    left, value = chosen[traced]
    assert next(line for line in lines if line.left == left).result == pytest.approx(float(value), abs=1e-3)
    if traced == "digit":
        # Each neuron keeps its number.
        assert lines[0].values["h32"] == whole.hidden[32] and lines[0].values["w32"] == whole.digit_weights[32]
    assert all(_told(value) in text.render("en") for text in line_of_whole(params, frame))


def test_the_window_stops_at_the_edges_and_keeps_the_layer_that_is_looked_at():
    params, frame = _at(traced="pool", map=2)
    assert FEATURE_MAPS.drag(params, frame, "window", (400.0, -400.0)) == {"window": (23, 23)}
    assert FEATURE_MAPS.drag(params, frame, "window", (-400.0, 400.0)) == {"window": (0, 0)}
    params, frame = _at()
    lit = frame.lit(params)
    corner = FEATURE_MAPS.handles(params, frame)[0].place
    moved = FEATURE_MAPS.drag(params, frame, "window", (corner[0] + 2, corner[1] + 1))
    assert moved == {"traced": "conv", "map": lit.map, "window": (lit.cell[0] - 1, lit.cell[1] + 2)}


UP, DOWN, LEFT, RIGHT = (-1, 0), (1, 0), (0, -1), (0, 1)


@pytest.mark.parametrize(
    ("here", "step", "jumps", "wanted"),
    [
        (("conv", 4, (0, 3)), DOWN, False, ("conv", 4, (1, 3))),
        (("conv", 4, (0, 3)), UP, False, ("conv", 0, (23, 3))),
        (("conv", 0, (0, 3)), UP, False, None),
        (("conv", 0, (7, 3)), RIGHT, True, ("conv", 1, (7, 3))),
        (("conv", 3, (11, 9)), RIGHT, True, ("pool", 0, (22, 18))),
        (("pool", 5, (22, 6)), RIGHT, False, ("pool", 5, (22, 8))),
        (("hidden", 0), DOWN, False, ("hidden", 5)),
        (("hidden", 0), UP, False, None),
        (("digit", "3"), DOWN, False, ("digit", "4")),
        (("digit", "9"), DOWN, False, None),
    ],
)
def test_arrow_keys_go_from_cell_to_cell_over_the_whole_network(here, step, jumps, wanted):
    params, frame = _at(**_choice(here))
    place = frame.network_picture(params).beside(*step, jumps)
    assert _choice(wanted) == (
        None if place is None else FEATURE_MAPS.click_at(params, frame, ProbePoint(*place, WHOLE))
    )


def _choice(chosen):
    """The parameters that a layer and what is chosen there stand for."""
    if chosen is None:
        return None
    names = {"hidden": ("neuron",), "digit": ("digit",)}.get(chosen[0], ("map", "window"))
    return dict(zip(("traced", *names), chosen, strict=True))


def test_keys_reach_every_layer_from_the_map_to_the_answer():
    params, frame = _at(traced="conv", map=29, window=(11, 12))
    seen = [params.traced]
    for _ in range(70):
        place = frame.network_picture(params).beside(*RIGHT, False)
        if place is None:
            break
        params, frame = _at(**FEATURE_MAPS.click_at(params, frame, ProbePoint(*place, WHOLE)))
        seen.append(params.traced)
    assert list(dict.fromkeys(seen)) == ["conv", "pool", "hidden", "digit"]


def test_nothing_of_the_network_is_changed_by_looking_at_it():
    before = copy.deepcopy(network_of("trained").params)
    _at(traced="hidden", neuron=2)
    assert all((before[name] == array).all() for name, array in network_of("trained").params.items())
