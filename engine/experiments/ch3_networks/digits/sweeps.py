"""What a digit becomes along each slider that changes it: one goes from end to end, the others stay as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.contract.fields.integer import Integer
from engine.contract.fields.real import Real
from engine.contract.pieces import field_of
from engine.data.altered import Alteration, altered_bytes
from engine.experiments.ch3_networks.digits.params import ALTERED, DigitsParams

_VALUES = 21


def swept(by: Alteration) -> tuple[str, ...]:
    """The fields of the S sliders that are not at rest."""
    return tuple(name for name, part in ALTERED.items() if getattr(by, part) != getattr(Alteration(), part))


def sweep_values(by: Alteration) -> np.ndarray:
    """The values (S, K) along each of these sliders, ascending, that of now among them."""
    return np.array([_values(name, float(getattr(by, ALTERED[name]))) for name in swept(by)]).reshape(-1, _VALUES + 1)


def _values(name: str, now: float) -> np.ndarray:
    field = field_of(DigitsParams, name)
    if isinstance(field, Integer):
        even = np.rint(np.linspace(field.minimum, field.maximum, _VALUES))
    else:
        assert isinstance(field, Real)
        even = np.linspace(field.minimum, field.maximum, _VALUES)
    return np.sort(np.append(even, now))


def sweep_pictures(image: np.ndarray, by: Alteration, values: np.ndarray, grain: np.ndarray) -> np.ndarray:
    """The image (28, 28) of bytes at all of these ``values`` (S, K), (S·K, 28, 28)."""
    made = [
        altered_bytes(image, _with(by, name, value), grain)
        for name, along in zip(swept(by), values.tolist(), strict=True)
        for value in along
    ]
    return np.array(made, dtype=np.uint8).reshape(-1, *image.shape)


def _with(by: Alteration, name: str, value: float) -> Alteration:
    part: dict[str, Any] = {ALTERED[name]: int(value) if isinstance(field_of(DigitsParams, name), Integer) else value}
    return replace(by, **part)
