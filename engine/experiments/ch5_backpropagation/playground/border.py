"""The border between two classes as a curve x2 = f(x1), typed by the learner."""

from __future__ import annotations

import numpy as np

from engine.calculus.expressions import Expression
from engine.contract.api import Refused, Text, format_real
from engine.data.plane_sets import OUTER, REACH

NAMES = ("x1",)
_LOOKED_AT, _DRAWN = 521, 601
"""The numbers of values of x1 at which a border is checked, and at which it is drawn."""
_FEWEST = 0.05
"""The minimum share of the square that must lie on each side of the border."""
_NO_VALUE = Text("“{f}” has no value at x1 = {x1}.")
_ABOVE = Text("“{f}” leaves hardly any point above it.")
_BELOW = Text("“{f}” leaves hardly any point below it.")


def understand(text: str, names: tuple[str, ...] = NAMES) -> Expression:
    """Parse a border. Raises ``Refused`` if it is invalid, is undefined somewhere, or leaves a class
    hardly any points.
    """
    border = Expression(text, names)
    x1 = np.linspace(-OUTER, OUTER, _LOOKED_AT)
    x2 = border(x1)
    if np.isnan(x2).any():
        raise Refused(_NO_VALUE(f=border.text, x1=format_real(float(x1[np.isnan(x2)][0]), 3)))
    above = float(np.clip((OUTER - x2) / (2 * OUTER), 0.0, 1.0).mean())
    if not _FEWEST <= above <= 1.0 - _FEWEST:
        raise Refused((_ABOVE if above < _FEWEST else _BELOW)(f=border.text))
    return border


def drawn(text: str) -> np.ndarray:
    """The border as points (M, 2) from left to right; nan outside the visible square."""
    x1 = np.linspace(-REACH, REACH, _DRAWN)
    x2 = Expression(text, NAMES)(x1)
    x2[~(np.abs(x2) <= REACH)] = np.nan
    return np.column_stack([x1, x2]).astype(np.float32)
