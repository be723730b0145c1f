"""Exercise: a gate as a neuron with two weights and a bias; AND by the learner's values, other gates by given ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.perceptrons import perceptron, weighted_sum

_W, _B = np.array([0.5, 0.5]), -0.7
"""The book's weights and bias for AND."""


def _inputs(x1: float, x2: float) -> np.ndarray:
    return np.array([[x1, x2]])


def _ours(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return float(perceptron(_inputs(x1, x2), w, b)[0])


def _without_bias(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return _ours(x1, x2, w, 0.0)


def _bias_as_threshold(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return _ours(x1, x2, w, -b)


def _other_side(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return _ours(x1, x2, -w, -b)


def _sum_itself(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return float(weighted_sum(_inputs(x1, x2), w, b)[0])


def _one_on_the_line(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return 1.0 - _ours(x1, x2, -w, -b)


def _bias_up(x1: float, x2: float, w: np.ndarray = _W, b: float = -_B) -> float:
    return _ours(x1, x2, w, b)


def _never(x1: float, x2: float, w: np.ndarray = _W, b: float = 2 * _B) -> float:
    return _ours(x1, x2, w, b)


def _own_numbers(x1: float, x2: float, w: np.ndarray = _W, b: float = _B) -> float:
    return _ours(x1, x2)


def _use(written: Any, w: np.ndarray | None = None, b: float = 0.0) -> Values:
    """The outputs of a gate for all four pairs of inputs.

    Without ``w`` the code's default weights and bias are used, which should make it an AND; else ``w`` and ``b``.
    """
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        own = w is None
        yield f"{'AND' if own else 'y'}({x1}, {x2})", written(x1, x2) if own else written(x1, x2, w, b)


def _gate(w1: float, w2: float, b: float) -> Inputs:
    return {"w": [w1, w2], "b": b}


def _on_stage(params: Any) -> Inputs | None:
    return _gate(params.w1, params.w2, params.b)


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"selected": "".join(one for one in quantity if one.isdigit())}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
        """The learner's gate with the engine's signature, for every row of inputs."""
        return np.array([returned.number(written(x1, x2, w, b)) for x1, x2 in x.tolist()])

    return {perceptron: yours}


EXERCISE = Exercise(
    id="and_gate",
    order=1,
    title=Text("A gate: AND"),
    task=Text(
        "Write the neuron: 1 if the weighted sum of its inputs, with the bias, is above 0, otherwise 0. In the heading "
        "choose w and b so that it is AND; with other numbers the same lines are NAND or OR."
    ),
    name="AND",
    blank=Text(
        '''def AND(x1, x2, w=(0.0, 0.0), b=0.0):
    """x1, x2: 0 or 1; w (2,), b: choose them above

    -> 0 or 1
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("with w and b of the stage")),
        Check(Text("AND, with your own w and b"), dict, hint=1),
        Check(Text("NAND: w = (−0.5, −0.5), b = 0.7"), lambda: _gate(-0.5, -0.5, 0.7)),
        Check(Text("OR: w = (0.5, 0.5), b = −0.2"), lambda: _gate(0.5, 0.5, -0.2)),
        Check(Text("points on the line itself"), lambda: _gate(1.0, -1.0, 0.0), hint=2),
    ),
    hints=(
        Text("First the sum: each input times its weight, and the bias. Then one question about that sum."),
        Text("For AND one input alone must not lift the sum above 0, but both together must."),
        Text("With equal weights the bias lies between minus one weight and minus both. A sum of exactly 0 gives 0."),
    ),
    ours=(perceptron, weighted_sum),
    mistakes=(
        Mistake(
            "no_bias",
            _without_bias,
            Text("Here a single 1 is enough for a 1. Is the bias there, and is it low enough?"),
        ),
        Mistake(
            "threshold",
            _bias_as_threshold,
            Text("The sum was compared with b. The bias is added; what is compared with has the other sign."),
        ),
        Mistake("other_side", _other_side, Text("Both answers have changed places.")),
        Mistake("sum", _sum_itself, Text("This is the sum itself. The step is missing.")),
        Mistake(
            "on_the_line",
            _one_on_the_line,
            Text("A sum of exactly 0 is not above 0."),
        ),
        Mistake(
            "bias_up",
            _bias_up,
            Text("Even two 0s give 1: your b lifts the sum above 0 by itself. For AND it has to pull the sum down."),
        ),
        Mistake("never", _never, Text("Even two 1s give 0: with the w and b in your heading no sum gets above 0.")),
        Mistake(
            "own_numbers",
            _own_numbers,
            Text("Your neuron answers by numbers of its own, whatever w and b it is given: put them into the heading."),
            of_code=True,
        ),
    ),
    by_hand=ByHand(
        Text("w = (0.4, 0.6), b = −0.5, which need not be an AND. What does the neuron answer to (0, 1)?"),
        lambda: _gate(0.4, 0.6, -0.5),
        "y(0, 1)",
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=("gates",),
    at_work=_at_work,
)
