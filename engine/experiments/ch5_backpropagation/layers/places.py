"""Where the arrays of a layer lie on the stage: the forward pass above, its mirror image with the gradients beneath.

W lies above its product and X to the left of it, as one multiplies by hand; each gradient lies opposite its array.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.experiments.ch5_backpropagation.layers.params import IMAGE, LayersParams
from engine.geometry.boards import FREE, GAP, Block, laid_out, left_edges

HEADING, FAULTY = 0.9, "faulty"
_IMAGE_GAP, _IMAGES_BELOW = 0.4, 0.7
_AFFINE = (". w", ". b", "x z")
_LINES = {
    "multiply": ("x w z",),
    "add": ("x w z",),
    "relu": ("x mask z",),
    "dropout": ("x mask z",),
    "sigmoid": ("x z",),
    "tanh": ("x z",),
    "softmax_loss": ("x y t loss",),
    "batch_norm": ("mean . w", "deviation . b", "x normalized z"),
    "affine": _AFFINE,
    "affine_4d": _AFFINE,
}
"""The arrays of the forward pass, line by line and column by column."""
_GRADIENTS = {"x": "dx", "w": "dw", "b": "db", "z": "dz"}
_WRONG_AT = {"relu": {"dz": 1}, "softmax_loss": {"dx": 1, "y": 2}}
"""In which column what the mistake makes of an array stands."""


class Board(NamedTuple):
    """All blocks, and the upper edges of the two headings: that of the forward pass and that of the backward pass."""

    blocks: tuple[Block, ...]
    headings: tuple[float, float]


def board_of(params: LayersParams, wrong: Sequence[str]) -> Board:
    """Where everything lies for a layer of these sizes; ``wrong`` are the arrays that a mistake has changed."""
    lines = [line.split() for line in _LINES[params.layer]]
    mirrored = [[_GRADIENTS.get(array, FREE) for array in line] for line in reversed(lines)]
    lefts, size_of = left_edges(lines, params.size_of), params.size_of

    def beside(line: Sequence[str]) -> bool:
        return line[0] not in ("x", "dx")

    forward, down = laid_out(lines, lefts, size_of, HEADING, beside)
    backward, _ = laid_out(mirrored, lefts, size_of, down + GAP + HEADING, beside)
    blocks = forward + backward
    for array in wrong:
        rows, columns = size_of(array)
        left, top = lefts[_WRONG_AT.get(params.layer, {}).get(array, 0)], backward[0].top
        if params.layer == "affine":
            # In the free corner beside dW, a name's height below dX; it ends where X ends, whatever their widths.
            left, top = params.columns - columns, backward[-1].top
        blocks.append(Block(array, left, top, rows, columns, kind=FAULTY))
    if params.layer == "affine_4d":
        # The corners beside W and dW are free: there lie the images that X is flattened from, and their gradients.
        for array, opposite in (("x", "w"), ("dx", "dw")):
            top = next(block.top for block in blocks if block.array == opposite) - _IMAGES_BELOW
            blocks += [_image(array, sample, top) for sample in range(params.samples)]
    return Board(tuple(blocks), (0.0, -(down + GAP)))


def _image(array: str, sample: int, top: float) -> Block:
    """A sample as an image: two beside one another, the next two below."""
    down, across = divmod(sample, 2)
    _, height, width = IMAGE
    left = across * (width + _IMAGE_GAP) - _IMAGE_GAP / 2
    return Block(array, left, top - down * (height + _IMAGE_GAP), height, width, kind="image", sample=sample)
