"""Exercise: which product of two matrices has a given shape; a gradient's formula follows from shapes alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece

Shape = tuple[int, int]


def _use(written: Any, a: np.ndarray, b: np.ndarray, shape: Shape) -> Values:
    yield "P", written(a, b, shape)


def _of(a: Shape, b: Shape, shape: Shape) -> Inputs:
    """Inputs: matrices of shapes ``a`` and ``b`` with small integers, and the ``shape`` wanted of their product."""
    chance = np.random.default_rng(a[0] * 10 + a[1])
    return {"a": chance.integers(-3, 4, a).astype(float), "b": chance.integers(-3, 4, b).astype(float), "shape": shape}


EXERCISE = Exercise(
    id="which_product",
    order=5,
    title=Text("Which product? Shapes alone decide"),
    task=Text(
        "dX has the shape of X, and dW that of W, so nobody needs to remember which product gives them. Write a "
        "function that is told a shape, and gives the one product of a and b that has it: each may be transposed, and "
        "either may come first."
    ),
    piece=Piece("layers.which_product"),
    use=_use,
    checks=(
        Check(Text("Z: X (2, 3) and W (3, 4) give (2, 4)"), lambda: _of((2, 3), (3, 4), (2, 4))),
        Check(Text("dX: dZ (2, 4) and W (3, 4) give (2, 3)"), lambda: _of((2, 4), (3, 4), (2, 3)), hint=0),
        Check(Text("dW: X (2, 3) and dZ (2, 4) give (3, 4)"), lambda: _of((2, 3), (2, 4), (3, 4)), hint=1),
        Check(
            Text("dW, told the other way round: dZ (2, 4) and X (2, 3)"), lambda: _of((2, 4), (2, 3), (3, 4)), hint=2
        ),
        Check(
            Text("dX, told the other way round: W (3, 4) and dZ (2, 4)"), lambda: _of((3, 4), (2, 4), (2, 3)), hint=2
        ),
        Check(Text("db as a product: a row of ones (1, 2) and dZ (2, 4)"), lambda: _of((1, 2), (2, 4), (1, 4))),
        Check(Text("dW of 10 samples, 20 inputs, 5 neurons"), lambda: _of((10, 20), (10, 5), (20, 5))),
    ),
    hints=(
        Text("A product fits if the left one has as many columns as the right one has rows. What shape does it have?"),
        Text("Two orders, and each matrix as it is or transposed: eight products in all. How many of them fit?"),
        Text("Ask each of the eight, or find out where the first number of shape stands, and put that matrix left."),
    ),
    by_hand=ByHand(
        Text("X = (1 2 0), one sample, and dZ = (3 5). dW has the shape of W, (3, 2). What is dW[1,0]?"),
        lambda: {"a": [[1.0, 2.0, 0.0]], "b": [[3.0, 5.0]], "shape": (3, 2)},
        "P",
        (1, 0),
    ),
)
