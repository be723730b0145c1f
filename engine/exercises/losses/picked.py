"""Exercise: one element of each row of y, by two arrays of indices, y[np.arange(N), t]."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, y: np.ndarray, t: np.ndarray) -> Values:
    yield "p", written(y, t)


def _of(*t: int, classes: int) -> Inputs:
    shares = np.random.default_rng(len(t) * 10 + classes).integers(1, 100, (len(t), classes)) / 100
    return {"y": shares, "t": np.array(t)}


EXERCISE = Exercise(
    id="picked",
    order=2,
    title=Text("y[np.arange(N), t]: one number of each row"),
    task=Text(
        "y has a row of probabilities for each of N samples, and t the number of each one's right class. Give the "
        "probability that each right class got, N numbers, without a loop."
    ),
    piece=Piece("losses.picked"),
    use=_use,
    checks=(
        Check(Text("as many samples as classes"), lambda: _of(1, 2, 0, classes=3)),
        Check(Text("three samples of four classes"), lambda: _of(3, 0, 2, classes=4)),
        Check(Text("several samples of one class"), lambda: _of(1, 1, 0, 1, classes=2)),
        Check(Text("a single sample"), lambda: _of(4, classes=5)),
        Check(Text("two samples of ten classes"), lambda: _of(9, 9, classes=10)),
    ),
    hints=(
        Text("Write the places down: which row and which column has the number of sample 0, of sample 1, of sample 2?"),
        Text("Two arrays of indices of the same length are taken in pairs: the first names rows, the second columns."),
        Text("The row of sample n is n. Which function of NumPy gives 0, 1, 2, … up to N − 1?"),
    ),
    by_hand=ByHand(
        Text("y = (0.1 0.7 0.2; 0.3 0.6 0.1) and t = (2, 0). What is p[1]?"),
        lambda: {"y": [[0.1, 0.7, 0.2], [0.3, 0.6, 0.1]], "t": np.array([2, 0])},
        "p",
        (1,),
    ),
)
