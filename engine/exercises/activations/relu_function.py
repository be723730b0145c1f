"""Exercise: ReLU as a function of an array, which must not modify its argument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.adapters import elementwise
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.activations import leaky_relu, relu, step


def _ours(x: np.ndarray) -> np.ndarray:
    return relu(x)


def _size(x: np.ndarray) -> np.ndarray:
    return np.abs(x)


def _other_side(x: np.ndarray) -> np.ndarray:
    return x - relu(x)


def _largest(x: np.ndarray) -> Any:
    return np.max(x, axis=0)


def _use(written: Any, x: np.ndarray) -> Values:
    yield "y", written(x)


def _on_stage(params: Any) -> Inputs | None:
    return {"x": [float(params.sum_of(params.x))]} if "relu" in params.functions else None


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "function"}


def _at_work(written: Any) -> Mapping[Any, Any]:
    return {relu: elementwise(written)}


EXERCISE = Exercise(
    id="relu_function",
    order=2,
    title=Text("ReLU, for every number of an array"),
    task=Text(
        "Write the function that passes positive numbers on and makes 0 of all others, for arrays of any shape. The "
        "caller still needs x, so give a new array back."
    ),
    name="relu",
    blank=Text(
        '''def relu(x):
    """x: an array of any shape -> a new one of that shape"""
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the sum at the cursor")),
        Check(
            Text("both sides of 0, and 0 itself"),
            lambda: {"x": [[-3.0, 0.0, 2.0], [1.0, -0.5, 5.0]]},
        ),
        Check(Text("whole numbers"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(
            Text("images of shape (N, C, H, W)"),
            lambda: {"x": np.random.default_rng(4).normal(size=(2, 2, 3, 2))},
        ),
    ),
    hints=(
        Text("Of each number and 0: which of the two is kept?"),
        Text(
            "NumPy compares whole arrays, number by number. max looks for one number in all of them; what is wanted is "
            "a maximum at each place."
        ),
        Text("np.maximum, or np.where with a condition. Do not write into x."),
    ),
    ours=(relu,),
    mistakes=(
        Mistake(
            "size",
            _size,
            Text("Negative numbers have only lost their sign here. They are to become 0."),
        ),
        Mistake(
            "step",
            step,
            Text("This is the step function: it says whether a number is positive, and forgets how large it is."),
        ),
        Mistake(
            "other_side",
            _other_side,
            Text("Here the negative numbers pass, and the positive ones do not."),
        ),
        Mistake(
            "leaky",
            leaky_relu,
            Text("This is Leaky ReLU: below 0 something still comes through."),
        ),
        Mistake(
            "largest",
            _largest,
            Text("max looks for the largest number of an array. Here each number is to be compared with 0 by itself."),
        ),
    ),
    by_hand=ByHand(
        Text("x = (−2.5, 1.5). What is y[0]?"),
        lambda: {"x": [-2.5, 1.5]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    stage={"functions": ("sigmoid", "relu")},
    seen_in={"activations": VisibleWhen("functions", ("relu",))},
    shown_at=_shown_at,
    works_in=(
        *("activations", "gradient_check", "optimizer_race", "batch_norm", "overfitting", "hyperparameters", "cnn"),
        *("feature_maps", "forward", "training", "layers"),
    ),
    works_with={"forward": {"hidden": "relu"}, "training": {"activation": "relu"}, "layers": {"layer": "relu"}},
    at_work=_at_work,
)
