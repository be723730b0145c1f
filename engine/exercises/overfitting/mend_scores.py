"""Repair exercise: a network that applies dropout to its output scores."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.pieces.mistakes.techniques import SCORES_DROPPED
from engine.pieces.piece import Piece


def dropout(z: np.ndarray, train_flg: bool) -> np.ndarray:
    """Dropout as on the page, but with the same mask in every call for an array of this shape."""
    return z * (np.random.default_rng(3).random(np.shape(z)) > 0.5) if train_flg else z * 0.5


def _use(written: Any, look: str, samples: int = 3, train_flg: bool = False) -> Values:
    """One output of a small network, which ``look`` selects: the ``class`` that it predicts, its ``accuracy``, or its
    probabilities ``y``.
    """
    drawn = np.random.default_rng(5).normal
    arrays = {
        "x": drawn(size=(samples, 4)), "W1": drawn(size=(4, 6)), "b1": np.full(6, 0.5), "W2": drawn(size=(6, 3)),
        "b2": drawn(size=3),
    }  # fmt: skip
    y = written(**arrays, train_flg=train_flg)
    if not isinstance(y, np.ndarray) or y.ndim != 2:
        yield look, y
        return
    named = np.argmax(y, axis=1)
    yield look, {"class": named, "accuracy": float(np.mean(named == np.arange(samples) % 3)), "y": y}[look]


def _looked_at(look: Any, samples: int = 3, train_flg: bool = False) -> Inputs:
    return {"look": look, "samples": samples, "train_flg": train_flg}


EXERCISE = Exercise(
    id="mend_scores",
    order=102,
    title=Text("where dropout stands in a network"),
    task=Text(
        "In a test the accuracy of this network is what it would be without the fault. Its loss is not, and it learns "
        "badly. Mend it; the hidden layer keeps its dropout."
    ),
    piece=Piece("techniques.predict"),
    fault=SCORES_DROPPED,
    use=_use,
    names={"class": Text("class"), "accuracy": Text("accuracy")},
    gives=lambda: {"dropout": dropout},
    checks=(
        Check(Text("in a test: the class that is named"), lambda: _looked_at("class")),
        Check(Text("in a test: the probabilities"), lambda: _looked_at("y")),
        Check(Text("in training: the probabilities"), lambda: _looked_at("y", train_flg=True)),
        Check(Text("a single sample in training"), lambda: _looked_at("y", 1, True)),
    ),
    hints=(
        Text("In training a score is left out now and then. What does a score of 0 say of the right class?"),
        Text("All scores halved: the largest is still the largest. And what becomes of the differences between them?"),
        Text("Dropout comes after a hidden layer. The scores are what is asked for, and all of them are needed."),
    ),
    mends="dropout_on_scores",
    search=Search(
        Text("Find it first. Three samples in a test: where does one see that something is wrong?"),
        "look",
        _looked_at,
        start="accuracy",
        choices=(
            ("accuracy", Text("the accuracy")),
            ("class", Text("the class of each sample")),
            ("y", Text("the probabilities")),
        ),
    ),
)
