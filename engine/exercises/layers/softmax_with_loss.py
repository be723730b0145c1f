"""Exercise: the last layer, softmax and cross entropy in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.exercises.layer import numbers_of
from engine.pieces.piece import Piece

SCORES = [[0.3, 2.9, 4.0], [1.0, 2.0, 0.5], [0.0, 1.0, -1.0]]


def _use(written: Any, x: np.ndarray, t: np.ndarray, dout: float = 1.0) -> Values:
    layer = written()
    yield "L", layer.forward(x, t)
    yield "y", layer.y
    yield "dX", layer.backward(dout)


def _differences(written: Any, x: np.ndarray, t: np.ndarray, dout: float = 1.0) -> Mapping[str, Any]:
    """∂/∂x of dout·L, by central differences of the learner's own loss L."""
    return {"dX": numerical_gradient(lambda _: dout * float(written().forward(x, t)), x)}


def _on_stage(params: Any) -> Inputs | None:
    if params.layer != "softmax_loss":
        return None
    return {"x": numbers_of(params.x), "t": np.eye(params.columns)[params.classes()].tolist()}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": {"L": "loss", "y": "y", "dX": "dx"}[quantity], "selected": place or (0, 0)}


def _drawn(samples: int, classes: int, **more: Any) -> Inputs:
    chance = np.random.default_rng(samples)
    t = np.eye(classes)[chance.integers(classes, size=samples)]
    return {"x": chance.normal(size=(samples, classes)), "t": t, **more}


def numbered(samples: int, **more: Any) -> Inputs:
    """Up to three samples of three classes, with class numbers as labels."""
    return {"x": SCORES[:samples], "t": np.array([2, 0, 1][:samples]), **more}


EXERCISE = Exercise(
    id="softmax_with_loss",
    order=4,
    title=Text("Softmax with loss: the last layer"),
    task=Text(
        "Write the last layer; softmax and cross_entropy_error are given. forward keeps y and t and returns the loss, "
        "a mean over N samples; backward gives its gradient for the scores, times dout. t may be one-hot or class "
        "numbers."
    ),
    piece=Piece("layers.SoftmaxWithLoss"),
    use=_use,
    differences=_differences,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("L", "y")),
        Check(Text("backward, with the numbers of the stage"), hint=1),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(Text("t as class numbers"), lambda: numbered(3), hint=2),
        Check(Text("class numbers, dout = 2"), lambda: numbered(2, dout=2.0), hint=2),
        Check(Text("dout other than 1"), lambda: _drawn(3, 4, dout=-2.5)),
        Check(Text("a single sample"), lambda: _drawn(1, 5)),
        Check(
            Text("scores of 1000"),
            lambda: {"x": [[1000.0, 0.0, -1000.0], [1000.0, 1001.0, 999.0]], "t": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]},
        ),
    ),
    hints=(
        Text("If the answer is just the label, no score has to change. Which difference is 0 then?"),
        Text("The loss is a mean over N samples. What part of it belongs to one of them?"),
        Text("A class number says in which column of its row the 1 stands; np.arange(N) counts the rows."),
    ),
    by_hand=ByHand(
        Text("Two samples with scores (0 0) and (0 0), and labels 0 and 1. What is dX[0,0]?"),
        lambda: {"x": [[0, 0], [0, 0]], "t": np.array([0, 1])},
        "dX",
        (0, 0),
    ),
    on_stage=_on_stage,
    stage={"layer": "softmax_loss"},
    shown_at=_shown_at,
    works_in=("layers", "training", "gradient_check", "optimizer_race", "cnn"),
)
