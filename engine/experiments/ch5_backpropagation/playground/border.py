"""The border of two classes as a learner types it: the curve x2 = f(x1)."""

from __future__ import annotations

import numpy as np

from engine.calculus.expressions import Expression
from engine.contract.api import Refused, Text, format_real
from engine.data.plane_sets import OUTER, REACH

NAMES = ("x1",)
_LOOKED_AT, _DRAWN = 521, 601
"""The number of places along x1 at which a curve is checked, and drawn."""
_FEWEST = 0.05
"""The least share of the points on either side."""
_NO_VALUE = Text("“{f}” has no value at x1 = {x1}.")
_ABOVE = Text("“{f}” leaves hardly any point above it.")
_BELOW = Text("“{f}” leaves hardly any point below it.")


def understand(text: str, names: tuple[str, ...] = NAMES) -> Expression:
    """Parses a border; ``Refused`` if it is not valid, has no value anywhere, or leaves a class without points."""
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
    """The border as a curve of points (M, 2) from left to right; nan outside of the square that is shown."""
    x1 = np.linspace(-REACH, REACH, _DRAWN)
    x2 = Expression(text, NAMES)(x1)
    x2[~(np.abs(x2) <= REACH)] = np.nan
    return np.column_stack([x1, x2]).astype(np.float32)
