"""Exercise: the perceptron rule, which updates the weights and the bias for one sample."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.perceptrons import perceptron, perceptron_update

_Weights = tuple[np.ndarray, float]
_DUST = 1e-9
"""How far the bias is changed for a sample on the decision line: less than a step, more than rounding errors."""


def _answer(w: np.ndarray, b: float, x: np.ndarray) -> float:
    return float(perceptron(x[np.newaxis], w, b)[0])


def _ours(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return perceptron_update(x, t, _answer(w, b, x), w, b, rate)


def _turned(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return _ours(w, b, x, t, -rate)


def _always(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return perceptron_update(x, 2 * t - 1, 0.0, w, b, rate)


def _weights_only(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return _ours(w, b, x, t, rate)[0], b


def _without_rate(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return _ours(w, b, x, t, 1.0)


def _without_x(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    moved = _ours(w, b, x, t, rate)[1]
    return w + (moved - b), moved


def _answer_without_b(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return perceptron_update(x, t, _answer(w, 0.0, x), w, b, rate)


def _by_the_sum(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return perceptron_update(x, t, float(w @ x) + b, w, b, rate)


def _minus_one(w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> _Weights:
    return perceptron_update(x, t, 2 * _answer(w, b, x) - 1, w, b, rate)


def _use(written: Any, w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> Values:
    made = written(w, b, x, t, rate)
    is_pair = isinstance(made, (tuple, list)) and len(made) == 2
    yield "w", made[0] if is_pair else made
    yield "b", made[1] if is_pair else None


def _on_stage(params: Any) -> Inputs | None:
    """The initial weights and bias of the run that is shown, and the first sample that they misclassify, if any."""
    w, b = np.array([params.w1, params.w2]), params.b
    for x1, x2, label in params.points:
        if _answer(w, b, np.array([x1, x2])) != label:
            return {"w": w.tolist(), "b": b, "x": [x1, x2], "t": label, "rate": params.learning_rate}
    return None


def _sample(x1: float, x2: float, t: int) -> Inputs:
    return {"w": [0.5, -1.0], "b": 0.25, "x": [x1, x2], "t": t, "rate": 0.2}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(x: np.ndarray, t: float, y: float, w: np.ndarray, b: float, learning_rate: float) -> _Weights:
        """The learner's rule, which computes the answer itself, with the engine's signature, where the answer y is
        given.

        If rounding makes it compute another answer, as for x on the decision line, b is changed a little for the call.
        """
        aside = 0.0 if _answer(w, b, x) == y else _DUST * (2 * y - 1)
        new_w, new_b = returned.pair(written(w, b + aside, x, t, learning_rate))
        return returned.array(new_w, w.shape), returned.number(new_b) - aside

    return {perceptron_update: yours}


EXERCISE = Exercise(
    id="perceptron_update",
    order=1,
    title=Text("The perceptron rule"),
    task=Text(
        "Write what one sample does. The neuron answers y, 1 or 0; w moves by rate·(t − y)·x, and b by the same "
        "without x. Give back the new w and b, and leave the caller's as they are."
    ),
    name="update",
    blank=Text(
        '''def update(w, b, x, t, rate):
    """w (2,), b, the sample x (2,) with its label t, 0 or 1

    -> new w (2,), new b
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the first mistake of the stage")),
        Check(Text("a missed 1"), lambda: _sample(-1.0, 2.0, 1)),
        Check(Text("a false 1"), lambda: _sample(2.0, 0.5, 0)),
        Check(Text("the bias decides: (0.2, 0.2), a false 1"), lambda: _sample(0.2, 0.2, 0)),
        Check(Text("a right 1 changes nothing"), lambda: _sample(2.0, 0.5, 1), hint=1),
        Check(Text("a right 0 changes nothing"), lambda: _sample(-1.0, 2.0, 0)),
    ),
    hints=(
        Text("First ask the neuron as it is: what does it answer to x?"),
        Text("t − y is 1, 0 or −1. With 0 the products are 0, and nothing needs an if."),
        Text(
            "w += … would write into the caller's array: make a new one by adding. Both results follow one return, "
            "with a comma between."
        ),
    ),
    ours=(perceptron_update, perceptron),
    mistakes=(
        Mistake(
            "turned",
            _turned,
            Text("The line moves away from the point: the error has the wrong sign."),
        ),
        Mistake(
            "weights_only",
            _weights_only,
            Text("The bias has stayed as it was. It learns, too."),
        ),
        Mistake(
            "without_rate",
            _without_rate,
            Text("You get exactly these numbers if rate does not count."),
        ),
        Mistake(
            "without_x",
            _without_x,
            Text("Both weights moved by the same amount, as the bias does. Each input has its own share in a mistake."),
        ),
        Mistake(
            "always",
            _always,
            Text("It learns from a right answer, too. Only mistakes count."),
        ),
        Mistake(
            "answer_without_b",
            _answer_without_b,
            Text("The neuron was asked without its bias: what it answers depends on b, too."),
        ),
        Mistake("sum", _by_the_sum, Text("Here y is the sum itself. The neuron answers 1 or 0: the step is missing.")),
        Mistake(
            "minus_one",
            _minus_one,
            Text(
                "Here the neuron answers −1 where it should answer 0, so it learns twice as much, or from right "
                "answers."
            ),
        ),
    ),
    by_hand=ByHand(
        Text("w = (1, −2), b = 0.5; x = (1, 3) has the label t = 1, and rate = 0.5. What is the new w[1]?"),
        lambda: {"w": [1.0, -2.0], "b": 0.5, "x": [1.0, 3.0], "t": 1, "rate": 0.5},
        "w",
        (1,),
    ),
    on_stage=_on_stage,
    works_in=("perceptron_rule",),
    at_work=_at_work,
)
