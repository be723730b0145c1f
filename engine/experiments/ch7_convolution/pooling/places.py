"""Where the pictures of `pooling` lie on the stage: each pooled one below or beside what it is made of, as large."""

from __future__ import annotations

from engine.experiments.ch7_convolution.pooling.params import SIDE, PoolingParams
from engine.geometry.boards import GAP, LINE_GAP, NAME, Block

LINES = {
    "shift": (("picture", "shifted", "difference"), ("pooled", "pooled_shifted", "pooled_difference")),
    "walk": (("picture", "pooled"),),
    "gradient": (("picture", "gradient"), ("pooled", "ones")),
}
"""The grids of a view, line by line."""
LOWER = ("pooled", "pooled_shifted", "pooled_difference", "ones")
"""The grids that have a cell for each window."""
PADDED = ("picture", "shifted")
"""The grids that show the padding around them."""


def blocks_of(params: PoolingParams) -> tuple[Block, ...]:
    """Every grid of the view; none where many digits are shown at once."""
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
    """A grid by its name; StopIteration where the view has none such."""
    return next(block for block in blocks_of(params) if block.array == name)


def in_picture(params: PoolingParams, name: str, row: int, column: int) -> tuple[int, int] | None:
    """The cell of a picture that a cell of its grid shows; None for padding."""
    edge = params.pad if name in PADDED else 0
    place = row - edge, column - edge
    return place if all(0 <= one < params.side for one in place) else None
