"""The sigmoid function, also where the exponential would overflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.adapters import elementwise
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.activation_slopes import sigmoid_slope
from engine.nn.activations import sigmoid


def _ours(x: np.ndarray) -> np.ndarray:
    return sigmoid(x)


def _turned(x: np.ndarray) -> np.ndarray:
    return sigmoid(-x)


def _of_magnitude(x: np.ndarray) -> np.ndarray:
    return sigmoid(np.abs(x))


def _tanh(x: np.ndarray) -> np.ndarray:
    return np.tanh(x)


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
    title=Text("Sigmoid, for every number of an array", "sigmoid：对数组的每个数"),
    task=Text(
        "Write the S-shaped function 1 / (1 + exp(−x)), for arrays of any shape. At −1000 it gives 0, and NumPy has "
        "nothing to warn of.",
        "写出 S 形函数 1 / (1 + exp(−x))，数组是什么形状都行。在 −1000 处要得到 0，而且不能引出 NumPy 的警告。",
    ),
    name="sigmoid",
    blank=Text(
        '''def sigmoid(x):
    """x: an array of any shape -> the same shape, 0 to 1"""
''',
        '''def sigmoid(x):
    """x：任意形状的数组 -> 形状相同，值在 0 到 1 之间"""
''',
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the sum at the cursor", "游标处的加权和")),
        Check(
            Text("both sides of 0, in a matrix", "0 的两侧，放在一个矩阵里"),
            lambda: {"x": [[-3.0, 0.0, 2.0], [1.0, -0.5, 5.0]]},
        ),
        Check(Text("whole numbers", "整数"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(
            Text("−1000 and 1000, without a warning", "−1000 和 1000，不引出警告"),
            lambda: {"x": [-1000.0, 0.0, 1000.0]},
        ),
        Check(Text("images of shape (N, C, H, W)", "图像 (N, C, H, W)"), lambda: {"x": _images()}),
    ),
    hints=(
        Text(
            "NumPy's functions take whole arrays: no loop over the numbers is needed.",
            "NumPy 的函数直接接受整个数组，不用一个数一个数地循环。",
        ),
        Text(
            "e to the power of 1000 is more than any number that a computer knows. For which x does that power appear?",
            "e 的 1000 次方大得计算机存不下。x 是什么数时会算到它？",
        ),
        Text(
            "For negative x multiply the fraction through by e to the power of x: then every power is at most 1. "
            "np.where chooses between the two forms.",
            "x 为负时，分子分母同乘 e 的 x 次方，这样每个幂都不超过 1。np.where 可以在两种写法之间挑选。",
        ),
    ),
    ours=(sigmoid,),
    mistakes=(
        Mistake(
            "turned",
            _turned,
            Text("The curve falls where it should rise: a sign is missing.", "曲线本该上升却在下降：少了一个负号。"),
        ),
        Mistake(
            "magnitude",
            _of_magnitude,
            Text(
                "Negative and positive numbers are given the same value here, as if only their size counted.",
                "负数和正数在这里得到相同的值，好像只看大小、不看正负。",
            ),
        ),
        Mistake(
            "slope",
            sigmoid_slope,
            Text("This is the slope of the function, not its value.", "这是函数的斜率，不是函数值。"),
        ),
        Mistake(
            "tanh",
            _tanh,
            Text(
                "This is tanh: S-shaped too, but from −1 to 1.",
                "这是 tanh：也是 S 形，但值在 −1 到 1 之间。",
            ),
        ),
    ),
    by_hand=ByHand(
        Text("x = (ln 4, 0). What is y[0]?", "x = (ln 4, 0)。y[0] 是多少？"),
        lambda: {"x": [float(np.log(4)), 0.0]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    stage={"functions": ("sigmoid", "relu")},
    shown_at=_shown_at,
    works_in=("activations", "forward", "digits", "training", "initialization", "xor", "layers"),
    works_with={"xor": {"activation": "sigmoid"}, "layers": {"layer": "sigmoid"}},
    at_work=_at_work,
)


def _images() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(2, 2, 3, 2))
