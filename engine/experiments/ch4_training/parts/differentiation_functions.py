"""The functions that the experiment `differentiation` offers, all of them typed expressions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.calculus import Expression
from engine.contract.text import Text, same

VARIABLES = ("x",)
OWN = "own"
WIDE = (-11.0, 12.0)
"""What the plot of a function shows when x lies outside of the function's own window."""


@dataclass(frozen=True)
class Listed:
    """``low`` to ``high`` is the part of the x axis where the function is worth looking at."""

    label: Text
    expression: str
    low: float
    high: float


FUNCTIONS = {
    "sin": Listed(same("sin x"), "sin(x)", -1.0, 4.0),
    "exp": Listed(same("exp x"), "exp(x)", -2.0, 3.0),
    "square": Listed(same("x²"), "x^2", -3.0, 4.0),
    "cube": Listed(same("x³"), "x^3", -2.5, 3.5),
    "book": Listed(same("0.01x² + 0.1x"), "0.01*x^2 + 0.1*x", 0.0, 12.0),
    "reciprocal": Listed(same("1/x"), "1/x", -1.0, 4.0),
    "root": Listed(same("√x"), "sqrt(x)", -1.0, 5.0),
    "relu": Listed(same("ReLU"), "relu(x)", -2.0, 3.0),
    OWN: Listed(Text("your own", "自己输入"), "", -3.0, 3.0),
}


@lru_cache(maxsize=64)
def expression(text: str) -> Expression:
    """The function that a text spells."""
    return Expression(text, VARIABLES)
