"""Exercise: one update of a network's parameters by their gradients, in place."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece

_NAMES = ("W1", "b1", "W2", "b2")


def _use(written: Any, lr: float, steps: int = 1, **arrays: np.ndarray) -> Values:
    """The parameters after ``steps`` updates.

    ``arrays`` are the parameters, such as W1, and their gradients, named dW1. If the code changes nothing and stores no
    new array, it counts as not begun: the output is None.
    """
    params = {name: values for name, values in arrays.items() if not name.startswith("d")}
    grads = {name: arrays["d" + name] for name in params}
    before = {name: values.copy() for name, values in params.items()}
    given = dict(params)
    for _ in range(steps):
        written(given, grads, lr)
    is_untouched = all(
        given.get(name) is values and np.array_equal(before[name], values) for name, values in params.items()
    )
    for name, values in params.items():
        yield name, None if is_untouched else values


def _drawn(inputs: int, hidden: int, outputs: int, **further: Any) -> Inputs:
    chance = np.random.default_rng(inputs)
    shapes = dict(zip(_NAMES, ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,)), strict=True))
    return {
        **{name: chance.normal(size=shape) for name, shape in shapes.items()},
        **{f"d{name}": chance.normal(size=shape) for name, shape in shapes.items()},
        "lr": 0.1, **further,
    }  # fmt: skip


EXERCISE = Exercise(
    id="mini_batch_update",
    order=1,
    title=Text("One update"),
    task=Text(
        "Write the update that follows every mini-batch: each array of params moves against its gradient, lr times as "
        "far. Change the arrays themselves: the layers hold the same ones."
    ),
    piece=Piece("training.update"),
    use=_use,
    checks=(
        Check(Text("one update of two layers"), lambda: _drawn(3, 4, 2)),
        Check(Text("three updates, one after the other"), lambda: _drawn(2, 3, 2, steps=3)),
        Check(
            Text("parameters of other names"),
            lambda: {"gamma": [1.0, 2.0], "dgamma": [0.5, -0.5], "beta": [[0.0]], "dbeta": [[3.0]], "lr": 0.01},
        ),
    ),
    hints=(
        Text("The same is done to every array. What do params and grads have in common?"),
        Text("A loop over the names in params; the gradient of the same name says which way is up."),
        Text(
            "−= writes into the array itself. With = and a difference the name gets a new array, and the layers keep "
            "the old one."
        ),
    ),
    changes=(*_NAMES, "gamma", "beta"),
    by_hand=ByHand(
        Text("W = 1.5, its gradient is −2, and lr = 0.1. What is W after one update?"),
        lambda: {"W": [1.5], "dW": [-2.0], "lr": 0.1},
        "W",
        (0,),
    ),
    works_in=("training", "playground", "optimizer_race", "batch_norm", "overfitting", "hyperparameters"),
)
