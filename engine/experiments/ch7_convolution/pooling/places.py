"""The layout of the images of `pooling` on the board, and the marks on them.

A pooled image is drawn as large as its source.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.boards.board import CellIndex, Grid, grid_of, places_of
from engine.boards.layout import GAP, LINE_GAP, NAME, Block
from engine.contract.api import Text
from engine.experiments.ch7_convolution.pooling import words
from engine.experiments.ch7_convolution.pooling.params import LEVELS, SIDE, PoolingFrame, PoolingParams

LINES = {
    "shift": (("picture", "shifted", "difference"), ("pooled", "pooled_shifted", "pooled_difference")),
    "walk": (("picture", "pooled"),),
    "gradient": (("picture", "gradient"), ("pooled", "ones")),
}
"""The names of each view's grids, line by line."""
LOWER = ("pooled", "pooled_shifted", "pooled_difference", "ones")
"""The names of the grids with one cell for each window."""
PADDED = ("picture", "shifted")
"""The names of the grids that are shown with their padding."""


def blocks_of(params: PoolingParams) -> tuple[Block, ...]:
    """The layout of all grids of the view; empty for the view of many digits."""
    found = []
    around = params.side + 2 * params.pad
    for number, line in enumerate(LINES.get(params.view, ())):
        top = -NAME - number * (SIDE + LINE_GAP + NAME)
        for place, name in enumerate(line):
            left, side, cells, edge = place * (SIDE + GAP), SIDE / around, around, 0.0
            if name in LOWER:
                side, cells = SIDE / params.outputs, params.outputs
            elif name not in PADDED:
                # Without its padding it still lies where it would with it: windows are found at the same place.
                edge, cells = params.pad * side, params.side
            found.append(Block(name, left + edge, top - edge, cells, cells, side=side))
    return tuple(found)


def block_named(params: PoolingParams, name: str) -> Block:
    """The block of the grid called ``name``; StopIteration if the view lacks it."""
    return next(block for block in blocks_of(params) if block.array == name)


def in_picture(params: PoolingParams, name: str, row: int, column: int) -> CellIndex | None:
    """The cell of the image at a row and column of its grid, which may include padding; None for padding."""
    edge = params.pad if name in PADDED else 0
    place = row - edge, column - edge
    return place if all(0 <= one < params.side for one in place) else None


def lit_cell(params: PoolingParams, frame: PoolingFrame) -> CellIndex | None:
    """The output cell whose window is highlighted: in the view "walk" the newest, None at the start; else the selected
    one.
    """
    if params.view != "walk":
        return params.selected
    row, column = divmod(frame.done - 1, frame.outputs)
    return (row, column) if frame.done else None


def shown_grid(params: PoolingParams, frame: PoolingFrame, block: Block, before: PoolingFrame | None) -> Grid:
    """A block's values, names and notes, with the marks of the highlighted cell's window."""
    name, cell = block.array, lit_cell(params, frame)
    values = _shown(params, frame, name)
    most = max(1.0, float(np.max(frame.gradient))) if name in ("gradient", "ones") else float(LEVELS)
    grid = replace(
        grid_of(block, values, None if before is None else _shown(params, before, name)), most=most,
        name=words.NAMES[name](shift=params.shift), notes=_notes(params, frame, name), painted=name == "picture",
    )  # fmt: skip
    if name in PADDED:
        grid = _with_windows(params, frame, grid, values, cell)
    if name in LOWER:
        grid = replace(
            grid, selected=cell, empty=places_of(~computed(frame)), faint=places_of(values == 0),
            chosen_from=name == "pooled" and params.view != "walk",
        )  # fmt: skip
    if name.endswith("difference"):
        # No number where nothing differs, but in the chosen cell, of which just that is to be seen.
        shown = {cell} if name in LOWER else set()
        grid = replace(grid, empty=grid.empty | places_of(values == 0) - shown)
    return grid


def computed(frame: PoolingFrame) -> np.ndarray:
    """For each output cell whether it has been computed, (O, O) of booleans."""
    return np.arange(frame.windows).reshape(frame.pooled.shape) < frame.done


def _shown(params: PoolingParams, frame: PoolingFrame, name: str) -> np.ndarray:
    """The values of the grid called ``name``."""
    if name == "difference":
        return frame.shifted - frame.picture
    if name == "pooled_difference":
        return frame.pooled_shifted - frame.pooled
    if name == "ones":
        return np.ones_like(frame.pooled)
    values: np.ndarray = getattr(frame, name)
    return np.pad(values, params.pad) if name in PADDED else values


def _with_windows(
    params: PoolingParams, frame: PoolingFrame, grid: Grid, values: np.ndarray, cell: CellIndex | None
) -> Grid:
    """The grid with marks for padding, for cells that win or are never read, and for the highlighted window."""
    inside = np.pad(np.ones_like(frame.unread), params.pad)
    is_shift, name = params.view == "shift", grid.block.array
    winners = (frame.winners if name == "picture" else frame.winners_shifted).reshape(-1, 2)[: frame.done]
    won = np.zeros_like(frame.unread)
    won[tuple(winners[winners[:, 0] >= 0].T)] = True
    if is_shift:
        # Where a window is all paper the first cell wins, which only matters to the gradient.
        won &= getattr(frame, name) != 0
    # Paper without its zeros, but for small grids of numbers: a digit is seen at once.
    blank = (values == 0) & (is_shift and params.side == SIDE) | ~inside & (params.kind == "max")
    step, side = params.stride, params.window
    windows = () if cell is None else ((cell[0] * step, cell[1] * step, side, side),)
    return replace(
        grid, outside=places_of(~inside), empty=places_of(blank), windows=windows,
        faint=places_of(~inside | np.pad(frame.unread, params.pad) | (values == 0)),
        marked=places_of(np.pad(won, params.pad)),
    )  # fmt: skip


def _notes(params: PoolingParams, frame: PoolingFrame, name: str) -> tuple[Text, ...]:
    """The notes below a grid's name: how much it differs, or how it is pooled."""
    if name.endswith("difference"):
        is_pooled = name in LOWER
        change, cells = (
            (frame.change_after, frame.cells_after) if is_pooled else (frame.change_before, frame.cells_before)
        )
        return words.changed(change, cells, (frame.pooled if is_pooled else frame.picture).size)
    if name == "pooled":
        return (words.KINDS[params.kind](window=params.window),)
    return (words.SIZE(size=f"{params.outputs}×{params.outputs}"),) if name == "pooled_shifted" else ()
