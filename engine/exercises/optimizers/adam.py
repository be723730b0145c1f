"""Exercise: the optimizer Adam, as the book writes it."""

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
    """The engine's Adam with the book's interface."""

    def __init__(self, lr: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> None:
        self._optimizer = optimizers.Adam(lr, beta1, beta2)

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        self._optimizer.update(params, grads)


class _Faulty(Faulty):
    """Base of Adams with a mistake: a subclass overrides the square of the gradient, the corrected rate, or the
    division.
    """

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
    """A mistake: the other form of Adam, in which both means are corrected, and ε is added to the corrected root."""

    epsilon = EPSILON

    def divided(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        v = v / (1 - self.beta2**self.t)
        return np.asarray(self.lr * (m / (1 - self.beta1**self.t)) / (np.sqrt(v) + self.epsilon))


class _OfOtherLibraries(_OfTheOtherForm):
    epsilon = 1e-8


class _CountedLate(_Faulty):
    def rate(self) -> float:
        t = self.t - 1
        return float(self.lr * np.divide(np.sqrt(1 - self.beta2**t), np.float64(1 - self.beta1**t)))


class _CountedOnce(_Faulty):
    def rate(self) -> float:
        return float(self.lr * np.sqrt(1 - self.beta2) / (1 - self.beta1))


class _Forgetful(_Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        return super().step(g, {})


class _EpsilonUnderTheRoot(_Faulty):
    def divided(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        return np.asarray(self.rate() * m / np.sqrt(v + EPSILON))


class _InFull(_Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        m = kept["m"] = self.beta1 * kept.get("m", 0.0) + g
        v = kept["v"] = self.beta2 * kept.get("v", 0.0) + self.square(g)
        return -self.divided(m, v)


class _SharesExchanged(_Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        m = kept["m"] = (1 - self.beta1) * kept.get("m", 0.0) + self.beta1 * g
        v = kept["v"] = (1 - self.beta2) * kept.get("v", 0.0) + self.beta2 * self.square(g)
        return -self.divided(m, v)


class _OtherEpsilon(_Faulty):
    def divided(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        return np.asarray(self.rate() * m / (np.sqrt(v) + 1e-8))


_OTHER_FORM = Text(
    "This is the form of other libraries, which correct m and v themselves. There ε weighs a little otherwise; the "
    "book puts both corrections into the rate."
)

EXERCISE = Exercise(
    id="adam",
    order=3,
    title=Text("Adam: means that are corrected for their start"),
    task=sentences(
        (
            Text(
                "Write the optimizer. m and v are running means of the gradient and of its square, both starting at"
                " 0. "
                "At update t the step is lr·√(1 − β2ᵗ)/(1 − β1ᵗ) times m, divided by √v + ε."
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
'''
    ),
    use=use,
    reference=_Ours,
    checks=checks(lr=0.1, beta1=0.8, beta2=0.99),
    changes=CHANGED,
    hints=(
        Text("A running mean keeps a share of itself and takes the rest from what is new. How large is the rest?"),
        Text("t counts calls of update, once for all parameters together; the first update has t = 1."),
        Text("The corrected rate is one number for the whole update. Then come, for each name, m, v and the step."),
    ),
    ours=(optimizers.Adam,),
    mistakes=(
        Mistake(
            "uncorrected",
            _Uncorrected,
            Text("The means are not corrected: at first they are far too near to the 0 that they began with."),
        ),
        Mistake(
            "counted_for_each",
            _CountedForEach,
            Text("You get exactly these numbers if t counts every parameter by itself."),
        ),
        Mistake(
            "one_memory",
            _OneMemory,
            Text("You get exactly these numbers if all parameters share one m and one v."),
        ),
        Mistake(
            "no_square",
            _WithoutSquare,
            Text("v is a mean of sizes here, and not of squares."),
        ),
        Mistake(
            "no_root",
            _WithoutRoot,
            Text("You get exactly these numbers without the root."),
        ),
        Mistake("other_form", _OfTheOtherForm, _OTHER_FORM),
        Mistake("other_libraries", _OfOtherLibraries, _OTHER_FORM),
        Mistake(
            "counted_late",
            _CountedLate,
            Text("In the first update t was still 0, and 1 − β⁰ is 0: t is counted before it is used."),
        ),
        Mistake("counted_once", _CountedOnce, Text("t has stayed 1: it counts every update.")),
        Mistake(
            "forgetful", _Forgetful, Text("m and v begin anew with every update. They are kept from one to the next.")
        ),
        Mistake("epsilon", _EpsilonUnderTheRoot, Text("Very near: ε stands under the root here.")),
        Mistake(
            "in_full",
            _InFull,
            Text("The new gradient and its square count in full here. Only the share that is left, 1 − β, is theirs."),
        ),
        Mistake("shares", _SharesExchanged, Text("The two shares are exchanged: the means hardly remember.")),
        Mistake("other_epsilon", _OtherEpsilon, Text("Very near: ε is 1e-8 here, and should be 1e-7.")),
        *common_mistakes(_Ours),
    ),
    by_hand=ByHand(
        Text(
            "W1 = 1, rate 0.1, and the first gradient is 4000, so that ε does not count. What is W1 after one update?"
        ),
        lambda: {"W1": [1], "W2": [1], "dW1": [[4000]], "dW2": [[4000]], "lr": 0.1},
        "W1(1)",
        (0,),
    ),
    stage={"selected": "adam"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={"optimizer_race": {}, "playground": {"optimizer": "Adam"}},
    seen_in={"optimizers": VisibleWhen("selected", ("adam",))},
    at_work=at_work(optimizers.Adam, {"means": "m", "squares": "v"}),
)
