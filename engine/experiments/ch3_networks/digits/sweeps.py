"""What a digit becomes along each slider that changes it: one goes from end to end, the others stay as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.contract.api import field_of
from engine.contract.fields.base import Ranged
from engine.contract.fields.integer import Integer
from engine.data.altered import Alteration, altered_bytes
from engine.experiments.ch3_networks.digits.params import ALTERED, DigitsParams

_VALUES = 24
"""How many values there are along each slider, that of now among them."""
_NAMES = tuple(ALTERED)
_SLIDERS = tuple(
    (field.minimum, field.maximum, isinstance(field, Integer))
    for field in (field_of(DigitsParams, name, Ranged) for name in _NAMES)  # type: ignore[type-abstract]
)
"""From where to where each slider goes, and whether in whole numbers. A constant, since a script that stands alone has
no declarations to ask."""


def swept(by: Alteration) -> tuple[str, ...]:
    """The fields of the S sliders that are not at rest."""
    return tuple(name for name, part in ALTERED.items() if getattr(by, part) != getattr(Alteration(), part))


def sweep_values(by: Alteration, turn_limit: int) -> np.ndarray:
    """The values (S, K) along each of these sliders, ascending: that of now among them, and along that of turning the
    angle from which on the answer is another one, with the one before it.
    """
    way = 1.0 if by.turn > 0 else -1.0
    turning = (way * (turn_limit - 1), way * turn_limit) if turn_limit else ()
    rows = [
        _values(name, float(getattr(by, ALTERED[name])), *(turning if name == "turn" else ())) for name in swept(by)
    ]
    return np.array(rows).reshape(-1, _VALUES)


def _values(name: str, *wanted: float) -> np.ndarray:
    """The values that are wanted, and so many between the ends that all together are as many along every slider."""
    low, high, whole = _SLIDERS[_NAMES.index(name)]
    even = np.linspace(low, high, _VALUES - len(wanted))
    return np.sort(np.append(np.rint(even) if whole else even, wanted))


def sweep_pictures(image: np.ndarray, by: Alteration, values: np.ndarray, grain: np.ndarray) -> np.ndarray:
    """The image (28, 28) of bytes at all of these ``values`` (S, K), (S·K, 28, 28)."""
    made = [
        altered_bytes(image, _with(by, name, value), grain)
        for name, along in zip(swept(by), values.tolist(), strict=True)
        for value in along
    ]
    return np.array(made, dtype=np.uint8).reshape(-1, *image.shape)


def _with(by: Alteration, name: str, value: float) -> Alteration:
    part: dict[str, Any] = {ALTERED[name]: int(value) if _SLIDERS[_NAMES.index(name)][2] else value}
    return replace(by, **part)
