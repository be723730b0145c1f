"""Where the arrays of a walk lie on the stage: input, kernel and output in a row, channels below one another."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams, parted
from engine.geometry.boards import NAME, Block, stacked
from engine.geometry.sliding import Place

FAULTY, _WRONG = "faulty", "!"
MOST_ROWS = 16
"""So many rows of the matrix of windows are shown, those around the walk."""
_NAME_OF_LOW_CELLS = 1.15
"""Room for a name, in cells, where many lines make them low."""
_LONG = ("columns", "sums", "dcolumns", "dsums")
Line = list[tuple[str, ...]]
"""The arrays of each column, one below the other."""


def board_of(params: ConvolutionParams, frame: ConvolutionFrame) -> list[Block]:
    """All blocks of a view."""
    return _board(params, frame.update, bool(frame.wrong))


@lru_cache(maxsize=64)
def _board(params: ConvolutionParams, update: int, with_wrong: bool) -> list[Block]:
    first = min(max(0, update - MOST_ROWS // 2), max(0, params.cells - MOST_ROWS))
    room = NAME if params.channels == 1 else _NAME_OF_LOW_CELLS
    lines = _lines(params, with_wrong)
    blocks = stacked(lines, lambda array: _shown_size(params, array.rstrip(_WRONG)), room)
    blocks = [replace(one, first=first) if one.array in _LONG else one for one in blocks]
    return [
        replace(one, array=one.array.rstrip(_WRONG), kind=FAULTY) if one.array.endswith(_WRONG) else one
        for one in blocks
    ]


def _lines(params: ConvolutionParams, with_wrong: bool) -> list[Line]:
    channels = range(params.channels)
    wrong = [(f"dx{c}{_WRONG}",) if with_wrong else () for c in channels]
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


def _shown_size(params: ConvolutionParams, array: str) -> Place:
    """Rows and columns that are shown of an array: the input with its padding, of long ones a part."""
    if parted(array)[0] == "x":
        return params.sliding.padded_sides
    rows, columns = params.size_of(array)
    return min(rows, MOST_ROWS) if array in _LONG else rows, columns
