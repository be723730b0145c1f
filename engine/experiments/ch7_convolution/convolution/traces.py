"""Traces a cell of a convolution to the products of window and kernel in which it takes part.

Every product belongs to one output cell, one input cell and one weight. The other factors and the results of a selected
cell's products are called its partners; they are highlighted in the colours of their products.
"""

from __future__ import annotations

import math
from functools import partial
from itertools import product as product_of

import numpy as np

from engine.boards.layout import Block
from engine.boards.trace import Cell, Product, Trace, trace_of_products
from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams, parted
from engine.geometry.sliding import CellIndex, Meeting

SYMBOLS = {
    "x": "X", "w": "W", "p": "X⊙W", "s": "S", "z": "Z", "b": "b", "columns": "M", "weights": "w", "sums": "z",
    "dx": "dX", "dw": "dW", "dz": "dZ", "db": "db", "dcolumns": "dM", "dsums": "dz",
}  # fmt: skip
SUMMED = ("dx", "dw", "db")
"""The gradients to which every output cell adds its contribution when its step is made."""
_ONE_COLUMN = ("weights", "sums", "dsums")
_TERMS = {
    "z": "{x}·{w}", "s": "{x}·{w}", "x": "{x}·{w}", "columns": "{x}",
    "dz": "{dz}·{w}", "dx": "{dz}·{w}", "dw": "{x}·{dz}", "db": "{dz}", "dcolumns": "{dsums}·{weights}",
}  # fmt: skip
"""The contribution of each product to the selected cell; for x, dz and columns how the cell is used."""
_LIT = {
    "s": (), "z": ("x", "w", "p", "columns", "weights"), "x": ("z", "sums", "w", "p", "columns", "weights"),
    "columns": ("x", "weights", "sums"), "dz": ("w", "weights", "dx", "dcolumns"), "dx": ("dz", "w", "dcolumns"),
    "dw": ("x", "dz"), "db": ("dz",), "dcolumns": ("dsums", "weights", "dx"),
}  # fmt: skip
"""The kinds of arrays whose cells are highlighted as partners of the selected cell, by the kind of its array."""

WINDOWED = (("x", "z"), ("dx", "dz"))
"""Pairs of the kind of an array that shows a window and the kind of cell that the window belongs to."""


def symbol(params: ConvolutionParams, array: str) -> str:
    """The symbol of an array in formulas: X, or X[2] if there are several channels."""
    kind, channel = parted(array)
    return f"{SYMBOLS[kind]}[{channel}]" if channel is not None and params.channels > 1 else SYMBOLS[kind]


def cell_name(params: ConvolutionParams, cell: Cell) -> str:
    """A cell's name with NumPy's indices: X[2,1], or X[0,2,1] if there are several channels."""
    kind, channel = parted(cell[0])
    if kind in ("b", "db"):
        return SYMBOLS[kind]
    row, column = unpadded(params, cell)
    places = (row,) if kind in _ONE_COLUMN else (row, column)
    if channel is not None and params.channels > 1:
        places = (channel, *places)
    return f"{SYMBOLS[kind]}[{','.join(map(str, places))}]"


def walked_to(params: ConvolutionParams, frame: ConvolutionFrame) -> Cell:
    """The newest cell of the run, in the output or in a backward view its gradient; at the start the first cell."""
    place = divmod(max(frame.update - 1, 0), params.output_width)
    return ("dz" if params.is_backward else "z", *place)


def looked_at(params: ConvolutionParams, frame: ConvolutionFrame) -> Cell:
    """The selected cell, or the newest one of the run.

    While an axis is followed, it is a cell of the matrix of windows; for an output cell the first of its row.
    """
    if params.follows_walk:
        cell = walked_to(params, frame)
    else:
        shift = params.padding if parted(params.shown_part)[0] == "x" else 0
        cell = params.shown_part, params.selected[0] + shift, params.selected[1] + shift
    if params.followed and cell[0] == "z":
        return "columns", cell[1] * params.output_width + cell[2], 0
    return cell


def alike(params: ConvolutionParams, cell: Cell) -> Cell:
    """The cell of the output or its gradient that equals a cell of the matrix product's column; other
    cells unchanged.
    """
    if cell[0] not in ("sums", "dsums"):
        return cell
    return ("z" if cell[0] == "sums" else "dz", *divmod(cell[1], params.output_width))


def is_padding(params: ConvolutionParams, cell: Cell) -> bool:
    """Whether a cell belongs to the padding of the input."""
    return parted(cell[0])[0] == "x" and not params.sliding.is_inside(cell[1:])


def unpadded(params: ConvolutionParams, cell: Cell) -> CellIndex:
    """Row and column of a cell; in the padded input, counted without the padding."""
    shift = params.padding if parted(cell[0])[0] == "x" else 0
    return cell[1] - shift, cell[2] - shift


def window_corners(
    params: ConvolutionParams, block: Block, output: CellIndex
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The upper left and the lower right corner of an output cell's window, as positions on the board in a block."""
    shift = 0 if parted(block.array)[0] == "x" else params.padding
    firsts = [one * params.stride - shift for one in output]
    lasts = [
        first + (side - 1) * params.sliding.dilation + 1
        for first, side in zip(firsts, params.sliding.window, strict=True)
    ]
    (top, left), (low, right) = (
        [max(0, one) for one in firsts],
        [min(*one) for one in zip(lasts, (block.rows, block.columns), strict=True)],
    )
    return (block.left + left, block.top - top), (block.left + right, block.top - low)


def output_under(params: ConvolutionParams, block: Block, place: tuple[float, float]) -> CellIndex:
    """The output cell whose window's upper left corner is nearest to a position on the board."""

    def far(output: CellIndex) -> float:
        return math.dist(window_corners(params, block, output)[0], place)

    return min(product_of(range(params.output_height), range(params.output_width)), key=far)


def place_in_col(params: ConvolutionParams, cell: Cell) -> tuple[int, ...]:
    """The indices (n, c, y, x, i, j) in the array (N, C, FH, FW, OH, OW) of a cell of the matrix of windows.

    (y, x) is the position in the window, (i, j) that of the window.
    """
    shape = params.col_shape
    return (0, *map(int, np.unravel_index(cell[2], shape[1:4])), *map(int, np.unravel_index(cell[1], shape[4:])))


def along_axis(params: ConvolutionParams, cell: Cell) -> list[Cell]:
    """The cells of the matrix of windows whose indices differ from this one's only in the axes
    ``followed``, in order.
    """
    shape, found = params.col_shape, []
    for indices in np.ndindex(*(shape[axis] for axis in params.followed)):
        place = list(place_in_col(params, cell))
        for axis, index in zip(params.followed, indices, strict=True):
            place[axis] = index
        row, column = np.ravel_multi_index(place[4:], shape[4:]), np.ravel_multi_index(place[1:4], shape[1:4])
        found.append(("columns", int(row), int(column)))
    return found


def _copied_from(params: ConvolutionParams, cell: Cell) -> Cell:
    """The input cell that a cell of the matrix of windows is a copy of."""
    _, channel, y, x, row, column = place_in_col(params, cell)
    down, across = (
        place * params.stride + offset * params.sliding.dilation for place, offset in ((row, y), (column, x))
    )
    return f"x{channel}", down, across


def products(params: ConvolutionParams, cell: Cell) -> list[Product]:
    """The products in which a cell takes part, channel by channel; for the gradient of the bias, one for each
    window.
    """
    (kind, own), place = parted(cell[0]), cell[1:]
    channels = range(params.channels) if own is None else (own,)
    if kind == "db":
        firsts = (one for one in params.sliding.meetings() if one.window == (0, 0))
        return [_product(params, one, 0) for one in firsts]
    # Most meetings are told by their place, since there may be thousands.
    of_place = {
        "z": lambda one: one.output == place,
        "x": lambda one: one.padded == place,
        "dx": lambda one: one.padded == (place[0] + params.padding, place[1] + params.padding),
        "columns": lambda one: one.output == divmod(place[0], params.output_width),
    }
    is_near = of_place.get({"dz": "z", "s": "z", "dcolumns": "columns"}.get(kind, kind), lambda one: True)
    near = [one for one in params.sliding.meetings() if is_near(one)]
    found = [_product(params, meeting, channel) for channel, meeting in product_of(channels, near)]
    return [one for one in found if one.get(kind) == cell]


def _product(params: ConvolutionParams, meeting: Meeting, channel: int) -> Product:
    """The cells involved in one product, by kind of array."""
    (i, j), (a, b), (r, c) = meeting
    rows, columns = params.sliding.window
    k, m = i * params.output_width + j, (channel * rows + a) * columns + b
    weight = (rows - 1 - a, columns - 1 - b) if params.operation == "convolution" else (a, b)
    dx = (f"dx{channel}", r - params.padding, c - params.padding)
    return {
        **({"dx": dx} if params.sliding.is_inside((r, c)) else {}),  # padding has no gradient
        "z": ("z", i, j), "dz": ("dz", i, j), "sums": ("sums", k, 0), "dsums": ("dsums", k, 0),
        "x": (f"x{channel}", r, c), "s": (f"s{channel}", i, j),
        "w": (f"w{channel}", *weight), "dw": (f"dw{channel}", *weight), "p": (f"p{channel}", a, b),
        "columns": ("columns", k, m), "dcolumns": ("dcolumns", k, m), "weights": ("weights", m, 0),
    }  # fmt: skip


def arrived(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> int:
    """The number of products that the run has already added to a gradient's cell."""
    places = (product["dz"][1:] for product in products(params, cell))
    return sum(row * params.output_width + column < frame.update for row, column in places)


def trace_of(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> Trace:
    """The Trace of a cell: the sum that computes it, with its partners numbered by product, or by channel.

    For x and dz it has the products that use the cell. For a gradient it has only the products of the run so far.
    """
    kind, found = parted(cell[0])[0], products(params, cell)
    partners, term = _LIT[kind], "{dcolumns}" if kind == "dx" and params.view == "col2im" else _TERMS[kind]
    numbers = list(range(1, len(found) + 1))
    if kind == "z" and params.adds_channels:
        # Every product of a channel names the same sum.
        partners, term, numbers = (*partners, "s"), "{s}", [1 + int(one["s"][0][1:]) for one in found]
    count = arrived(params, frame, cell) if kind in SUMMED else None
    made_of = trace_of_products(
        cell, zip(numbers, found, strict=True), term, partners, partial(cell_name, params), partial(is_padding, params),
        count,
    )  # fmt: skip
    if kind == "columns" and params.followed:
        along = dict(enumerate(along_axis(params, cell), start=1))
        terms = {one: number for number, here in along.items() for one in (here, _copied_from(params, here))}
        return Trace(cell, made_of.expression, made_of.cells, terms)
    if kind == "z" and params.bias:
        bias = ("b", 0, 0)
        sum_with_bias = made_of.expression + " + {b}"
        made_of = Trace(cell, sum_with_bias, {**made_of.cells, "b": bias}, {**made_of.terms, bias: 0})
    return made_of


def shown_products(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> dict[str, np.ndarray]:
    """The products of the selected cell as arrays of the window's shape, one for each channel; nan
    where there is none.
    """
    found = {f"p{channel}": np.full(params.sliding.window, np.nan) for channel in range(params.channels)}
    for product in products(params, cell):
        factors = (frame.arrays[array][row, column] for array, row, column in (product["x"], product["w"]))
        array, row, column = product["p"]
        found[array][row, column] = np.prod(list(factors))
    return found
