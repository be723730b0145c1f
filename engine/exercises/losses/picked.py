"""Exercise: one element of each row of y, by two arrays of indices, y[np.arange(N), t]."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values


def _ours(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    return y[np.arange(len(y)), t]


def _by_one(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    return np.asarray(y[np.arange(len(y)), t - 1])


def _of_first_rows(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    return np.asarray(y[t % len(y), np.arange(len(y)) % y.shape[1]])


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
    name="picked",
    blank=untranslated('''def picked(y, t):
    """y (N, C), t (N,) -> (N,)"""
'''),
    use=_use,
    reference=_ours,
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
    ours=(_ours,),
    mistakes=(
        Mistake(
            "every_row",
            lambda y, t: y[:, t],
            Text("A colon takes all rows, so each row gives the columns of all samples. Rows and columns go in pairs."),
        ),
        Mistake(
            "whole_rows",
            lambda y, t: y[t],
            Text(
                "With one array of indices, whole rows are taken. t names columns: each row needs its own number too."
            ),
        ),
        Mistake(
            "largest",
            lambda y, t: y.max(axis=1),
            Text("This takes the largest of each row. It is the right class that counts, large or small."),
        ),
        Mistake("turned", _of_first_rows, Text("Rows and columns are exchanged: the first index is the row."), True),
        Mistake("by_one", _by_one, Text("Classes are counted from 0, as indices are.")),
        Mistake(
            "class_numbers",
            lambda y, t: y.argmax(axis=1).astype(float),
            Text("Those are class numbers. It is the probabilities that are wanted."),
            True,
        ),
        Mistake(
            "logarithms",
            lambda y, t: -np.log(_ours(y, t)),
            Text("The right numbers were picked. Their logarithm comes only in the loss."),
            True,
        ),
        Mistake(
            "averaged",
            lambda y, t: _ours(y, t).mean(),
            Text("The right numbers were picked, and then averaged. Each sample has a number of its own."),
        ),
    ),
    by_hand=ByHand(
        Text("y = (0.1 0.7 0.2; 0.3 0.6 0.1) and t = (2, 0). What is p[1]?"),
        lambda: {"y": [[0.1, 0.7, 0.2], [0.3, 0.6, 0.1]], "t": np.array([2, 0])},
        "p",
        (1,),
    ),
)
