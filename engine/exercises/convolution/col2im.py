"""Exercise: col2im, which adds each row to the cells of the images that im2col copied it from."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.im2col import col2im, im2col, output_size

Shape = tuple[int, int, int, int]


def _ours(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    return col2im(col, shape, fh, fw, stride, pad)


def _assigned(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    """A mistake: where windows overlap, a cell is overwritten by the last one instead of getting the sum."""
    places = im2col(np.arange(np.prod(shape)).reshape(shape) + 1, fh, fw, stride, pad)
    found = np.zeros(int(np.prod(shape)) + 1)
    for place, value in zip(places.ravel(), col.ravel(), strict=True):
        found[place] = value
    return found[1:].reshape(shape)


def _shared(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    counts = _ours(np.ones_like(col), shape, fh, fw, stride, pad)
    return _ours(col, shape, fh, fw, stride, pad) / np.maximum(counts, 1)


def _ring_kept(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    samples, channels, rows, places = shape
    return _ours(col, (samples, channels, rows + 2 * pad, places + 2 * pad), fh, fw, stride)


def _corner_cut(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    return _ring_kept(col, shape, fh, fw, stride, pad)[:, :, : shape[2], : shape[3]]


def _reordered(*axes: int) -> Any:
    """Returns a function with a mistake: it reads each row's axes (C, FH, FW) in another order, ``axes``."""

    def wrong(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
        sides = (shape[1], fh, fw)
        back = np.argsort(axes)
        parts = col.reshape(len(col), *(sides[axis] for axis in axes)).transpose(0, *(1 + back))
        return _ours(parts.reshape(len(col), -1), shape, fh, fw, stride, pad)

    return wrong


def _turned_walk(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    down, across = (output_size(side, window, stride, pad) for side, window in zip(shape[2:], (fh, fw), strict=True))
    rows = col.reshape(shape[0], across, down, -1).transpose(0, 2, 1, 3).reshape(len(col), -1)
    return _ours(rows, shape, fh, fw, stride, pad)


def _flipped(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    rows = col.reshape(len(col), -1, fh, fw)[:, :, ::-1, ::-1].reshape(len(col), -1)
    return _ours(rows, shape, fh, fw, stride, pad)


def _without_stride(col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    """A mistake: the number of windows is right, but neighbouring windows are one cell apart instead of ``stride``."""
    samples, channels, rows, places = shape
    down, across = (output_size(side, window, stride, pad) for side, window in zip(shape[2:], (fh, fw), strict=True))
    parts = col.reshape(samples, down, across, channels, fh, fw)
    padded = np.zeros((samples, channels, rows + 2 * pad, places + 2 * pad))
    for i in range(down):
        for j in range(across):
            padded[:, :, i : i + fh, j : j + fw] += parts[:, i, j]
    return padded[:, :, pad : pad + rows, pad : pad + places]


def _use(written: Any, col: np.ndarray, shape: Shape, fh: int, fw: int, stride: int = 1, pad: int = 0) -> Values:
    yield "dX", written(col, shape, fh, fw, stride, pad)


def _counted(*shape: int, **asked: int) -> Inputs:
    """Inputs for images of this shape (N, C, H, W): ``col`` holds 1, 2, 3, …; ``asked`` are fh, fw, stride and pad."""
    rows = im2col(np.zeros(shape), asked["fh"], asked["fw"], asked.get("stride", 1), asked.get("pad", 0))
    return {"col": np.arange(1.0, 1.0 + rows.size).reshape(rows.shape), "shape": shape, **asked}


EXERCISE = Exercise(
    id="col2im",
    order=4,
    title=Text("col2im: rows go back to their cells"),
    task=Text(
        "Write col2im, the way back of im2col. Each row of col belongs to a window and goes back to the cells that it "
        "was copied from; a cell that several windows hold gets the sum. Cells of the padding are left out at the end."
    ),
    name="col2im",
    blank=untranslated(
        '''def col2im(col, shape, fh, fw, stride=1, pad=0):
    """(N*OH*OW, C*fh*fw) -> shape"""
    N, C, H, W = shape
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("windows side by side, none overlaps"), lambda: _counted(1, 1, 4, 6, fh=2, fw=2, stride=2)),
        Check(Text("windows that overlap"), lambda: _counted(1, 1, 3, 4, fh=2, fw=2), hint=1),
        Check(Text("three channels"), lambda: _counted(1, 3, 4, 5, fh=2, fw=2)),
        Check(Text("a batch of two pictures"), lambda: _counted(2, 1, 4, 5, fh=3, fw=3)),
        Check(Text("a window of 2 × 3"), lambda: _counted(1, 1, 5, 4, fh=2, fw=3)),
        Check(Text("padding 1"), lambda: _counted(1, 2, 3, 4, fh=3, fw=3, pad=1), hint=2),
        Check(
            Text("all of it together, and a stride that does not divide"),
            lambda: _counted(2, 3, 6, 5, fh=3, fw=2, stride=2, pad=1),
        ),
    ),
    hints=(
        Text("Walk as im2col does: row after row, window after window. What is a row of col, put into shape again?"),
        Text("A cell that lies in four windows was used four times. So it gets four numbers: what becomes of them?"),
        Text("Begin with zeros that are as large as the padded picture, and cut the ring off when you are done."),
    ),
    ours=(col2im,),
    mistakes=(
        Mistake(
            "assigned",
            _assigned,
            Text(
                "Where windows overlap, only the last one is left. A cell gets the sum over all windows that hold it."
            ),
        ),
        Mistake("shared", _shared, Text("A cell got the mean of its windows. Each of them used it, so all add up.")),
        Mistake(
            "ring_kept", _ring_kept, Text("The ring of padding is still there. It belongs to no cell of the picture.")
        ),
        Mistake(
            "corner_cut",
            _corner_cut,
            Text("The cut begins at the corner of the padding. The picture begins pad cells further in."),
        ),
        Mistake(
            "channels_last",
            _reordered(1, 2, 0),
            Text("Here the channels of a cell are taken to stand side by side. One channel comes after the other."),
        ),
        Mistake(
            "turned_windows",
            _reordered(0, 2, 1),
            Text("The cells of a window are read downwards here, not line by line."),
        ),
        Mistake("turned_walk", _turned_walk, Text("The windows walk downwards first, not along a line.")),
        Mistake(
            "no_stride",
            _without_stride,
            Text("Each window begins one cell after the other here: stride moves them, too."),
        ),
        Mistake("flipped", _flipped, Text("Each window is turned by 180°. It goes back as it was read.")),
    ),
    by_hand=ByHand(
        Text(
            "Windows of 2 × 2 on a picture of 3 × 3, stride 1. The four rows of col hold 1, 2, 3 and 4, each four "
            "times. What is dX[0,0,1,1]?"
        ),
        lambda: {"col": np.repeat([[1.0], [2.0], [3.0], [4.0]], 4, axis=1), "shape": (1, 1, 3, 3), "fh": 2, "fw": 2},
        "dX",
        (0, 0, 1, 1),
    ),
)
