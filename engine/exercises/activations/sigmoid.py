"""Exercise: the sigmoid function, also for arguments where the exponential would overflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.adapters import elementwise
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.activations import sigmoid, sigmoid_slope


def _ours(x: np.ndarray) -> np.ndarray:
    return sigmoid(x)


def _turned(x: np.ndarray) -> np.ndarray:
    return sigmoid(-x)


def _of_magnitude(x: np.ndarray) -> np.ndarray:
    return sigmoid(np.abs(x))


def _tanh(x: np.ndarray) -> np.ndarray:
    return np.tanh(x)


def _exponential(x: np.ndarray) -> np.ndarray:
    return np.exp(x)


def _without_brackets(x: np.ndarray) -> np.ndarray:
    return 1 + np.exp(-x)


def _use(written: Any, x: np.ndarray) -> Values:
    yield "y", written(x)


def _on_stage(params: Any) -> Inputs | None:
    return {"x": [float(params.sum_of(params.x))]} if "sigmoid" in params.functions else None


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "function"}


def _at_work(written: Any) -> Mapping[Any, Any]:
    return {sigmoid: elementwise(written)}


EXERCISE = Exercise(
    id="sigmoid",
    order=1,
    title=Text("Sigmoid, for every number of an array"),
    task=Text(
        "Write the S-shaped function 1 / (1 + exp(−x)), for arrays of any shape. At −1000 it gives 0, and NumPy has "
        "nothing to warn of."
    ),
    name="sigmoid",
    blank=Text(
        '''def sigmoid(x):
    """x: an array of any shape -> the same shape, 0 to 1"""
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the sum at the cursor")),
        Check(
            Text("both sides of 0, in a matrix"),
            lambda: {"x": [[-3.0, 0.0, 2.0], [1.0, -0.5, 5.0]]},
        ),
        Check(Text("whole numbers"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(Text("−1000 and 1000, without a warning"), lambda: {"x": [-1000.0, 0.0, 1000.0]}, hint=1),
        Check(Text("images of shape (N, C, H, W)"), lambda: {"x": _images()}),
    ),
    hints=(
        Text("NumPy's functions take whole arrays: no loop over the numbers is needed."),
        Text("e to the power of 1000 is more than float64 can hold. For which x does that power appear?"),
        Text(
            "For negative x multiply the fraction through by e to the power of x: then every power is at most 1. "
            "np.where chooses between the two forms."
        ),
    ),
    ours=(sigmoid,),
    mistakes=(
        Mistake(
            "turned",
            _turned,
            Text("The curve falls where it should rise: a sign is missing."),
        ),
        Mistake(
            "magnitude",
            _of_magnitude,
            Text("Negative and positive numbers are given the same value here, as if only their size counted."),
        ),
        Mistake(
            "slope",
            sigmoid_slope,
            Text("This is the slope of the function, not its value."),
        ),
        Mistake(
            "tanh",
            _tanh,
            Text("This is tanh: S-shaped too, but from −1 to 1."),
        ),
        Mistake("exponential", _exponential, Text("This is e to the power of x: the 1 in the denominator is missing.")),
        Mistake("brackets", _without_brackets, Text("Python divides before it adds: the denominator needs brackets.")),
    ),
    by_hand=ByHand(
        Text("x = (ln 4, 0). What is y[0]?"),
        lambda: {"x": [float(np.log(4)), 0.0]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    stage={"functions": ("sigmoid", "relu")},
    seen_in={"activations": VisibleWhen("functions", ("sigmoid",))},
    shown_at=_shown_at,
    works_in=("activations", "forward", "digits", "training", "initialization", "xor", "layers"),
    works_with={"xor": {"activation": "sigmoid"}, "layers": {"layer": "sigmoid"}},
    at_work=_at_work,
)


def _images() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(2, 2, 3, 2))
