"""One descent that goes on step by step, with a record of where it came through."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from engine.calculus.descent_record import DescentRecord, Moment
from engine.calculus.expressions import Expression
from engine.calculus.numerical_gradient import numerical_gradient
from engine.experiments.ch4_training.parts.descent_verdict import WINDOW

Gradient = Callable[[np.ndarray], np.ndarray]
Descend = Callable[[Gradient, np.ndarray, float, int], np.ndarray]


def exact_gradient(expression: Expression) -> Gradient:
    """The gradient by the rules of calculus, of a place (D,)."""
    return lambda x: np.array(expression.gradient(*x))


def difference_gradient(expression: Expression, h: float) -> Gradient:
    """The gradient by central differences over ``h``, of a place (D,)."""
    return lambda x: numerical_gradient(lambda place: float(expression(*place)), x, h)


def gradient_of(expression: Expression, name: str, h: float) -> Gradient:
    """The gradient that the parameter ``gradient`` names."""
    return difference_gradient(expression, h) if name == "numerical" else exact_gradient(expression)


class Walker:
    """Stands at ``x`` (D,) after ``steps`` steps, with ``value`` and ``gradient`` there; ``before`` is one step back.

    ``x`` is the array that ``descend`` returned last. It may hold infinities; ``is_lost`` says that a nan is among
    them, and then there is no way on.
    """

    def __init__(
        self, expression: Expression, gradient: Gradient, start: np.ndarray, rate: float, descend: Descend
    ) -> None:
        self._expression, self._gradient, self._descend = expression, gradient, descend
        self.rate = rate
        self.steps = 0
        self.x = start
        self.before = start.copy()
        self.record = DescentRecord()
        self.recent: deque[Moment] = deque(maxlen=WINDOW)
        self.steepest = 0.0
        self._look()
        self.first = self.lowest = self.recent[-1]

    @property
    def is_lost(self) -> bool:
        """Whether the place, the value or the gradient is no number any more."""
        return bool(np.isnan(self.x).any() or np.isnan(self.value) or np.isnan(self.gradient).any())

    def advance(self) -> None:
        """Go one step."""
        # The gradient where it stands is known already.
        known = self.gradient
        self.before = self.x.copy()
        with np.errstate(all="ignore"):
            self.x = self._descend(lambda _: known, self.x, self.rate, 1)
        self.steps += 1
        self._look()

    def _look(self) -> None:
        with np.errstate(all="ignore"):
            self.value = float(self._expression(*self.x))
            self.gradient = self._gradient(self.x)
            norm = float(np.linalg.norm(self.gradient))
        moment = Moment(self.steps, self.x.copy(), self.value, norm)
        self.recent.append(moment)
        self.record.append(moment)
        if moment.is_finite:
            self.steepest = max(self.steepest, norm)
            if self.steps and moment.value < self.lowest.value:
                self.lowest = moment
