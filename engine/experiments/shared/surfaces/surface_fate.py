"""Classifies how a descent ends or goes on (its fate) by its newest steps and, optionally, by curvatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from engine.calculus.curvature import curvatures, distance_to_level, hessian
from engine.calculus.descent_record import Moment
from engine.experiments.shared.surfaces.surface_walk import Gradient, Walk

Fate = Literal[
    "start", "under_way", "zigzag", "crawling", "converged", "saddle_point", "plateau",
    "maximum", "oscillating", "left_the_plot", "diverged", "unbounded_below", "no_value",
]  # fmt: skip

# Lengths are measured in sizes of the region.
_FAR = 10.0
"""Beyond this many region sizes from the middle a descent counts as never returning."""
_NO_STEP, _SMALL_STEP, _SHORT_STEP = 1e-12, 1e-3, 1 / 400
"""The step lengths below which a step counts as none, as small enough for convergence, and as short."""
_SMALL_REST, _LONG_REST = 1e-2, 1 / 20
"""The distances still to go that count as small (below the first) and as long (above the second)."""
_FLATTENING, _SMALL_GRADIENT = 1e-2, 1e-3
"""Shares of the largest gradient norm so far: below the first a place is examined for a saddle point, below the second
the gradient counts as nearly zero.
"""
_NEWEST = 3
"""The number of newest steps by which the shrinking of the gradient is measured."""
_SWING = 1e-6
"""An oscillation that shrinks by less than this share from step to step counts as constant."""
_HALVING, _SPEEDING = 0.5 ** (1 / 100), 1.001
"""The ratios of a step to the one before it between which a descent may be crawling. At the first, 100 steps halve the
distance still to go; above the second, it is speeding up.
"""
_BENT, _LEVEL = 1e-2, 1e-6
"""Shares of the strongest curvature: a curvature more negative than the first counts as downwards, one up to the second
counts as none.
"""


@dataclass(frozen=True)
class Region:
    """The shown rectangle of the plane, from ``low`` to ``high``."""

    low: tuple[float, float]
    high: tuple[float, float]

    @property
    def size(self) -> float:
        """The longer side of the region, the unit in which lengths are measured here."""
        return max(high - low for low, high in zip(self.low, self.high, strict=True))

    def holds(self, x: np.ndarray) -> bool:
        """Whether a point (D,) lies in the region; only its first two coordinates count, those that are drawn."""
        return all(low <= part <= high for low, part, high in zip(self.low, x, self.high, strict=False))

    def is_far(self, x: np.ndarray) -> bool:
        """Whether a point is more than ten region sizes away from the region's middle."""
        middle = (np.array(self.low) + np.array(self.high)) / 2
        return bool(np.any(np.abs(x[:2] - middle) > _FAR * self.size))


def is_gone(x: np.ndarray, region: Region, exact: Gradient) -> bool:
    """Whether a descent on a quadratic function of two variables, now at x (2,), can never return to the region.

    Along an eigenvector of the Hessian with eigenvalue λ ≤ 0, each step multiplies the slope by 1 − ηλ ≥ 1. At any
    learning rate the descent then moves on in the same direction, so it never returns once it has passed the region.
    """
    if len(x) != 2:
        return False
    bends, directions = np.linalg.eigh(hessian(exact, x))
    corners = np.array([(x0, x1) for x0 in (region.low[0], region.high[0]) for x1 in (region.low[1], region.high[1])])
    downhill = -np.sign(directions.T @ exact(x))
    places, reach = downhill * (directions.T @ x), np.max(downhill * (corners @ directions), axis=0)
    return bool(np.any((bends <= 0) & (downhill != 0) & (places > reach)))


def fate_of(walk: Walk, region: Region, exact: Gradient | None) -> Fate:
    """The fate of a descent.

    ``exact`` is the gradient function from which curvatures are computed at places that may be level. Without it no
    level place is recognised: this takes most of the time, too much where many descents run side by side.

    With a very small learning rate, steps and gradients are short far from any level place. The fates are therefore
    tried in this order:

    - ``no_value``: from a place not far away the descent came to one where the function has no value or no slope;
    - a value that is not finite: ``unbounded_below`` if the newest value is below the first one, else ``diverged``;
    - ``diverged``: the value is above the first one and rose at each of the newest steps, at least three;
    - gradient and step are small, a level place is close, and little way is left at the present pace: ``converged``, or
      ``plateau`` if nothing is curved. If some direction is curved downwards it is a ``saddle_point`` or, if
      none is curved upwards, a ``maximum``; a descent passes those by, so they are named in the region only;
    - far outside the region: ``diverged`` above the first value; below it ``unbounded_below``, or ``left_the_plot`` if
      the slope becomes smaller;
    - ``left_the_plot``: outside the region;
    - ``oscillating``: some coordinate reverses its direction at every step, by as much as before or more;
    - ``crawling``: some coordinate moves one way in short steps, and half of the way left takes more than 100 of them;
    - ``zigzag``: some coordinate reverses its direction at every step, each time by less, and no other jumps
      irregularly;
    - otherwise ``under_way``.
    """
    recent, first = list(walk.recent), walk.first
    now, values = recent[-1], [moment.value for moment in recent]
    # By the newest value that is a number.
    is_below = next((value for value in reversed(values) if not np.isnan(value)), np.inf) < first.value
    if _has_no_value(recent, first, region):
        return "no_value"
    if not now.is_finite:
        return "unbounded_below" if is_below else "diverged"
    if len(recent) == 1 and now.gradient_norm > 0:
        return "start"
    if len(recent) > 3 and now.value > first.value and all(one < other for one, other in pairwise(values)):
        return "diverged"
    with np.errstate(over="ignore"):
        steps = np.diff(np.array([moment.x for moment in recent]), axis=0) / region.size
    level = None if exact is None else _level_ground(walk, steps, region, exact)
    if level is not None and (region.holds(now.x) or level in ("converged", "plateau")):
        return level
    if region.is_far(now.x):
        if is_below:
            # Whose slope falls off may be on its way to a minimum out there.
            falls_off = 0 < now.gradient_norm < recent[-2].gradient_norm
            return "left_the_plot" if falls_off else "unbounded_below"
        return "diverged" if now.value > first.value else "left_the_plot"
    if not region.holds(now.x):
        return "left_the_plot"
    swing = _swing(steps)
    if swing is not None and swing >= 1 - _SWING:
        return "oscillating"
    if _crawls(steps):
        return "crawling"
    return "under_way" if swing is None or not _swings_evenly(steps) else "zigzag"


def _has_no_value(recent: Sequence[Moment], first: Moment, region: Region) -> bool:
    """Whether the descent came from a place nearby to one where the function has no value or slope; overflow does not
    count.
    """
    if not first.is_finite:
        return True
    lost = next((index for index, moment in enumerate(recent) if not moment.is_finite), 0)
    if not lost or region.is_far(recent[lost - 1].x):
        return False
    moment = recent[lost]
    return bool(np.all(np.isfinite(moment.x))) and (np.isnan(moment.value) or not region.is_far(moment.x))


def _level_ground(walk: Walk, steps: np.ndarray, region: Region, exact: Gradient) -> Fate | None:
    """The kind of level place at which the descent is stuck: converged, plateau, saddle point or maximum; None if at
    none.
    """
    now = walk.recent[-1]
    if now.gradient_norm > _FLATTENING * walk.steepest:
        return None
    if not distance_to_level(exact, now.x) <= _SMALL_REST * region.size:
        return None
    last = float(np.linalg.norm(steps[-1])) if len(steps) else 0.0
    bends = curvatures(exact, now.x)
    strongest = float(np.max(np.abs(bends)))
    falls = bends[0] < -_BENT * strongest
    if falls and last <= _SMALL_STEP:
        return "maximum" if bends[-1] <= _LEVEL * strongest else "saddle_point"
    if falls or not _has_settled(walk, last):
        return None
    return "plateau" if bends[-1] <= 0 else "converged"


def _has_settled(walk: Walk, last: float) -> bool:
    """Whether gradient and step are small, and only a short way is left; ``last`` is the length of the newest step."""
    norms = [moment.gradient_norm for moment in walk.recent]
    if norms[-1] == 0:
        return True
    if len(norms) < 3 or norms[-1] > _SMALL_GRADIENT * walk.steepest:
        return False
    share = max(after / before if before > 0 else np.inf for before, after in pairwise(norms[-_NEWEST - 1 :]))
    # Steps that shrink by one and the same share a step have this way left, all together.
    rest = last / (1 - share) if share < 1 else np.inf
    return last <= _NO_STEP * 1000 or (last <= _SMALL_STEP and rest <= _SMALL_REST)


def _crawls(steps: np.ndarray) -> bool:
    """Whether some coordinate moves one way in short steps that hardly shrink, with a long way left at this pace."""
    if len(steps) < 2:
        return False
    for coordinate in steps.T:
        if np.any(coordinate * coordinate[0] <= 0) or np.max(np.abs(coordinate)) > _SHORT_STEP:
            continue
        share = float(coordinate[-1] / coordinate[0]) ** (1 / (len(steps) - 1))
        rest = abs(float(coordinate[-1])) / (1 - share) if share < 1 else np.inf
        if _HALVING < share < _SPEEDING and rest > _LONG_REST:
            return True
    return False


def _swing(steps: np.ndarray) -> float | None:
    """The factor by which a coordinate's oscillation grows from step to step, the largest of all; None without
    oscillation.

    A coordinate oscillates if it reverses its direction at all of the newest steps, at least three.
    """
    if len(steps) < 3:
        return None
    large = np.all(np.abs(steps) > _NO_STEP, axis=0)
    sizes = np.abs(steps[:, large & np.all(steps[1:] * steps[:-1] < 0, axis=0)])
    return float(np.max((sizes[-1] / sizes[0]) ** (1 / (len(steps) - 1)))) if sizes.size else None


def _swings_evenly(steps: np.ndarray) -> bool:
    """Whether some coordinate's oscillation shrinks at every step, and all others oscillate or go one way."""
    moving = np.max(np.abs(steps), axis=0) > _NO_STEP
    turns = steps[1:] * steps[:-1] < 0
    swings = np.all(turns, axis=0)
    shrinks = np.all(np.abs(steps[1:]) < np.abs(steps[:-1]), axis=0)
    even = ~moving | swings | ~np.any(turns, axis=0)
    return bool(np.all(even) and np.any(moving & swings & shrinks))
