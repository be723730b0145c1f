"""Formulas as inputs of exercises, since a learner's code in its own process is given functions by their text."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.calculus.expressions import Expression


def function_of(text: str, count: int) -> Callable[[np.ndarray], float]:
    """Parses a formula in x0, x1, … and returns a function of an array with ``count`` elements, in any shape."""
    expression = Expression(text, tuple(f"x{place}" for place in range(count)))
    return lambda x: float(expression(*x.ravel().tolist()))
