"""Exercise: the optimizer AdaGrad, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise, Mistake
from engine.exercises.three_updates import AFTER, CHANGED, WITH_EPSILON, Faulty, at_work, checks, common_mistakes, use
from engine.nn import optimizers
from engine.nn.optimizers import EPSILON


class _Ours:
    """The engine's AdaGrad with the book's interface."""

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


class _Late(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        h = kept.get("h", np.zeros_like(g))
        kept["h"] = h + g * g
        return np.asarray(-self.lr * g / (np.sqrt(h) + EPSILON))


class _WithoutGradient(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = kept.get("h", 0.0) + g * g
        return np.asarray(-self.lr / (np.sqrt(kept["h"]) + EPSILON))


class _OtherEpsilon(Faulty):
    epsilon = 1e-8

    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = kept.get("h", 0.0) + g * g
        return np.asarray(-self.lr * g / (np.sqrt(kept["h"]) + self.epsilon))


class _WithoutEpsilon(_OtherEpsilon):
    epsilon = 0.0


class _WithoutRate(_Ours):
    def __init__(self, lr: float = 0.01) -> None:
        super().__init__(1.0)


class _FixedRate(_Ours):
    def __init__(self, lr: float = 0.01) -> None:
        super().__init__()


EXERCISE = Exercise(
    id="adagrad",
    order=2,
    title=Text("AdaGrad: a rate for every number"),
    task=sentences(
        (
            Text(
                "Write the optimizer. h of each parameter sums up the squared gradients, and each step is lr times the "
                "gradient, divided by the root of h to which ε is added."
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
'''
    ),
    use=use,
    reference=_Ours,
    checks=checks(lr=0.5),
    changes=CHANGED,
    hints=(
        Text("How long is the very first step, if ε is left aside? It does not depend on the gradient's size."),
        Text("Squares never get negative, so h can only grow, and steps get shorter and shorter."),
        Text("h first takes in the new gradient, and then divides it: every number by its own root."),
    ),
    ours=(optimizers.AdaGrad,),
    mistakes=(
        Mistake(
            "newest_only",
            _NewestOnly,
            Text("Only the newest gradient counts in h: nothing adds up."),
        ),
        Mistake(
            "no_root",
            _WithoutRoot,
            Text("You get exactly these numbers without the root."),
        ),
        Mistake(
            "no_square",
            _WithoutSquare,
            Text("h sums up sizes here, and not squares."),
        ),
        Mistake(
            "epsilon",
            _EpsilonUnderTheRoot,
            Text("Very near: ε stands under the root here."),
        ),
        Mistake(
            "one_sum",
            _OneSum,
            Text("You get exactly these numbers if all parameters have one sum together."),
        ),
        Mistake(
            "late",
            _Late,
            Text("The step was divided by the h of the update before. First h takes in the new gradient."),
        ),
        Mistake(
            "without_gradient",
            _WithoutGradient,
            Text("The step lacks its gradient: without it all numbers move the same way."),
        ),
        Mistake("other_epsilon", _OtherEpsilon, Text("Very near: ε is 1e-8 here, and should be 1e-7.")),
        Mistake("without_epsilon", _WithoutEpsilon, Text("Very near: ε is missing below the line.")),
        Mistake("without_rate", _WithoutRate, Text("You get exactly these numbers if lr does not count.")),
        Mistake(
            "fixed_rate",
            _FixedRate,
            Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
            of_code=True,
        ),
        *common_mistakes(_Ours),
    ),
    by_hand=ByHand(
        Text("W1 = 1, rate 0.5, gradients 3000 and then 4000; ε is too small to count. What is W1 after two updates?"),
        lambda: {"W1": [1], "W2": [1], "dW1": [[3000], [4000]], "dW2": [[3000], [4000]], "lr": 0.5},
        "W1(2)",
        (0,),
    ),
    stage={"selected": "adagrad"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "AdaGrad"}},
    seen_in={"optimizers": VisibleWhen("selected", ("adagrad",))},
    at_work=at_work(optimizers.AdaGrad, {"squares": "h"}),
)
