"""Where the pictures of `pooling` lie on the stage: each pooled one below what it is made of, in the same square."""

from __future__ import annotations

from engine.experiments.ch7_convolution.parts.pooling_params import SIDE, PoolingParams
from engine.geometry.boards import GAP, LINE_GAP, NAME, Block

COLUMNS = {
    "shift": (("picture", "pooled"), ("shifted", "pooled_shifted"), ("difference", "pooled_difference")),
    "gradient": (("picture", "pooled"), ("gradient", "ones")),
}
"""The grids of a view, column by column: a picture, and beneath it what is pooled of it."""
PADDED = ("picture", "shifted")
"""The grids that show the padding around them."""
_LOW = -(NAME + SIDE + LINE_GAP + NAME)
"""The upper edge of the lower line."""


def blocks_of(params: PoolingParams) -> tuple[Block, ...]:
    """Every grid of the view; none where many digits are shown at once."""
    found = []
    around = params.side + 2 * params.pad
    for number, (upper, lower) in enumerate(COLUMNS.get(params.view, ())):
        left, side = number * (SIDE + GAP), SIDE / around
        # Without its padding a picture still lies where it would with it, so that windows are found at the same place.
        edge, cells = (0.0, around) if upper in PADDED else (params.pad * side, params.side)
        found.append(Block(upper, left + edge, -NAME - edge, cells, cells, side=side))
        count = params.outputs
        found.append(Block(lower, left, _LOW, count, count, side=SIDE / count))
    return tuple(found)


def block_named(params: PoolingParams, name: str) -> Block:
    """A grid by its name; StopIteration where the view has none such."""
    return next(block for block in blocks_of(params) if block.array == name)


def in_picture(params: PoolingParams, name: str, row: int, column: int) -> tuple[int, int] | None:
    """The cell of a picture that a cell of its grid shows; None for padding."""
    edge = params.pad if name in PADDED else 0
    place = row - edge, column - edge
    return place if all(0 <= one < params.side for one in place) else None
