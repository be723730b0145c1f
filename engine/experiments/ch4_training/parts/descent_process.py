"""The run of `descent`: one step an update, and the whole picture of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from engine.calculus.curvature import curvatures, distance_to_level, hessian, is_linear, is_quadratic, largest_rate
from engine.calculus.descent import gradient_descent
from engine.calculus.descent_in_place import descent_in_place
from engine.contract.protocol import Process
from engine.experiments.ch4_training.parts import descent_words as words
from engine.experiments.ch4_training.parts.descent_params import DescentFrame, DescentParams
from engine.experiments.ch4_training.parts.descent_verdict import Region, Verdict, verdict
from engine.experiments.ch4_training.parts.descent_walker import Walker, exact_gradient, gradient_of
from engine.experiments.surface_choice import map_of
from engine.geometry.drawn_path import crossing, drawn_path
from engine.geometry.heights import LOWEST_POWER, height_range, power_heights, signed_heights

SECOND_CALL = 100
"""The second call of the faulty descent takes as many steps as the first, up to this many."""
_HALVES_IN = 100
"""A rate crawls if it takes more steps than this to halve what is left along the flattest direction."""
_SLICES = 100.0
"""The map of a function of three variables is a slice at an x2 between −100 and 100."""
_SCALE = (-2.0, 1.0)
"""The scale of rates goes from 0.01 to 10, or from lower if the function asks for it, or the rate is lower still."""


class DescentProcess(Process):
    """Walks on step by step; with ``compare`` a second walker takes the other gradient."""

    def __init__(self, params: DescentParams) -> None:
        self._params = params
        self._surface = params.surface
        self._expression = self._surface.expression
        start, rate = params.whole_start, params.learning_rate
        self._gradient = gradient_of(self._expression, params.gradient, params.h)
        faulty = params.pitfall == "start_changed"
        # What a caller holds in his hand; the faulty descent writes into it.
        self._callers_start = start.copy()
        self._walker = Walker(
            self._expression,
            self._gradient,
            self._callers_start,
            rate,
            descent_in_place if faulty else gradient_descent,
        )
        self._other = None
        if params.compare:
            name = "exact" if params.gradient == "numerical" else "numerical"
            gradient = gradient_of(self._expression, name, params.h)
            self._other = Walker(self._expression, gradient, start.copy(), rate, gradient_descent)
        low = np.minimum(self._surface.low, start[:2])
        high = np.maximum(self._surface.high, start[:2])
        self._region = Region(tuple(low.tolist()), tuple(high.tolist()))
        self._exit: tuple[int, np.ndarray] | None = None
        self._exact = exact_gradient(self._expression)
        places = self._places_to_compare(start)
        self._compared_with = places[0], hessian(self._exact, places[0])
        self._quadratic = is_quadratic(self._exact, places)
        self._check_quadratic()
        self._bends = curvatures(self._exact, start)
        self._verdict: Verdict = "start"
        self.finished = self._ends()
        self._look()

    @property
    def counts(self) -> tuple[int, ...]:
        return (self._walker.steps,)

    def advance(self) -> None:
        before = self._walker.x.copy()
        self._walker.advance()
        if self._other is not None and not self._other.is_lost:
            self._other.advance()
        now = self._walker.x
        self._check_quadratic()
        if self._region.holds(now):
            self._exit = None
        elif self._region.holds(before) and np.all(np.isfinite(now)):
            place = crossing(before[:2], now[:2], np.array(self._region.low), np.array(self._region.high))
            self._exit = (self._walker.steps, place)
        self.finished = self._ends()

    def frame(self, heavy: bool) -> DescentFrame:
        walker, params, surface = self._walker, self._params, self._surface
        self._look()
        moments = walker.record.moments
        places = np.array([moment.x for moment in moments]).reshape(-1, len(walker.x))
        values = np.array([moment.value for moment in moments])
        norms = np.array([moment.gradient_norm for moment in moments])
        signed = not surface.minima
        value_heights = signed_heights(values) if signed else power_heights(values)
        limit, limit_place = self._limit()
        further = walker.x[2:] if np.all(np.isfinite(walker.x[2:])) else places[-1, 2:]
        # In tenths, so that neighbouring steps share a map; a huge x2 would leave nothing else to see.
        slice_at = tuple(round(min(max(float(part), -_SLICES), _SLICES), 1) + 0.0 for part in further)
        found = SimpleNamespace(
            update=walker.steps,
            counts=self.counts,
            finished=self.finished,
            map=map_of(surface.text, surface.names, surface.low, surface.high, slice_at),
            slice_x2=slice_at[0] if slice_at else None,
            steps=np.array([moment.step for moment in moments]),
            places=places,
            drawn=drawn_path(places, surface.low, surface.high),
            values=values,
            gradient_norms=norms,
            stride=walker.record.stride,
            x=walker.x,
            before=walker.before,
            value=walker.value,
            gradient=walker.gradient,
            gradient_norm=walker.recent[-1].gradient_norm,
            verdict=self._verdict,
            lowest_value=walker.lowest.value,
            lowest_step=walker.lowest.step,
            exit_step=self._exit[0] if self._exit else None,
            exit_place=self._exit[1] if self._exit else None,
            quadratic=self._quadratic,
            limit=limit,
            limit_place=limit_place,
            rest=1 - 2 * params.learning_rate / limit if self._quadratic and limit else None,
            zones=self._zones(limit) if self._quadratic and limit else None,
            **self._compared(),
            **self._changed_start(),
            signed=signed,
            floored=not signed and bool(np.any(value_heights <= LOWEST_POWER)),
            value_heights=value_heights,
            value_range=height_range(value_heights),
            norm_heights=power_heights(norms),
            norm_range=height_range(power_heights(norms)),
            last_step=_round_up(max(params.steps, walker.steps), params.steps),
            rate_range=self._rate_range(),
        )
        # Frames are made by the hundred while a run is recorded on its way: each is built once, its status included.
        return DescentFrame(status=words.status(params, found), **vars(found))

    def _ends(self) -> bool:
        """Whether there is no way on: numbers have gone, or the ground is infinitely steep though not far away."""
        walker = self._walker
        steep = not np.all(np.isfinite(walker.gradient)) and not self._region.is_far(walker.x)
        return walker.is_lost or steep

    def _look(self) -> None:
        """Name what goes on."""
        walker = self._walker
        self._verdict = verdict(
            list(walker.recent),
            walker.first,
            walker.steepest,
            self._region,
            lambda: curvatures(self._exact, walker.x),
            lambda: distance_to_level(self._exact, walker.x),
        )

    def _places_to_compare(self, start: np.ndarray) -> list[np.ndarray]:
        """Places at which the second derivatives are held against one another."""
        rest = start[2:]
        low, high = np.array(self._surface.low), np.array(self._surface.high)
        shares = ((0.5, 0.5), (0.1, 0.3), (0.8, 0.15), (0.31, 0.93))
        return [np.array([*(low + np.array(share) * (high - low)), *(rest + share[0])]) for share in shares]

    def _check_quadratic(self) -> None:
        """A corner may lie off the places that were compared: what is found on the way counts as well."""
        place, bend = self._compared_with
        self._quadratic = self._quadratic and is_linear(self._exact, bend, place, self._walker.x)

    def _limit(self) -> tuple[float | None, np.ndarray | None]:
        """2/λmax of a quadratic function, or of the known minimum that is nearest, with its place."""
        x = self._walker.x
        if self._quadratic:
            return largest_rate(self._bends), None
        if not self._surface.minima or not np.all(np.isfinite(x)):
            return None, None
        minima = np.array(self._surface.minima)
        with np.errstate(over="ignore"):
            nearest = minima[np.argmin(np.linalg.norm(minima - x, axis=1))]
        return largest_rate(curvatures(self._exact, nearest)), nearest

    def _rate_range(self) -> np.ndarray:
        """Exponents from and to which the scale of rates goes; they stand still while the rate is dragged."""
        usual, now = np.log10([self._surface.learning_rate, self._params.learning_rate]).tolist()
        # A hair more, so that the floor of 10⁻² is −2 however the logarithm is rounded.
        low = min(_SCALE[0], np.floor(usual + 1e-9) - 1, np.floor(now + 1e-9))
        return np.array([low, _SCALE[1]])

    def _zones(self, limit: float) -> np.ndarray:
        """Up to which rates a quadratic bowl crawls, settles without crossing its valley, and settles at all."""
        flattest = float(np.min(self._bends[self._bends > 1e-9 * self._bends[-1]]))
        crawls = (1 - 0.5 ** (1 / _HALVES_IN)) / flattest
        return np.array([min(crawls, limit), limit / 2, limit])

    def _compared(self) -> dict[str, object]:
        if self._other is None:
            return dict.fromkeys(("other_steps", "other_places", "other_drawn", "other_x", "distance"))
        moments = self._other.record.moments
        places = np.array([moment.x for moment in moments]).reshape(-1, len(self._other.x))
        with np.errstate(all="ignore"):
            # Both at the same infinity are not apart.
            apart = np.where(self._walker.x == self._other.x, 0.0, self._walker.x - self._other.x)
            distance = float(np.linalg.norm(apart))
        return {
            "other_steps": np.array([moment.step for moment in moments]),
            "other_places": places,
            "other_drawn": drawn_path(places, self._surface.low, self._surface.high),
            "other_x": self._other.x,
            "distance": distance if np.isfinite(distance) else np.inf,
        }

    def _changed_start(self) -> dict[str, object]:
        """What the caller's start is after the call, and a second call with it."""
        if self._params.pitfall == "none":
            return dict.fromkeys(("start_after", "second_places", "second_drawn"))
        after = self._callers_start.copy()
        start, places = self._callers_start.copy(), [after]
        for _ in range(min(self._walker.steps, SECOND_CALL)):
            with np.errstate(all="ignore"):
                places.append(descent_in_place(self._gradient, start, self._params.learning_rate, 1).copy())
            if not np.all(np.isfinite(places[-1])):
                places.pop()
                break
        second = np.array(places)
        return {
            "start_after": after,
            "second_places": second,
            "second_drawn": drawn_path(second, self._surface.low, self._surface.high),
        }


def _round_up(number: int, enough: int) -> int:
    """``enough`` if it is, or else the next of 1, 2, 5 times a power of ten."""
    if number <= enough:
        return enough
    power = 10 ** int(np.floor(np.log10(number)))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= number)
