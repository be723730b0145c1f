"""Filters: a result is what naive loops make of it, and every filter answers to what it is said to answer to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.api import ProbePoint, Refused, format_real
from engine.contract.catalogue import load
from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.contract.text import as_written
from engine.data.cnn_weights import load_cnn
from engine.data.digits import SIDE
from engine.data.idx import idx_bytes
from engine.data.own_picture import FEWEST
from engine.experiments.ch7_convolution.filters import BEFORE, answered, window_of
from engine.experiments.ch7_convolution.filters.params import SIDES, FiltersParams
from engine.guides.guide import load_guide
from engine.nn.image_filters import EDGES, NAMED
from engine.playing import Player
from tests.arithmetic import evaluate

_NUMBERS = st.integers(-9, 9).map(float)
_KERNELS = st.tuples(*[st.tuples(_NUMBERS, _NUMBERS, _NUMBERS)] * 3)
_PICTURES = st.integers(0, 1000).map(lambda seed: np.random.default_rng(seed).integers(0, 101, (14, 17), np.uint8))


@pytest.fixture(scope="module")
def filters():
    return load("filters")


def _frame(filters, **values):
    params = FiltersParams(**values)
    return params, Player(filters, Run("filters", params)).go()


@pytest.mark.parametrize(
    ("kernel", "finds_edges"),
    [
        (((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)), True),
        (((0, 0, 0), (0, 1, 0), (0, 0, 0)), False),
        (((-1, -1, 0), (-1, 0, 0), (-1, 0, 0)), False),
    ],
)
def test_what_does_not_cancel_is_not_said_to_answer_an_edge(filters, kernel, finds_edges):
    """Its strongest answer to a picture with an edge is that to the flat bright side."""
    params, frame = _frame(filters, kernel=kernel)
    assert ("edge" in filters.headline(params, frame).render("en")) is finds_edges


@given(kernel=_KERNELS, pixels=_PICTURES)
@settings(max_examples=20)
def test_every_cell_is_the_sum_of_its_window_times_the_kernel(kernel, pixels):
    frame = answered(FiltersParams(kernel=kernel), pixels)
    for row in range(12):
        for column in range(15):
            naive = sum(kernel[r][c] * int(pixels[row + r, column + c]) / 100 for r in range(3) for c in range(3))
            assert frame.after[row, column] == pytest.approx(naive, abs=1e-12)
    assert np.max(np.abs(frame.after)) <= frame.largest + 1e-9


@given(kernel=_KERNELS)
@settings(max_examples=30)
def test_turning_the_kernel_four_times_is_nothing_and_once_swaps_both_edges(kernel):
    filters, pixels = load("filters"), np.zeros((16, 16), np.uint8)
    params = FiltersParams(kernel=kernel)
    frames = [answered(params, pixels)]
    for _ in range(4):
        params = params.replaced(filters.click(params, frames[-1], "turn"))
        frames.append(answered(params, pixels))
    assert params.kernel == kernel
    # Turned to the right with its picture an upright edge is a level one, bright below as before on the right.
    assert abs(frames[1].horizontal) == abs(frames[0].vertical)
    assert frames[2].total == frames[0].total


def test_the_kernels_of_the_buttons_do_what_their_names_say(filters):
    made = {name: answered(FiltersParams(kernel=rows), np.full((16, 16), 60, np.uint8)) for name, rows in NAMED.items()}
    assert {name: frame.total for name, frame in made.items()} == {
        "identity": 1, "blur": 1, "sharpen": 1, "laplacian": 0, "sobel": 0, "emboss": 1,
    }  # fmt: skip
    for frame in made.values():
        assert frame.after == pytest.approx(np.full((14, 14), 0.6 * frame.total))
        assert frame.flat == pytest.approx(0.6 * frame.total)
    sobel = made["sobel"]
    assert [getattr(sobel, one) for one in EDGES] == [4, 0, 3, 3] and made["laplacian"].ramp == 0
    assert made["blur"].vertical == 1 and max(NAMED["blur"][1]) < 0.3


@pytest.mark.parametrize(("row", "column"), [(0, 0), (1, 2), (2, 1)])
def test_a_single_1_moves_the_picture_the_other_way(filters, row, column):
    kernel = np.zeros((3, 3))
    kernel[row, column] = 1
    _, frame = _frame(filters, kernel=kernel.tolist())
    height, width = frame.after.shape
    assert (frame.after == frame.pixels[row : row + height, column : column + width] / 100).all()
    assert (frame.shift_right, frame.shift_down) == (1 - column, 1 - row)


@pytest.mark.parametrize("angle", [0.0, 45.0, 90.0, 135.0])
def test_a_gabor_filter_answers_to_edges_of_its_own_direction_only(filters, angle):
    along = dict(zip((0.0, 45.0, 90.0, 135.0), ("vertical", "falling", "horizontal", "rising"), strict=True))
    across = {"vertical": "horizontal", "horizontal": "vertical", "rising": "falling", "falling": "rising"}
    _, frame = _frame(filters, view="gabor", angle=angle)
    answers = {one: abs(getattr(frame, one)) for one in EDGES}
    assert max(answers, key=answers.get) == along[angle] and answers[along[angle]] > 0.5
    assert answers[across[along[angle]]] < 1e-9 and frame.total == 0 and frame.largest == pytest.approx(1)


def test_a_learned_filter_is_one_of_the_first_layer_and_brings_its_bias(filters):
    weights = load_cnn().params
    params, frame = _frame(filters, view="network", number=7)
    assert np.array_equal(frame.kernel, weights["W1"][7, 0]) and np.array_equal(frame.learned[7], frame.kernel)
    window = window_of(params, frame)
    total = np.sum(window * frame.kernel) + float(weights["b1"][7])
    assert frame.after[params.selected] == pytest.approx(total) == evaluate(filters.working(params, frame)[-1])
    sums = np.abs(frame.learned.sum(axis=(1, 2))) / np.abs(frame.learned).sum(axis=(1, 2))
    assert frame.vanishing == np.sum(sums < 0.1) and np.max(np.abs(frame.after)) <= frame.largest


def test_a_picture_of_ones_own_is_read_and_one_that_is_none_is_refused(filters, tmp_path):
    images = np.arange(2 * 28 * 28).reshape(2, 28, 28) % 256
    (tmp_path / "images.idx").write_bytes(idx_bytes(images.astype(np.uint8)))
    params, frame = _frame(filters, picture="own", file=str(tmp_path / "images.idx"))
    assert frame.pixels.tolist() == np.rint(images[0] / 2.55).astype(int).tolist() and frame.status is None
    assert params.shape == (28, 28)
    (tmp_path / "words.png").write_text("no picture")
    with pytest.raises(Refused, match=r"file: .*words\.png.* no picture in it can be read"):
        FiltersParams(picture="own", file=str(tmp_path / "words.png"))


def test_without_a_file_the_house_is_shown_and_a_way_back_offered(filters):
    _, frame = _frame(filters, picture="own")
    assert frame.status.kind == "no_file"
    _, plain = _frame(filters, **frame.status.remedy.changes)
    assert plain.status is None and (plain.pixels == frame.pixels).all()


@pytest.mark.parametrize(
    "values",
    [{}, {"view": "gabor"}, {"view": "network"}, {"picture": "digit"}, {"picture": "edges", "view": "gabor"}],
)
def test_every_cell_that_can_be_chosen_has_its_window_in_the_picture(filters, values):
    params, frame = _frame(filters, **values)
    assert frame.after.shape == (params.rows, params.columns)
    assert frame.pixels.shape == params.shape and frame.kernel.shape == (params.side, params.side)
    for corner in ((0, 0), (params.rows - 1, params.columns - 1)):
        chosen = params.replaced({"selected": corner})
        assert window_of(chosen, frame).shape == frame.kernel.shape
        value = np.sum(window_of(chosen, frame) * frame.kernel) + frame.bias
        assert filters.working(chosen, frame)[-1].result == pytest.approx(value)


@given(x=st.floats(-3, 120), y=st.floats(-3, 120), part=st.sampled_from(["", BEFORE]))
@settings(max_examples=40)
def test_a_click_looks_at_the_cell_there_or_whose_window_has_its_middle_there(x, y, part):
    filters = load("filters")
    params, frame = _frame(filters)
    changes = filters.click_at(params, frame, ProbePoint(x, y, part))
    assert bool(changes) == (filters.probe(params, frame, ProbePoint(x, y, part)) is not None)
    if changes:
        row, column = changes["selected"]
        window = (row + 1, column + 1) if part == BEFORE else (row, column)
        # At the rim of the picture there is no window with its middle there; the nearest one is meant.
        assert abs(window[0] - int(y)) <= 1 and abs(window[1] - int(x)) <= 1
        assert params.replaced(changes).selected == (row, column)


def test_signed_results_keep_both_signs_and_a_picture_cuts_off_what_is_below_0(filters):
    _, frame = _frame(filters)
    signed, grey = (frame.as_shown(one) for one in ("signed", "grey"))
    assert np.array_equal(np.sign(signed), np.sign(frame.after)) and np.max(np.abs(signed)) == 1
    assert np.min(grey) == 0 and (grey[frame.after < 0] == 0).all()
    assert frame.negative == np.mean(frame.after < 0) and frame.full == 2
    below, sizes = -np.sum(frame.after[frame.after < 0]), np.sum(np.abs(frame.after))
    assert frame.lost == pytest.approx(below / sizes) and 0.4 < frame.lost < 0.6


def test_all_zeros_lose_nothing(filters):
    _, frame = _frame(filters, kernel=[[0, 0, 0]] * 3)
    assert frame.lost == frame.negative == 0 and frame.largest == 1


def test_the_smallest_picture_has_room_for_the_largest_filter():
    assert min(FEWEST, SIDE) > max(SIDES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ramp_that_the_guide_asks_about_is_what_it_then_shows(filters, language):
    (asked,) = (
        one
        for one in load_guide("filters", language).tries
        if one.changes.get("kernel") == "[[0,1,0],[1,-4,1],[0,1,0]]"
    )
    for variant in (None, *range(len(asked.variants))):
        params = asked.varied(filters, "en", variant).run(filters).params
        frame = Player(filters, Run("filters", params)).go()
        steps = np.diff(window_of(params, frame), axis=1)
        assert steps == pytest.approx(np.full((3, 2), 0.01)) and "0.01" in asked.text
        right = next(answer for answer in asked.answers if all(claim.test(frame).holds for claim in answer.claims))
        assert right.words == format_real(float(frame.after[params.selected])) == "0"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_guide_asks_of_a_learned_filter_can_be_answered_without_having_seen_it(filters, language):
    asked = next(one for one in load_guide("filters", language).tries if one.changes.get("view") == "network")
    frame = Player(filters, asked.run(filters)).go()
    assert asked.returns
    for number in (frame.total, frame.bias):
        assert as_written(f"{number:.2f}") in asked.text
