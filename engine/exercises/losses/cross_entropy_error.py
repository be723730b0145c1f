"""Exercise: the cross entropy error, for one output and for a batch, from one-hot labels and from class numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.losses import cross_entropy_error, cross_entropy_of_classes, naive_cross_entropy, one_hot

GUARD = 1e-7
"""The small number that the book adds to y inside the logarithm."""


def _ours(y: np.ndarray, t: np.ndarray) -> float:
    return cross_entropy_error(y, t, GUARD)


def _unguarded(y: np.ndarray, t: np.ndarray) -> float:
    return naive_cross_entropy(np.atleast_2d(y), t, 0.0)


def _summed(y: np.ndarray, t: np.ndarray) -> float:
    return _ours(y, t) * len(np.atleast_2d(y))


def _over_all(y: np.ndarray, t: np.ndarray) -> float:
    return _ours(y, t) / y.shape[-1]


def _numbers_as_shares(y: np.ndarray, t: np.ndarray) -> float:
    return naive_cross_entropy(np.atleast_2d(y), t, GUARD)


def _turned(y: np.ndarray, t: np.ndarray) -> float:
    return -_ours(y, t)


def _picked(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The probability (N,) that each sample's right class got; t holds class numbers or one-hot labels."""
    rows = np.atleast_2d(y)
    return rows[np.arange(len(rows)), np.argmax(np.reshape(t, rows.shape), axis=1) if t.size == y.size else t]


def _picked_unguarded(y: np.ndarray, t: np.ndarray) -> float:
    return float(-np.mean(np.log(_picked(y, t))))


def _logarithm_of_sum(y: np.ndarray, t: np.ndarray) -> float:
    return float(-np.log(np.sum(_picked(y, t)) + GUARD) / len(np.atleast_2d(y)))


def _base_ten(y: np.ndarray, t: np.ndarray) -> float:
    return _ours(y, t) / float(np.log(10))


def _base_two(y: np.ndarray, t: np.ndarray) -> float:
    return _ours(y, t) / float(np.log(2))


def _largest(y: np.ndarray, t: np.ndarray) -> float:
    return float(-np.mean(np.log(np.max(np.atleast_2d(y), axis=1) + GUARD)))


def _half_sum(y: np.ndarray, t: np.ndarray) -> float:
    return float(np.sum((y - t) ** 2) / 2)


def _use(written: Any, y: np.ndarray, t: np.ndarray) -> Values:
    yield "E", written(y, t)


def _on_stage(params: Any) -> Inputs | None:
    if params.view == "batch":
        return {"y": [list(row) for row in params.rows],
                "t": one_hot(np.array(params.label_classes), params.classes).tolist()}  # fmt: skip
    return {"y": list(params.y), "t": one_hot(np.array([params.target]), len(params.y))[0].tolist()}


def _drawn(samples: int, classes: int) -> Inputs:
    shares = np.random.default_rng(samples).uniform(0.1, 1.0, (samples, classes))
    return {"y": shares / shares.sum(axis=1, keepdims=True), "t": np.arange(samples) * 2 % classes}


def _drawn_one_hot(samples: int, classes: int) -> Inputs:
    drawn = _drawn(samples, classes)
    return {**drawn, "t": one_hot(drawn["t"], classes)}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def of(ours: Any) -> Any:
        def yours(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
            """The engine's loss, computed by the learner's function if ``guard``, the small number added inside the
            logarithm, is the book's; else by the engine's own function.
            """
            if guard != GUARD:
                return float(ours(y, t, guard))
            return returned.number(written(np.asarray(y), np.asarray(t)))

        return yours

    return {one: of(one) for one in (cross_entropy_error, cross_entropy_of_classes)}


EXERCISE = Exercise(
    id="cross_entropy_error",
    order=1,
    title=Text("Cross entropy error"),
    task=Text(
        "Write the loss: of each sample minus the logarithm of what its right class got, and of a batch the mean. "
        "Add 1e-7 inside the logarithm; t is one-hot or holds class numbers."
    ),
    name="cross_entropy_error",
    blank=Text(
        '''def cross_entropy_error(y, t):
    """y (C,) or (N, C): probabilities
    t: one-hot, of the shape of y; or class numbers (N,)
    -> a number
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("two samples of three classes, one-hot"), lambda: _drawn_one_hot(2, 3)),
        Check(Text("the right class got 0"), lambda: {"y": [[0.0, 1.0]], "t": [[1.0, 0.0]]}),
        Check(Text("class numbers, N = C"), lambda: _drawn(3, 3), hint=2),
        Check(Text("class numbers, five samples of four classes"), lambda: _drawn(5, 4), hint=2),
        Check(
            Text("class numbers, and the right class got 0"),
            lambda: {"y": [[0.0, 1.0], [0.5, 0.5]], "t": np.array([0, 1])},
        ),
    ),
    hints=(
        Text("Only the right class of each row counts. With one-hot labels all other terms are multiplied by 0."),
        Text("Begin by making a batch of a single output: then there are two cases of t left, and one N to divide by."),
        Text(
            "Two arrays of indices, np.arange(N) and the class numbers, pick one value of each row. Class numbers are "
            "got from one-hot rows by argmax."
        ),
    ),
    ours=(cross_entropy_error, cross_entropy_of_classes),
    mistakes=(
        Mistake(
            "unguarded",
            _unguarded,
            Text("The logarithm of 0 is infinite, and 0 times that is no number. See that it is never taken."),
        ),
        Mistake(
            "summed",
            _summed,
            Text("This is the sum over the samples. With twice as many it would be twice as large."),
        ),
        Mistake(
            "over_all",
            _over_all,
            Text("The number of classes has been divided by, too. Only the samples are averaged."),
        ),
        Mistake(
            "numbers_as_shares",
            _numbers_as_shares,
            Text("The class numbers were multiplied with the logarithms, as if they were one-hot rows."),
        ),
        Mistake(
            "turned",
            _turned,
            Text("A logarithm of a probability is negative, a loss is not."),
        ),
        Mistake(
            "picked_unguarded", _picked_unguarded, Text("The logarithm of 0 is infinite. See that it is never taken.")
        ),
        Mistake(
            "logarithm_of_sum",
            _logarithm_of_sum,
            Text("First summed, then the logarithm: it should be the other way round, a logarithm for each sample."),
        ),
        Mistake(
            "base_ten", _base_ten, Text("This is the logarithm to base 10. Here it is the natural one, to base e.")
        ),
        Mistake("base_two", _base_two, Text("This is the logarithm to base 2. Here it is the natural one, to base e.")),
        Mistake(
            "largest",
            _largest,
            Text(
                "This takes the largest output of each row. It is that of the right class that counts, large or small."
            ),
        ),
        Mistake("half_sum", _half_sum, Text("This is half the sum of squared errors, another loss.")),
    ),
    by_hand=ByHand(
        Text("The right classes of two samples get y = e⁻¹ and e⁻³, the 1e-7 already in it. What is E?"),
        lambda: {"y": np.exp([[-1.0, -2.0], [-2.0, -3.0]]) - GUARD, "t": np.array([0, 1])},
        "E",
    ),
    on_stage=_on_stage,
    works_in=("losses",),
    works_with={"losses": {"guard": "1e-7"}},
    at_work=_at_work,
)
