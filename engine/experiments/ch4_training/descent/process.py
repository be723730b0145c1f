"""The run of `descent`: one step of gradient descent an update, and frames that describe the whole path."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.calculus.curvature import curvatures, hessian, is_linear, is_quadratic, largest_rate
from engine.calculus.descent import descent_in_place, gradient_descent
from engine.contract.frame import required
from engine.contract.numerals import rounded_up
from engine.contract.protocol import Process
from engine.experiments.ch4_training.descent import words
from engine.experiments.ch4_training.descent.params import DescentFrame, DescentParams
from engine.experiments.shared.surfaces.surface_choice import map_of
from engine.experiments.shared.surfaces.surface_fate import Fate, Region, fate_of, is_gone
from engine.experiments.shared.surfaces.surface_walk import Walk, exact_gradient, gradient_of
from engine.geometry.drawn_path import crossing
from engine.geometry.heights import LOWEST_POWER, height_range, power_heights, signed_heights

SECOND_CALL = 100
"""The maximum number of steps of the second call of the faulty descent; otherwise it takes as many as the first."""
_HALVES_IN = 100
"""A rate is said to crawl if halving the distance along the flattest direction takes more steps than this."""
_SLICES = 100.0
"""The limit of |x2| for the map of a function of three variables, which is a slice at the current x2."""
_SCALE = (-2.0, 1.0)
"""The powers of ten at the ends of the learning rate's scale; its lower end is extended if the function's usual rate or
the current one is smaller.
"""


class DescentProcess(Process):
    """The run: one step per update; with ``compare`` a second descent uses the other kind of gradient."""

    def __init__(self, params: DescentParams) -> None:
        self._params, self._surface = params, params.surface
        # The array that the descent is called with; the faulty one writes into it.
        self._callers_start = params.whole_start
        self._exact = exact_gradient(self._surface.expression)
        self._walk = self._walk_from(self._callers_start, params.gradient)
        self._other = self._walk_from(params.whole_start, params.other_gradient) if params.compare else None
        low = np.minimum(self._surface.low, params.start)
        high = np.maximum(self._surface.high, params.start)
        self._region = Region(tuple(low.tolist()), tuple(high.tolist()))
        self._exit: tuple[int, np.ndarray] | tuple[None, None] = (None, None)
        places = self._places_to_compare()
        self._compared_with = places[0], hessian(self._exact, places[0])
        self._quadratic = is_quadratic(self._exact, places)
        self._check_quadratic()
        self._bends = curvatures(self._exact, params.whole_start)
        self.finished = self._ends()

    def _walk_from(self, start: np.ndarray, kind: str) -> Walk:
        """A descent from ``start`` with the kind of gradient ``kind``, by the correct or the faulty code."""
        descend = descent_in_place if self._params.pitfall == "start_changed" else gradient_descent
        gradient = self._exact
        if kind != "exact":
            gradient = gradient_of(self._surface.expression, kind, self._params.h)
        # The gradient where a walk stands is known already.
        return Walk(
            self._surface.expression,
            gradient,
            start,
            lambda x, known: descend(lambda _: known, x, self._params.learning_rate, 1),
        )

    @property
    def counts(self) -> tuple[int, ...]:
        return (self._walk.steps,)

    def advance(self) -> None:
        self._walk.advance()
        if self._other is not None and not self._other.is_lost:
            self._other.advance()
        before, now = self._walk.before, self._walk.x
        self._check_quadratic()
        if self._region.holds(now):
            self._exit = (None, None)
        elif self._region.holds(before) and np.all(np.isfinite(now)):
            place = crossing(before[:2], now[:2], np.array(self._region.low), np.array(self._region.high))
            self._exit = (self._walk.steps, place)
        self.finished = self._ends()

    def frame(self, heavy: bool) -> DescentFrame:
        walk, params, surface = self._walk, self._params, self._surface
        path = walk.path(surface.low, surface.high)
        signed = not surface.minima
        value_heights = signed_heights(path.values) if signed else power_heights(path.values)
        norm_heights = power_heights(path.gradient_norms)
        limit, limit_place = self._limit()
        is_bowl = self._quadratic and limit is not None
        further = walk.x[2:] if np.all(np.isfinite(walk.x[2:])) else path.places[-1, 2:]
        # In tenths, so that neighbouring steps share a map; a huge x2 would leave nothing else to see.
        slice_at = tuple(round(min(max(float(part), -_SLICES), _SLICES), 1) + 0.0 for part in further)
        found = SimpleNamespace(
            update=walk.steps,
            counts=self.counts,
            finished=self.finished,
            map=map_of(surface.text, surface.names, surface.low, surface.high, slice_at),
            slice_x2=slice_at[0] if slice_at else None,
            path=path,
            x=walk.x,
            before=walk.before,
            value=walk.value,
            gradient=walk.gradient,
            gradient_norm=walk.recent[-1].gradient_norm,
            verdict=fate_of(walk, self._region, self._exact),
            lowest_value=walk.lowest.value,
            lowest_step=walk.lowest.step,
            exit_step=self._exit[0],
            exit_place=self._exit[1],
            quadratic=self._quadratic,
            limit=limit,
            limit_place=limit_place,
            rest=1 - 2 * params.learning_rate / required(limit) if is_bowl else None,
            zones=self._zones(required(limit)) if is_bowl else None,
            other=self._other and self._other.path(surface.low, surface.high),
            other_x=self._other and self._other.x,
            distance=self._other and _distance(walk.x, self._other.x),
            **self._changed_start(),
            signed=signed,
            floored=not signed and bool(np.any(value_heights <= LOWEST_POWER)),
            value_heights=value_heights,
            value_range=height_range(value_heights, signed),
            norm_heights=norm_heights,
            norm_range=height_range(norm_heights),
            last_step=params.steps if walk.steps <= params.steps else round(rounded_up(walk.steps)),
            rate_range=self._rate_range(),
        )
        # Frames are made by the hundred while a run is recorded on its way: each is built once, its status included.
        return DescentFrame(status=words.status(params, found, self._is_gone(found.verdict)), **vars(found))

    def _is_gone(self, verdict: Fate) -> bool:
        """Whether the descent has left the map and cannot return at any learning rate.

        False for functions that are not quadratic, for which this is unknown.
        """
        return verdict == "left_the_plot" and self._quadratic and is_gone(self._walk.x, self._region, self._exact)

    def _ends(self) -> bool:
        """Whether the run ends: a value is nan, the point is infinite, or the gradient is infinite at a point not far
        away.
        """
        walk = self._walk
        return (
            walk.is_lost
            or walk.is_at_infinity
            or not (np.all(np.isfinite(walk.gradient)) or self._region.is_far(walk.x))
        )

    def _places_to_compare(self) -> list[np.ndarray]:
        """Points on the map (D,) at which second derivatives are compared, to find out whether the function is
        quadratic.
        """
        rest = self._params.whole_start[2:]
        low, high = np.array(self._surface.low), np.array(self._surface.high)
        shares = ((0.5, 0.5), (0.1, 0.3), (0.8, 0.15), (0.31, 0.93))
        return [np.array([*(low + np.array(share) * (high - low)), *(rest + share[0])]) for share in shares]

    def _check_quadratic(self) -> None:
        """Test again whether the function is quadratic, at the current point: it may have a corner that the first
        points missed.
        """
        place, bend = self._compared_with
        self._quadratic = self._quadratic and is_linear(self._exact, bend, place, self._walk.x)

    def _limit(self) -> tuple[float | None, np.ndarray | None]:
        """The learning rate 2/λmax from which descent does not converge, and the minimum at which it holds.

        The minimum is None for a quadratic function, where the limit holds everywhere; else it is the nearest known
        one.
        """
        x = self._walk.x
        if self._quadratic:
            return largest_rate(self._bends), None
        if not self._surface.minima or not np.all(np.isfinite(x)):
            return None, None
        minima = np.array(self._surface.minima)
        with np.errstate(over="ignore"):
            nearest = minima[np.argmin(np.linalg.norm(minima - x, axis=1))]
        return largest_rate(curvatures(self._exact, nearest)), nearest

    def _rate_range(self) -> np.ndarray:
        """The powers of ten at both ends of the learning rate's scale; they do not change while the rate is dragged."""
        usual, now = np.log10([self._surface.learning_rate, self._params.learning_rate]).tolist()
        # A hair more, so that the floor of 10⁻² is −2 however the logarithm is rounded.
        low = min(_SCALE[0], np.floor(usual + 1e-9) - 1, np.floor(now + 1e-9))
        return np.array([low, _SCALE[1]])

    def _zones(self, limit: float) -> np.ndarray:
        """The rates up to which a quadratic bowl's descent crawls, converges without crossing its valley, and
        converges: (3,).
        """
        flattest = float(np.min(self._bends[self._bends > 1e-9 * self._bends[-1]]))
        crawls = (1 - 0.5 ** (1 / _HALVES_IN)) / flattest
        return np.array([min(crawls, limit), limit / 2, limit])

    def _changed_start(self) -> dict[str, Any]:
        """The frame's fields about the mistake of changing the start in place: the caller's start after the call, and
        the path of a second call with it.
        """
        if self._params.pitfall == "none":
            return {"start_after": None, "second": None}
        second = self._walk_from(self._callers_start.copy(), self._params.gradient)
        while second.steps < min(self._walk.steps, SECOND_CALL) and second.recent[-1].is_finite:
            second.advance()
        return {"start_after": self._callers_start, "second": second.path(self._surface.low, self._surface.high)}


def _distance(one: np.ndarray, other: np.ndarray) -> float:
    """The distance of two points (D,); coordinates that are infinite in both alike count as equal."""
    with np.errstate(all="ignore"):
        # Both at the same infinity are not apart.
        distance = float(np.linalg.norm(np.where(one == other, 0.0, one - other)))
    return distance if np.isfinite(distance) else np.inf
