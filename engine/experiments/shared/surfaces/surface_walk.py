"""One descent on a surface, step by step, and its path; shared by the experiments on descent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.calculus.descent_record import CAPACITY, DescentRecord, Moment
from engine.calculus.expressions import Expression
from engine.calculus.numerical_gradient import numerical_gradient
from engine.geometry.drawn_path import drawn_path

_KNOWN = 8
WINDOW = 9
"""The number of newest moments, one a step, that determine the fate."""

Corner = tuple[float, float]
Gradient = Callable[[np.ndarray], np.ndarray]
Step = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Computes the next place from a place (D,) and the gradient there."""


def exact_gradient(expression: Expression) -> Gradient:
    """A function that returns the exact gradient at a place (D,).

    Results for the last few places are cached: a descent needs them, and so does the comparison with second derivatives
    at every step. This saves two of three gradients, a third of the time until the run is shown.
    """
    known = lru_cache(maxsize=_KNOWN)(lambda place: np.array(expression.gradient(*np.frombuffer(place))))
    return lambda x: known(x.tobytes()).copy()


def gradient_of(expression: Expression, kind: str, h: float) -> Gradient:
    """A function that returns the ``exact`` gradient at a place (D,), or the ``numerical`` one by central differences
    over ``h``.
    """
    if kind == "exact":
        return exact_gradient(expression)
    return lambda x: numerical_gradient(lambda place: float(expression(*place)), x, h)


@dataclass(frozen=True, eq=False)
class Path:
    """K moments of a descent, all finite: ``places`` (K, D) at ``steps`` (K,), with value and length of gradient.

    ``drawn`` is the path (K, 2) with nan where it is too far away to be drawn.
    """

    steps: np.ndarray
    places: np.ndarray
    drawn: np.ndarray
    values: np.ndarray
    gradient_norms: np.ndarray

    def __len__(self) -> int:
        return len(self.steps)


class Walk:
    """A descent: it is at ``x`` (D,) after ``steps`` steps, with ``value`` and ``gradient`` there; ``before`` is where
    it was one step earlier.

    ``x`` is the array that ``step`` returned last. It may hold infinities; once there is a nan (``is_lost``), the
    descent cannot go on. ``steepest`` is the longest gradient met so far. Its path keeps about ``kept`` moments.
    """

    def __init__(
        self, expression: Expression, gradient: Gradient, start: np.ndarray, step: Step, kept: int = CAPACITY
    ) -> None:
        self._expression, self._gradient, self._step = expression, gradient, step
        self.steps = 0
        self.x = start
        self.before = start.copy()
        self.recent: deque[Moment] = deque(maxlen=WINDOW)
        self.steepest = 0.0
        self._record = DescentRecord(kept)
        self._look()
        self.first = self.lowest = self.recent[-1]

    @property
    def is_lost(self) -> bool:
        """Whether the place, the value or the gradient is nan."""
        return bool(np.isnan(self.x).any() or np.isnan(self.value) or np.isnan(self.gradient).any())

    @property
    def is_at_infinity(self) -> bool:
        """Whether the place is infinite, so that further steps change nothing."""
        return bool(np.isinf(self.x).any() and np.array_equal(self.x, self.before))

    def advance(self) -> None:
        """Go one step."""
        self.before = self.x.copy()
        with np.errstate(all="ignore"):
            self.x = self._step(self.x, self.gradient)
        self.steps += 1
        self._look()

    def path(self, low: Corner, high: Corner) -> Path:
        """The path so far, to be drawn on a map with these corners."""
        moments = self._record.moments
        places = np.array([moment.x for moment in moments]).reshape(-1, len(self.x))
        drawn = drawn_path(places, low, high)
        if np.array_equal(drawn, places):
            # One array for both, which a frame keeps once if it is its own and cannot be written to.
            places = drawn = places.copy()
            places.setflags(write=False)
        return Path(
            steps=np.array([moment.step for moment in moments], dtype=int),
            places=places,
            drawn=drawn,
            values=np.array([moment.value for moment in moments]),
            gradient_norms=np.array([moment.gradient_norm for moment in moments]),
        )

    def _look(self) -> None:
        with np.errstate(all="ignore"):
            self.value = float(self._expression(*self.x))
            self.gradient = self._gradient(self.x)
            norm = float(np.linalg.norm(self.gradient))
        moment = Moment(self.steps, self.x.copy(), self.value, norm)
        self.recent.append(moment)
        self._record.append(moment)
        if moment.is_finite:
            self.steepest = max(self.steepest, norm)
            if self.steps and moment.value < self.lowest.value:
                self.lowest = moment
