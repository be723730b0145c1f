"""A kernel slides over an input and computes one output cell after the other; and the backward pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.boards.board import Grid, Role, places_of
from engine.boards.cells import Arrays, differing, spelled
from engine.boards.experiment import Before, Given
from engine.boards.layout import MISTAKEN, NAME, Block, stacked
from engine.boards.trace import Cell, Trace
from engine.boards.traced import TracedExperiment
from engine.contract.api import (
    Amount,
    CodeMark,
    Handle,
    Pace,
    Preset,
    Table,
    Unit,
    Walk,
    WorkingStep,
    grid_table,
    notation,
    table_of,
)
from engine.contract.frame import required
from engine.contract.text import Text, untranslated
from engine.experiments.ch7_convolution.convolution import traces, words
from engine.experiments.ch7_convolution.convolution.params import (
    CHANNELS,
    CHOSEN_IN,
    WALK,
    ConvolutionFrame,
    ConvolutionParams,
    parted,
)
from engine.geometry.sliding import CellIndex
from engine.nn.im2col import col2im, convolve, im2col, output_size
from engine.nn.layers import Convolution as ConvolutionLayer


@lru_cache(maxsize=64)
def frame_at(params: ConvolutionParams, index: int) -> ConvolutionFrame:
    """The frame after ``index`` output cells; cached, with read-only arrays."""
    arrays, reads = passed(params, index), params.sliding.reads()
    wrong = mistaken(params, arrays, index)
    made = np.arange(params.cells).reshape(params.sliding.output) < index
    return ConvolutionFrame(
        update=index, events=("cell",) if index else (), finished=index == params.cells, arrays=arrays, wrong=wrong,
        reads=reads, output=np.where(made, arrays["z"], np.nan), input_height=params.height, input_width=params.width,
        output_height=params.output_height, output_width=params.output_width, unread=int(np.sum(reads == 0)),
        copied=arrays["columns"].size, differing=len(differing(arrays, wrong)),
    )  # fmt: skip


def passed(params: ConvolutionParams, index: int) -> Arrays:
    """All arrays of one forward and backward pass, by id; only the first ``index`` output cells contribute to the
    gradients.
    """
    slides: dict[str, Any] = {"stride": params.stride, "padding": params.padding, "dilation": params.dilation}
    x, kernel, dz = params.inputs[None], used_kernels(params)[None], np.array(params.upstream)
    layer = ConvolutionLayer(kernel, np.array([params.bias]), **slides)
    z, columns = layer.forward(x), im2col(x, *params.sliding.window, **slides)
    arrived = np.where(np.arange(params.cells).reshape(dz.shape) < index, dz, 0.0)
    dx = required(layer.backward(arrived[None, None]))
    weights, dsums = kernel.reshape(-1, 1), dz.reshape(-1, 1)
    arrays = {
        "z": z[0, 0], "b": np.array([[params.bias]]), "columns": columns, "weights": weights, "sums": z.reshape(-1, 1),
        "dz": dz, "db": layer.grads["b"][None], "dsums": dsums, "dcolumns": dsums @ weights.T,
    }  # fmt: skip
    padding, shares = params.padding, columns.reshape(params.cells, params.channels, -1)
    for channel in range(params.channels):
        alone = shares[:, channel] @ kernel[0, channel].ravel()
        arrays[f"x{channel}"] = np.pad(x[0, channel], padding)
        arrays[f"w{channel}"] = params.kernels[channel]
        arrays[f"s{channel}"] = alone.reshape(params.sliding.output)
        arrays[f"dx{channel}"] = dx[0, channel]
        arrays[f"dw{channel}"] = turned(params, layer.grads["W"][0, channel])
    return {name: np.array(values, dtype=float) for name, values in arrays.items()}


def mistaken(params: ConvolutionParams, arrays: Mapping[str, np.ndarray], index: int) -> Arrays:
    """The gradients of the input that the chosen mistake gives after ``index`` output cells, by the correct ones' ids.

    Empty without a mistake.
    """
    if params.pitfall == "none":
        return {}
    wrong, padding = {}, params.padding
    visited = params.sliding.meetings()[: index * params.kernel_height * params.kernel_width]
    for channel, kernel in enumerate(used_kernels(params)):
        weights = kernel[::-1, ::-1] if params.pitfall == "turned" else kernel
        dx = np.zeros(params.sliding.padded_sides)
        for meeting in visited:
            share = arrays["dz"][meeting.output] * weights[meeting.window]
            # Written over what another window has left there, or added to it.
            dx[meeting.padded] = share if params.pitfall == "overwritten" else dx[meeting.padded] + share
        rows, columns = params.sliding.sides
        wrong[f"dx{channel}"] = dx[padding : padding + rows, padding : padding + columns].copy()
    return wrong


def used_kernels(params: ConvolutionParams) -> np.ndarray:
    """The kernels (C, FH, FW) as they are multiplied with a window, rotated if the operation requires it."""
    return turned(params, params.kernels)


def turned(params: ConvolutionParams, kernels: np.ndarray) -> np.ndarray:
    """Kernels (…, FH, FW), rotated by 180° if the operation is a true convolution."""
    return kernels[..., ::-1, ::-1] if params.operation == "convolution" else kernels


_IN_PADDING = Text("padding: a 0 around the input")
_WINDOW = Text("window: drag it over the input")
_GIVEN = notation("{name} = {value}")
_PART_OF_SUM = Text("{name} = {value}, this channel's sum alone")
MOST_ROWS = 16
"""The maximum number of rows of the matrix of windows that are shown, around the newest output cell."""
_NAME_OF_LOW_CELLS = 1.15
"""The height reserved for a name, in cells, where many lines of arrays make the cells small."""
_LONG = ("columns", "sums", "dcolumns", "dsums")
_EYE = ((1.0, 2.0, 1.0), (0.0, 0.0, 0.0), (-1.0, -2.0, -1.0))
_SEVEN = tuple(
    tuple(9.0 * (sign == "#") + 5.0 * (sign == "+") for sign in row)
    for row in ("........", ".######.", ".....##.", "....+#..", "...+#+..", "...##...", "..+#+...", "........")
)


class Convolution(TracedExperiment[ConvolutionParams, ConvolutionFrame], Walk[ConvolutionParams, ConvolutionFrame]):
    """Input, kernel and output in a row; each step computes one output cell. A selected cell highlights
    its operands.
    """

    order = 1
    title = Text("Convolution: window, products, sum")
    units = (Unit("cell", Text("cell", context="counted"), Text("output cell")),)
    pace = Pace(2.0, "cell")
    presets = (
        Preset("bar", Text("A bar and its edges"), {}),
        Preset(
            "digit", Text("A seven, padded"),
            {"height": 8, "width": 8, "padding": 1, "input1": _SEVEN, "kernel1": _EYE},
        ),
        Preset("floor", Text("A stride that does not divide"), {"height": 7, "width": 7, "stride": 3}),
        Preset("channels", Text("Three channels, one output"), {"channels": 3, "view": "channels"}),
        Preset("im2col", Text("One matrix product"), {"view": "im2col"}),
        Preset("back", Text("The way back"), {"view": "backward", "part": "dx0", "selected": (2, 2)}),
    )  # fmt: skip
    code = (output_size, im2col, ConvolutionLayer)
    code_for_comparison = (convolve, col2im)

    partner_names = ("partners", "partner")
    partner_labels = (
        Text("cells that belong to the chosen one"), Text("partner"),
        Text("product", context="which one"),
    )  # fmt: skip

    headline = staticmethod(words.headline)
    looked_at = staticmethod(traces.looked_at)
    trace_of = staticmethod(traces.trace_of)
    symbol = staticmethod(traces.symbol)
    cell_name = staticmethod(traces.cell_name)
    alike = staticmethod(traces.alike)
    note = staticmethod(words.size_words)
    words_below = staticmethod(words.words_below)
    line_of = staticmethod(words.line_of)

    def blocks(self, params: ConvolutionParams, frame: ConvolutionFrame) -> list[Block]:
        return _blocks(params, frame.update, bool(frame.wrong))

    def last_stop(self, params: ConvolutionParams) -> int:
        return params.cells

    def stop(self, params: ConvolutionParams, index: int) -> ConvolutionFrame:
        return frame_at(params, index)

    def opening_for(self, params: ConvolutionParams) -> Amount:
        """Up to the first cell of the second output row."""
        return Amount(min(params.output_width + 1, params.cells), "cell")

    def default_steps_for(self, params: ConvolutionParams) -> Amount:
        return Amount(params.cells, "cell")

    def reopening(self, before: ConvolutionParams, after: ConvolutionParams, reached: int) -> Amount:
        """If the window slides as before, replay up to the step reached before, so that values change in place."""
        return Amount(reached, "cell") if before.sliding == after.sliding else self.opening_for(after)

    def main_tables(self, params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[Table, ...]:
        """The output, the cells that are highlighted with the selected one, and every array of the view."""
        output = grid_table("output", Text("output"), value=(frame.output, untranslated("Z")))
        arrays = dict.fromkeys(block.array for block in self.blocks(params, frame) if block.array in frame.arrays)
        made_of = traces.trace_of(params, frame, traces.looked_at(params, frame))
        lit = [one for one in made_of.terms if one[0] in arrays]
        arrays.pop("z", None)  # what is made of it stands in the first
        places = np.argwhere(frame.reads == 0)
        unread = table_of(
            "unread", Text("input cells that are never read"),
            row=(places[:, 0], Text("row")), column=(places[:, 1], Text("column")),
        )  # fmt: skip
        shown = [self.array_table(params, frame, array) for array in arrays]
        return (output, *self.cell_tables(params, frame, made_of, lit), unread, *shown)

    def working(self, params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[WorkingStep, ...]:
        return (*words.lines_of(params, frame, traces.looked_at(params, frame)), *words.size_lines(params))

    def caption(self, params: ConvolutionParams, block: Block) -> tuple[str, str]:
        """The name of a block and its shape as in NumPy; for the input, the shapes without and with padding."""
        (name, shape), (kind, channel) = super().caption(params, block), parted(block.array)
        if kind == "p":
            name = "⊙".join(traces.symbol(params, f"{factor}{channel}") for factor in "xw")
        if kind in ("x", "dx") and params.padding and not block.kind:
            rows, columns = params.sliding.padded_sides
            shape = f"{shape} → ({rows}, {columns})"
        return name + {"columns": " = im2col(X)", "dcolumns": " = dz·wᵀ"}.get(kind, ""), shape

    def role(self, array: str) -> Role:
        return "backward" if array.startswith("d") else "forward"

    def is_chosen_from(self, params: ConvolutionParams, array: str) -> bool:
        return parted(array)[0] in CHOSEN_IN[params.view]

    def field_of(self, params: ConvolutionParams, array: str) -> str | None:
        kind, channel = parted(array)
        number = 1 + (channel or 0)
        return {"x": f"input{number}", "w": f"kernel{number}", "dz": "upstream", "b": "bias"}.get(kind)

    def given(self, params: ConvolutionParams, cell: Cell) -> Given | None:
        field = self.field_of(params, cell[0])
        if field is None or traces.is_padding(params, cell):
            return None
        row, column = traces.unpadded(params, cell)
        index, step = (None, 0.1) if field == "bias" else ((row, column), 1.0)
        return Given(f"{cell[0]}_{row}_{column}", traces.cell_name(params, cell), field, index, step)

    def shown(self, params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> Arrays:
        """The values of all arrays, and the products of the selected cell.

        Output cells that are not computed yet are nan, except a selected one.
        """
        sums = {f"s{channel}": frame.arrays[f"s{channel}"] for channel in CHANNELS[: params.channels]}
        seen = np.isfinite(frame.output)
        if cell[0] == "z" and not params.follows_walk:
            seen[cell[1:]] = True
        z, *made = (np.where(seen, values, np.nan) for values in (frame.arrays["z"], *sums.values()))
        output = {"z": z, "sums": z.reshape(-1, 1)}
        return {
            **frame.arrays,
            **dict(zip(sums, made, strict=True)),
            **output,
            **traces.shown_products(params, frame, cell),
        }

    def numbers_before(self, params: ConvolutionParams, before: Before) -> tuple[Arrays, Arrays]:
        return ({} if before is None else {**before[1].arrays, "z": before[1].output}), {}

    def grid(self, params: ConvolutionParams, frame: ConvolutionFrame, grid: Grid, made_of: Trace) -> Grid:
        grid, kind = super().grid(params, frame, grid, made_of), parted(grid.block.array)[0]
        if grid.lit and (kind, parted(made_of.cell[0])[0]) in traces.WINDOWED:
            # Its cells come in reading order.
            (top, left), (low, right) = min(grid.lit), max(grid.lit)
            grid = replace(grid, windows=((top, left, low - top + 1, right - left + 1),))
        if (
            grid.selected
            and not params.follows_walk
            and made_of.cell[0] == "z"
            and np.isnan(frame.output[made_of.cell[1:]])
        ):
            grid = replace(grid, faint=frozenset({grid.selected}))
        if kind == "x":
            inside, unread = (np.pad(mask, params.padding) for mask in (frame.reads >= 0, frame.reads == 0))
            grid = replace(grid, outside=places_of(~inside), crossed=places_of(unread))
        return grid

    def handles(self, params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[Handle, ...]:
        """The handles of all values that can be changed, and of the window in every array in which it is visible."""
        return (*super().handles(params, frame), *self._window_handles(params, frame))

    def drag(
        self, params: ConvolutionParams, frame: ConvolutionFrame, handle: str, place: tuple[float, float]
    ) -> Mapping[str, object]:
        """The parameter changes of a drag; dragging the window over the input selects its output cell."""
        block = next((one for one in self.blocks(params, frame) if _window_id(one) == handle), None)
        if block is None:
            return super().drag(params, frame, handle, place)
        row, column = traces.output_under(params, block, place)
        return {"part": traces.looked_at(params, frame)[0], "selected": (row, column)}

    def _window_handles(self, params: ConvolutionParams, frame: ConvolutionFrame) -> Iterator[Handle]:
        """The handle of the window in each array in which it is visible."""
        kind, *output = traces.looked_at(params, frame)
        for block in self.blocks(params, frame):
            if (parted(block.array)[0], kind) in traces.WINDOWED and not block.kind:
                corner, opposite = traces.window_corners(params, block, (output[0], output[1]))
                yield Handle(
                    _window_id(block), corner, float(params.stride), _WINDOW, quiet=True, framing=True,
                    body=(corner, opposite),
                )  # fmt: skip

    def said_of(self, params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> Text | None:
        cell = traces.alike(params, cell)
        if cell[0] not in frame.arrays:
            return None
        if traces.is_padding(params, cell):
            return _IN_PADDING
        if self.is_chosen_from(params, cell[0]):
            return words.sentence_of(params, frame, cell)
        said = _PART_OF_SUM if parted(cell[0])[0] == "s" else _GIVEN
        return said(name=traces.cell_name(params, cell), value=spelled(frame.arrays, cell))

    def chosen(self, params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> Mapping[str, object]:
        """The parameter changes of a click on a cell, which selects it.

        A click on the selected or the newest cell clears the selection, so that the highlight follows the steps again.
        """
        cell = traces.alike(params, cell)
        if not self.is_chosen_from(params, cell[0]) or traces.is_padding(params, cell):
            return {}
        if cell in (traces.looked_at(params, frame), traces.walked_to(params, frame)):
            return {} if params.follows_walk else {"part": WALK}
        return {"part": cell[0], "selected": traces.unpadded(params, cell)}

    def settle(self, params: ConvolutionParams, changes: Mapping[str, object]) -> Mapping[str, object]:
        """Choosing the view of channels also adds channels if there is only one."""
        several = {"channels": 3} if changes.get("view") == "channels" and params.channels == 1 else {}
        return {**several, **changes}

    def moving_on(self, params: ConvolutionParams) -> Mapping[str, object]:
        """Clears the selection of an output cell, so that the window moves on with the run; other selections stay."""
        return {"part": WALK} if params.shown_part in ("z", "dz") else {}

    def code_mark(self, params: ConvolutionParams, frame: ConvolutionFrame) -> CodeMark | None:
        marks = {"im2col": ("im2col", "columns[:, :, i, j] = "), "col2im": ("col2im", "+= parts[:, :, i, j]")}
        layer = ("Convolution", "def backward" if params.is_backward else "def forward")
        return CodeMark(*marks.get(params.view, layer))


def _window_id(block: Block) -> str:
    return f"window {block.array}"


@lru_cache(maxsize=64)
def _blocks(params: ConvolutionParams, update: int, with_wrong: bool) -> list[Block]:
    """The layout of the view's arrays after ``update`` output cells; cached."""
    first = min(max(0, update - MOST_ROWS // 2), max(0, params.cells - MOST_ROWS))
    room = NAME if params.channels == 1 else _NAME_OF_LOW_CELLS
    lines = _lines(params, with_wrong)
    return stacked(lines, lambda array: _shown_size(params, array), room, lambda array: first * (array in _LONG))


def _lines(params: ConvolutionParams, with_wrong: bool) -> list[list[tuple[str, ...]]]:
    """The ids of the view's arrays, by line and column, from top to bottom in each column."""
    channels = range(params.channels)
    wrong = [(f"dx{c}{MISTAKEN}",) if with_wrong else () for c in channels]
    match params.view:
        case "im2col":
            return [[tuple(f"x{c}" for c in channels), ("columns",), ("weights",), ("sums",)]]
        case "col2im":
            gradients = tuple(f"dx{c}" for c in channels) + tuple(one for stack in wrong for one in stack)
            return [[gradients, ("dcolumns",), ("weights",), ("dsums",)]]
        case "backward" if params.channels == 1:
            return [[("x0",), ("w0",), ("dz",), ()], [("dx0",), ("dw0",), ("db",), wrong[0]]]
        case "backward":
            ends = [("dz", "db"), *((),) * params.channels]
            return [[(f"x{c}",), (f"w{c}",), (f"dx{c}",), (f"dw{c}",), wrong[c], ends[c]] for c in channels]
    ends = [("z", "b"), *((),) * params.channels]
    sums = [[(f"s{c}",)] if params.view == "channels" else [] for c in channels]
    # Several channels need the height; of one, the products stand right below the kernel.
    products = [[(f"w{c}",), (f"p{c}",)] if params.channels > 1 else [(f"w{c}", f"p{c}")] for c in channels]
    return [[(f"x{c}",), *products[c], *sums[c], ends[c]] for c in channels]


def _shown_size(params: ConvolutionParams, array: str) -> CellIndex:
    """The visible rows and columns of an array: the input includes its padding, and long arrays are cut."""
    if parted(array)[0] == "x":
        return params.sliding.padded_sides
    rows, columns = params.size_of(array)
    return min(rows, MOST_ROWS) if array in _LONG else rows, columns
