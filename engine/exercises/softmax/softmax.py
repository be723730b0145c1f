"""Exercise: softmax as the book writes it, for one row of scores and for a batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, a: np.ndarray) -> Values:
    yield "y", written(a)


def _on_stage(params: Any) -> Inputs | None:
    rows = np.array(params.rows) if params.view == "batch" else np.array(params.scores) + params.offset
    return {"a": (rows / params.temperature).tolist()}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "batch", "pitfall": "none"} if len(place) == 2 else {"view": "bars", "stop": "divide"}


def _drawn(*shape: int) -> Inputs:
    return {"a": np.random.default_rng(shape[0]).normal(0.0, 2.0, shape)}


EXERCISE = Exercise(
    id="softmax",
    order=1,
    title=Text("Softmax: probabilities from scores"),
    task=Text(
        "Write the function that makes probabilities of scores: each power of e, divided by the sum of them all. "
        "It also takes a batch, in which every row is divided by its own sum, and scores as large as 1000."
    ),
    piece=Piece("functions.softmax"),
    use=_use,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("scores of 1010, 1000, 990"), lambda: {"a": [1010.0, 1000.0, 990.0]}, hint=1),
        Check(Text("scores far below 0"), lambda: {"a": [-1000.0, -1001.0]}),
        Check(Text("scores of 1000, 0 and −1000"), lambda: {"a": [1000.0, 0.0, -1000.0]}, hint=1),
        Check(Text("three samples, three classes"), lambda: _drawn(3, 3), hint=2),
        Check(Text("four samples, two classes"), lambda: _drawn(4, 2), hint=2),
        Check(Text("a row of large scores above one of small"), lambda: {"a": [[1000.0, 1001.0], [0.0, 1.0]]}, hint=2),
    ),
    hints=(
        Text("Three things one after the other: powers, their sum, a quotient. What may overflow among them?"),
        Text(
            "The same number may be taken from all scores of a row without changing the result. Which one keeps every "
            "power at 1 or below?"
        ),
        Text(
            "Maximum and sum belong to a row: go along the last axis, and keep that axis, so that NumPy lays each "
            "over its own row."
        ),
    ),
    by_hand=ByHand(
        Text("Two scores, a = (ln 3, 0). What is y[0]?"),
        lambda: {"a": [float(np.log(3)), 0.0]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=(
        *("softmax", "digits", "training", "gradient_check", "optimizer_race", "batch_norm", "overfitting"),
        *("hyperparameters", "cnn", "feature_maps", "forward", "layers"),
    ),
    works_with={"forward": {"output": "softmax"}, "layers": {"layer": "softmax_loss"}},
)
