"""Exercise: col2im, which adds each row to the cells of the images that im2col copied it from."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.book.convolution import im2col
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(
    written: Any, col: np.ndarray, input_shape: tuple[int, ...], filter_h: int, filter_w: int, stride: int = 1,
    pad: int = 0,
) -> Values:  # fmt: skip
    yield "dX", written(col, input_shape, filter_h, filter_w, stride, pad)


def _counted(*shape: int, window: tuple[int, int], stride: int = 1, pad: int = 0) -> Inputs:
    """Inputs for images of this shape (N, C, H, W): ``col`` holds 1, 2, 3, …"""
    rows = im2col(np.zeros(shape), *window, stride, pad)
    return {
        "col": np.arange(1.0, 1.0 + rows.size).reshape(rows.shape), "input_shape": shape, "filter_h": window[0],
        "filter_w": window[1], "stride": stride, "pad": pad,
    }  # fmt: skip


EXERCISE = Exercise(
    id="col2im",
    order=4,
    title=Text("col2im: rows go back to their cells"),
    task=Text(
        "Write col2im, the way back of im2col. Each row of col belongs to a window and goes back to the cells that it "
        "was copied from; a cell that several windows hold gets the sum. Cells of the padding are left out at the end."
    ),
    piece=Piece("convolution.col2im"),
    use=_use,
    checks=(
        Check(Text("windows side by side, none overlaps"), lambda: _counted(1, 1, 4, 6, window=(2, 2), stride=2)),
        Check(Text("windows that overlap"), lambda: _counted(1, 1, 3, 4, window=(2, 2)), hint=1),
        Check(Text("three channels"), lambda: _counted(1, 3, 4, 5, window=(2, 2))),
        Check(Text("a batch of two pictures"), lambda: _counted(2, 1, 4, 5, window=(3, 3))),
        Check(Text("a window of 2 × 3"), lambda: _counted(1, 1, 5, 4, window=(2, 3))),
        Check(Text("padding 1"), lambda: _counted(1, 2, 3, 4, window=(3, 3), pad=1), hint=2),
        Check(
            Text("all of it together, and a stride that does not divide"),
            lambda: _counted(2, 3, 6, 5, window=(3, 2), stride=2, pad=1),
        ),
    ),
    hints=(
        Text("Walk as im2col does: row after row, window after window. What is a row of col, put into shape again?"),
        Text("A cell that lies in four windows was used four times. So it gets four numbers: what becomes of them?"),
        Text("Begin with zeros that are as large as the padded picture, and cut the ring off when you are done."),
    ),
    by_hand=ByHand(
        Text(
            "Windows of 2 × 2 on a picture of 3 × 3, stride 1. The four rows of col hold 1, 2, 3 and 4, each four "
            "times. What is dX[0,0,1,1]?"
        ),
        lambda: {**_counted(1, 1, 3, 3, window=(2, 2)), "col": np.repeat([[1.0], [2.0], [3.0], [4.0]], 4, axis=1)},
        "dX",
        (0, 0, 1, 1),
    ),
)
