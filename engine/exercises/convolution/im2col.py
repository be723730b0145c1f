"""Exercise: im2col, which copies every window to a row, so that a convolution becomes one matrix product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, input_data: np.ndarray, filter_h: int, filter_w: int, stride: int = 1, pad: int = 0) -> Values:
    yield "columns", written(input_data, filter_h, filter_w, stride, pad)


def _on_stage(params: Any) -> Inputs | None:
    if params.view != "im2col" or params.dilation != 1:
        return None
    return {"input_data": [params.inputs.tolist()], "filter_h": params.kernel_height, "filter_w": params.kernel_width,
            "stride": params.stride, "pad": params.padding}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": "columns", "selected": place}


def _counted(*shape: int, window: tuple[int, int], **asked: int) -> Inputs:
    """Inputs: images of this shape (N, C, H, W) with cells 1, 2, 3, …; ``asked`` are stride and pad."""
    images = np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)
    return {"input_data": images, "filter_h": window[0], "filter_w": window[1], **asked}


EXERCISE = Exercise(
    id="im2col",
    order=2,
    title=Text("im2col: windows become rows"),
    task=Text(
        "Write im2col. Each window of each picture becomes a row; windows come picture by picture in reading order, "
        "and a row holds one channel after the other, each in reading order."
    ),
    piece=Piece("convolution.im2col"),
    use=_use,
    names={"columns": Text("columns")},
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(Text("three channels"), lambda: _counted(1, 3, 6, 5, window=(2, 2)), hint=2),
        Check(Text("a batch of two pictures"), lambda: _counted(2, 1, 5, 6, window=(3, 3))),
        Check(Text("a window of 2 × 3"), lambda: _counted(1, 1, 5, 4, window=(2, 3))),
        Check(Text("stride 2"), lambda: _counted(1, 2, 5, 7, window=(3, 3), stride=2)),
        Check(Text("padding 1"), lambda: _counted(1, 1, 3, 3, window=(3, 3), pad=1), hint=1),
        Check(
            Text("all of it together, and a stride that does not divide"),
            lambda: _counted(2, 3, 6, 5, window=(3, 2), stride=2, pad=1),
        ),
    ),
    hints=(
        Text("Count first: how many windows fit downwards, how many across? That many rows has each picture."),
        Text(
            "Three loops do it, over pictures, down and across, with a slice for the window. np.pad puts zeros around."
        ),
        Text(
            "A window (C, filter_h, filter_w) of all channels, flattened by reshape, is in just the order that a row "
            "wants."
        ),
    ),
    by_hand=ByHand(
        Text("x = (1 2 3; 4 5 6; 7 8 9), windows of 2 × 2, stride 1. What is columns[2,1]?"),
        lambda: _counted(1, 1, 3, 3, window=(2, 2)),
        "columns",
        (2, 1),
    ),
    on_stage=_on_stage,
    stage={"view": "im2col"},
    shown_at=_shown_at,
    works_in=("convolution",),
    seen_in={"convolution": VisibleWhen("view", ("im2col",))},
)
