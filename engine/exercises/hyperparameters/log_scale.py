"""Exercise: values drawn uniformly on a log scale, as learning rates are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import counts, returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import hyperparameter_search as searching

_TINY = 1e-12
"""The tolerance of the checks: small enough to tell a learning rate of 1e-6 from 0."""


class _Draws:
    """Replaces a random generator: ``uniform`` returns low + share · (high − low) for the given ``shares``, in turn.

    ``count`` is how many values were drawn.
    """

    def __init__(self) -> None:
        self.count = 0
        self.shares = np.array([0.5])

    def begin(self, shares: np.ndarray) -> None:
        """Sets the shares, from 0 to 1, that are used from now on, and resets ``count``."""
        self.count, self.shares = 0, shares

    def uniform(self, low: float = 0.0, high: float = 1.0, size: int | tuple[int, ...] | None = None) -> Any:
        """Values from ``low`` to ``high`` with the signature of ``np.random.uniform``."""
        wanted = 1 if size is None else int(np.prod(size))
        shares = self.shares[np.arange(self.count, self.count + wanted) % len(self.shares)]
        self.count += wanted
        drawn = low + shares * (high - low)
        return float(drawn[0]) if size is None else drawn.reshape(size)


_DRAWS = _Draws()


def _drawn_by(rule: Callable[[float, float, int], np.ndarray]) -> Callable[[float, float, int], np.ndarray]:
    """Returns a function with a mistake: it draws by ``rule`` instead of the right one."""
    return lambda low, high, count: np.asarray(rule(low, high, count), dtype=float)


def _ours(low: float, high: float, count: int) -> np.ndarray:
    return searching.log_scale(_DRAWS.uniform(size=count), low, high)


def _linear(low: float, high: float, count: int) -> np.ndarray:
    return searching.linear_scale(_DRAWS.uniform(size=count), low, high)


def _use(written: Any, low: float, high: float, shares: np.ndarray) -> Values:
    _DRAWS.begin(shares)
    rates = written(low, high, len(shares))
    # Each in its place, but in any order: a search does not mind which comes first.
    yield "η", np.sort(rates) if isinstance(rates, np.ndarray) and rates.ndim == 1 else rates
    yield "drawn", _DRAWS.count


def _of(low: float, high: float, *shares: float) -> Inputs:
    return {"low": low, "high": high, "shares": list(shares)}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(share: np.ndarray, low: float, high: float) -> np.ndarray:
        """The learner's function with the engine's signature; in it, ``uniform`` returns the run's random numbers
        ``share``.
        """
        _DRAWS.begin(share)
        return returned.array(written(low, high, len(share)), share.shape)

    return {searching.log_scale: yours}


EXERCISE = Exercise(
    id="log_scale",
    order=1,
    title=Text("Learning rates on a log scale"),
    task=Text(
        "Draw count rates between 10^low and 10^high, so that every power of ten gets as many of them: as many "
        "between 1e-6 and 1e-5 as between 1e-3 and 1e-2. What uniform draws in the checks is stated; order is free."
    ),
    name="log_scale",
    blank=Text(
        '''def log_scale(low, high, count):
    """low, high: powers of ten -> array of count rates

    uniform(low, high, size) is given: numbers drawn
    evenly from low to high, as by np.random
    """
'''
    ),
    use=_use,
    names={"η": Text("sorted η"), "drawn": Text("numbers from uniform")},
    reference=_ours,
    given=lambda: {"uniform": _DRAWS.uniform},
    counts={"uniform": lambda low=0.0, high=1.0, size=1: counts.of_shape(*np.atleast_1d(1 if size is None else size))},
    checks=(
        Check(
            Text("from −2 to 0, drawn in the middle"), lambda: _of(-2, 0, 0.5), ("drawn", "η"), tolerance=_TINY, hint=0
        ),
        Check(
            Text("from −6 to −2: drawn at both ends and at three places between"),
            lambda: _of(-6, -2, 0, 0.25, 0.5, 0.75, 1),
            ("η",),
            tolerance=_TINY,
        ),
        Check(
            Text("each rate is drawn by itself"),
            lambda: _of(-4, -1, 0.1, 0.9, 0.3, 0.7),
            tolerance=_TINY,
            hint=2,
        ),
        Check(
            Text("between two powers: from −5 to −4"),
            lambda: _of(-5, -4, 0.2, 0.4, 0.6, 0.8),
            ("η",),
            tolerance=_TINY,
        ),
        Check(Text("above 1 too: from −1 to 2"), lambda: _of(-1, 2, 0.05, 0.35, 0.65, 0.95), ("η",), tolerance=_TINY),
    ),
    hints=(
        Text("Which rate lies in the middle between 0.01 and 1, if every power of ten is to count alike?"),
        Text("It is the exponent that is drawn evenly. The rate then follows from it."),
        Text("uniform(low, high, count) draws count numbers at once, and ** works on a whole array."),
    ),
    ours=(searching.log_scale,),
    mistakes=(
        Mistake(
            "linear",
            _linear,
            Text("This is the linear scale: nine of ten rates lie in the highest power of ten."),
        ),
        Mistake(
            "exponents",
            _drawn_by(lambda low, high, count: _DRAWS.uniform(low, high, count)),
            Text("These are the exponents. A rate is 10 to such a power."),
        ),
        Mistake(
            "base_e",
            _drawn_by(lambda low, high, count: np.exp(_DRAWS.uniform(low, high, count))),
            Text("These are powers of e. Here low and high are powers of 10."),
        ),
        Mistake(
            "base_two",
            _drawn_by(lambda low, high, count: 2.0 ** _DRAWS.uniform(low, high, count)),
            Text("These are powers of 2. Here low and high are powers of 10."),
        ),
        Mistake(
            "turned",
            _drawn_by(lambda low, high, count: 10.0 ** -_DRAWS.uniform(low, high, count)),
            Text("The exponents have the other sign: these are one over the rates."),
        ),
        Mistake(
            "whole_powers",
            _drawn_by(lambda low, high, count: 10.0 ** np.round(_DRAWS.uniform(low, high, count))),
            Text("Only whole powers of ten are tried here. The rates between them are to come, too."),
        ),
        Mistake(
            "same_for_all",
            _drawn_by(lambda low, high, count: np.full(count, 10.0 ** _DRAWS.uniform(low, high))),
            Text("One rate was drawn for all. Each is to be drawn by itself."),
            of_code=True,
        ),
        Mistake(
            "grid",
            _drawn_by(lambda low, high, count: np.logspace(low, high, count)),
            Text("This is a grid: nothing was drawn, and every search would try the same rates."),
            of_code=True,
        ),
        Mistake(
            "fixed_range",
            _drawn_by(lambda low, high, count: 10.0 ** _DRAWS.uniform(-6, -2, count)),
            Text("You get exactly these numbers from 1e-6 to 1e-2, whatever is handed over."),
            of_code=True,
        ),
    ),
    by_hand=ByHand(
        Text("Rates are drawn from 10⁻⁴ to 1 (low = −4, high = 0), and uniform hits the middle. What is the rate η?"),
        lambda: _of(-4, 0, 0.5),
        "η",
        (0,),
    ),
    works_in=("hyperparameters",),
    at_work=_at_work,
)
