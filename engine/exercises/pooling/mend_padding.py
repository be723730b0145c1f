"""Repair exercise: a pooling layer that ignores its padding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.layer import numbers_of
from engine.pieces.mistakes.convolution import UNPADDED
from engine.pieces.piece import Piece

_PICTURE = [[1.0, 4.0, 2.0, 0.0], [3.0, 5.0, 1.0, 7.0], [2.0, 0.0, 6.0, 1.0], [8.0, 1.0, 2.0, 3.0]]


def _use(written: Any, x: np.ndarray, size: int, stride: int = 1, pad: int = 0) -> Values:
    """Yields the number of rows of the output, its number of columns, and the output."""
    z = written(x, size, stride, pad)
    if not isinstance(z, np.ndarray) or z.ndim != 2:
        yield "Z", z  # which does not fit
        return
    yield "OH", z.shape[0]
    yield "OW", z.shape[1]
    yield "Z", z


def _on_stage(params: Any) -> Inputs | None:
    if params.source != "own" or params.kind != "max":
        return None
    return {"x": numbers_of(params.numbers), "size": params.window, "stride": params.stride, "pad": params.pad}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "walk", "selected": place or (0, 0)}


def _padded(pad: Any, stride: int = 1) -> Inputs:
    return {"x": _PICTURE, "size": 3, "stride": stride, "pad": pad}


EXERCISE = Exercise(
    id="mend_padding",
    order=101,
    title=Text("pooling with padding"),
    task=Text(
        "This pooling takes a padding, and gives the same whatever it is. Mend it: pad cells around the picture, which "
        "never win, since they are not of the picture."
    ),
    piece=Piece("convolution.max_pool"),
    use=_use,
    checks=(
        Check(Text("the picture and the window of the stage")),
        Check(Text("how many rows and columns, pad = 1"), lambda: _padded(1), ("OH", "OW")),
        Check(Text("window 3, pad = 1"), lambda: _padded(1), hint=1),
        Check(Text("window 3, stride 2, pad = 2"), lambda: _padded(2, 2)),
        Check(
            Text("all numbers below 0"),
            lambda: {"x": [[-3.0, -1.0], [-2.0, -4.0]], "size": 2, "stride": 1, "pad": 1},
            hint=2,
        ),
    ),
    hints=(
        Text("Look for pad in the lines below the heading."),
        Text("np.pad(x, pad) puts cells on all four sides. Done first, all that follows may stay."),
        Text("Which number never wins against another? A 0 does, if all others are below it."),
    ),
    on_stage=_on_stage,
    stage={"source": "own", "kind": "max"},
    shown_at=_shown_at,
    mends="pooling_ignores_padding",
    fault=UNPADDED,
    search=Search(
        Text("Find it first. A picture 4×4, window 3: for which pad is it wrong?"),
        "pad",
        _padded,
        start=0,
        bounds=(0, 2),
    ),
)
