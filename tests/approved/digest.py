"""Values of frames and tables as one line each, and when two such lines count as the same."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.contract.text import Text

_WHOLE = 12
"""A column or an array of at most so many values is written in full."""
_FIRST, _LAST = 3, 2
_KINDS = 6
_NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan)(?![\w.])")
_SPELLED = re.compile(r"[-−]?\d[\d,.]*(?:e[-−]?\d+)?|[⁻⁰¹²³⁴-⁹]+")
"""A number as it stands in words for people."""
_RELATIVE, _OF_THE_LARGEST = 1e-5, 1e-6


def digest(value: Any) -> str:
    """A value of a frame: shape, sum, moment (which tells when values change places), least, greatest, first, last."""
    if isinstance(value, np.ndarray):
        return f"{value.shape} {column(value.ravel().tolist())}"
    if isinstance(value, Text):
        return f"{value.render('en')} | {value.render('zh_CN')}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {digest(part)}" for key, part in value.items()) + "}"
    if isinstance(value, tuple | list):
        return f"[{len(value)}] {column(value)}" if len(value) > _WHOLE else f"({', '.join(map(digest, value))})"
    if dataclasses.is_dataclass(value):
        parts = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return type(value).__name__ + "(" + ", ".join(f"{name} {digest(part)}" for name, part in parts) + ")"
    if value is None or isinstance(value, bool | int | float | str | np.generic):
        return number(value)
    return type(value).__name__


def column(values: Sequence[object]) -> str:
    """Values that stand one below the other: all of them where they are few."""
    if len(values) <= _WHOLE:
        return ", ".join(number(value) for value in values)
    ends = f"{', '.join(map(number, values[:_FIRST]))} … {', '.join(map(number, values[-_LAST:]))}"
    if not all(isinstance(value, bool | int | float) for value in values):
        kinds = Counter(number(value) for value in values)
        counts = ", ".join(f"{many}× {kind}" for kind, many in kinds.most_common(_KINDS))
        return f"{len(values)} values of {len(kinds)} kinds ({counts}): {ends}"
    given = np.array(values, float)
    finite = given[np.isfinite(given)]
    lost = f", {given.size - finite.size} not finite" if finite.size < given.size else ""
    if not finite.size:
        return f"{len(values)} values{lost}"
    moment = finite @ (np.arange(finite.size) / finite.size)
    facts = {"sum": finite.sum(), "moment": moment, "min": finite.min(), "max": finite.max()}
    return f"{len(values)} values{lost}, {', '.join(f'{name} {number(fact)}' for name, fact in facts.items())}: {ends}"


def number(value: object) -> str:
    """A number with 6 significant digits; anything else as it is."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}" if value else "0"
    return digest(value) if isinstance(value, tuple | list | Mapping | Text) else str(value)


def nearly(one: str, other: str) -> bool:
    """Whether two digests differ by no more than rounding, as another computer's arithmetic may: 1e-5 of a number, or
    a millionth of the largest of its kind for what is left when large numbers take each other away.
    """
    if one == other:
        return True
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    before, values = one.rpartition(": ")[::2]
    kinds = [(before, other.rpartition(": ")[0]), (values, other.rpartition(": ")[2])]
    return all(_numbers_alike(*kind) for kind in kinds)


def alike_but_for_numbers(one: str, other: str) -> bool:
    """Whether two lines say the same in the same words, with other numbers perhaps."""
    return _SPELLED.sub("#", one) == _SPELLED.sub("#", other)


def _numbers_alike(one: str, other: str) -> bool:
    pairs = [(float(a), float(b)) for a, b in zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)]
    largest = max((abs(part) for pair in pairs for part in pair if math.isfinite(part)), default=0.0)
    return all(
        math.isclose(a, b, rel_tol=_RELATIVE, abs_tol=_OF_THE_LARGEST * largest) or (math.isnan(a) and math.isnan(b))
        for a, b in pairs
    )
