"""Exercise: the optimizer Momentum, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text, sentences
from engine.exercises.exercise import ByHand, Exercise, Mistake
from engine.exercises.three_updates import AFTER, CHANGED, Faulty, at_work, checks, common_mistakes, use
from engine.nn import optimizers


class _Ours:
    """The engine's Momentum with the book's interface."""

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        self._optimizer = optimizers.Momentum(lr, momentum)

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        self._optimizer.update(params, grads)


class _Forgetful(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        return -self.lr * g


class _OneVelocity(Faulty):
    shared = True

    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["v"] = self.settings.get("momentum", 0.9) * kept.get("v", 0.0) - self.lr * g
        return np.asarray(kept["v"])


class _Damped(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        share = self.settings.get("momentum", 0.9)
        kept["v"] = share * kept.get("v", 0.0) - (1 - share) * self.lr * g
        return np.asarray(kept["v"])


class _Late(Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        v = kept.get("v", np.zeros_like(g))
        kept["v"] = self.settings.get("momentum", 0.9) * v - self.lr * g
        return np.asarray(v)


class _WithoutRate(_Ours):
    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(1.0, momentum)


class _FixedMomentum(_Ours):
    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(lr)


class _FixedRate(_Ours):
    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(momentum=momentum)


class _Undamped(_Ours):
    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(lr, 1.0)


EXERCISE = Exercise(
    id="momentum",
    order=1,
    title=Text("Momentum: a step with a velocity"),
    task=sentences(
        (
            Text(
                "Write the optimizer. The velocity v of each parameter keeps a share of itself and gains −lr times the "
                "gradient, then it is added to the parameter."
            ),
            AFTER,
        )
    ),
    name="Momentum",
    blank=Text(
        '''class Momentum:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None  # velocity, by name

    def update(self, params, grads):
        """change every array of params in place"""
'''
    ),
    use=use,
    reference=_Ours,
    checks=checks(lr=0.1, momentum=0.5),
    changes=CHANGED,
    hints=(
        Text("What has to be remembered from one update to the next? How many of it are there?"),
        Text("In the first update nothing is remembered yet: a velocity of 0, in the shape of the parameter."),
        Text("First the velocity, then the step. An array is changed in place by an operator such as +=."),
    ),
    ours=(optimizers.Momentum,),
    mistakes=(
        Mistake(
            "forgetful",
            _Forgetful,
            Text("This is SGD: no velocity is kept from one update to the next."),
        ),
        Mistake(
            "one_velocity",
            _OneVelocity,
            Text("You get exactly these numbers if all parameters have one velocity together."),
        ),
        Mistake(
            "damped",
            _Damped,
            Text("This is a mean of gradients. In the book the new gradient counts in full."),
        ),
        Mistake(
            "late",
            _Late,
            Text("The parameter moved by the velocity of the update before. First comes the velocity, then the step."),
        ),
        Mistake("without_rate", _WithoutRate, Text("You get exactly these numbers if lr does not count.")),
        Mistake(
            "fixed_momentum",
            _FixedMomentum,
            Text("You get exactly these numbers with momentum = 0.9, whatever is handed over."),
            of_code=True,
        ),
        Mistake(
            "fixed_rate",
            _FixedRate,
            Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
            of_code=True,
        ),
        Mistake("undamped", _Undamped, Text("The velocity keeps all of itself: momentum does not count.")),
        *common_mistakes(_Ours),
    ),
    by_hand=ByHand(
        Text("W1 = 1, rate 0.1, momentum 0.5, and the gradient is 2 twice. What is W1 after two updates?"),
        lambda: {"W1": [1], "W2": [1], "dW1": [[2], [2]], "dW2": [[2], [2]], "lr": 0.1, "momentum": 0.5},
        "W1(2)",
        (0,),
    ),
    stage={"selected": "momentum"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "Momentum"}},
    seen_in={"optimizers": VisibleWhen("selected", ("momentum",))},
    at_work=at_work(optimizers.Momentum, {"velocity": "v"}),
)
