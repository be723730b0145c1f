"""Adam, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise, Mistake
from engine.exercises.three_updates import AFTER, CHANGED, WITH_EPSILON, Faulty, at_work, checks, common_mistakes, use
from engine.nn import optimizers
from engine.nn.optimizers.state import EPSILON


class _Ours:
    """The engine's, called as in the book."""

    def __init__(self, lr: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> None:
        self._optimizer = optimizers.Adam(lr, beta1, beta2)

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        self._optimizer.update(params, grads)


class _Faulty(Faulty):
    """Adam but for the pieces that are taken from elsewhere: its square, its corrected rate, its division."""

    def __init__(self, lr: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> None:
        super().__init__(lr, beta1=beta1, beta2=beta2)
        self.beta1, self.beta2 = beta1, beta2

    def square(self, g: np.ndarray) -> np.ndarray:
        return g * g

    def rate(self) -> float:
        return float(self.lr * np.sqrt(1 - self.beta2**self.t) / (1 - self.beta1**self.t))

    def divided(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        return self.rate() * m / (np.sqrt(v) + EPSILON)

    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        m = kept["m"] = self.beta1 * kept.get("m", 0.0) + (1 - self.beta1) * g
        v = kept["v"] = self.beta2 * kept.get("v", 0.0) + (1 - self.beta2) * self.square(g)
        return -self.divided(m, v)


class _Uncorrected(_Faulty):
    def rate(self) -> float:
        return self.lr


class _CountedForEach(_Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        moved = super().step(g, kept)
        self.t += 1
        return moved

    def update(self, params: dict[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        last = self.t
        super().update(params, grads)
        self.t = last + len(params)


class _OneMemory(_Faulty):
    shared = True


class _WithoutSquare(_Faulty):
    def square(self, g: np.ndarray) -> np.ndarray:
        return np.abs(g)


class _WithoutRoot(_Faulty):
    def divided(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        return self.rate() * m / (v + EPSILON)


class _OfTheOtherForm(_Faulty):
    """Both means are corrected themselves, and ε is added to the corrected root."""

    epsilon = EPSILON

    def divided(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        v = v / (1 - self.beta2**self.t)
        return np.asarray(self.lr * (m / (1 - self.beta1**self.t)) / (np.sqrt(v) + self.epsilon))


class _OfOtherLibraries(_OfTheOtherForm):
    epsilon = 1e-8


_OTHER_FORM = Text(
    "This is the form of other libraries, which correct m and v themselves. There ε weighs a little otherwise; the "
    "book puts both corrections into the rate.",
    "这是别的程序库的写法：直接修正 m 和 v。那样 ε 的分量稍有不同；书里把两个修正都放进了学习率。",
)

EXERCISE = Exercise(
    id="adam",
    order=3,
    title=Text("Adam: means that are corrected for their start", "Adam：修正过起步的两个平均"),
    task=sentences(
        (
            Text(
                "Write the optimizer. m and v are forgetful means of the gradient and of its square, both from 0 on. "
                "At update t the step is lr·√(1 − β2ᵗ)/(1 − β1ᵗ) times m, divided by √v + ε.",
                "写出这个优化器。m 和 v 是梯度及其平方的滑动平均，都从 0 开始；第 t 次更新的步子是 "
                "lr·√(1 − β2ᵗ)/(1 − β1ᵗ) 乘 m，再除以 √v + ε。",
            ),
            WITH_EPSILON,
            AFTER,
        )
    ),
    name="Adam",
    blank=Text(
        '''class Adam:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0  # updates so far
        self.m = None  # mean of gradients, by name
        self.v = None  # mean of squared gradients

    def update(self, params, grads):
        """change every array of params in place"""
''',
        '''class Adam:
    """params 和 grads：数组的字典，键是参数名"""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0  # 已经更新了几次
        self.m = None  # 字典：各参数的梯度的平均
        self.v = None  # 字典：各参数的梯度平方的平均

    def update(self, params, grads):
        """就地改动 params 里的每个数组"""
''',
    ),
    use=use,
    reference=_Ours,
    checks=checks(lr=0.1, beta1=0.8, beta2=0.99),
    changes=CHANGED,
    hints=(
        Text(
            "A forgetful mean keeps a share of itself and takes in the rest from what is new. How large is the rest?",
            "滑动平均保留自己的一部分，其余来自新的数。其余占多少？",
        ),
        Text(
            "t counts calls of update, once for all parameters together; the first update has t = 1.",
            "t 数的是 update 被调用的次数，所有参数合起来只数一次；第 1 次更新 t = 1。",
        ),
        Text(
            "The corrected rate is one number for the whole update. Then come, for each name, m, v and the step.",
            "修正后的学习率，整次更新只有一个。然后对每个参数依次算 m、v 和步子。",
        ),
    ),
    ours=(optimizers.Adam,),
    mistakes=(
        Mistake(
            "uncorrected",
            _Uncorrected,
            Text(
                "The means are not corrected: at first they are far too near to the 0 that they began with.",
                "没有修正平均：刚开始时，它们离起点 0 太近了。",
            ),
        ),
        Mistake(
            "counted_for_each",
            _CountedForEach,
            Text(
                "Just these numbers come out if t counts every parameter by itself.",
                "每个参数都让 t 加 1，就会得到这些数。",
            ),
        ),
        Mistake(
            "one_memory",
            _OneMemory,
            Text(
                "Just these numbers come out if all parameters share one m and one v.",
                "所有参数共用同一个 m 和 v，就会得到这些数。",
            ),
        ),
        Mistake(
            "no_square",
            _WithoutSquare,
            Text("v is a mean of sizes here, and not of squares.", "v 平均的是绝对值，不是平方。"),
        ),
        Mistake(
            "no_root",
            _WithoutRoot,
            Text("Just these numbers come out without the root.", "没有开平方，就会得到这些数。"),
        ),
        Mistake("other_form", _OfTheOtherForm, _OTHER_FORM),
        Mistake("other_libraries", _OfOtherLibraries, _OTHER_FORM),
        *common_mistakes(_Ours),
    ),
    by_hand=ByHand(
        Text(
            "W1 = 1, rate 0.1, and the first gradient is 4000, so that ε does not count. What is W1 after one update?",
            "W1 = 1，学习率 0.1，第 1 个梯度是 4000，所以 ε 不用管。更新一次后 W1 是多少？",
        ),
        lambda: {"W1": [1], "W2": [1], "dW1": [[4000]], "dW2": [[4000]], "lr": 0.1},
        "W1(1)",
        (0,),
    ),
    stage={"selected": "adam"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "Adam"}},
    at_work=at_work(optimizers.Adam, {"means": "m", "squares": "v"}),
)
