"""Exercise: weight decay, its terms in the loss and in the gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece

_NAMES = ("W1", "b1", "W2", "b2")


def _use(written: Any, loss: float, decay: float, **arrays: np.ndarray) -> Values:
    params = {name: values for name, values in arrays.items() if not name.startswith("d")}
    grads = {name: arrays[f"d{name}"].copy() for name in params}
    yield "L", written(loss, params, grads, decay)
    for name in [one for one in arrays if not one.startswith("d")]:
        yield f"d{name}", grads[name]
        yield name, params[name]


def _differences(written: Any, loss: float, decay: float, **arrays: np.ndarray) -> Mapping[str, Any]:
    """The expected dW1, db1, …: the given gradients plus central differences of the learner's loss with decay."""
    params = {name: arrays[name] for name in _NAMES}

    def total(_: np.ndarray) -> float:
        return float(written(loss, params, {name: arrays[f"d{name}"].copy() for name in _NAMES}, decay))

    return {f"d{name}": arrays[f"d{name}"] + numerical_gradient(total, params[name]) for name in _NAMES}


def _drawn(inputs: int, hidden: int, decay: float, loss: float = 1.5) -> Inputs:
    chance = np.random.default_rng(inputs)
    shapes = {"W1": (inputs, hidden), "b1": (hidden,), "W2": (hidden, 2), "b2": (2,)}
    arrays = {name: chance.normal(size=shape) for name, shape in shapes.items()}
    return {**arrays, **{f"d{name}": chance.normal(size=shape) for name, shape in shapes.items()},
            "loss": loss, "decay": decay}  # fmt: skip


def _small() -> Inputs:
    return {"W1": [[1.0, -2.0]], "b1": [4.0, 4.0], "W2": [[3.0], [0.0]], "b2": [-1.0], "dW1": [[0.1, 0.2]],
            "db1": [0.3, 0.4], "dW2": [[0.5], [0.6]], "db2": [0.7], "loss": 2.0, "decay": 0.1}  # fmt: skip


EXERCISE = Exercise(
    id="weight_decay",
    order=1,
    title=Text("Weight decay: in the loss and in its gradient"),
    task=Text(
        "Write both halves in one function: it gives back the loss with ½·λ·ΣW² over all weights added, and adds the "
        "derivative of that to their gradients. Weights are those whose name begins with W; biases are left alone."
    ),
    piece=Piece("techniques.add_weight_decay"),
    use=_use,
    checks=(
        Check(Text("the loss"), _small, ("L",)),
        Check(Text("the gradients of the weights"), _small, ("dW1", "dW2"), hint=0),
        Check(Text("biases are left alone"), _small, hint=1),
        Check(
            Text("gradients against central differences of your loss"),
            lambda: _drawn(3, 2, 0.3),
            ("dW1", "db1", "dW2", "db2"),
            "differences",
        ),
        Check(Text("other sizes, and a large λ"), lambda: _drawn(5, 4, 2.0)),
        Check(Text("with λ = 0 nothing changes"), lambda: _drawn(2, 2, 0.0)),
    ),
    hints=(
        Text("Of one single weight w the loss gets ½·λ·w². What is its derivative?"),
        Text("Go through the names, and pass over those that do not begin with W."),
        Text("For each weight two things are done: a number joins the loss, an array joins the gradient."),
    ),
    differences=_differences,
    by_hand=ByHand(
        Text("The loss is 2, the weights are 1, −2, 3 and 0, and λ = 0.1. What is the new L?"),
        _small,
        "L",
    ),
    stage={"weight_decay": 0.1},
    works_in=("overfitting", "hyperparameters"),
)
