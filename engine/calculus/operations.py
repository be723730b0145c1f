"""The operations of a computational graph: each computes its value, and from one upstream gradient all its downstream
ones.

``forward`` takes the operands and stores what the backward pass needs. ``backward`` takes the upstream gradient and
returns one downstream gradient per operand: upstream times local derivative. ``written`` is the formula of the value
and ``local`` those of the local derivatives, with the operands {u} and {v}, in the grammar of worked calculations.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from engine.calculus.expressions.functions import CHOOSING, FUNCTIONS


class Operation(ABC):
    """An elementary operation on plain numbers; ``symbol`` is the text in its node."""

    symbol: str
    written: str
    local: tuple[str, ...]

    forward: Callable[..., float]
    """Computes the value from the operands."""

    @abstractmethod
    def backward(self, upstream: float) -> tuple[float, ...]:
        """The gradient of each operand of the last ``forward``: ``upstream`` times the local derivative."""


class Plus(Operation):
    """u + v passes the upstream gradient on to both operands."""

    symbol = "+"
    written = "{u} + {v}"
    local = ("1", "1")

    def forward(self, u: float, v: float) -> float:
        return u + v

    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * 1, upstream * 1


class Minus(Operation):
    """u − v passes the upstream gradient on to u, and its negative to v."""

    symbol = "\N{MINUS SIGN}"
    written = "{u} \N{MINUS SIGN} {v}"
    local = ("1", "(\N{MINUS SIGN}1)")

    def forward(self, u: float, v: float) -> float:
        return u - v

    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * 1, upstream * -1


class Times(Operation):
    """u · v: each operand's gradient is the upstream gradient times the other operand."""

    symbol = "×"
    written = "{u}·{v}"
    local = ("{v}", "{u}")

    def forward(self, u: float, v: float) -> float:
        self.u, self.v = u, v
        return u * v

    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * self.v, upstream * self.u


class Divide(Operation):
    """u / v: the gradients are the upstream gradient times 1/v, and times −u/v²."""

    symbol = "÷"
    written = "{u} / {v}"
    local = ("(1 / {v})", "(\N{MINUS SIGN}{u} / {v}^2)")

    def forward(self, u: float, v: float) -> float:
        self.u, self.v = u, v
        return u / v

    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * (1 / self.v), upstream * (-self.u / self.v**2)


class Power(Operation):
    """u^v. At v = 0 the value is 1 for every u, so the gradient of u is 0 there. At u = 0 the value stays 0 for every
    v, so the gradient of v is 0 there.
    """

    symbol = "^"
    written = "{u}^{v}"
    local = ("({v}·{u}^({v} \N{MINUS SIGN} 1))", "({u}^{v}·ln({u}))")

    def forward(self, u: float, v: float) -> float:
        self.u, self.v = u, v
        return u**v

    def backward(self, upstream: float) -> tuple[float, float]:
        u, v = self.u, self.v
        by_u = 0.0 if v == 0 else v * u ** (v - 1)
        by_v = 0.0 if u**v == 0 else u**v * np.log(u)
        return upstream * by_u, upstream * by_v


class Negate(Operation):
    """−u passes back the negative of the upstream gradient."""

    symbol = "\N{MINUS SIGN}"
    written = "\N{MINUS SIGN}{u}"
    local = ("(\N{MINUS SIGN}1)",)

    def forward(self, u: float) -> float:
        return -u

    def backward(self, upstream: float) -> tuple[float]:
        return (upstream * -1,)


class Function(Operation):
    """f(u), such as exp or log, with the local derivative f′(u)."""

    def __init__(self, name: str) -> None:
        self.symbol, self.local = name, (_SLOPES[name],)
        self.written = _WRITTEN.get(name, name + "({u})")

    def forward(self, u: float) -> float:
        self.u = u
        return FUNCTIONS[self.symbol].value(u)

    def backward(self, upstream: float) -> tuple[float]:
        return (upstream * FUNCTIONS[self.symbol].slope(self.u),)


class Choose(Operation):
    """The smallest or largest of its operands: only the chosen operand, of equal ones the first, gets the gradient."""

    def __init__(self, name: str, count: int) -> None:
        self.symbol, self.count = name, count
        self.written = f"{name}({', '.join(f'{{{one}}}' for one in operand_names(count))})"
        self.local = ("1",) * count

    def forward(self, *operands: float) -> float:
        self.chosen = 0
        for place, operand in enumerate(operands):
            if not CHOOSING[self.symbol].first(operands[self.chosen], operand):
                self.chosen = place
        self.local = tuple("1" if place == self.chosen else "0" for place in range(self.count))
        return operands[self.chosen]

    def backward(self, upstream: float) -> tuple[float, ...]:
        return tuple(upstream * (1 if place == self.chosen else 0) for place in range(self.count))


def operand_names(count: int) -> tuple[str, ...]:
    """The names of ``count`` operands: u, v, and from the third on w3, w4, …"""
    return ("u", "v", *(f"w{number}" for number in range(3, count + 1)))[:count]


_WRITTEN = {
    "log": "ln({u})",
    "relu": "max(0, {u})",
}
_SLOPES = {
    "sin": "cos({u})",
    "cos": "(\N{MINUS SIGN}sin({u}))",
    "tan": "(1 / cos({u})^2)",
    "exp": "exp({u})",
    "log": "(1 / {u})",
    "ln": "(1 / {u})",
    "sqrt": "(1 / (2·sqrt({u})))",
    "abs": "({u} / abs({u}))",
    "tanh": "(1 \N{MINUS SIGN} tanh({u})^2)",
    "sigmoid": "(sigmoid({u})·(1 \N{MINUS SIGN} sigmoid({u})))",
    "relu": "step({u})",
}
