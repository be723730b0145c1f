"""Exercise: max pooling as a layer, forward and backward."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import differences, drawn, numbers_of, use
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    if params.source != "own" or params.kind != "max" or params.pad:
        return None
    ones = np.ones((1, 1, params.outputs, params.outputs))
    return {"x": [[numbers_of(params.numbers)]], "dout": ones.tolist(), **_sizes(params.window, params.window,
            params.stride)}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "walk", "selected": place[2:]} if quantity == "Z" else {"view": "gradient"}


def _sizes(pool_h: int = 2, pool_w: int = 2, stride: int = 2) -> Inputs:
    """What a layer is made with; not more, since it may well have no padding."""
    return {"pool_h": pool_h, "pool_w": pool_w, "stride": stride}


def _drawn(*shape: int, outputs: tuple[int, int], **sizes: int) -> Inputs:
    """Random inputs of this shape (N, C, H, W), where no two cells are equal or nearly so."""
    cells = np.random.default_rng(len(sizes)).permutation(math.prod(shape)).reshape(shape)
    return {**drawn(*shape, dout=(*shape[:2], *outputs)), "x": cells.astype(float), **_sizes(**sizes)}


def _with_ties() -> Inputs:
    return {"x": [[[[7, 7, 1, 2], [7, 0, 2, 2]]]], "dout": [[[[3, 5]]]], **_sizes()}


def _below_zero() -> Inputs:
    return {"x": [[[[-3, -1], [-2, -4]]]], "dout": [[[[2]]]], **_sizes()}


def _overlapping() -> Inputs:
    return {"x": [[[[1, 2, 3], [4, 9, 5], [6, 7, 8]]]], "dout": [[[[1, 2], [4, 8]]]], **_sizes(stride=1)}


EXERCISE = Exercise(
    id="max_pooling",
    order=1,
    title=Text("Max pooling, forward and back"),
    task=Text(
        "Write the layer. Of every window the largest number goes on; its gradient comes back to that one cell, the "
        "first in reading order if several are equal, and a cell that wins in several windows gets the sum."
    ),
    piece=Piece("convolution.Pooling"),
    former_name="MaxPooling",
    use=use,
    differences=differences,
    counts={"im2col": giving.of_im2col, "col2im": giving.of_col2im},
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("numbers below 0"), _below_zero),
        Check(
            Text("forward and back, two pictures of three channels"),
            lambda: _drawn(2, 3, 8, 10, outputs=(4, 5)),
        ),
        Check(Text("windows that overlap"), _overlapping, hint=2),
        Check(Text("cells that are equal"), _with_ties, hint=1),
        Check(Text("backward, with the numbers of the stage"), hint=0),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _drawn(1, 2, 5, 6, outputs=(2, 3), pool_h=3, pool_w=2, stride=2),
            ("dX",),
            "differences",
        ),
        Check(
            Text("a stride that does not divide"),
            lambda: _drawn(2, 3, 13, 18, outputs=(4, 6), pool_h=3, pool_w=2, stride=3),
        ),
    ),
    hints=(
        Text("backward has to know which cell won in each window. What of forward must be kept for that?"),
        Text("np.argmax gives the first of equal cells, as a number in the flattened window."),
        Text("Begin backward with zeros in the shape of x, and add to the winners, window by window."),
    ),
    by_hand=ByHand(
        Text("x = (1 2 3; 4 9 5; 6 7 8), windows of 2 × 2, stride 1, dout = (1 2; 4 8). What is dX[0,0,1,1]?"),
        _overlapping,
        "dX",
        (0, 0, 1, 1),
    ),
    on_stage=_on_stage,
    stage={"source": "own", "view": "walk"},
    shown_at=_shown_at,
    works_in=("pooling",),
)
