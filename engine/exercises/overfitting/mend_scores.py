"""Repair exercise: a network that applies dropout to its output scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.mending import Mending
from engine.nn import layers, relu
from engine.nn.losses import softmax

_RATIO = 0.5
_chance = np.random.default_rng(0)
"""The random generator that ``dropout`` uses; reset before every call, so that masks are the same."""


def _dropout(x: np.ndarray, train_flg: bool) -> np.ndarray:
    return layers.Dropout(_RATIO, _chance).forward(x, train_flg)


def _given() -> Mapping[str, Any]:
    return {"relu": relu, "softmax": softmax, "dropout": _dropout}


_CODE = """    z = relu(x @ W1 + b1)
    z = dropout(z, train_flg)
    scores = z @ W2 + b2
    scores = dropout(scores, train_flg)
    return softmax(scores)
"""
_FAULTY = Text(
    'def predict(x, W1, b1, W2, b2, train_flg):\n    """dropout leaves out half -> probabilities (N, C)"""\n{code}'
)(code=_CODE)
_MENDING = Mending("predict", _FAULTY, _given)


def _without_fault(
    x: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray, train_flg: bool
) -> np.ndarray:
    return softmax(_dropout(relu(x @ W1 + b1), train_flg) @ W2 + b2)


def _use(written: Any, look: str, samples: int = 3, train_flg: bool = False) -> Values:
    """One output of a small network, which ``look`` selects: the ``class`` that it predicts, its ``accuracy``, or its
    probabilities ``y``.
    """
    global _chance
    _chance = np.random.default_rng(3)
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
    name="predict",
    blank=_FAULTY,
    use=_use,
    names={"class": Text("class"), "accuracy": Text("accuracy")},
    reference=_without_fault,
    given=_given,
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
    ours=(layers.Dropout,),
    mistakes=(
        _MENDING.none(
            Text(
                "Dropout works on the scores themselves: in a test they are all too small, so no class is sure enough."
            )
        ),
        _MENDING.wrong(
            "hidden_too",
            Text("The hidden layer has lost its dropout, too."),
            ("    z = dropout(z, train_flg)\n", ""),
            ("    scores = dropout(scores, train_flg)\n", ""),
        ),
        _MENDING.wrong(
            "hidden_instead",
            Text("The wrong one of the two is gone: the scores are still dropped out."),
            ("    z = dropout(z, train_flg)\n", ""),
        ),
        _MENDING.wrong(
            "behind_softmax",
            Text("Probabilities are dropped out now, and no longer add up to 1."),
            ("    scores = dropout(scores, train_flg)\n", ""),
            ("return softmax(scores)", "return dropout(softmax(scores), train_flg)"),
        ),
        _MENDING.wrong(
            "always",
            Text("In a test cells are left out by chance here, too. There all of them pass."),
            ("    scores = dropout(scores, train_flg)\n", ""),
            ("(z, train_flg)", "(z, True)"),
        ),
        _MENDING.wrong(
            "never",
            Text("While training nothing is left out any more: all cells pass, as in a test."),
            ("    scores = dropout(scores, train_flg)\n", ""),
            ("(z, train_flg)", "(z, False)"),
        ),
        _MENDING.wrong(
            "inputs",
            Text("It is the input that is dropped out now. It belongs after the hidden layer."),
            ("    scores = dropout(scores, train_flg)\n", ""),
            ("    z = dropout(z, train_flg)\n", ""),
            ("relu(x @ W1", "relu(dropout(x, train_flg) @ W1"),
        ),
        _MENDING.wrong(
            "no_softmax",
            Text("These are the scores. softmax makes probabilities of them."),
            ("    scores = dropout(scores, train_flg)\n", ""),
            ("return softmax(scores)", "return scores"),
        ),
        _MENDING.wrong(
            "no_relu",
            Text("The hidden layer has lost its activation."),
            ("    scores = dropout(scores, train_flg)\n", ""),
            ("relu(x @ W1 + b1)", "x @ W1 + b1"),
        ),
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
