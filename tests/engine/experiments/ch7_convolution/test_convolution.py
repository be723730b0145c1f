"""`convolution`: plain loops give the same numbers, every cell is what its trace makes of others; clicks and fields."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.boards.layout import found_at
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.api import ProbePoint
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.experiments.ch7_convolution.convolution import MOST_ROWS, Convolution
from engine.experiments.ch7_convolution.convolution.params import (
    AXES,
    BACKWARD,
    CHOSEN_IN,
    WALK,
    ConvolutionParams,
    parted,
)
from engine.experiments.ch7_convolution.convolution.traces import (
    alike,
    is_padding,
    looked_at,
    shown_products,
    trace_of,
)
from engine.experiments.ch7_convolution.convolution.words import lines_of, size_lines
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal

CONVOLUTION = Convolution()
_NUMBERED = ("input1", "input2", "input3", "kernel1", "kernel2", "kernel3", "upstream")


@st.composite
def _params(draw, view: str | None = None) -> ConvolutionParams:
    """Parameters of any small size, their numbers drawn too."""
    base = ConvolutionParams(
        view=view or draw(st.sampled_from(sorted(CHOSEN_IN))),
        operation=draw(st.sampled_from(["correlation", "convolution"])),
        channels=draw(st.integers(1, 3)),
        height=draw(st.integers(3, 5)),
        width=draw(st.integers(3, 5)),
        kernel_height=draw(st.integers(1, 3)),
        kernel_width=draw(st.integers(1, 3)),
        padding=draw(st.integers(0, 2)),
        stride=draw(st.integers(1, 3)),
        dilation=draw(st.integers(1, 2)),
        bias=draw(st.sampled_from([0.0, 2.0])),
    )
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    sizes = {name: np.shape(getattr(base, name)) for name in _NUMBERED}
    return base.replaced({name: random.integers(-9, 10, size).tolist() for name, size in sizes.items()})


def _loops(params: ConvolutionParams, x: np.ndarray, kernels: np.ndarray, bias: float) -> np.ndarray:
    """The output by plain loops over every index."""
    rows, columns = kernels.shape[1:]
    z = np.full((params.output_height, params.output_width), bias)
    for i, j in np.ndindex(z.shape):
        for c, a, b in np.ndindex(kernels.shape):
            row = i * params.stride + a * params.dilation - params.padding
            column = j * params.stride + b * params.dilation - params.padding
            if 0 <= row < x.shape[1] and 0 <= column < x.shape[2]:
                is_turned = params.operation == "convolution"
                weight = kernels[c, rows - 1 - a, columns - 1 - b] if is_turned else kernels[c, a, b]
                z[i, j] += x[c, row, column] * weight
    return z


@settings(max_examples=40)
@given(params=_params())
def test_the_output_is_that_of_plain_loops(params):
    arrays = CONVOLUTION.stop(params, params.cells).arrays
    assert arrays["z"] == pytest.approx(_loops(params, params.inputs, params.kernels, params.bias))
    assert arrays["columns"] @ arrays["weights"] + params.bias == pytest.approx(arrays["sums"])
    assert sum(arrays[f"s{c}"] for c in range(params.channels)) + params.bias == pytest.approx(arrays["z"])


@settings(max_examples=8)
@given(params=_params())
def test_all_gradients_are_those_of_central_differences(params):
    """Of the sum of the outputs, each weighted by its upstream gradient; it is linear, so any step will do."""
    frame, upstream = CONVOLUTION.stop(params, params.cells), np.array(params.upstream)
    x, kernels = params.inputs, params.kernels
    by_input = numerical_gradient(lambda one: np.sum(upstream * _loops(params, one, kernels, 0.0)), x, 0.5)
    by_kernel = numerical_gradient(lambda one: np.sum(upstream * _loops(params, x, one, 0.0)), kernels, 0.5)
    for channel in range(params.channels):
        assert frame.arrays[f"dx{channel}"] == pytest.approx(by_input[channel], abs=1e-9)
        assert frame.arrays[f"dw{channel}"] == pytest.approx(by_kernel[channel], abs=1e-9)
    assert frame.arrays["db"] == pytest.approx(upstream.sum())


@settings(max_examples=15)
@given(params=_params(), pitfall=st.sampled_from(["none", "overwritten", "turned"]), data=st.data())
def test_each_step_back_adds_upstream_times_kernel_to_its_window_and_nothing_else(params, pitfall, data):
    index = data.draw(st.integers(1, params.cells))
    params = params.replaced({"pitfall": pitfall})
    before, after = CONVOLUTION.stop(params, index - 1), CONVOLUTION.stop(params, index)
    i, j = divmod(index - 1, params.output_width)
    upstream, used = params.upstream[i][j], params.kernels
    if params.operation == "convolution":
        used = used[:, ::-1, ::-1]
    for channel, kernel in enumerate(used):
        x, share = after.arrays[f"x{channel}"], np.zeros(params.sliding.padded_sides)
        window = np.zeros_like(kernel)
        for a, b in np.ndindex(kernel.shape):
            place = i * params.stride + a * params.dilation, j * params.stride + b * params.dilation
            share[place] = upstream * kernel[a, b]
            window[a, b] = x[place]
        if params.operation == "convolution":
            window = window[::-1, ::-1]
        inside = tuple(slice(params.padding, params.padding + side) for side in params.sliding.sides)
        added = after.arrays[f"dx{channel}"] - before.arrays[f"dx{channel}"]
        assert added == pytest.approx(share[inside], abs=1e-9)
        if pitfall == "overwritten":
            written = share[inside] != 0
            assert (after.wrong[f"dx{channel}"] == share[inside])[written].all()
        assert after.arrays[f"dw{channel}"] - before.arrays[f"dw{channel}"] == pytest.approx(upstream * window)
    assert after.arrays["db"] - before.arrays["db"] == pytest.approx(upstream)


def test_nothing_has_come_back_at_the_start_and_it_says_so():
    params = ConvolutionParams(view="backward", pitfall="overwritten")
    frame = CONVOLUTION.stop(params, 0)
    arrays = (*(frame.arrays[name] for name in ("dx0", "dw0", "db")), frame.wrong["dx0"])
    assert not any(np.any(array) for array in arrays) and frame.differing == 0
    said = CONVOLUTION.headline(params, frame).render("en")
    assert said.startswith("Nothing has come back yet. Step (Page Down) sends dZ[0,0]")
    assert "So far 5 of 16" in CONVOLUTION.headline(params, CONVOLUTION.stop(params, 5)).render("en")
    assert "So far" not in CONVOLUTION.headline(params, CONVOLUTION.stop(params, 16)).render("en")


def test_a_chosen_gradient_says_how_much_of_its_sum_is_there():
    params = ConvolutionParams(view="backward", part="dx0", selected=(2, 2))
    said = [CONVOLUTION.headline(params, CONVOLUTION.stop(params, index)).render("zh_CN") for index in (5, 16)]
    assert "目前加了 4/9" in said[0] and "目前" not in said[1]


@settings(max_examples=25)
@given(params=_params(), data=st.data())
def test_every_cell_is_what_its_trace_makes_of_other_cells(params, data):
    frame = CONVOLUTION.stop(params, data.draw(st.integers(0, params.cells)))
    arrays = sorted({alike(params, (block.array, 0, 0))[0] for block in CONVOLUTION.blocks(params, frame)})
    array = data.draw(st.sampled_from([one for one in arrays if parted(one)[0] in CHOSEN_IN[params.view]]))
    place = tuple(data.draw(st.integers(0, side - 1)) for side in frame.arrays[array].shape)
    cell, trace = (array, *place), trace_of(params, frame, (array, *place))
    kind = parted(array)[0]
    lines = lines_of(params, frame, cell)
    for line in (*lines, *size_lines(params)):
        assert evaluate(line) == pytest.approx(line.result, abs=1e-9)
    if kind not in ("x", "dz"):
        assert lines[-1].result == pytest.approx(frame.arrays[array][place])
    assert cell not in trace.terms
    for one, row, column in trace.terms:
        if one[0] != "p":
            assert 0 <= row < frame.arrays[one].shape[0] and 0 <= column < frame.arrays[one].shape[1]
    if kind == "z":
        products = shown_products(params, frame, cell)
        assert sum(map(np.sum, products.values())) + params.bias == pytest.approx(frame.arrays["z"][place])


@settings(max_examples=25)
@given(params=_params())
def test_what_an_input_cell_feeds_are_the_outputs_that_have_it_in_their_window(params):
    """The way there and the way back are the same products."""
    row, column = divmod(params.cells * 7 % (params.height * params.width), params.width)
    cell = ("x0", row + params.padding, column + params.padding)
    forward, frame = params.replaced({"view": "window"}), CONVOLUTION.stop(params, 0)
    fed = {one for one in trace_of(forward, frame, cell).terms if one[0] == "z"}
    outputs = [("z", *place) for place in np.ndindex(params.sliding.output)]
    assert fed == {one for one in outputs if cell in trace_of(forward, frame, one).terms}
    back = trace_of(params.replaced({"view": "backward"}), frame, ("dx0", row, column))
    assert {one[1:] for one in back.terms if one[0] == "dz"} == {one[1:] for one in fed}
    assert len(fed) == params.sliding.reads()[row, column]


@settings(max_examples=25)
@given(params=_params(), index=st.integers(0, 40))
def test_blocks_do_not_overlap_and_every_cell_is_found_in_its_middle(params, index):
    params = params.replaced({"pitfall": "overwritten"})
    frame = CONVOLUTION.stop(params, min(index, params.cells))
    blocks = CONVOLUTION.blocks(params, frame)
    for one, other in combinations(blocks, 2):
        beside = one.left >= other.left + other.columns or other.left >= one.left + one.columns
        assert beside or one.top <= other.top - other.rows or other.top <= one.top - one.rows, (one, other)
    for block in blocks:
        last = block.rows - 1, block.columns - 1
        assert found_at(blocks, *block.middle(*last)) == (block, block.cell(*last))
        if block.array in frame.arrays:
            array, *place = block.cell(*last)
            assert frame.arrays[array][tuple(place)] is not None
    shown = next((one for one in blocks if one.array in ("sums", "dsums")), None)
    if shown is not None and frame.update > 0:
        assert shown.first <= frame.update - 1 < shown.first + shown.rows <= shown.first + MOST_ROWS


def test_it_opens_half_way_with_the_left_edge_just_found():
    params = ConvolutionParams()
    player = Player(CONVOLUTION, Run(CONVOLUTION.id, params))
    frame = player.go_by(CONVOLUTION.opening_for(params))
    assert looked_at(params, frame) == ("z", 1, 0)
    assert frame.output[0].tolist() == [-2, 0, 2, 2] and frame.output[1, 0] == -3
    assert np.isnan(frame.output).sum() == 11
    assert CONVOLUTION.headline(params, frame).render("en").startswith("Z[1,0] = −3: 9 products")
    rows = CONVOLUTION.stop(params, 16).output.tolist()
    assert rows == [[-2, 0, 2, 2], [-3, 0, 3, 3], [-3, 0, 3, 3], [-2, 0, 2, 2]]


def test_a_step_is_one_output_cell_and_going_on_gives_the_same_frames_again():
    params = ConvolutionParams(stride=2)
    player = Player(CONVOLUTION, Run(CONVOLUTION.id, params))
    frames = [player.go(), *(player.go(1) for _ in range(params.cells))]
    assert player.finished and frames[-1].finished and not frames[-2].finished
    for index, frame in enumerate(frames):
        assert np.isfinite(frame.output).sum() == index
        assert frames_equal(frame, Player(CONVOLUTION, Run(CONVOLUTION.id, params)).go(index))


@pytest.mark.parametrize(
    ("asked", "kernel", "dilation"),
    [
        ({"height": 3, "width": 8, "kernel_height": 5, "kernel_width": 5}, (3, 5), 1),
        ({"height": 5, "width": 5, "dilation": 3}, (3, 3), 2),
        ({"height": 5, "width": 5, "dilation": 3, "padding": 1}, (3, 3), 3),
        ({"kernel_height": 1, "kernel_width": 1, "dilation": 3}, (1, 1), 3),
    ],
)
def test_a_kernel_that_does_not_fit_is_made_smaller(asked, kernel, dilation):
    params = ConvolutionParams(**asked)
    assert (params.sliding.window, params.dilation) == (kernel, dilation)
    assert np.shape(params.kernel1) == kernel and np.shape(params.upstream) == params.sliding.output
    assert ConvolutionParams.from_json(params.to_json()) == params


@given(params=_params("backward"), pitfall=st.sampled_from(["overwritten", "turned"]))
@settings(max_examples=15)
def test_a_mistake_leaves_the_right_numbers_right_and_is_counted(params, pitfall):
    right, wrong = (CONVOLUTION.stop(params.replaced({"pitfall": one}), 1) for one in ("none", pitfall))
    assert right.differing == 0 and not right.wrong
    different = [np.sum(wrong.wrong[name] != right.arrays[name]) for name in wrong.wrong]
    assert sorted(wrong.wrong) == [f"dx{channel}" for channel in range(params.channels)]
    assert wrong.differing == sum(different)
    assert all(right.arrays[name].tobytes() == wrong.arrays[name].tobytes() for name in right.arrays)
    if pitfall == "overwritten" and params.sliding.reads().max() <= 1:
        assert wrong.differing == 0  # where no windows overlap there is nothing to add


def test_both_mistakes_show_in_the_opening():
    for pitfall in ("overwritten", "turned"):
        params = ConvolutionParams(view="backward", pitfall=pitfall)
        frame = CONVOLUTION.stop(params, 5)
        said = {language: CONVOLUTION.headline(params, frame).render(language) for language in LANGUAGES}
        assert f"{frame.differing} of 36 cells" in said["en"] and f"已错 {frame.differing} 格" in said["zh_CN"]
        assert frame.differing >= 5
        assert CONVOLUTION.stop(params, params.cells).differing > 10


@pytest.mark.parametrize("view", CHOSEN_IN)
def test_a_click_looks_at_a_cell_and_once_more_lets_the_walk_lead(view):
    params = ConvolutionParams(view=view, channels=2, padding=1)
    frame = CONVOLUTION.stop(params, 9)
    clicked = set()
    for block in CONVOLUTION.blocks(params, frame):
        place = (1, min(1, block.columns - 1)) if block.rows > 1 else (0, 0)
        cell = alike(params, block.cell(*place))
        spot = ProbePoint(*block.middle(*place))
        changes = CONVOLUTION.click_at(params, frame, spot)
        if parted(cell[0])[0] not in CHOSEN_IN[view]:
            assert changes == {}
            continue
        clicked.add(parted(cell[0])[0])
        chosen = params.replaced(changes)
        assert looked_at(chosen, frame) == cell and chosen.shown_part == cell[0]
        assert CONVOLUTION.click_at(chosen, frame, spot) == {"part": WALK}
    assert clicked == set(CHOSEN_IN[view])


def test_a_click_on_the_padding_or_on_the_cell_of_the_walk_changes_nothing():
    params = ConvolutionParams(padding=1)
    frame = CONVOLUTION.stop(params, 8)
    x, _, _, z, _ = CONVOLUTION.blocks(params, frame)
    assert CONVOLUTION.click_at(params, frame, ProbePoint(*x.middle(0, 3))) == {}
    assert CONVOLUTION.click_at(params, frame, ProbePoint(*z.middle(1, 1))) == {}
    assert is_padding(params, ("x0", 0, 3)) and not is_padding(params, ("x0", 1, 3))


@settings(max_examples=25)
@given(params=_params(), x=st.floats(-1, 30), y=st.floats(-30, 1), index=st.integers(0, 30))
def test_whatever_is_pointed_at_is_said_in_both_languages(params, x, y, index):
    frame = CONVOLUTION.stop(params, min(index, params.cells))
    probe = CONVOLUTION.probe(params, frame, ProbePoint(x, y))
    found = found_at(CONVOLUTION.blocks(params, frame), x, y)
    assert (probe is None) == (found is None or found[0].array[0] == "p")
    for language in LANGUAGES:
        said = probe.text.render(language) if probe else CONVOLUTION.headline(params, frame).render(language)
        assert "nan" not in said and "{" not in said


def test_a_pulled_number_changes_alone_and_the_walk_stays():
    params = ConvolutionParams(padding=1)
    frame = CONVOLUTION.stop(params, 9)
    handles = {handle.id: handle for handle in CONVOLUTION.handles(params, frame)}
    assert sum(not one.framing for one in handles.values()) == 36 + 9 + 1
    handle = handles["x0_2_3"]
    changes = CONVOLUTION.drag(params, frame, handle.id, (handle.place[0], handle.place[1] + 2.0))
    after = params.replaced(changes)
    assert after.input1[2][3] == 3.0 and after.differing(params) == ("input1",)
    assert CONVOLUTION.reopening(params, after, 9).count == 9
    assert CONVOLUTION.reopening(params, params.replaced({"stride": 2}), 9).count == 4


def test_the_view_of_channels_brings_channels_along():
    params = ConvolutionParams()
    assert CONVOLUTION.settle(params, {"view": "channels"}) == {"channels": 3, "view": "channels"}
    assert CONVOLUTION.settle(params, {"view": "im2col"}) == {"view": "im2col"}
    two = params.replaced({"channels": 2})
    assert CONVOLUTION.settle(two, {"view": "channels"}) == {"view": "channels"}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_along_an_axis_of_col_lie_the_cells_that_six_loops_put_there(data):
    side = st.integers(3, 6)
    params = ConvolutionParams(
        view="im2col", height=data.draw(side), width=data.draw(side), channels=data.draw(st.integers(1, 3)),
        kernel_height=data.draw(st.integers(1, 3)), kernel_width=data.draw(st.integers(1, 3)),
        stride=data.draw(st.integers(1, 2)), padding=data.draw(st.integers(0, 1)),
        dilation=data.draw(st.integers(1, 2)), axis=data.draw(st.sampled_from(list(AXES)[1:])),
    )  # fmt: skip
    sliding, shape = params.sliding, params.col_shape
    # The cell of M and that of X for every index of col, as loops over all six axes find them.
    of_col = {}
    for n, c, y, x, i, j in np.ndindex(shape):
        row, column = (n * shape[4] + i) * shape[5] + j, (c * shape[2] + y) * shape[3] + x
        source = (f"x{c}", i * sliding.stride + y * sliding.dilation, j * sliding.stride + x * sliding.dilation)
        of_col[n, c, y, x, i, j] = ("columns", row, column), source
    place = data.draw(st.sampled_from(list(of_col)))
    cell = of_col[place][0]
    free = AXES[params.axis]
    along = [
        both
        for other, both in of_col.items()
        if all(a == b or k in free for k, (a, b) in enumerate(zip(other, place, strict=True)))
    ]
    frame = CONVOLUTION.stop(params, 1)
    assert all(frame.arrays[m[0]][m[1:]] == frame.arrays[x[0]][x[1:]] for m, x in along)
    terms = trace_of(params, frame, cell).terms
    numbers = {m: number for m, number in terms.items() if m[0] == "columns"}
    assert numbers == {m: number for number, (m, _) in enumerate(along, start=1)}
    assert {one for one in terms if one[0] != "columns"} == {x for _, x in along}
    said = CONVOLUTION.said_of(params, frame, cell).render("en")
    assert f"col[{', '.join(map(str, place))}]" in said
    if params.axis != "loop" and len(along) > 1:
        (_, row, column), (_, next_row, next_column) = along[0][0], along[1][0]
        step, unit = (next_row - row, "row") if next_row != row else (next_column - column, "column")
        assert f"{len(along)} cells, a step of {step} {unit}{'s' if step > 1 else ''} in M" in said


def test_an_axis_is_followed_from_a_cell_of_the_matrix():
    params = ConvolutionParams(view="im2col", axis="fh")
    frame = CONVOLUTION.stop(params, 6)
    assert looked_at(params, frame) == ("columns", 5, 0)
    assert looked_at(params.replaced({"part": "z", "selected": (2, 1)}), frame) == ("columns", 9, 0)
    chosen = {"part": "columns", "selected": (3, 4)}
    assert looked_at(params.replaced(chosen), frame) == ("columns", 3, 4)
    assert looked_at(params.replaced({"axis": "none"}), frame) == ("z", 1, 1)
    # In another view nothing is followed, and the trace is that of every day.
    window = ConvolutionParams(axis="fh")
    assert looked_at(window, frame) == ("z", 1, 1)
    assert trace_of(window, frame, ("z", 0, 1)) == trace_of(ConvolutionParams(), frame, ("z", 0, 1))


def test_a_cell_that_a_view_has_not_is_that_of_the_walk():
    params = ConvolutionParams(part="dx0", selected=(5, 5))
    assert params.shown_part == WALK and params.selected == (3, 3)
    assert all(params.replaced({"view": view}).shown_part == "dx0" for view in BACKWARD)
