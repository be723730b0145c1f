"""Exercise: the optimizer RMSProp, that is, AdaGrad with h as an exponential running mean."""

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

_USUAL_RATE, _USUAL_DECAY = 0.01, 0.99


class _Ours:
    """The engine's RMSProp with the book's interface."""

    def __init__(self, lr: float = _USUAL_RATE, decay_rate: float = _USUAL_DECAY) -> None:
        self._optimizer = optimizers.RMSProp(lr, decay_rate)

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        self._optimizer.update(params, grads)


class _Faulty(Faulty):
    """Base of RMSProps with a mistake: a subclass overrides the new h, or the step that is divided by its root."""

    def __init__(self, lr: float = _USUAL_RATE, decay_rate: float = _USUAL_DECAY) -> None:
        super().__init__(lr)
        self.decay = decay_rate

    def gathered(self, h: Any, g: np.ndarray) -> Any:
        return self.decay * h + (1 - self.decay) * g * g

    def divided(self, g: np.ndarray, h: Any) -> np.ndarray:
        return np.asarray(self.lr * g / (np.sqrt(h) + EPSILON))

    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        kept["h"] = self.gathered(kept.get("h", 0.0), g)
        return -self.divided(g, kept["h"])


class _AdaGrad(_Faulty):
    def gathered(self, h: Any, g: np.ndarray) -> Any:
        return h + g * g


class _InFull(_Faulty):
    def gathered(self, h: Any, g: np.ndarray) -> Any:
        return self.decay * h + g * g


class _SharesExchanged(_Faulty):
    def gathered(self, h: Any, g: np.ndarray) -> Any:
        return (1 - self.decay) * h + self.decay * g * g


class _NewestOnly(_Faulty):
    def gathered(self, h: Any, g: np.ndarray) -> Any:
        return (1 - self.decay) * g * g


class _WithoutSquare(_Faulty):
    def gathered(self, h: Any, g: np.ndarray) -> Any:
        return self.decay * h + (1 - self.decay) * np.abs(g)


class _OneMean(_Faulty):
    shared = True


class _WithoutRoot(_Faulty):
    def divided(self, g: np.ndarray, h: Any) -> np.ndarray:
        return np.asarray(self.lr * g / (h + EPSILON))


class _EpsilonUnderTheRoot(_Faulty):
    def divided(self, g: np.ndarray, h: Any) -> np.ndarray:
        return np.asarray(self.lr * g / np.sqrt(h + EPSILON))


class _OtherEpsilon(_Faulty):
    epsilon = 1e-8

    def divided(self, g: np.ndarray, h: Any) -> np.ndarray:
        return np.asarray(self.lr * g / (np.sqrt(h) + self.epsilon))


class _WithoutEpsilon(_OtherEpsilon):
    epsilon = 0.0


class _Late(_Faulty):
    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        before = kept.get("h", np.zeros_like(g))
        kept["h"] = self.gathered(before, g)
        return -self.divided(g, before)


class _Corrected(_Faulty):
    def divided(self, g: np.ndarray, h: Any) -> np.ndarray:
        return super().divided(g, h / (1 - self.decay**self.t))


class _WithoutRate(_Ours):
    def __init__(self, lr: float = _USUAL_RATE, decay_rate: float = _USUAL_DECAY) -> None:
        super().__init__(1.0, decay_rate)


class _FixedDecay(_Ours):
    def __init__(self, lr: float = _USUAL_RATE, decay_rate: float = _USUAL_DECAY) -> None:
        super().__init__(lr)


class _FixedRate(_Ours):
    def __init__(self, lr: float = _USUAL_RATE, decay_rate: float = _USUAL_DECAY) -> None:
        super().__init__(decay_rate=decay_rate)


EXERCISE = Exercise(
    id="rmsprop",
    order=4,
    title=Text("RMSProp: a mean that forgets"),
    task=sentences(
        (
            Text(
                "AdaGrad's h only grows, until no step is left. Write the optimizer whose h keeps a share decay_rate "
                "of itself and takes the rest from the new squares; the step is AdaGrad's."
            ),
            WITH_EPSILON,
            AFTER,
        )
    ),
    name="RMSProp",
    blank=Text(
        '''class RMSProp:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.decay_rate = decay_rate
        self.h = None  # mean of squares, by name

    def update(self, params, grads):
        """change every array of params in place"""
'''
    ),
    use=use,
    reference=_Ours,
    checks=checks(lr=0.1, decay_rate=0.8),
    changes=CHANGED,
    hints=(
        Text("If every gradient were 2, what would h come to in the end? A mean of fours is 4."),
        Text("What h keeps and what it takes make 1 together. How large is the rest?"),
        Text("h begins at 0 for every parameter. First it takes in the new squares, then its root divides the step."),
    ),
    ours=(optimizers.RMSProp,),
    mistakes=(
        Mistake(
            "adagrad",
            _AdaGrad,
            Text("This is AdaGrad: h sums up all squares and forgets none."),
        ),
        Mistake(
            "in_full",
            _InFull,
            Text("The new squares count in full. Only the share that is left, 1 − decay_rate, is theirs."),
        ),
        Mistake(
            "shares",
            _SharesExchanged,
            Text("The two shares are exchanged: h hardly remembers."),
        ),
        Mistake(
            "newest_only",
            _NewestOnly,
            Text("h begins anew with every update. It is kept from one to the next."),
        ),
        Mistake("no_square", _WithoutSquare, Text("h is a mean of sizes here, and not of squares.")),
        Mistake(
            "one_mean",
            _OneMean,
            Text("You get exactly these numbers if all parameters share one h."),
        ),
        Mistake("no_root", _WithoutRoot, Text("You get exactly these numbers without the root.")),
        Mistake("epsilon", _EpsilonUnderTheRoot, Text("Very near: ε stands under the root here.")),
        Mistake("other_epsilon", _OtherEpsilon, Text("Very near: ε is 1e-8 here, and should be 1e-7.")),
        Mistake("without_epsilon", _WithoutEpsilon, Text("Very near: ε is missing below the line.")),
        Mistake(
            "late",
            _Late,
            Text("The step was divided by the h of the update before. First h takes in the new gradient."),
        ),
        Mistake(
            "corrected",
            _Corrected,
            Text("h was corrected for its start at 0, as in Adam. RMSProp leaves it as it is."),
        ),
        Mistake("without_rate", _WithoutRate, Text("You get exactly these numbers if lr does not count.")),
        Mistake(
            "fixed_decay",
            _FixedDecay,
            Text("You get exactly these numbers with decay_rate = 0.99, whatever is handed over."),
            of_code=True,
        ),
        Mistake(
            "fixed_rate",
            _FixedRate,
            Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
            of_code=True,
        ),
        *common_mistakes(_Ours),
    ),
    by_hand=ByHand(
        Text(
            "W1 = 1, rate 0.1, decay_rate 0.75, and the first gradient is 4000, so that ε does not count. What is W1 "
            "after one update?"
        ),
        lambda: {"W1": [1], "W2": [1], "dW1": [[4000]], "dW2": [[4000]], "lr": 0.1, "decay_rate": 0.75},
        "W1(1)",
        (0,),
    ),
    stage={"selected": "rmsprop"},
    works_in=("optimizers", "optimizer_race", "playground"),
    works_with={
        "optimizer_race": {"optimizers": ("sgd", "adagrad", "rmsprop")},
        "playground": {"optimizer": "RMSProp"},
    },
    seen_in={"optimizers": VisibleWhen("selected", ("rmsprop",))},
    at_work=at_work(optimizers.RMSProp, {"squares": "h"}, {"decay": "decay_rate"}),
)
