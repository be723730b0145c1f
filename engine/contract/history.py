"""The recorded history of a run's quantities, downsampled so that it takes a fixed amount of memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.contract.plain_json import is_number, is_text

CAPACITY = 65_536


@dataclass(frozen=True)
class Curve:
    """The history of one quantity as read-only arrays (rows,): the update, and the smallest, largest and last value.

    One row combines ``stride`` recordings; with stride 1 the three values are the same.
    """

    updates: np.ndarray
    minimum: np.ndarray
    maximum: np.ndarray
    last: np.ndarray
    stride: int


class History:
    """Append-only recordings of named quantities. When full, each two neighbouring rows are merged into one with their
    minimum, maximum and last value.

    Curves that were returned are copies and do not change.
    """

    def __init__(self, names: tuple[str, ...], capacity: int = CAPACITY) -> None:
        if capacity < 2 or capacity % 2:
            raise ValueError(f"capacity {capacity}: must be even and at least 2")
        self.names = names
        self._capacity = capacity
        self._stride = 1
        self._rows = 0
        self._pending = 0
        size = min(16, capacity)
        self._updates = np.zeros(size, dtype=np.int64)
        self._values = np.zeros((size, len(names), 3))

    def append(self, update: int, *values: float) -> None:
        """Records one value per name at ``update``."""
        if len(values) != len(self.names):
            raise ValueError(f"{len(values)} values for {len(self.names)} names")
        if self._pending == 0:
            if self._rows == self._capacity:
                self._merge()
            if self._rows == len(self._updates):
                self._grow()
            self._values[self._rows] = np.asarray(values, dtype=float)[:, None]
            self._rows += 1
        else:
            row = self._values[self._rows - 1]
            row[:, 0] = np.fmin(row[:, 0], values)
            row[:, 1] = np.fmax(row[:, 1], values)
            row[:, 2] = values
        self._updates[self._rows - 1] = update
        self._pending = (self._pending + 1) % self._stride

    def curve(self, name: str) -> Curve:
        """The history of the quantity ``name``, as copies."""
        column = self.names.index(name)
        updates = self._updates[: self._rows].copy()
        minimum, maximum, last = (self._values[: self._rows, column, kind].copy() for kind in range(3))
        for part in (updates, minimum, maximum, last):
            part.setflags(write=False)
        return Curve(updates, minimum, maximum, last, stride=self._stride)

    def _grow(self) -> None:
        size = min(self._capacity, 2 * len(self._updates))
        self._updates = np.resize(self._updates, size)
        self._values = np.concatenate([self._values, np.zeros((size - self._rows, len(self.names), 3))])

    def _merge(self) -> None:
        pairs = self._values.reshape(-1, 2, len(self.names), 3)
        merged = np.zeros_like(self._values)
        half = self._rows // 2
        merged[:half, :, 0] = np.fmin(pairs[:, 0, :, 0], pairs[:, 1, :, 0])
        merged[:half, :, 1] = np.fmax(pairs[:, 0, :, 1], pairs[:, 1, :, 1])
        merged[:half, :, 2] = pairs[:, 1, :, 2]
        updates = np.zeros_like(self._updates)
        updates[:half] = self._updates[1::2]
        self._updates, self._values, self._rows = updates, merged, half
        self._stride *= 2


SEEDS = 5
"""The number of seeds with which a run is repeated to find the range of its figures."""
MOST_PLACES, MOST_RANGES = 120, 32
"""The maximum number of points in a range, and of ranges in a run."""
_LONGEST_KEY = 120
_LISTS = ("at", "low", "median", "high")


@dataclass(frozen=True)
class SeedRange:
    """The range of one figure over several seeds: lowest, median and highest values (N,) at the updates or epochs
    ``at`` (N,).
    """

    key: str
    at: tuple[float, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]


def ranges_json(ranges: Sequence[SeedRange]) -> dict[str, object]:
    """The ranges as a plain JSON object, to be read by ``read_ranges``."""
    return {"seeds": SEEDS, "ranges": {one.key: {name: list(getattr(one, name)) for name in _LISTS} for one in ranges}}


def read_ranges(data: object, update: int) -> tuple[SeedRange, ...]:
    """Parses the ranges of a run that had reached ``update``; ValueError, with the reason, if they are not valid.

    Ranges over another number of seeds than ``SEEDS`` are dropped.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("ranges"), Mapping):
        raise ValueError("no ranges")
    if data.get("seeds") != SEEDS:
        return ()
    if len(data["ranges"]) > MOST_RANGES:
        raise ValueError("too many")
    return tuple(_read_range(key, row, update) for key, row in data["ranges"].items())


def _read_range(key: object, row: object, update: int) -> SeedRange:
    if not is_text(key, _LONGEST_KEY) or not isinstance(row, Mapping):
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
    if not isinstance(values, list) or len(values) > MOST_PLACES or not all(map(is_number, values)):
        raise ValueError("no list of numbers")
    return tuple(map(float, values))
