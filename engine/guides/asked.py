"""A number that a guide asks for before it shows it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

_NEAR = 0.02
"""What is not a whole number may be given two percent too large or too small."""


@dataclass(frozen=True)
class AskedNumber:
    """``field`` is the place in the frame that holds it (``engine.guides.claim``), ``label`` its name for people."""

    field: str
    label: str

    @staticmethod
    def is_right(given: float, value: Any) -> bool:
        """Whether a given number is the one found: a whole number exactly, others to two percent."""
        if isinstance(value, Integral):
            # What NumPy says of its own numbers is no bool of Python, and no JSON holds it.
            return bool(given == value)
        if not (isinstance(value, Real) and math.isfinite(value)):
            return False
        return abs(given - float(value)) <= _NEAR * abs(float(value)) + 1e-12
