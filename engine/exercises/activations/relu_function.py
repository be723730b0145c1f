"""ReLU as a function of an array, which it leaves as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

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
    title=Text("ReLU, for every number of an array", "ReLU：对数组的每个数"),
    task=Text(
        "Write the function that passes positive numbers on and makes 0 of all others, for arrays of any shape. The "
        "caller still needs x, so give a new array back.",
        "写一个函数：正数原样通过，其余都变成 0，数组是什么形状都行。调用者还要用 x，所以要返回新的数组。",
    ),
    name="relu",
    blank=Text(
        '''def relu(x):
    """x: an array of any shape -> a new one of that shape"""
''',
        '''def relu(x):
    """x：任意形状的数组 -> 形状相同的新数组"""
''',
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the sum at the cursor", "游标处的加权和")),
        Check(
            Text("both sides of 0, and 0 itself", "0 的两侧，以及 0 本身"),
            lambda: {"x": [[-3.0, 0.0, 2.0], [1.0, -0.5, 5.0]]},
        ),
        Check(Text("whole numbers", "整数"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(
            Text("images of shape (N, C, H, W)", "图像 (N, C, H, W)"),
            lambda: {"x": np.random.default_rng(4).normal(size=(2, 2, 3, 2))},
        ),
    ),
    hints=(
        Text("Of each number and 0: which of the two is kept?", "每个数和 0 比，留下的是哪一个？"),
        Text(
            "NumPy compares whole arrays, number by number. max looks for one number in all of them; what is wanted is "
            "a maximum at each place.",
            "NumPy 能把整个数组逐个比较。max 是在全部数里找一个，这里要的是每个位置各取较大的那个。",
        ),
        Text(
            "np.maximum, or np.where with a condition. Do not write into x.",
            "用 np.maximum，或者带条件的 np.where。不要往 x 里写。",
        ),
    ),
    ours=(relu,),
    mistakes=(
        Mistake(
            "size",
            _size,
            Text(
                "Negative numbers have only lost their sign here. They are to become 0.",
                "负数在这里只是去掉了负号，可它们应该变成 0。",
            ),
        ),
        Mistake(
            "step",
            step,
            Text(
                "This is the step function: it says whether a number is positive, and forgets how large it is.",
                "这是阶跃函数：只说是不是正数，忘了有多大。",
            ),
        ),
        Mistake(
            "other_side",
            _other_side,
            Text(
                "Here the negative numbers pass, and the positive ones do not.", "这里通过的是负数，正数反而被挡住了。"
            ),
        ),
        Mistake(
            "leaky",
            leaky_relu,
            Text(
                "This is Leaky ReLU: below 0 something still comes through.",
                "这是 Leaky ReLU：负数一侧还漏过来一点。",
            ),
        ),
    ),
    by_hand=ByHand(
        Text("x = (−2.5, 1.5). What is y[0]?", "x = (−2.5, 1.5)。y[0] 是多少？"),
        lambda: {"x": [-2.5, 1.5]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    stage={"functions": ("sigmoid", "relu")},
    shown_at=_shown_at,
    works_in=(
        *("activations", "gradient_check", "optimizer_race", "batch_norm", "overfitting", "hyperparameters", "cnn"),
        *("feature_maps", "forward", "training", "layers"),
    ),
    works_with={"forward": {"hidden": "relu"}, "training": {"activation": "relu"}, "layers": {"layer": "relu"}},
    at_work=_at_work,
)
