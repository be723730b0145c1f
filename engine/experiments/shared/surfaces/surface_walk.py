"""One gradient descent on a surface, step by step, and its path; shared by the experiments on gradient descent."""

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
"""The number of newest moments, one for each step, by which the fate of a descent is judged."""

Corner = tuple[float, float]
Gradient = Callable[[np.ndarray], np.ndarray]
Step = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Computes the next point (D,) from a point and the gradient there, (D,) each."""


def exact_gradient(expression: Expression) -> Gradient:
    """A function that returns the exact gradient at a point (D,).

    Results for the last few points are cached: each step needs the gradient, and so does the comparison with second
    derivatives. This saves two of three gradients, a third of the time until the run is shown.
    """
    known = lru_cache(maxsize=_KNOWN)(lambda place: np.array(expression.gradient(*np.frombuffer(place))))
    return lambda x: known(x.tobytes()).copy()


def gradient_of(expression: Expression, kind: str, h: float) -> Gradient:
    """A function that returns the gradient at a point (D,): the exact one if ``kind`` is ``exact``, else the numerical
    one by central differences with step ``h``.
    """
    if kind == "exact":
        return exact_gradient(expression)
    return lambda x: numerical_gradient(lambda place: float(expression(*place)), x, h)


@dataclass(frozen=True, eq=False)
class Path:
    """The K recorded moments of a descent, all finite.

    ``steps`` (K,) are their step numbers, ``places`` (K, D) the points, with ``values`` (K,) and ``gradient_norms``
    (K,) there. ``drawn`` (K, 2) are the points to draw, nan where they are too far away.
    """

    steps: np.ndarray
    places: np.ndarray
    drawn: np.ndarray
    values: np.ndarray
    gradient_norms: np.ndarray

    def __len__(self) -> int:
        return len(self.steps)


class Walk:
    """A gradient descent: after ``steps`` steps it is at ``x`` (D,), with ``value`` and ``gradient`` there.

    ``before`` is the point one step earlier, ``steepest`` the largest gradient norm so far. ``x`` is the array that the
    function ``step`` returned last. It may hold infinities; once there is a nan (``is_lost``), the descent cannot go
    on. Its path keeps about ``kept`` moments.
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
        """Whether the point, the value or the gradient contains a nan."""
        return bool(np.isnan(self.x).any() or np.isnan(self.value) or np.isnan(self.gradient).any())

    @property
    def is_at_infinity(self) -> bool:
        """Whether the point has an infinite coordinate and the last step did not change it, so that no further step
        will.
        """
        return bool(np.isinf(self.x).any() and np.array_equal(self.x, self.before))

    def advance(self) -> None:
        """Make one step of the descent."""
        self.before = self.x.copy()
        with np.errstate(all="ignore"):
            self.x = self._step(self.x, self.gradient)
        self.steps += 1
        self._look()

    def path(self, low: Corner, high: Corner) -> Path:
        """The path so far, to be drawn on a map with the corners ``low`` and ``high``."""
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
        """Compute value and gradient at the present point and record them."""
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
