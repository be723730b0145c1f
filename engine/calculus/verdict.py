"""What became of a descent, in one word that is found from where it was, never from what the function is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from engine.calculus.descent_record import Moment

Verdict = Literal[
    "start", "under_way", "zigzag", "crawling", "converged", "saddle_point", "plateau",
    "oscillating", "left_the_plot", "diverged", "unbounded_below",
]  # fmt: skip

WINDOW = 9
"""So many of the newest moments, one a step, are looked at."""

_FAR = 10.0
"""In sizes of the region: whoever is further away does not come back."""
_SMALL_GRADIENT = 1e-3
"""Of the steepest gradient met so far."""
_FLATTENING = 1e-2
"""The same, from which it is asked whether the place is a saddle."""
_SMALL_STEP = 1e-3
_SMALL_REST = 1e-2
_NO_STEP = 1e-12
"""In sizes of the region: a step, the whole way that is left, and what is no step at all."""
_SWING = 1e-6
"""A swing that changes by less than this share has the same size."""
_HALVING = 0.5 ** (1 / 100)
"""The share a step with which it takes 100 steps to halve what is left."""
_SPEEDING = 1.001
"""Who gets faster than by this factor a step does not crawl."""
_CRAWL = 1 / 400
_LONG_REST = 1 / 20
"""In sizes of the region: a short step, and a long way left."""
_BENT = 1e-2
"""The share of the strongest bend from which a bend downwards counts."""


@dataclass(frozen=True)
class Region:
    """The part of the plane that is looked at."""

    low: tuple[float, float]
    high: tuple[float, float]

    @property
    def size(self) -> float:
        """Its longer side, the measure of lengths."""
        return max(high - low for low, high in zip(self.low, self.high, strict=True))

    def holds(self, x: np.ndarray) -> bool:
        """Whether a place (D,), of which the first two parts are drawn, lies in it."""
        return all(low <= part <= high for low, part, high in zip(self.low, x, self.high, strict=False))

    def is_far(self, x: np.ndarray) -> bool:
        """Whether a place is many sizes of the region away from its middle."""
        middle = (np.array(self.low) + np.array(self.high)) / 2
        return bool(np.any(np.abs(x[:2] - middle) > _FAR * self.size))


def verdict(
    recent: Sequence[Moment],
    first: Moment,
    steepest: float,
    region: Region,
    curvature: Callable[[], np.ndarray],
) -> Verdict:
    """The name of what goes on: ``recent`` are the newest moments one by one, at most ``WINDOW`` of them.

    ``steepest`` is the longest gradient met so far. ``curvature`` gives the curvatures at the newest place; it is
    asked only where the gradient has nearly gone. In this order:

    - not finite, or far outside: ``unbounded_below`` if the value is below the first one, else ``diverged``;
    - ``diverged``: the value is above the first one and rose at each of the newest three steps or more;
    - ``left_the_plot``: outside the region;
    - gradient and step small, and little way left at the present pace: ``converged``; where some direction is bent
      downwards it is a ``saddle_point``, where nothing is bent a ``plateau``;
    - ``oscillating``: some coordinate changes its direction at every step, by as much as before or more;
    - ``crawling``: some coordinate goes one way in short steps, and half of what is left takes more than 100 of them;
    - ``zigzag``: some coordinate changes its direction at every step, by less and less;
    - otherwise ``under_way``.
    """
    now = recent[-1]
    if not now.is_finite or region.is_far(now.x):
        return "unbounded_below" if _is_below(recent, first) else "diverged"
    if len(recent) == 1 and now.gradient_norm > 0:
        return "start"
    values = [moment.value for moment in recent]
    if len(recent) > 3 and now.value > first.value and all(one < other for one, other in pairwise(values)):
        return "diverged"
    if not region.holds(now.x):
        return "left_the_plot"
    if now.gradient_norm <= _FLATTENING * steepest:
        bends = curvature()
        if bends[0] < -_BENT * float(np.max(np.abs(bends))):
            return "saddle_point"
        if _has_settled(recent, steepest, region):
            return "plateau" if bends[-1] <= 0 else "converged"
    swing = _swing(recent, region)
    if swing is not None and swing >= 1 - _SWING:
        return "oscillating"
    if _crawls(recent, region):
        return "crawling"
    return "under_way" if swing is None else "zigzag"


def _is_below(recent: Sequence[Moment], first: Moment) -> bool:
    """Whether it fell, by the newest value that is a number."""
    values = [moment.value for moment in recent if not np.isnan(moment.value)]
    return bool(values) and values[-1] < first.value


def _step_sizes(recent: Sequence[Moment]) -> np.ndarray:
    """The lengths (K − 1,) of the newest steps."""
    return np.array([float(np.linalg.norm(after.x - before.x)) for before, after in pairwise(recent)])


def _has_settled(recent: Sequence[Moment], steepest: float, region: Region) -> bool:
    now = recent[-1]
    if now.gradient_norm == 0:
        return True
    if len(recent) < 3 or now.gradient_norm > _SMALL_GRADIENT * steepest:
        return False
    last = float(_step_sizes(recent)[-1]) / region.size
    share = _share(recent)
    # Steps that shrink by one and the same share a step have this way left, all together.
    rest = last / (1 - share) if share < 1 else np.inf
    return last <= _NO_STEP * 1000 or (last <= _SMALL_STEP and rest <= _SMALL_REST)


def _crawls(recent: Sequence[Moment], region: Region) -> bool:
    """Whether some coordinate goes one way in short steps that hardly shrink, with a long way left at this pace."""
    steps = np.diff(np.array([moment.x for moment in recent]), axis=0) / region.size
    if len(steps) < 2:
        return False
    for coordinate in steps.T:
        if np.any(coordinate * coordinate[0] <= 0) or np.max(np.abs(coordinate)) > _CRAWL:
            continue
        share = float(coordinate[-1] / coordinate[0]) ** (1 / (len(steps) - 1))
        rest = abs(float(coordinate[-1])) / (1 - share) if share < 1 else np.inf
        if _HALVING < share < _SPEEDING and rest > _LONG_REST:
            return True
    return False


def _share(recent: Sequence[Moment]) -> float:
    """By what the gradient's length was multiplied at each of the newest steps, on the average."""
    before, now = recent[0].gradient_norm, recent[-1].gradient_norm
    return (now / before) ** (1 / (len(recent) - 1)) if before > 0 else np.inf


def _swing(recent: Sequence[Moment], region: Region) -> float | None:
    """By what the swings of a coordinate are multiplied a step, the largest of all; None where none swings.

    A coordinate swings if it goes up and down by turns, at all of the newest steps and at least three.
    """
    steps = np.diff(np.array([moment.x for moment in recent]), axis=0)
    if len(steps) < 3:
        return None
    large = np.all(np.abs(steps) > _NO_STEP * region.size, axis=0)
    turns = np.all(steps[1:] * steps[:-1] < 0, axis=0)
    sizes = np.abs(steps[:, large & turns])
    if not sizes.size:
        return None
    return float(np.max((sizes[-1] / sizes[0]) ** (1 / (len(steps) - 1))))
