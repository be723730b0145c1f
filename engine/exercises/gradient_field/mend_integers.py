"""A numerical gradient that stores its small steps in the array which it is given."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text, same
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.gradient_field.numerical_gradient import EXERCISE as WHOLE
from engine.exercises.mending import Mending

_CODE = """    h = 1e-4
    grad = np.zeros_like(x)
    for i in range(x.size):
        here = x[i]
        x[i] = here + h
        above = f(x)
        x[i] = here - h
        below = f(x)
        grad[i] = (above - below) / (2 * h)
        x[i] = here
    return grad
"""
_FAULTY = Text(
    f'def numerical_gradient(f, x):\n    """x (D,): a place -> the gradient of f there"""\n{_CODE}',
    f'def numerical_gradient(f, x):\n    """x (D,)：一个位置 -> f 在那里的梯度"""\n{_CODE}',
)
_MENDING = Mending("numerical_gradient", _FAULTY)
_PLACES = {
    "floats": np.array([3.0, 4.0]),
    "halves": np.array([0.5, -2.5]),
    "whole": np.array([3, 4]),
}


def _at(place: Any) -> Inputs:
    return {"f": "x0^2/7 + x1^2", "x": _PLACES[place].copy()}


EXERCISE = Exercise(
    id="mend_integers",
    order=101,
    title=Text("the gradient at a place", "某个位置的梯度"),
    task=Text(
        "This gradient is right at most places that one types in, and off by thousands at others. Mend it so that it "
        "holds for every array of numbers.",
        "这个梯度，多数位置上都对，有的位置上却差了几千倍。把它改好，让它对任何数组都成立。",
    ),
    name="numerical_gradient",
    blank=_FAULTY,
    use=WHOLE.use,
    names=WHOLE.names,
    reference=WHOLE.reference,
    checks=(
        Check(Text("function and point of the stage", "画面上的函数和点")),
        Check(Text("x0²/7 + x1² at [3, 4]", "x0²/7 + x1²，在 [3, 4]"), lambda: _at("whole")),
        Check(
            Text("a function of three variables at [2, 3, 5]", "三个变量的函数，在 [2, 3, 5]"),
            lambda: {"f": "x0^2*x1 + x1^3/10 - x0*x2", "x": np.array([2, 3, 5])},
        ),
        Check(
            Text("the same at [2.5, 3.0, −1.0]", "同一个函数，在 [2.5, 3.0, −1.0]"),
            lambda: {"f": "x0^2*x1 + x1^3/10 - x0*x2", "x": [2.5, 3.0, -1.0]},
        ),
    ),
    hints=(
        Text(
            "What is np.array([3, 4]).dtype? And what is left of 3.0001 in such an array?",
            "np.array([3, 4]).dtype 是什么？3.0001 存进这样的数组里，还剩多少？",
        ),
        Text(
            "zeros_like takes the type over, too. There are two arrays here that cannot hold a fraction.",
            "zeros_like 连类型也照搬。这里有两个数组存不下小数。",
        ),
        Text(
            "One line at the beginning makes x an array of float; all that follows may stay.",
            "在开头加一行，把 x 变成浮点数组，后面的都不用动。",
        ),
    ),
    ours=(numerical_gradient,),
    mistakes=(
        _MENDING.none(
            Text(
                "x + h and x − h lose their fractions when they are stored in an array of whole numbers.",
                "x + h 和 x − h 存进整数数组时，小数部分被丢掉了。",
            )
        ),
        _MENDING.wrong(
            "gradient_only",
            Text(
                "The gradient keeps its fractions now. The places at which f is asked still lose theirs.",
                "梯度现在存得下小数了，可是问 f 的那些位置还是丢了小数。",
            ),
            ("np.zeros_like(x)", "np.zeros(x.shape)"),
        ),
        _MENDING.wrong(
            "places_only",
            Text(
                "f is asked at the right places now. The result is still put into an array of whole numbers.",
                "现在问 f 的位置对了，结果却还是存进了整数数组。",
            ),
            ("    for i", "    x = x.astype(float)\n    for i"),
        ),
        _MENDING.wrong(
            "whole_step",
            Text(
                "A step of 1 survives, but is no small one: beside a curve that bends it is not the slope.",
                "步长 1 倒是存得住，可是太大了：曲线一弯，算出来的就不是斜率。",
            ),
            ("h = 1e-4", "h = 1"),
            ("np.zeros_like(x)", "np.zeros(x.shape)"),
        ),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    put_back=WHOLE.put_back,
    mends="integer_gradient",
    search=Search(
        Text(
            "Find it first: at which place x is the gradient of x0²/7 + x1² wrong?",
            "先找出来：x0²/7 + x1² 的梯度，在哪个 x 处是错的？",
        ),
        "x",
        _at,
        start="floats",
        choices=(
            ("floats", same("x = np.array([3.0, 4.0])")),
            ("halves", same("x = np.array([0.5, -2.5])")),
            ("whole", same("x = np.array([3, 4])")),
        ),
    ),
)
