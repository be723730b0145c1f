"""Exercise: the backward pass of the convolution layer, by im2col, col2im and two matrix products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.book.convolution import output_size
from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import differences, drawn, numbers_of, use
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    if params.dilation != 1 or params.operation != "correlation" or not params.is_backward:
        return None
    return {"x": [params.inputs.tolist()], "dout": [[numbers_of(params.upstream)]], "W": [params.kernels.tolist()],
            "b": [params.bias], "stride": params.stride, "pad": params.padding}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    if quantity in ("Z", "db"):
        return {}
    return {"part": f"{quantity.lower()}{place[1]}", "selected": place[2:]}


def _drawn(*shape: int, filters: int, window: tuple[int, int], stride: int = 1, pad: int = 0) -> Inputs:
    """Random inputs of this shape (N, C, H, W)."""
    sides = [output_size(side, reach, pad, stride) for side, reach in zip(shape[2:], window, strict=True)]
    dout = (shape[0], filters, *sides)
    return drawn(*shape, dout=dout, W=(filters, shape[1], *window), b=(filters,), stride=stride, pad=pad)


EXERCISE = Exercise(
    id="convolution_backward",
    order=5,
    title=Text("Convolution: the layer's way back"),
    task=Text(
        "The pass forward stands there: im2col, one product, and the axes turned. Write the way back through these "
        "steps. backward keeps dW and db and gives the gradient of x; col2im is given and adds up where windows "
        "overlap."
    ),
    piece=Piece("convolution.Convolution", asked=("backward",)),
    use=use,
    differences=differences,
    counts={"im2col": giving.of_im2col, "col2im": giving.of_col2im},
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(
            Text("one filter of 2 × 3 on one picture, against central differences of forward"),
            lambda: _drawn(1, 1, 4, 4, filters=1, window=(2, 3)),
            ("dX", "dW", "db"),
            against="differences",
        ),
        Check(Text("two filters, three channels"), lambda: _drawn(1, 3, 4, 5, filters=2, window=(2, 2)), hint=1),
        Check(Text("a batch of three pictures"), lambda: _drawn(3, 2, 4, 3, filters=2, window=(2, 2)), hint=1),
        Check(Text("stride 2"), lambda: _drawn(2, 2, 7, 5, filters=3, window=(3, 2), stride=2), hint=2),
        Check(
            Text("forward still gives what it gave"),
            lambda: _drawn(1, 1, 6, 5, filters=2, window=(3, 2), stride=2, pad=1),
            ("Z",),
        ),
        Check(
            Text("padding 1, and all of it together"),
            lambda: _drawn(2, 3, 6, 5, filters=4, window=(3, 3), stride=2, pad=1),
            hint=2,
        ),
    ),
    hints=(
        Text("Go back step by step, the last one first: the axes, the sum with b, the product, im2col."),
        Text(
            "dout has filters second, and the product had them last. Turn its axes first; then it is a matrix with a "
            "row for each window and a column for each filter."
        ),
        Text("The product is Affine's: its two rules give the gradients of col and of col_W, by shapes alone."),
    ),
    by_hand=ByHand(
        Text(
            "x is 3 × 3, W = (1 0; 0 −2), stride 1, and dout = (1 2; 3 4). The cell in the middle lies in all four "
            "windows. What is dX[0,0,1,1]?"
        ),
        lambda: {"x": [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], "dout": [[[[1, 2], [3, 4]]]],
                 "W": [[[[1, 0], [0, -2]]]], "b": [0]},
        "dX",
        (0, 0, 1, 1),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    stage={"view": "backward"},
    works_in=("convolution", "cnn"),
    works_with={"convolution": {"view": "backward"}, "cnn": {}},
)  # fmt: skip
