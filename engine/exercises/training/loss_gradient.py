"""Exercise: the gradient of a network's loss with respect to its weights, by a lambda that computes the loss anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, W: np.ndarray, x: np.ndarray, t: np.ndarray) -> Values:
    yield "dW", written(W).gradient(x, t)


def _drawn(samples: int, inputs: int, neurons: int) -> Inputs:
    chance = np.random.default_rng(samples)
    sizes = {"W": (inputs, neurons), "x": (samples, inputs), "t": (samples, neurons)}
    return {name: np.round(chance.normal(size=size), 2) for name, size in sizes.items()}


EXERCISE = Exercise(
    id="loss_gradient",
    order=2,
    title=Text("lambda W: the gradient of a network's loss"),
    task=Text(
        "numerical_gradient moves each number of an array a little, asks f again, and puts it back. Write gradient: it "
        "hands over a function f, such as a lambda W, and the weights, and gives the slope of the loss by each weight."
    ),
    piece=Piece("gradients.numerical_gradient+SimpleNet", asked=("gradient",)),
    use=_use,
    checks=(
        Check(Text("one sample, two weights"), lambda: {"W": [[0.5], [-1.0]], "x": [[2.0, 1.0]], "t": [[1.0]]}),
        Check(Text("three samples"), lambda: _drawn(3, 2, 1)),
        Check(Text("two samples, three neurons"), lambda: _drawn(2, 4, 3)),
        Check(Text("the weights are put back"), lambda: _drawn(4, 3, 2)),
    ),
    hints=(
        Text("What is to be moved a little, and whose value is asked for then? These two are handed over."),
        Text(
            "f is called with W, but need not look at it: loss reads self.W, and that is the very array that is moved. "
            "So f(W) is another number each time, although W does not stand in it."
        ),
        Text("A function is handed over, not its value: behind lambda W and a colon stands what is to be asked again."),
    ),
    by_hand=ByHand(
        Text("W = 3, x = 2 and t = 1 are one number each, and the loss is ½(x·W − t)². What is dW[0,0]?"),
        lambda: {"W": [[3.0]], "x": [[2.0]], "t": [[1.0]]},
        "dW",
        (0, 0),
    ),
)
