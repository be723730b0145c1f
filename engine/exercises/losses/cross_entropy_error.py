"""Exercise: the cross entropy error, for one output and for a batch, from one-hot labels and from class numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import numbers_of
from engine.exercises.losses.squared_error import one_output, use
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    if params.view != "batch":
        return one_output(params)
    return {"y": numbers_of(params.rows), "t": np.eye(params.classes)[list(params.label_classes)].tolist()}


def _drawn(samples: int, classes: int, *, one_hot: bool = False) -> Inputs:
    shares = np.random.default_rng(samples).uniform(0.1, 1.0, (samples, classes))
    numbers = np.arange(samples) * 2 % classes
    return {"y": shares / shares.sum(axis=1, keepdims=True), "t": np.eye(classes)[numbers] if one_hot else numbers}


EXERCISE = Exercise(
    id="cross_entropy_error",
    order=1,
    title=Text("Cross entropy error"),
    task=Text(
        "Write the loss: of each sample minus the logarithm of what its right class got, and of a batch the mean. "
        "Add 1e-7 inside the logarithm; t is one-hot or holds class numbers."
    ),
    piece=Piece("losses.cross_entropy_error"),
    use=use,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("two samples of three classes, one-hot"), lambda: _drawn(2, 3, one_hot=True)),
        Check(Text("the right class got 0"), lambda: {"y": [[0.0, 1.0]], "t": [[1.0, 0.0]]}),
        Check(Text("class numbers, N = C"), lambda: _drawn(3, 3), hint=2),
        Check(Text("class numbers, five samples of four classes"), lambda: _drawn(5, 4), hint=2),
        Check(
            Text("class numbers, and the right class got 0"),
            lambda: {"y": [[0.0, 1.0], [0.5, 0.5]], "t": np.array([0, 1])},
        ),
    ),
    hints=(
        Text("Only the right class of each row counts. With one-hot labels all other terms are multiplied by 0."),
        Text("Begin by making a batch of a single output: then there are two cases of t left, and one N to divide by."),
        Text(
            "Two arrays of indices, np.arange(N) and the class numbers, pick one value of each row. Class numbers are "
            "got from one-hot rows by argmax."
        ),
    ),
    by_hand=ByHand(
        Text("The right classes of two samples get y = e⁻¹ and e⁻³, the 1e-7 already in it. What is E?"),
        lambda: {"y": np.exp([[-1.0, -2.0], [-2.0, -3.0]]) - 1e-7, "t": np.array([0, 1])},
        "E",
    ),
    on_stage=_on_stage,
    works_in=("losses",),
    works_with={"losses": {"guard": "1e-7"}},
)
