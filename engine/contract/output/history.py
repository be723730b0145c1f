"""Curves of a run in a fixed amount of memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CAPACITY = 65_536


@dataclass(frozen=True)
class Curve:
    """What a history shows of one quantity: per kept row its update, smallest, largest and last value, read-only.

    ``stride`` is how many recordings one row stands for; with 1 the three values are the same.
    """

    updates: np.ndarray
    minimum: np.ndarray
    maximum: np.ndarray
    last: np.ndarray
    stride: int


class History:
    """Append-only recordings of named quantities; when full, neighbours merge into min, max and last in new buffers.

    Curves that were handed out are copies and stay as they are.
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
        """Record one value per name, at ``update``."""
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
        """All that was recorded of one quantity."""
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
