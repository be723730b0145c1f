"""Exercise: a dropout layer in the book's form, with random masks in training and a constant factor in a test."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece

_DRAWS = 10
"""The number of random masks over which the output is averaged for the comparison."""
_CHANCE = np.random.RandomState()


def _use(written: Any, x: np.ndarray, dout: np.ndarray, ratio: float) -> Values:
    """Outputs that do not depend on the random mask.

    Z and dX are compared at the cells that are passed on; dropped cells are replaced by known values. Shares of cells
    and means are rounded to one decimal.
    """
    _CHANCE.seed(0)  # so that all code has the same masks
    layer = written(ratio)
    yield "Z(test)", layer.forward(x, False)
    z = layer.forward(x, True)
    if not isinstance(z, np.ndarray) or z.shape != x.shape:
        yield "Z", z
        return
    passed = z != 0
    yield "Z", np.where(passed, z, x)
    yield "p", round(1.0 - float(np.mean(passed)), 1)
    if layer.mask is None:
        yield "M", None
    mask = np.asarray(layer.mask, dtype=float)
    yield "M", mask - passed if mask.shape == passed.shape else mask
    back = layer.backward(dout)
    if not isinstance(back, np.ndarray) or back.shape != x.shape:
        yield "dX", back
        return
    yield "dX", np.where(passed, back, dout)
    yield "dX·(1−M)", np.where(passed, 0.0, back)
    yield "M≠M′", round(float(np.mean((layer.forward(x, True) != 0) != passed)), 1)
    mean = np.mean([layer.forward(x, True) for _ in range(_DRAWS)])
    yield "mean", round(float(mean / np.mean(x)), 1)


def _drawn(ratio: float, *shape: int) -> Inputs:
    chance = np.random.default_rng(len(shape))
    return {"x": 1.0 + chance.random(shape), "dout": 1.0 + chance.random(shape), "ratio": ratio}


def _few() -> Inputs:
    return {"x": [[1.0, 2.0, -3.0, 4.0]], "dout": [[1.0, 1.0, 1.0, 1.0]], "ratio": 0.2}


EXERCISE = Exercise(
    id="dropout",
    order=2,
    title=Text("Dropout: leaving cells out by chance"),
    task=Text(
        "Write the layer. While training, each call draws a new mask, and what it leaves out is 0; in a test all cells "
        "pass, multiplied by the share that training lets through, so that the mean stays."
    ),
    piece=Piece("techniques.Dropout"),
    use=_use,
    names={"Z(test)": Text("Z(test)"), "mean": Text("mean")},
    gives=lambda: {"rand": _CHANCE.rand},
    counts={"rand": giving.of_shape},
    checks=(
        Check(
            Text("in training, what passes stays as it is"),
            lambda: _drawn(0.3, 100, 100),
            ("Z",),
        ),
        Check(Text("in a test, every cell times the same factor"), _few, ("Z(test)",)),
        Check(
            Text("the share p that is left out: 0.3 of 10,000 cells"), lambda: _drawn(0.3, 100, 100), ("p", "M"), hint=1
        ),
        Check(
            Text("the gradient passes where the cell passed"), lambda: _drawn(0.3, 100, 100), ("dX", "dX·(1−M)"), hint=2
        ),
        Check(Text("every call draws a new mask M′"), lambda: _drawn(0.3, 100, 100), ("M≠M′",), hint=1),
        Check(
            Text("the mean of many masks, for images (N, C, H, W)"),
            lambda: _drawn(0.5, 10, 3, 10, 10),
        ),
    ),
    hints=(
        Text("A number drawn from 0 to 1 is above 0.3 with a chance of 0.7."),
        Text("A comparison of random numbers in the shape of x with the ratio gives the mask at once."),
        Text("backward does with dout what forward did with x, with the same mask. x.shape is unpacked by *."),
    ),
    by_hand=ByHand(
        Text("x = (1 2 −3 4), a ratio of 0.2 is left out. What is Z(test)[0,3]?"),
        _few,
        "Z(test)",
        (0, 3),
    ),
    stage={"dropout": 0.2},
    works_in=("overfitting", "layers"),
    works_with={"layers": {"layer": "dropout"}},
)
