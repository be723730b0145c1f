"""Redoes the sums of a working: evaluates a line's expression with its values, apart from the engine's own code."""

from __future__ import annotations

import math

from engine.contract.working import Line

_NAMES = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "step": lambda a: 1.0 if a > 0 else 0.0,
    "sigmoid": lambda a: 1.0 / (1.0 + math.exp(-a)),
    "max": max,
    "abs": abs,
}
_SIGNS = str.maketrans({"·": "*", "×": "*", "÷": "/", "\N{MINUS SIGN}": "-"})


def evaluate(line: Line) -> float:
    """The value of a line's expression."""
    expression = line.expression.replace("^", "**").translate(_SIGNS)
    for name, value in line.values.items():
        expression = expression.replace("{" + name + "}", f"({value!r})")
    assert "{" not in expression, line
    return float(eval(expression, {"__builtins__": {}}, _NAMES))
