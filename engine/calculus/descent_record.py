"""The places that a descent came through, in a fixed amount of memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CAPACITY = 400


@dataclass(frozen=True)
class Moment:
    """After ``step`` steps: the place x (D,), the function's value there, and the length of the gradient."""

    step: int
    x: np.ndarray
    value: float
    gradient_norm: float

    @property
    def is_finite(self) -> bool:
        """Whether it can be drawn."""
        return bool(np.all(np.isfinite(self.x))) and np.isfinite(self.value) and np.isfinite(self.gradient_norm)


class DescentRecord:
    """Keeps the first half of what it can hold, the newest, and of the rest pairs of neighbours, further apart the more
    there are.

    The first, because that is where a path shows its steps; later ones lie close together. Pairs, because a path that
    jumps from side to side would, if every other moment were kept, seem to have one side. Moments that are not finite
    are left out.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._every = 1
        self._kept: list[Moment] = []
        self._newest: Moment | None = None

    def append(self, moment: Moment) -> None:
        """Keep one more; steps count upwards."""
        if not moment.is_finite:
            return
        self._newest = moment
        if self._is_kept(moment):
            self._kept.append(moment)
        while len(self._kept) > self._capacity:
            self._every *= 2
            self._kept = [one for one in self._kept if self._is_kept(one)]

    @property
    def moments(self) -> list[Moment]:
        """What was kept, the newest as the last."""
        if self._newest is None or (self._kept and self._kept[-1] is self._newest):
            return list(self._kept)
        return [*self._kept, self._newest]

    @property
    def stride(self) -> int:
        """Of how many pairs of steps one was kept."""
        return self._every

    def _is_kept(self, moment: Moment) -> bool:
        return moment.step < self._capacity // 2 or moment.step // 2 % self._every == 0
