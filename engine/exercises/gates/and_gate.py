"""A gate as a neuron of two weights and a bias: AND by the learner's own numbers, other gates by others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.perceptron import perceptron, weighted_sum

_W, _B = np.array([0.5, 0.5]), -0.7
"""The book's numbers for AND."""


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


def _use(written: Any, w: np.ndarray | None = None, b: float = 0.0) -> Values:
    """All four rows; without ``w`` by the numbers that stand in what was written, which are to make an AND. With other
    numbers a row is an output of the neuron, and no AND.
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
        """The learner's gate in the engine's form, for every row of inputs."""
        return np.array([returned.number(written(x1, x2, w, b)) for x1, x2 in x.tolist()])

    return {perceptron: yours}


EXERCISE = Exercise(
    id="and_gate",
    order=1,
    title=Text("A gate: AND", "一个门：AND"),
    task=Text(
        "Write the neuron: 1 if the weighted sum of its inputs, with the bias, is above 0, otherwise 0. In the heading "
        "choose w and b so that it is AND; with other numbers the same lines are NAND or OR.",
        "写出这个神经元：输入的加权和再加偏置，大于 0 就返回 1，否则返回 0。在函数头里选好 w 和 b，让它成为与门；"
        "换几个数，同样的几行就是与非门或者或门。",
    ),
    name="AND",
    blank=Text(
        '''def AND(x1, x2, w=(0.0, 0.0), b=0.0):
    """x1, x2: 0 or 1; w (2,), b: choose them above

    -> 0 or 1
    """
''',
        '''def AND(x1, x2, w=(0.0, 0.0), b=0.0):
    """x1、x2：0 或 1；w (2,) 和 b：在上面选好

    -> 0 或 1
    """
''',
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("with w and b of the stage", "用画面上的 w 和 b")),
        Check(Text("AND, with your own w and b", "与门，用你自己选的 w 和 b"), dict),
        Check(
            Text("NAND: w = (−0.5, −0.5), b = 0.7", "与非门：w = (−0.5, −0.5)，b = 0.7"), lambda: _gate(-0.5, -0.5, 0.7)
        ),
        Check(Text("OR: w = (0.5, 0.5), b = −0.2", "或门：w = (0.5, 0.5)，b = −0.2"), lambda: _gate(0.5, 0.5, -0.2)),
        Check(Text("points on the line itself", "正好落在直线上的点"), lambda: _gate(1.0, -1.0, 0.0)),
    ),
    hints=(
        Text(
            "First the sum: each input times its weight, and the bias. Then one question about that sum.",
            "先求和：每个输入乘自己的权重，再加上偏置。然后对这个和问一个问题。",
        ),
        Text(
            "For AND one input alone must not lift the sum above 0, but both together must.",
            "与门要求：单独一个输入不能让和超过 0，两个一起才可以。",
        ),
        Text(
            "With equal weights the bias lies between minus one weight and minus both. A sum of exactly 0 gives 0.",
            "两个权重相等时，偏置要在负的一个权重和负的两个权重之间。和正好是 0 时返回 0。",
        ),
    ),
    ours=(perceptron, weighted_sum),
    mistakes=(
        Mistake(
            "no_bias",
            _without_bias,
            Text(
                "Here a single 1 is enough for a 1. Is the bias there, and is it low enough?",
                "这里只要有一个 1 就得到 1。偏置加上了吗？够不够低？",
            ),
        ),
        Mistake(
            "threshold",
            _bias_as_threshold,
            Text(
                "The sum was compared with b. The bias is added; what is compared with has the other sign.",
                "这里拿加权和去和 b 比较了。偏置是要加上去的，用来比较的阈值和它符号相反。",
            ),
        ),
        Mistake("other_side", _other_side, Text("Both answers have changed places.", "两种答案正好颠倒了。")),
        Mistake("sum", _sum_itself, Text("This is the sum itself. The step is missing.", "这是加权和本身，少了阶跃。")),
        Mistake(
            "on_the_line",
            _one_on_the_line,
            Text("A sum of exactly 0 is not above 0.", "和正好等于 0，不算大于 0。"),
        ),
    ),
    by_hand=ByHand(
        Text(
            "w = (0.4, 0.6), b = −0.5, which need not be an AND. What does the neuron answer to (0, 1)?",
            "w = (0.4, 0.6)，b = −0.5，不一定是与门。输入 (0, 1) 时，这个神经元的答案是多少？",
        ),
        lambda: _gate(0.4, 0.6, -0.5),
        "y(0, 1)",
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=("gates",),
    at_work=_at_work,
)
