"""Where a cell of the walk comes from and where it goes: all products of a window and its kernel, seen from a cell.

Every product belongs to one output cell, one input cell and one weight. Whichever cell is looked at, its terms are the
products in which it plays a part; what lights up are the partners, numbered alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product as product_of

import numpy as np

from engine.calculus.traces import Cell, Trace
from engine.contract.there import there
from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams, parted
from engine.geometry.sliding import Meeting

Product = Mapping[str, Cell]
"""A product of the walk: the cell of each kind of array that has to do with it."""
SYMBOLS = {
    "x": "X", "w": "W", "p": "X·W", "s": "S", "z": "Z", "b": "b", "columns": "M", "weights": "w", "sums": "z",
    "dx": "dX", "dw": "dW", "dz": "dZ", "db": "db", "dcolumns": "dM", "dsums": "dz",
}  # fmt: skip
SUMMED = ("dx", "dw", "db")
"""The gradients to which each output cell adds its part when the walk comes to it."""
_ONE_COLUMN = ("weights", "sums", "dsums")
_TERMS = {
    "z": "{x}·{w}", "s": "{x}·{w}", "x": "{x}·{w}", "columns": "{x}",
    "dz": "{dz}·{w}", "dx": "{dz}·{w}", "dw": "{x}·{dz}", "db": "{dz}", "dcolumns": "{dsums}·{weights}",
}  # fmt: skip
"""What each product adds to the cell that is looked at; of x and dz, what it passes on."""
_LIT = {
    "s": (),
    "z": ("x", "w", "p", "columns", "weights"),
    "x": ("z", "sums", "w", "p", "columns", "weights"),
    "columns": ("x", "weights", "sums"),
    "dz": ("w", "weights", "dx", "dcolumns"),
    "dx": ("dz", "w", "dcolumns"),
    "dw": ("x", "dz"),
    "db": ("dz",),
    "dcolumns": ("dsums", "weights", "dx"),
}
"""Which partners light up with the cell that is looked at."""


def symbol(params: ConvolutionParams, array: str) -> str:
    """What an array is called in formulas: X, or X[2] where there are several channels."""
    kind, channel = parted(array)
    return f"{SYMBOLS[kind]}[{channel}]" if channel is not None and params.channels > 1 else SYMBOLS[kind]


def cell_name(params: ConvolutionParams, cell: Cell) -> str:
    """A cell as NumPy counts, as in X[2,1], or X[0,2,1] where there are several channels."""
    array, row, column = cell
    kind, channel = parted(array)
    if kind in ("b", "db"):
        return SYMBOLS[kind]
    if kind == "x":
        row, column = row - params.padding, column - params.padding
    places = (row,) if kind in _ONE_COLUMN else (row, column)
    if channel is not None and params.channels > 1:
        places = (channel, *places)
    return f"{SYMBOLS[kind]}[{','.join(map(str, places))}]"


def walked_to(params: ConvolutionParams, frame: ConvolutionFrame) -> Cell:
    """The output cell, or that of its gradient, that the walk has just made or begins with."""
    place = divmod(max(frame.update - 1, 0), params.output_width)
    return ("dz" if params.is_backward else "z", *place)


def looked_at(params: ConvolutionParams, frame: ConvolutionFrame) -> Cell:
    """The cell that is looked at: the chosen one, or that of the walk."""
    if params.follows_walk:
        return walked_to(params, frame)
    shift = params.padding if parted(params.shown_part)[0] == "x" else 0
    return params.shown_part, params.selected[0] + shift, params.selected[1] + shift


def alike(params: ConvolutionParams, cell: Cell) -> Cell:
    """The cell of the output, or of its gradient, that one of the column of a matrix product stands for; others as
    they are.
    """
    if cell[0] not in ("sums", "dsums"):
        return cell
    return ("z" if cell[0] == "sums" else "dz", *divmod(cell[1], params.output_width))


def is_inside(params: ConvolutionParams, cell: Cell) -> bool:
    """Whether a cell of the padded input, or of its gradient, is not padding."""
    if parted(cell[0])[0] == "x":
        return params.sliding.is_inside(cell[1:])
    return all(0 <= one < side for one, side in zip(cell[1:], params.sliding.sides, strict=True))


def products(params: ConvolutionParams, cell: Cell) -> list[Product]:
    """The products in which a cell plays a part, channel by channel; for the gradient of the bias, one a window."""
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
    return [one for one in found if one[kind] == cell]


def _product(params: ConvolutionParams, meeting: Meeting, channel: int) -> Product:
    (i, j), (a, b), (r, c) = meeting
    rows, columns = params.sliding.window
    k, m = i * params.output_width + j, (channel * rows + a) * columns + b
    weight = (rows - 1 - a, columns - 1 - b) if params.operation == "convolution" else (a, b)
    return {
        "z": ("z", i, j), "dz": ("dz", i, j), "sums": ("sums", k, 0), "dsums": ("dsums", k, 0),
        "x": (f"x{channel}", r, c), "dx": (f"dx{channel}", r - params.padding, c - params.padding),
        "w": (f"w{channel}", *weight), "dw": (f"dw{channel}", *weight), "p": (f"p{channel}", a, b),
        "columns": ("columns", k, m), "dcolumns": ("dcolumns", k, m), "weights": ("weights", m, 0),
        "s": (f"s{channel}", i, j),
    }  # fmt: skip


def arrived(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> int:
    """How many of a gradient's products the walk has added already, which are the first ones."""
    places = (product["dz"][1:] for product in products(params, cell))
    return sum(row * params.output_width + column < frame.update for row, column in places)


def trace_of(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> Trace:
    """What a cell is made of, or of x and dz what it passes on: a sum of products, its partners numbered by them; where
    channels are added, numbers are theirs. Of a gradient that sums, the products of the walk so far are written.
    """
    kind = parted(cell[0])[0]
    term = "{dcolumns}" if kind == "dx" and params.view == "col2im" else _TERMS[kind]
    by_channel = kind == "z" and params.adds_channels
    terms: dict[Cell, int] = {}
    cells: dict[str, Cell] = {}
    written = []
    count = arrived(params, frame, cell) if kind in SUMMED else None
    for number, product in enumerate(products(params, cell), start=1):
        if by_channel:
            number, term = there(parted(product["s"][0])[1]) + 1, "{s}"
        written.append(_written(params, product, term, cells))
        partners = (product[partner] for partner in (*_LIT[kind], *(("s",) if by_channel else ())))
        terms |= {one: number for one in partners if parted(one[0])[0] != "dx" or is_inside(params, one)}
    # Every product of a channel has named the same sum.
    written = list(dict.fromkeys(written)) if by_channel else written[:count]
    if kind == "z" and params.bias:
        terms["b", 0, 0] = 0
        cells["b"] = ("b", 0, 0)
        written.append("{b}")
    return Trace(cell, " + ".join(written) or "0", cells, terms)


def _written(params: ConvolutionParams, product: Product, term: str, cells: dict[str, Cell]) -> str:
    """A term with the names of its cells, which go into ``cells``; what is padded is written as the 0 that it is."""
    for kind in ("x", "w", "s", "dz", "dsums", "weights", "dcolumns"):
        if f"{{{kind}}}" not in term:
            continue
        cell, name = product[kind], cell_name(params, product[kind])
        is_zero = kind == "x" and not is_inside(params, cell)
        term = term.replace(f"{{{kind}}}", "0" if is_zero else f"{{{name}}}")
        cells |= {} if is_zero else {name: cell}
    return term


def shown_products(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> dict[str, np.ndarray]:
    """The products of the cell that is looked at, laid out like the window; nan where it has none."""
    found = {f"p{channel}": np.full(params.sliding.window, np.nan) for channel in range(params.channels)}
    for product in products(params, cell):
        factors = (frame.arrays[array][row, column] for array, row, column in (product["x"], product["w"]))
        array, row, column = product["p"]
        found[array][row, column] = np.prod(list(factors))
    return found
