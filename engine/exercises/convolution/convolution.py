"""Exercise: the forward pass of the convolution layer, by loops or by im2col and one matrix product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import drawn, use_forward
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    if params.dilation != 1 or params.operation != "correlation" or params.view in ("backward", "col2im"):
        return None
    return {"x": [params.inputs.tolist()], "W": [params.kernels.tolist()], "b": [params.bias],
            "stride": params.stride, "pad": params.padding}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": "z", "selected": place[2:]}


def _drawn(*shape: int, filters: int, window: tuple[int, int], stride: int = 1, pad: int = 0) -> Inputs:
    """Random inputs of this shape (N, C, H, W)."""
    made = drawn(*shape, W=(filters, shape[1], *window), b=(filters,), stride=stride, pad=pad)
    return {name: one for name, one in made.items() if name != "dout"}


EXERCISE = Exercise(
    id="convolution",
    order=3,
    title=Text("Convolution: the layer, forward"),
    task=Text(
        "Write the pass forward of the layer: each filter is laid on each window, its products with all channels are "
        "summed, and its bias is added. Loops will do; whoever wants one product of matrices is given im2col."
    ),
    piece=Piece("convolution.Convolution", asked=("forward",)),
    use=use_forward,
    counts={"im2col": giving.of_im2col},
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(
            Text("a filter that is not symmetrical, and a bias"), lambda: _drawn(1, 1, 5, 5, filters=1, window=(2, 3))
        ),
        Check(Text("three channels"), lambda: _drawn(1, 3, 5, 4, filters=1, window=(2, 3)), hint=1),
        Check(Text("five filters over two pictures"), lambda: _drawn(2, 3, 7, 4, filters=5, window=(2, 1))),
        Check(Text("stride 2"), lambda: _drawn(1, 2, 9, 7, filters=5, window=(3, 2), stride=2)),
        Check(
            Text("padding 1, and all of it together"),
            lambda: _drawn(3, 2, 9, 11, filters=4, window=(3, 3), stride=2, pad=1),
        ),
    ),
    hints=(
        Text("How large is the output? Begin with an array of zeros of that shape, and fill it cell by cell."),
        Text("For one cell: cut the window out of all channels, multiply it with the filter, and sum everything up."),
        Text(
            "With im2col the filters become columns (C*FH*FW, FN). The result (N*OH*OW, FN) has filters last: turn it."
        ),
    ),
    by_hand=ByHand(
        Text("x = (1 2 3; 4 5 6; 7 8 9), W = (1 0; 0 −2), b = 3, stride 1. What is Z[0,0,1,0]?"),
        lambda: {"x": [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], "W": [[[[1, 0], [0, -2]]]], "b": [3]},
        "Z",
        (0, 0, 1, 0),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=("convolution", "filters", "cnn"),
)
