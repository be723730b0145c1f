"""A record of a descent's path, downsampled so that it takes a fixed amount of memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CAPACITY = 400


@dataclass(frozen=True)
class Moment:
    """The state of a descent after ``step`` steps: the position x (D,), the function's value there, the length of the
    gradient.
    """

    step: int
    x: np.ndarray
    value: float
    gradient_norm: float

    @property
    def is_finite(self) -> bool:
        """Whether position, value and gradient are finite, so that the moment can be drawn."""
        return bool(np.all(np.isfinite(self.x))) and np.isfinite(self.value) and np.isfinite(self.gradient_norm)


class DescentRecord:
    """Keeps part of a descent's moments (states after a step): the first ones up to half of its capacity, the newest,
    and in between pairs of consecutive moments, with growing gaps.

    The first ones are kept because single steps are visible there, while later ones lie close together. Pairs are kept
    because a path that jumps from side to side would seem to stay on one side if only every other moment were kept.
    Moments that are not finite are left out.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._every = 1
        self._kept: list[Moment] = []
        self._newest: Moment | None = None

    def append(self, moment: Moment) -> None:
        """Adds a moment; its step must be larger than that of the last one."""
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
        """The moments that are kept, in order of their steps; the last is the newest."""
        if self._newest is None or (self._kept and self._kept[-1] is self._newest):
            return list(self._kept)
        return [*self._kept, self._newest]

    @property
    def stride(self) -> int:
        """n, if only every n-th pair of steps is kept in the downsampled part."""
        return self._every

    def _is_kept(self, moment: Moment) -> bool:
        return moment.step < self._capacity // 2 or moment.step // 2 % self._every == 0
