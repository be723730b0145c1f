"""Redoes the sums of a working, apart from the engine's own code: with the exact values, and from what is shown."""

from __future__ import annotations

import math
import re

from engine.contract.working import WorkingStep

_NAMES = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "step": lambda a: 1.0 if a > 0 else 0.0,
    "sign": lambda a: float((a > 0) - (a < 0)),
    "sigmoid": lambda a: 1.0 / (1.0 + math.exp(-a)),
    "max": max,
    "min": min,
    "abs": abs,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
}
_SIGNS = str.maketrans({"·": "*", "×": "*", "÷": "/", "\N{MINUS SIGN}": "-", "√": "sqrt", "^": "**"})
_RAISED = {"²": "**2", "³": "**3"}


def evaluate(line: WorkingStep) -> float:
    """The value of a line's expression."""
    expression = line.expression
    for name, value in line.values.items():
        expression = expression.replace("{" + name + "}", f"({value!r})")
    assert "{" not in expression, line
    return _value(expression)


def evaluate_text(expression: str) -> float:
    """The value of an expression in the grammar of a working, its numbers put in."""
    return _value(expression)


def read_back(shown: str) -> float:
    """The value of arithmetic as it stands on the screen, roots and small powers included."""
    return _value(re.sub("[²³]", lambda match: _RAISED[match[0]], shown))


def _value(expression: str) -> float:
    return float(eval(expression.translate(_SIGNS), {"__builtins__": {}}, _NAMES))
