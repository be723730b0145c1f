"""JSON that comes from outside, read so that whatever is in it can also be shown, computed with and written again."""

from __future__ import annotations

import json
import sys
from math import isfinite
from typing import Any

DEEPEST = 16
"""Lists and tables inside one another; a session needs six."""


def read_json(text: str) -> Any:
    """The value that ``text`` spells.

    ValueError for what is not JSON, and for JSON that would break something later: numbers that are not finite, halves
    of characters, and more than ``DEEPEST`` levels.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    waiting = [(value, 1)]
    while waiting:
        part, level = waiting.pop()
        if level > DEEPEST:
            raise ValueError(_TOO_DEEP)
        if isinstance(part, dict):
            waiting += [(inner, level + 1) for pair in part.items() for inner in pair]
        elif isinstance(part, list):
            waiting += [(inner, level + 1) for inner in part]
        elif isinstance(part, str):
            part.encode()  # half of a character cannot be; its error is a ValueError
        elif (isinstance(part, float) and not isfinite(part)) or (isinstance(part, int) and abs(part) > _LARGEST_WHOLE):
            raise ValueError("a number is too large")
    return value


def is_number(value: object) -> bool:
    """Whether a value that was read is a number to compute with: finite, within the reach of floating point."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


_LARGEST_WHOLE = 10**300
"""Beyond that a whole number is no number of floating point, and to compute with it raises OverflowError."""
_TOO_DEEP = f"more than {DEEPEST} levels"


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")
