"""The numbers and kinds that a frame holds, as claims name them: what a question or a goal can be about."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Real
from typing import Any

import numpy as np

from engine.contract.frame import Frame, frame_fields
from engine.contract.numerals import format_real

_LEFT_OUT = ("update", "counts", "events", "finished")
_MOST_CELLS = 4
_LONGEST = 40


def quantities_of(frame: Frame) -> Iterator[tuple[str, str]]:
    """Path and value, both as they are written in a claim; of arrays and tuples the first few places."""
    for name in frame_fields(type(frame)):
        value = getattr(frame, name)
        if name == "status":
            yield f"{name}.kind", str(getattr(value, "kind", None) or "none")
        elif name not in _LEFT_OUT:
            yield from _told(name, value)


def _told(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield path, "none"
    elif isinstance(value, (bool, np.bool_)):
        yield path, str(bool(value)).lower()
    elif isinstance(value, str):
        if len(value) <= _LONGEST:
            yield path, value
    elif isinstance(value, Real):
        yield path, format_real(float(value)).replace("\N{MINUS SIGN}", "-")
    elif isinstance(value, (np.ndarray, tuple, list)) and np.ndim(value) == 1 and len(value):
        for index, one in enumerate(value[:_MOST_CELLS]):
            yield from _told(f"{path}[{index}]", one)
