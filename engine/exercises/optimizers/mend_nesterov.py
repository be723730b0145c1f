"""Repair exercise: a Nesterov optimizer that updates the velocity before using it, as in code that is often copied."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import Exercise, Inputs, Search
from engine.exercises.mending import Mending
from engine.exercises.three_updates import CHANGED, checks, use
from engine.nn import optimizers

_FAULTY = untranslated(
    """class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = {}

    def update(self, params, grads):
        for key in params:
            if key not in self.v:
                self.v[key] = np.zeros_like(params[key])
            step = self.lr * grads[key]
            self.v[key] *= self.momentum
            self.v[key] -= step
            params[key] += self.momentum**2 * self.v[key]
            params[key] -= (1 + self.momentum) * step
"""
)
_MENDING = Mending("Nesterov", _FAULTY)
_BY_V, _BY_GRADIENT = "self.momentum**2 * self.v[key]", "(1 + self.momentum) * step"
_TURN = "            self.v[key] *= self.momentum\n            self.v[key] -= step\n"


class _Ours(optimizers.Nesterov):
    """The engine's Nesterov optimizer with the book's attribute names."""

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(lr, momentum)


def _with_momentum(momentum: Any) -> Inputs:
    return {"W1": [1.0], "W2": [2.0], "dW1": [[2.0], [2.0]], "dW2": [[1.0], [-1.0]], "lr": 0.1,
            "momentum": float(momentum)}  # fmt: skip


EXERCISE = Exercise(
    id="mend_nesterov",
    order=101,
    title=Text("Nesterov, and when its velocity changes"),
    task=Text(
        "With v as it was before an update, Nesterov takes W + μ²·v − (1 + μ)·η·g. This code renews v first and then "
        "uses that formula. Mend it: change the order, or the formula. W1(1) stands for W1 after the first update."
    ),
    name="Nesterov",
    blank=_FAULTY,
    use=use,
    reference=_Ours,
    changes=CHANGED,
    checks=checks(lr=0.1, momentum=0.8),
    hints=(
        Text("The new v is μ·v − η·g. Put that into μ²·v: which gradient is in it, and how often does it count then?"),
        Text("In the formula v is the one from before this update. In which line is it renewed?"),
        Text("Either the two lines that renew v come last, or, with the new v, the step is μ·v − η·g."),
    ),
    ours=(optimizers.Nesterov,),
    mistakes=(
        _MENDING.none(
            Text(
                "The gradient of this update counts too often: it is in the v that was renewed, and in 1 + μ once more."
            )
        ),
        _MENDING.wrong(
            "both",
            Text("With the new v, the gradient is in it already: 1 + μ belongs to the old one."),
            (_BY_V, "self.momentum * self.v[key]"),
        ),
        _MENDING.wrong(
            "squared",
            Text("With the new v, μ counts once: the other one is in v."),
            (_BY_GRADIENT, "step"),
        ),
        _MENDING.wrong(
            "late",
            Text("With the old v, μ counts twice: once for this update, once for the look ahead."),
            (_TURN, ""),
            (_BY_V, "self.momentum * self.v[key]"),
            (f"params[key] -= {_BY_GRADIENT}\n", f"params[key] -= {_BY_GRADIENT}\n{_TURN}"),
        ),
        _MENDING.wrong(
            "momentum",
            Text("This is Momentum: nothing looks ahead."),
            (_BY_V, "self.v[key]"),
            (f"params[key] -= {_BY_GRADIENT}\n", ""),
        ),
        _MENDING.wrong(
            "no_velocity", Text("The velocity has no effect."), (f"            params[key] += {_BY_V}\n", "")
        ),
        _MENDING.wrong(
            "turned",
            Text("The velocity gathers in the wrong direction: uphill."),
            ("] -= step\n            params[key] +", "] += step\n            params[key] +"),
        ),
        _MENDING.wrong(
            "plain",
            Text("This is SGD: the velocity is gone."),
            (_BY_V, "0 * self.v[key]"),
            (_BY_GRADIENT, "step"),
        ),
    ),
    mends="nesterov_order",
    search=Search(
        Text("Find it first: at which momentum does it go elsewhere than it should?"),
        "momentum",
        _with_momentum,
        start=0.0,
        bounds=(0.0, 0.99),
    ),
)
