"""What several seeds make of a run, as sessions carry it: between which values each of its figures lies, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.contract.plain_json import is_number

SEEDS = 5
"""So many runs show how far chance alone carries a figure."""
MOST_PLACES, MOST_RANGES = 120, 32
"""So many places are kept of a range, and so many ranges of a run, at most."""
_LONGEST_KEY = 120
_LISTS = ("at", "low", "median", "high")


@dataclass(frozen=True)
class SeedRange:
    """The figure with this key at the places ``at`` (N,): its lowest, middle and highest value with any seed, (N,)."""

    key: str
    at: tuple[float, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]


def ranges_json(ranges: Sequence[SeedRange]) -> dict[str, object]:
    """The ranges as plain JSON, for ``read_ranges``."""
    return {"seeds": SEEDS, "ranges": {one.key: {name: list(getattr(one, name)) for name in _LISTS} for one in ranges}}


def read_ranges(data: object, update: int) -> tuple[SeedRange, ...]:
    """The ranges of a run that had come to ``update``; ValueError, which says what is wrong, unless they can be such.

    Those of another number of seeds are none.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("ranges"), Mapping):
        raise ValueError("no ranges")
    if data.get("seeds") != SEEDS:
        return ()
    if len(data["ranges"]) > MOST_RANGES:
        raise ValueError("too many")
    return tuple(_read_range(key, row, update) for key, row in data["ranges"].items())


def _read_range(key: object, row: object, update: int) -> SeedRange:
    if not isinstance(key, str) or len(key) > _LONGEST_KEY or not isinstance(row, Mapping):
        raise ValueError("no range")
    at, low, median, high = (_read_numbers(row.get(name)) for name in _LISTS)
    if not 0 < len(at) <= MOST_PLACES or {len(at)} != {len(low), len(median), len(high)}:
        raise ValueError("lengths")
    if at[0] < 0 or at[-1] > update or any(one >= other for one, other in pairwise(at)):
        raise ValueError("places")
    if any(not one <= middle <= other for one, middle, other in zip(low, median, high, strict=True)):
        raise ValueError("order")
    return SeedRange(key, at, low, median, high)


def _read_numbers(values: object) -> tuple[float, ...]:
    if not isinstance(values, list) or len(values) > MOST_PLACES:
        raise ValueError("no list")
    if not all(map(is_number, values)):
        raise ValueError("no numbers")
    return tuple(float(one) for one in values)
