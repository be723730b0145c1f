"""Repair exercise: a pooling layer that ignores its padding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.mending import Mending
from engine.nn.layers import MaxPooling

_ROWS = "    rows = (x.shape[0] - size) // stride + 1\n"
_COLUMNS = "    columns = (x.shape[1] - size) // stride + 1\n"
_CODE = f"""{_ROWS}{_COLUMNS}    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride:i * stride + size,
                       j * stride:j * stride + size]
            out[i, j] = np.max(window)
    return out
"""
_FAULTY = Text(
    'def max_pool(x, size, stride=1, pad=0):\n    """x (H, W): a picture -> the largest of every window"""\n{code}'
)(code=_CODE)
_MENDING = Mending("max_pool", _FAULTY)
_PICTURE = [[1.0, 4.0, 2.0, 0.0], [3.0, 5.0, 1.0, 7.0], [2.0, 0.0, 6.0, 1.0], [8.0, 1.0, 2.0, 3.0]]


def _ours(x: np.ndarray, size: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    pooled: np.ndarray = MaxPooling(size, size, stride, pad).forward(x[None, None])[0, 0]
    return pooled


def _use(written: Any, x: np.ndarray, size: int, stride: int = 1, pad: int = 0) -> Values:
    """Yields the number of rows of the output, its number of columns, and the output."""
    z = written(x, size, stride, pad)
    if not isinstance(z, np.ndarray) or z.ndim != 2:
        yield "OH", None if z is None else z
        return
    yield "OH", z.shape[0]
    yield "OW", z.shape[1]
    yield "Z", z


def _on_stage(params: Any) -> Inputs | None:
    if params.source != "own" or params.kind != "max":
        return None
    return {"x": [list(row) for row in params.numbers], "size": params.window, "stride": params.stride,
            "pad": params.pad}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "walk", "selected": place or (0, 0)}


def _padded(pad: Any, stride: int = 1) -> Inputs:
    return {"x": _PICTURE, "size": 3, "stride": stride, "pad": pad}


_PAD = "    x = np.pad(x, pad, constant_values=-np.inf)\n"
EXERCISE = Exercise(
    id="mend_padding",
    order=101,
    title=Text("pooling with padding"),
    task=Text(
        "This pooling takes a padding, and gives the same whatever it is. Mend it: pad cells around the picture, which "
        "never win, since they are not of the picture."
    ),
    name="max_pool",
    blank=_FAULTY,
    use=_use,
    reference=_ours,
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
    ours=(MaxPooling.forward,),
    mistakes=(
        _MENDING.none(Text("pad is handed in, and does nothing.")),
        _MENDING.wrong(
            "zeros",
            Text("The padding wins, as it is 0 and the picture is below. It should never win."),
            (_ROWS, "    x = np.pad(x, pad)\n" + _ROWS),
        ),
        _MENDING.wrong(
            "one_side",
            Text("The padding lies on one side only."),
            (_ROWS, _PAD.replace("(x, pad,", "(x, (pad, 0),") + _ROWS),
        ),
        _MENDING.wrong(
            "size_only",
            Text("The size is right, but the picture has stayed as it was: windows at the end lie beyond it."),
            ("x.shape[0] - size", "x.shape[0] + 2 * pad - size"),
            ("x.shape[1] - size", "x.shape[1] + 2 * pad - size"),
            ("np.max(window)", "np.max(window, initial=0)"),
        ),
        _MENDING.wrong(
            "not_low_enough",
            Text("The padding wins against numbers below it. It should never win."),
            (_ROWS, "    x = np.pad(x, pad, constant_values=-1)\n" + _ROWS),
        ),
        _MENDING.wrong(
            "always_wins",
            Text("The padding wins everywhere: its sign is wrong."),
            (_ROWS, "    x = np.pad(x, pad, constant_values=np.inf)\n" + _ROWS),
        ),
        _MENDING.wrong(
            "twice",
            Text("Twice as many cells lie around the picture: np.pad puts pad cells at each side."),
            (_ROWS, _PAD.replace("(x, pad,", "(x, 2 * pad,") + _ROWS),
        ),
        _MENDING.wrong(
            "behind",
            Text("The result was padded. The picture has to be, before the windows are laid on it."),
            ("    return out\n", "    return np.pad(out, pad)\n"),
        ),
    ),
    on_stage=_on_stage,
    stage={"source": "own", "kind": "max"},
    shown_at=_shown_at,
    mends="pooling_ignores_padding",
    search=Search(
        Text("Find it first. A picture 4×4, window 3: for which pad is it wrong?"),
        "pad",
        _padded,
        start=0,
        bounds=(0, 2),
    ),
)
