"""AdaGrad, as the book writes it."""

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

    def __init__(self, lr: float = 0.01) -> None:
        self._optimizer = optimizers.AdaGrad(lr)

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        self._optimizer.update(params, grads)


class _NewestOnly(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        return -self.lr * g / (np.sqrt(g * g) + EPSILON)


class _WithoutRoot(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = kept.get("h", 0.0) + g * g
        return np.asarray(-self.lr * g / (kept["h"] + EPSILON))


class _WithoutSquare(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = kept.get("h", 0.0) + np.abs(g)
        return np.asarray(-self.lr * g / (np.sqrt(kept["h"]) + EPSILON))


class _EpsilonUnderTheRoot(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = kept.get("h", 0.0) + g * g
        return np.asarray(-self.lr * g / np.sqrt(kept["h"] + EPSILON))


class _OneSum(Faulty):
    shared = True

    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = kept.get("h", 0.0) + g * g
        return np.asarray(-self.lr * g / (np.sqrt(kept["h"]) + EPSILON))


EXERCISE = Exercise(
    id="adagrad",
    order=2,
    title=Text("AdaGrad: a rate for every number", "AdaGrad：每个数有自己的学习率"),
    task=sentences(
        (
            Text(
                "Write the optimizer. h of each parameter sums up the squared gradients, and each step is lr times the "
                "gradient, divided by the root of h to which ε is added.",
                "写出这个优化器。每个参数的 h 累加梯度的平方，每一步是 lr 乘梯度，再除以 h 的平方根与 ε 之和。",
            ),
            WITH_EPSILON,
            AFTER,
        )
    ),
    name="AdaGrad",
    blank=Text(
        '''class AdaGrad:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = None  # sum of squares, by name

    def update(self, params, grads):
        """change every array of params in place"""
''',
        '''class AdaGrad:
    """params 和 grads：数组的字典，键是参数名"""

    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = None  # 字典：各参数的平方和

    def update(self, params, grads):
        """就地改动 params 里的每个数组"""
''',
    ),
    use=use,
    reference=_Ours,
    checks=checks(lr=0.5),
    changes=CHANGED,
    hints=(
        Text(
            "How long is the very first step, if ε is left aside? It does not depend on the gradient's size.",
            "不看 ε，第 1 步有多长？它和梯度的大小无关。",
        ),
        Text(
            "Squares never get negative, so h can only grow, and steps get shorter and shorter.",
            "平方不会是负数，所以 h 只增不减，步子越来越短。",
        ),
        Text(
            "h first takes in the new gradient, and then divides it: every number by its own root.",
            "h 先收下新的梯度，再用来除它：每个数除以自己的平方根。",
        ),
    ),
    ours=(optimizers.AdaGrad,),
    mistakes=(
        Mistake(
            "newest_only",
            _NewestOnly,
            Text("Only the newest gradient counts in h: nothing adds up.", "h 里只有最近一次的梯度，没有累加。"),
        ),
        Mistake(
            "no_root",
            _WithoutRoot,
            Text("Just these numbers come out without the root.", "没有开平方，就会得到这些数。"),
        ),
        Mistake(
            "no_square",
            _WithoutSquare,
            Text("h sums up sizes here, and not squares.", "h 累加的是绝对值，不是平方。"),
        ),
        Mistake(
            "epsilon",
            _EpsilonUnderTheRoot,
            Text("Very near: ε stands under the root here.", "只差一点：ε 放进了根号里。"),
        ),
        Mistake(
            "one_sum",
            _OneSum,
            Text(
                "Just these numbers come out if all parameters have one sum together.",
                "所有参数共用一个总和，就会得到这些数。",
            ),
        ),
        *common_mistakes(_Ours),
    ),
    by_hand=ByHand(
        Text(
            "W1 = 1, rate 0.5, gradients 3000 and then 4000; ε is too small to count. What is W1 after two updates?",
            "W1 = 1，学习率 0.5，梯度先是 3000，再是 4000；ε 太小，不用管。更新两次后 W1 是多少？",
        ),
        lambda: {"W1": [1], "W2": [1], "dW1": [[3000], [4000]], "dW2": [[3000], [4000]], "lr": 0.5},
        "W1(2)",
        (0,),
    ),
    stage={"selected": "adagrad"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "AdaGrad"}},
    at_work=at_work(optimizers.AdaGrad, {"squares": "h"}),
)
