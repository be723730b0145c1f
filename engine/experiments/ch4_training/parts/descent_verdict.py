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
    "maximum", "oscillating", "left_the_plot", "diverged", "unbounded_below", "no_value",
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
_NEWEST = 3
"""So many steps say how fast the gradient shrinks now; those before them may have been a plunge."""
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
_LEVEL = 1e-6
"""The share of the strongest bend from which a bend downwards counts, and up to which a direction is not bent."""


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
    distance: Callable[[], float],
) -> Verdict:
    """The name of what goes on: ``recent`` are the newest moments one by one, at most ``WINDOW`` of them.

    ``steepest`` is the longest gradient met so far. ``curvature`` gives the curvatures at the newest place, and
    ``distance`` how far from there they would make the ground level; both are asked only where the gradient has
    nearly gone. A rate may be so small that steps and gradients are short far from any level place. In this order:

    - ``no_value``: from a place not far away it came to one without a value, or without a slope;
    - not finite: ``unbounded_below`` if the value is below the first one, else ``diverged``;
    - ``diverged``: the value is above the first one and rose at each of the newest three steps or more;
    - gradient and step small, level ground close by, and little way left at the present pace: ``converged``, or a
      ``plateau`` where nothing is bent. Where some direction is bent downwards it is a ``saddle_point`` or, if none
      is bent upwards, a ``maximum``; a descent passes those by, so they are named in the region only;
    - far outside: ``diverged`` above the first value, ``unbounded_below`` under it unless the slope falls off;
    - ``left_the_plot``: outside the region;
    - ``oscillating``: some coordinate changes its direction at every step, by as much as before or more;
    - ``crawling``: some coordinate goes one way in short steps, and half of what is left takes more than 100 of them;
    - ``zigzag``: some coordinate changes its direction at every step, each time by less, and none jumps irregularly;
    - otherwise ``under_way``.
    """
    now = recent[-1]
    if _has_no_value(recent, first, region):
        return "no_value"
    if not now.is_finite:
        return "unbounded_below" if _is_below(recent, first) else "diverged"
    if len(recent) == 1 and now.gradient_norm > 0:
        return "start"
    values = [moment.value for moment in recent]
    if len(recent) > 3 and now.value > first.value and all(one < other for one, other in pairwise(values)):
        return "diverged"
    level = _level_ground(recent, steepest, region, curvature, distance)
    if level is not None and (region.holds(now.x) or level in ("converged", "plateau")):
        return level
    if region.is_far(now.x):
        if _is_below(recent, first):
            # Whose slope falls off may be on its way to a minimum out there.
            falls_off = 0 < now.gradient_norm < recent[-2].gradient_norm
            return "left_the_plot" if falls_off else "unbounded_below"
        return "diverged" if now.value > first.value else "left_the_plot"
    if not region.holds(now.x):
        return "left_the_plot"
    swing = _swing(recent, region)
    if swing is not None and swing >= 1 - _SWING:
        return "oscillating"
    if _crawls(recent, region):
        return "crawling"
    return "under_way" if swing is None or not _swings_evenly(recent, region) else "zigzag"


def _swings_evenly(recent: Sequence[Moment], region: Region) -> bool:
    """Whether some coordinate swings less at every step, while each of the others swings too, or goes one way."""
    steps = np.diff(np.array([moment.x for moment in recent]), axis=0)
    moving = np.max(np.abs(steps), axis=0) > _NO_STEP * region.size
    turns = steps[1:] * steps[:-1] < 0
    swings = np.all(turns, axis=0)
    shrinks = np.all(np.abs(steps[1:]) < np.abs(steps[:-1]), axis=0)
    even = ~moving | swings | ~np.any(turns, axis=0)
    return bool(np.all(even) and np.any(moving & swings & shrinks))


def _has_no_value(recent: Sequence[Moment], first: Moment, region: Region) -> bool:
    """Whether it came from nearby to where there is no value or no slope: numbers that grow too large do not count."""
    if not first.is_finite:
        return True
    lost = next((index for index, moment in enumerate(recent) if not moment.is_finite), 0)
    if not lost or region.is_far(recent[lost - 1].x):
        return False
    moment = recent[lost]
    return bool(np.all(np.isfinite(moment.x))) and (np.isnan(moment.value) or not region.is_far(moment.x))


def _level_ground(
    recent: Sequence[Moment],
    steepest: float,
    region: Region,
    curvature: Callable[[], np.ndarray],
    distance: Callable[[], float],
) -> Verdict | None:
    """What kind of level place it is held up at; None if it is at none."""
    if recent[-1].gradient_norm > _FLATTENING * steepest or not distance() <= _SMALL_REST * region.size:
        return None
    bends = curvature()
    strongest = float(np.max(np.abs(bends)))
    if bends[0] < -_BENT * strongest and _last_step(recent, region) <= _SMALL_STEP:
        return "maximum" if bends[-1] <= _LEVEL * strongest else "saddle_point"
    if bends[0] < -_BENT * strongest or not _has_settled(recent, steepest, region):
        return None
    return "plateau" if bends[-1] <= 0 else "converged"


def _is_below(recent: Sequence[Moment], first: Moment) -> bool:
    """Whether it fell, by the newest value that is a number."""
    values = [moment.value for moment in recent if not np.isnan(moment.value)]
    return bool(values) and values[-1] < first.value


def _last_step(recent: Sequence[Moment], region: Region) -> float:
    """The length of the newest step in sizes of the region, 0 where none was made."""
    return float(np.linalg.norm(recent[-1].x - recent[-2].x)) / region.size if len(recent) > 1 else 0.0


def _has_settled(recent: Sequence[Moment], steepest: float, region: Region) -> bool:
    now = recent[-1]
    if now.gradient_norm == 0:
        return True
    if len(recent) < 3 or now.gradient_norm > _SMALL_GRADIENT * steepest:
        return False
    last = _last_step(recent, region)
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
    """By what the gradient's length was multiplied at one of the newest steps, the largest of all."""
    norms = [moment.gradient_norm for moment in list(recent)[-_NEWEST - 1 :]]
    return max(after / before if before > 0 else np.inf for before, after in pairwise(norms))


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
