"""Exercise: values drawn uniformly on a log scale, as learning rates are tried."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.exercises.giving import Draws
from engine.pieces.piece import Piece

_TINY = 1e-12
"""The tolerance of the checks: small enough to tell a learning rate of 1e-6 from 0."""
_DRAWS = Draws()


def _use(written: Any, low: float, high: float, shares: np.ndarray) -> Values:
    _DRAWS.begin(*shares)
    rates = written(low, high, len(shares))
    # Each in its place, but in any order: a search does not mind which comes first.
    yield "η", np.sort(rates) if isinstance(rates, np.ndarray) and rates.ndim == 1 else rates
    yield "drawn", _DRAWS.count


def _of(low: float, high: float, *shares: float) -> Inputs:
    return {"low": low, "high": high, "shares": list(shares)}


EXERCISE = Exercise(
    id="log_scale",
    order=1,
    title=Text("Learning rates on a log scale"),
    task=Text(
        "Draw count rates between 10^low and 10^high, so that every power of ten gets as many of them: as many "
        "between 1e-6 and 1e-5 as between 1e-3 and 1e-2. What uniform draws in the checks is stated; order is free."
    ),
    piece=Piece("techniques.log_scale"),
    use=_use,
    names={"η": Text("sorted η"), "drawn": Text("numbers from uniform")},
    gives=lambda: {"uniform": _DRAWS.uniform},
    counts={"uniform": lambda low=0.0, high=1.0, size=1: giving.of_shape(*np.atleast_1d(1 if size is None else size))},
    checks=(
        Check(
            Text("from −2 to 0, drawn in the middle"), lambda: _of(-2, 0, 0.5), ("drawn", "η"), tolerance=_TINY, hint=0
        ),
        Check(
            Text("from −6 to −2: drawn at both ends and at three places between"),
            lambda: _of(-6, -2, 0, 0.25, 0.5, 0.75, 1),
            ("η",),
            tolerance=_TINY,
        ),
        Check(
            Text("each rate is drawn by itself"),
            lambda: _of(-4, -1, 0.1, 0.9, 0.3, 0.7),
            tolerance=_TINY,
            hint=2,
        ),
        Check(
            Text("between two powers: from −5 to −4"),
            lambda: _of(-5, -4, 0.2, 0.4, 0.6, 0.8),
            ("η",),
            tolerance=_TINY,
        ),
        Check(Text("above 1 too: from −1 to 2"), lambda: _of(-1, 2, 0.05, 0.35, 0.65, 0.95), ("η",), tolerance=_TINY),
    ),
    hints=(
        Text("Which rate lies in the middle between 0.01 and 1, if every power of ten is to count alike?"),
        Text("It is the exponent that is drawn evenly. The rate then follows from it."),
        Text("uniform(low, high, count) draws count numbers at once, and ** works on a whole array."),
    ),
    by_hand=ByHand(
        Text("Rates are drawn from 10⁻⁴ to 1 (low = −4, high = 0), and uniform hits the middle. What is the rate η?"),
        lambda: _of(-4, 0, 0.5),
        "η",
        (0,),
    ),
    works_in=("hyperparameters",),
)
