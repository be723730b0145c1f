"""Pooling: windows, winners and gradients belong together, and what is said of a shift is counted over real digits."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.boards.layout import found_at
from engine.contract.api import Amount, ProbePoint
from engine.contract.catalogue import load
from engine.data.digits import load_digits
from engine.data.preprocessing import block_means, moved
from engine.experiments.ch7_convolution.pooling.bench import (
    changes,
    gradient_of_ones,
    layer_of,
    moved_cells,
    pooled,
    small_pictures,
    window_of,
    winners,
)
from engine.experiments.ch7_convolution.pooling.params import WAYS, PoolingParams
from engine.experiments.ch7_convolution.pooling.places import LINES, block_named, blocks_of, in_picture, lit_cell
from engine.experiments.ch7_convolution.pooling.words import window_line
from tests.arithmetic import evaluate


@pytest.fixture(scope="module")
def pooling():
    return load("pooling")


@st.composite
def _params(draw, **fixed) -> PoolingParams:
    """An own picture of any size, and any windows."""
    size = draw(st.integers(4, 8))
    row = st.lists(st.integers(0, 9), min_size=size, max_size=size)
    drawn = {
        "numbers": draw(st.lists(row, min_size=size, max_size=size)),
        "kind": draw(st.sampled_from(["max", "average"])),
        "window": draw(st.integers(1, 4)),
        "stride": draw(st.integers(1, 4)),
        "padding": draw(st.integers(0, 2)),
        "shift": draw(st.integers(0, 3)),
        "direction": draw(st.sampled_from(sorted(WAYS))),
    }
    return PoolingParams(source="own", size=size, **{**drawn, **fixed})


@given(params=_params())
def test_every_output_cell_is_what_its_window_makes(params):
    picture = np.array(params.numbers)
    below = pooled(picture[None], params)[0]
    assert below.shape == (params.outputs, params.outputs)
    for row, column in np.ndindex(below.shape):
        top, left = row * params.stride - params.pad, column * params.stride - params.pad
        inside = [
            picture[r, c]
            for r in range(top, top + params.window)
            for c in range(left, left + params.window)
            if 0 <= r < params.size and 0 <= c < params.size
        ]
        wanted = max(inside) if params.kind == "max" else sum(inside) / params.window**2
        assert below[row, column] == pytest.approx(wanted)
        assert picture[window_of(params, row, column)].ravel().tolist() == inside
        assert evaluate(window_line(params, picture, (row, column))) == pytest.approx(wanted)


@given(params=_params(kind="max"), data=st.data())
def test_the_winner_of_a_window_is_the_cell_that_gets_its_gradient(params, data):
    picture = np.array(params.numbers)
    found, below = winners(picture, params), pooled(picture[None], params)[0]
    cell = data.draw(st.tuples(*[st.integers(0, params.outputs - 1)] * 2))
    layer = layer_of(params)
    upstream = np.zeros_like(layer.forward(picture[None, None]))
    upstream[0, 0, *cell] = 1.0
    back = layer.backward(upstream)[0, 0]
    assert np.argwhere(back).tolist() == [found[cell].tolist()]
    assert picture[tuple(found[cell])] == below[cell]


@given(params=_params())
def test_gradients_of_one_add_up_to_the_windows_and_reach_no_cell_that_is_never_read(params):
    back = gradient_of_ones(np.array(params.numbers), params)
    read = params.sliding.reads() > 0
    if params.kind == "max" or params.pad == 0:
        assert back.sum() == pytest.approx(params.outputs**2)
    assert not back[~read].any()
    if params.kind == "average":
        assert (back[read] > 0).all()


@given(params=_params(padding=0), steps=st.integers(0, 2), direction=st.sampled_from(["right", "down"]))
def test_a_shift_by_whole_strides_moves_the_pooled_picture_along(params, steps, direction):
    """Where windows overlap, the first one still sees a part of what was shifted."""
    params = params.replaced({"direction": direction, "window": min(params.window, params.stride)})
    picture = np.array(params.numbers)
    across, down = WAYS[direction]
    way = steps * params.stride
    before, after = pooled(np.stack([picture, moved(picture, way * across, way * down)]), params)
    assert np.array_equal(after, moved(before, steps * across, steps * down))
    if steps < len(before):
        found = moved_cells(before, after, direction)
        assert found is not None and np.array_equal(moved(before, found * across, found * down), after)


@given(params=_params())
def test_changes_are_those_of_a_naive_count(params):
    one = np.array(params.numbers)
    other = moved(one, *params.way)
    (by_ink,), (by_cells,) = changes(one[None], other[None])
    cells = [(a, b) for a, b in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True)]
    assert by_cells == sum(a != b for a, b in cells) / len(cells)
    ink = sum(a for a, _ in cells)
    assert by_ink == (pytest.approx(sum(abs(a - b) for a, b in cells) / ink) if ink else 0)


def test_ink_that_comes_from_nothing_has_no_share():
    empty, full = np.zeros((1, 4, 4)), np.ones((1, 4, 4))
    assert np.isnan(changes(empty, full)[0][0]) and changes(empty, empty)[0][0] == 0


def test_over_all_test_digits_a_shift_of_one_changes_less_ink_and_more_cells_after_pooling():
    """With all 256 grey levels; the stage has ten, so that their digits can be read."""
    pictures = block_means(load_digits("test").images[:, 2:26, 2:26], 8).astype(float)
    copies, params = moved(pictures, 1, 0), PoolingParams()
    ink, cells = zip(changes(pictures, copies), changes(pooled(pictures, params), pooled(copies, params)), strict=True)
    assert [round(100 * float(share.mean())) for share in (*ink, *cells)] == [104, 53, 54, 59]
    assert [round(100 * float(np.mean(after < before)), 1) for before, after in (ink, cells)] == [99.9, 28.1]


def test_the_digits_on_the_stage_have_ten_levels_and_tell_the_same():
    pictures = small_pictures(load_digits("test").images)
    assert set(np.unique(pictures)) == set(range(10))
    params = PoolingParams()
    below = pooled(np.stack([pictures, moved(pictures, 1, 0)]).reshape(-1, 8, 8), params).reshape(2, -1, 4, 4)
    less = changes(*below)[0] < changes(pictures, moved(pictures, 1, 0))[0]
    assert 0.998 < less.mean() < 1


def test_the_opening_window_is_the_one_that_the_guide_names(pooling):
    params = PoolingParams()
    frame = pooling.stop(params, 16)
    assert frame.picture[window_of(params, *lit_cell(params, frame))].ravel().tolist() == [5, 9, 9, 3]
    assert frame.label == 0 and frame.change_after < frame.change_before
    assert frame.cells_after / 16 > frame.cells_before / 64


@given(params=_params())
def test_every_cell_is_found_in_its_middle_and_pictures_fill_the_same_square(params):
    for view in LINES:
        shown = params.replaced({"view": view})
        blocks = blocks_of(shown)
        for block in blocks:
            for place in np.ndindex(block.rows, block.columns):
                assert found_at(blocks, *block.middle(*place)) == (block, block.cell(*place))
        edge = shown.pad
        picture, below = (block_named(shown, name) for name in ("picture", "pooled"))
        assert picture.rows * picture.side == pytest.approx(below.rows * below.side)
        assert in_picture(shown, "picture", edge, edge) == (0, 0)
        assert (in_picture(shown, "picture", 0, 0) is None) == (edge > 0)


@pytest.mark.parametrize("direction", WAYS)
def test_pulling_the_shifted_picture_by_a_cell_shifts_it_by_one(pooling, direction):
    params = PoolingParams(direction=direction, window=3, padding=1)
    frame = pooling.stop(params, params.outputs**2)
    (handle,) = pooling.handles(params, frame)
    x, y = handle.place
    for cells, shift in ((1, 2), (-1, 0), (9, 3)):
        to = (x + cells * handle.step * handle.hint[0], y + cells * handle.step * handle.hint[1])
        assert pooling.drag(params, frame, "shift", to) == {"shift": shift}


def test_a_click_puts_ink_or_takes_it_away_and_makes_the_picture_ones_own(pooling):
    params = PoolingParams()
    frame = pooling.stop(params, 16)
    block = block_named(params, "picture")
    for cell, level in (((0, 0), 9), ((2, 3), 0)):
        changed = params.replaced(pooling.click_at(params, frame, ProbePoint(*block.middle(*cell))))
        after = pooling.stop(changed, 16).picture
        assert changed.source == "own" and after[cell] == level
        assert np.argwhere(after != frame.picture).tolist() == [list(cell)]


@given(
    start=st.tuples(st.integers(0, 7), st.integers(0, 7)), end=st.tuples(st.integers(0, 7), st.integers(0, 7)),
    inked=st.booleans(), padding=st.integers(0, 2),
)  # fmt: skip
def test_a_stroke_inks_every_cell_on_its_way_or_clears_them_if_it_begins_on_ink(pooling, start, end, inked, padding):
    numbers = np.full((8, 8), 9.0 if inked else 0.0)
    params = PoolingParams(source="own", numbers=numbers.tolist(), window=3, padding=padding)
    block, frame = block_named(params, "picture"), SimpleNamespace(picture=numbers)
    places = [block.middle(row + params.pad, column + params.pad) for row, column in (start, end)]
    changed = np.argwhere(np.array(pooling.stroke(params, frame, places)["numbers"]) == 9.0 - numbers)
    for axis in (0, 1):
        low, high = sorted((start[axis], end[axis]))
        assert set(changed[:, axis]) == set(range(low, high + 1))
    way = np.subtract(end, start)
    (rows, columns), (down, across) = (changed - start).T, way
    beside = np.abs(down * columns - across * rows) / (np.hypot(*way) or 1.0)
    assert np.max(beside) < 0.75


def test_a_stroke_beside_the_picture_changes_nothing_and_one_across_its_edge_what_lies_inside(pooling):
    params = PoolingParams(padding=1)
    frame, block = pooling.stop(params, 16), block_named(params, "picture")
    assert pooling.stroke(params, frame, [(block.left - 2, block.top), (block.left - 1, block.top - 3)]) == {}
    across = [block.middle(1, column) for column in (0, 2)]
    assert np.argwhere(np.array(pooling.stroke(params, frame, across)["numbers"]) != frame.picture).tolist() == [
        [0, 0], [0, 1]
    ]  # fmt: skip


def test_cells_are_named_as_the_arrays_count_them(pooling):
    params = pooling.params_type()
    frame = pooling.stop(params, 16)
    row, column = np.argwhere(frame.picture == 9)[0].tolist()
    said = pooling.probe(params, frame, ProbePoint(*block_named(params, "picture").middle(row, column)))
    assert said.text.render("en").startswith(f"cell [{row},{column}]: 9")
    said = pooling.probe(params, frame, ProbePoint(*block_named(params, "pooled").middle(0, 3)))
    assert said.text.render("zh_CN").startswith("格子 [0,3]：")
    table = next(one for one in pooling.main_tables(params, frame) if one.name == "pooled")
    assert table.rows[1][:2] == (0, 1)


def test_the_walk_shows_its_newest_window_and_all_else_the_selected_one(pooling):
    walk = PoolingParams(selected=(2, 1), view="walk")
    whole = walk.replaced({"view": "shift"})
    frames = [pooling.stop(walk, index) for index in (0, 6, 16)]
    assert [lit_cell(walk, frame) for frame in frames] == [None, (1, 1), (3, 3)]
    assert lit_cell(whole, pooling.stop(whole, 16)) == (2, 1)
    for params, wanted in ((walk, {}), (whole, {"selected": (3, 0)})):
        spot = ProbePoint(*block_named(params, "pooled").middle(3, 0))
        assert pooling.click_at(params, frames[-1], spot) == wanted


def test_a_walk_waits_halfway_and_stays_where_it_is_and_all_else_is_whole(pooling):
    whole, walk = PoolingParams(), PoolingParams(view="walk")
    assert pooling.opening_for(whole) == Amount(16, "window") and pooling.opening_for(walk) == Amount(8, "window")
    assert pooling.reopening(whole, walk, 16) == Amount(8, "window")
    assert pooling.reopening(walk, walk.replaced({"kind": "average"}), 5) == Amount(5, "window")
    assert pooling.reopening(walk, walk.replaced({"stride": 1}), 5) == Amount(25, "window")
    assert pooling.reopening(walk, whole, 5) == Amount(16, "window")


@given(window=st.integers(1, 4), padding=st.integers(0, 2), start=_params())
def test_a_window_stays_larger_than_its_padding(window, padding, start):
    experiment = load("pooling")
    for name, value in (("window", window), ("padding", padding)):
        after = start.replaced(experiment.settle(start, {name: value}))
        assert getattr(after, name) == value and after.pad == after.padding < after.window


def test_a_point_among_many_is_a_digit_and_a_click_shows_it(pooling):
    params = PoolingParams(view="many")
    frame = pooling.stop(params, 16)
    before, after = frame.many["ink"]
    exception = int(np.argmax(after - before))
    spot = ProbePoint(100 * before[exception], 100 * after[exception], "many")
    changed = params.replaced(pooling.click_at(params, frame, spot))
    assert (changed.image, changed.view) == (exception, "shift")
    shown = pooling.stop(changed, 16)
    assert shown.change_after == pytest.approx(after[exception]) and shown.change_after >= shown.change_before
    assert pooling.click_at(params, frame, ProbePoint(-50.0, 300.0, "many")) == {}
