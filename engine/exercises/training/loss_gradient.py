"""Exercise: the gradient of a network's loss with respect to its weights, by a lambda that computes the loss anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text, untranslated
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values


class _Ours:
    """A network of one layer whose loss is half the sum of squared errors."""

    def __init__(self, W: np.ndarray) -> None:
        self.W = W

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        return float(np.sum((np.dot(x, self.W) - t) ** 2) / 2)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return numerical_gradient(lambda W: self.loss(x, t), self.W)


class _Constant(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return np.zeros_like(self.W)


class _OfInputs(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return numerical_gradient(lambda moved: self.loss(moved, t), x)


class _Uphill(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return -super().gradient(x, t)


class _Averaged(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return super().gradient(x, t) / len(x)


class _FirstSample(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return super().gradient(x[:1], t[:1])


class _OfOutput(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return numerical_gradient(lambda W: float(np.sum(np.dot(x, self.W))), self.W)


class _Squared(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return numerical_gradient(lambda W: self.loss(x, t) ** 2, self.W)


class _LossItself(_Ours):
    def gradient(self, x: np.ndarray, t: np.ndarray) -> np.ndarray:
        return np.full_like(self.W, self.loss(x, t))


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
    name="SimpleNet",
    blank=untranslated(
        '''def numerical_gradient(f, x):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        here = x[place]
        x[place] = here + 1e-4
        above = f(x)
        x[place] = here - 1e-4
        grad[place] = (above - f(x)) / 2e-4
        x[place] = here
    return grad


class SimpleNet:
    def __init__(self, W):
        self.W = W

    def loss(self, x, t):
        return np.sum((np.dot(x, self.W) - t) ** 2) / 2

    def gradient(self, x, t):
        """-> the shape of W"""
'''
    ),
    use=_use,
    reference=_Ours,
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
    ours=(_Ours.gradient,),
    mistakes=(
        Mistake(
            "constant",
            _Constant,
            Text(
                "No weight has any effect here. Is the loss computed anew in each call of f, and is it self.W that is "
                "moved, not a copy?"
            ),
            True,
        ),
        Mistake(
            "of_inputs",
            _OfInputs,
            Text("Those are the slopes by the inputs. It is the weights that are moved."),
        ),
        Mistake("uphill", _Uphill, Text("All slopes have the other sign. A step downhill is taken later, not here.")),
        Mistake(
            "averaged", _Averaged, Text("The slopes were divided by N. This loss is a sum: it is not divided by N.")
        ),
        Mistake("first_sample", _FirstSample, Text("Only the first sample was looked at. The loss has a part of all.")),
        Mistake("of_output", _OfOutput, Text("Those are slopes of the outputs' sum. It is the loss that has to fall.")),
        Mistake("squared", _Squared, Text("The loss was squared once more.")),
        Mistake(
            "loss_itself", _LossItself, Text("That is the loss, for every weight. How much does it change with each?")
        ),
    ),
    by_hand=ByHand(
        Text("W = 3, x = 2 and t = 1 are one number each, and the loss is ½(x·W − t)². What is dW[0,0]?"),
        lambda: {"W": [[3.0]], "x": [[2.0]], "t": [[1.0]]},
        "dW",
        (0, 0),
    ),
)
