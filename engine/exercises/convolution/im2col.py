"""Exercise: im2col, which copies every window to a row, so that a convolution becomes one matrix product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, untranslated
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.im2col import im2col, output_size


def _ours(x: np.ndarray, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    return im2col(x, fh, fw, stride, pad)


def _parts(x: np.ndarray, fh: int, fw: int, stride: int, pad: int) -> np.ndarray:
    """The cells of all windows, (N, OH, OW, C, FH, FW), before they are reshaped to rows."""
    samples, channels, rows, places = x.shape
    down, across = output_size(rows, fh, stride, pad), output_size(places, fw, stride, pad)
    return _ours(x, fh, fw, stride, pad).reshape(samples, down, across, channels, fh, fw)


def _reordered(*axes: int) -> Any:
    """Returns a function with a mistake: the axes (N, OH, OW, C, FH, FW) are reshaped in another order, ``axes``."""

    def wrong(x: np.ndarray, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
        parts = _parts(x, fh, fw, stride, pad).transpose(axes)
        return parts.reshape(_ours(x, fh, fw, stride, pad).shape)

    return wrong


def _edges_repeated(x: np.ndarray, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    return _ours(np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "edge"), fh, fw, stride)


def _without_stride(x: np.ndarray, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    """A mistake: the number of windows is right, but neighbouring windows are one cell apart instead of ``stride``."""
    down, across = (output_size(side, window, stride, pad) for side, window in zip(x.shape[2:], (fh, fw), strict=True))
    places = [output_size(side, window, 1, pad) for side, window in zip(x.shape[2:], (fh, fw), strict=True)]
    parts = _ours(x, fh, fw, 1, pad).reshape(len(x), *places, -1)[:, :down, :across]
    return parts.reshape(-1, parts.shape[-1])


def _flipped(x: np.ndarray, fh: int, fw: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    rows = _ours(x, fh, fw, stride, pad)
    return rows.reshape(len(rows), -1, fh, fw)[:, :, ::-1, ::-1].reshape(rows.shape)


def _use(written: Any, x: np.ndarray, fh: int, fw: int, stride: int = 1, pad: int = 0) -> Values:
    yield "columns", written(x, fh, fw, stride, pad)


def _on_stage(params: Any) -> Inputs | None:
    if params.view != "im2col" or params.dilation != 1:
        return None
    return {"x": [params.inputs.tolist()], "fh": params.kernel_height, "fw": params.kernel_width,
            "stride": params.stride, "pad": params.padding}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": "columns", "selected": place}


def _counted(*shape: int, **asked: int) -> Inputs:
    """Inputs: images x of this shape (N, C, H, W) with cells 1, 2, 3, …; ``asked`` are fh, fw, stride and pad."""
    return {"x": np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape), **asked}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(
        x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0, dilation: int = 1
    ) -> np.ndarray:
        """The learner's function with the engine's signature; keeps only the cells that a dilated window uses."""
        reach = tuple(dilation * (side - 1) + 1 for side in (height, width))
        samples, channels, *sides = x.shape
        places = [output_size(side, window, stride, padding) for side, window in zip(sides, reach, strict=True)]
        shape = samples * places[0] * places[1], channels * reach[0] * reach[1]
        rows = returned.array(written(x, *reach, stride, padding), shape)
        return rows.reshape(len(rows), x.shape[1], *reach)[:, :, ::dilation, ::dilation].reshape(len(rows), -1)

    return {im2col: yours}


EXERCISE = Exercise(
    id="im2col",
    order=2,
    title=Text("im2col: windows become rows"),
    task=Text(
        "Write im2col. Each window of each picture becomes a row; windows come picture by picture in reading order, "
        "and a row holds one channel after the other, each in reading order."
    ),
    name="im2col",
    blank=untranslated(
        '''def im2col(x, fh, fw, stride=1, pad=0):
    """(N, C, H, W) -> (N*OH*OW, C*fh*fw)"""
    N, C, H, W = x.shape
'''
    ),
    use=_use,
    names={"columns": Text("columns")},
    reference=_ours,
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(Text("three channels"), lambda: _counted(1, 3, 6, 5, fh=2, fw=2), hint=2),
        Check(Text("a batch of two pictures"), lambda: _counted(2, 1, 5, 6, fh=3, fw=3)),
        Check(Text("a window of 2 × 3"), lambda: _counted(1, 1, 5, 4, fh=2, fw=3)),
        Check(Text("stride 2"), lambda: _counted(1, 2, 5, 7, fh=3, fw=3, stride=2)),
        Check(Text("padding 1"), lambda: _counted(1, 1, 3, 3, fh=3, fw=3, pad=1), hint=1),
        Check(
            Text("all of it together, and a stride that does not divide"),
            lambda: _counted(2, 3, 6, 5, fh=3, fw=2, stride=2, pad=1),
        ),
    ),
    hints=(
        Text("Count first: how many windows fit downwards, how many across? That many rows has each picture."),
        Text(
            "Three loops do it, over pictures, down and across, with a slice for the window. np.pad puts zeros around."
        ),
        Text("A window (C, fh, fw) of all channels, flattened by reshape, is in just the order that a row wants."),
    ),
    ours=(im2col,),
    mistakes=(
        Mistake(
            "channels_last",
            _reordered(0, 1, 2, 4, 5, 3),
            Text("In a row the channels of one cell stand side by side here. One channel comes after the other."),
        ),
        Mistake(
            "pictures_last",
            _reordered(1, 2, 0, 3, 4, 5),
            Text("The rows of the pictures are mixed: all windows of the first picture come first."),
        ),
        Mistake(
            "turned_windows",
            _reordered(0, 1, 2, 3, 5, 4),
            Text("The cells of a window are read downwards here, not line by line."),
        ),
        Mistake(
            "turned_walk",
            _reordered(0, 2, 1, 3, 4, 5),
            Text("The windows walk downwards first, not along a line."),
        ),
        Mistake(
            "edges",
            _edges_repeated,
            Text("Around the picture its edge is repeated here. Padding is 0."),
        ),
        Mistake(
            "no_stride",
            _without_stride,
            Text(
                "There are as many windows as there should be, but each begins one cell after the other: stride moves "
                "them, too."
            ),
        ),
        Mistake("flipped", _flipped, Text("Each window is turned by 180°. It is read as it stands.")),
    ),
    by_hand=ByHand(
        Text("x = (1 2 3; 4 5 6; 7 8 9), windows of 2 × 2, stride 1. What is columns[2,1]?"),
        lambda: _counted(1, 1, 3, 3, fh=2, fw=2),
        "columns",
        (2, 1),
    ),
    on_stage=_on_stage,
    stage={"view": "im2col"},
    shown_at=_shown_at,
    works_in=("convolution",),
    seen_in={"convolution": VisibleWhen("view", ("im2col",))},
    at_work=_at_work,
)
