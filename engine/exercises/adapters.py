"""Adapters shared by several exercises, which give a learner's function the engine's signature."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from engine.calculus.expressions import Expression
from engine.exercises import returned


def elementwise(written: Any) -> Any:
    """Wraps a function of arrays so that it also accepts a single number, as the engine's activation functions do."""

    @wraps(written)
    def yours(a: np.ndarray) -> np.ndarray:
        a = np.asarray(a)
        given = np.atleast_1d(a)
        return returned.array(written(given), given.shape).reshape(a.shape)

    return yours


def function_of(text: str, count: int) -> Callable[[np.ndarray], float]:
    """Parses a formula in x0, x1, … and returns a function of an array with ``count`` elements, in any shape."""
    expression = Expression(text, tuple(f"x{place}" for place in range(count)))
    return lambda x: float(expression(*x.ravel().tolist()))
