"""Exercise: softmax as the book writes it, for one row of scores and for a batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.losses import naive_softmax, softmax


def _ours(a: np.ndarray) -> np.ndarray:
    return softmax(a)


def _unshifted(a: np.ndarray) -> np.ndarray:
    return naive_softmax(a).probabilities


def _undivided(a: np.ndarray) -> np.ndarray:
    return np.exp(a - np.max(a, axis=-1, keepdims=True))


def _one_sum_for_all(a: np.ndarray) -> np.ndarray:
    return softmax(a, axis=None)


def _by_columns(a: np.ndarray) -> np.ndarray:
    return softmax(a, axis=0)


def _sums_as_a_row(a: np.ndarray) -> np.ndarray:
    exponentials = _undivided(a)
    return exponentials / np.sum(exponentials, axis=-1)


def _one_maximum_for_all(a: np.ndarray) -> np.ndarray:
    return naive_softmax(a - np.max(a)).probabilities


def _turned(a: np.ndarray) -> np.ndarray:
    return softmax(-a)


def _shares(a: np.ndarray) -> np.ndarray:
    return a / np.sum(a, axis=-1, keepdims=True)


def _maxima_as_a_row(a: np.ndarray) -> np.ndarray:
    return naive_softmax(a - np.max(a, axis=-1)).probabilities


def _both_as_a_row(a: np.ndarray) -> np.ndarray:
    exponentials = np.exp(a - np.max(a, axis=-1))
    return exponentials / np.sum(exponentials, axis=-1)


def _not_turned_back(a: np.ndarray) -> np.ndarray:
    return softmax(a).T


def _maximum_below(a: np.ndarray) -> np.ndarray:
    return np.exp(a) / np.sum(_undivided(a), axis=-1, keepdims=True)


def _one_sum_of_shifted_rows(a: np.ndarray) -> np.ndarray:
    return _undivided(a) / np.sum(_undivided(a))


def _use(written: Any, a: np.ndarray) -> Values:
    yield "y", written(a)


def _on_stage(params: Any) -> Inputs | None:
    rows = np.array(params.rows) if params.view == "batch" else np.array(params.scores) + params.offset
    return {"a": (rows / params.temperature).tolist()}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "batch", "pitfall": "none"} if len(place) == 2 else {"view": "bars", "stop": "divide"}


def _drawn(*shape: int) -> Inputs:
    return {"a": np.random.default_rng(shape[0]).normal(0.0, 2.0, shape)}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(x: np.ndarray, axis: int | None = -1) -> np.ndarray:
        """The learner's function with the engine's signature: also for integers, along any axis, or over all elements
        (None).
        """
        x = np.asarray(x)
        x = x if np.issubdtype(x.dtype, np.floating) else x.astype(float)
        if axis is None and x.ndim > 1:  # a mistake that is shown, which the learner's does not make
            return softmax(x, axis=None)
        axis = -1 if axis is None else axis
        lines = np.moveaxis(x, axis, -1)
        given = lines.reshape(-1, lines.shape[-1]) if x.ndim > 2 else lines
        return np.moveaxis(returned.array(written(given), given.shape).reshape(lines.shape), -1, axis)

    return {softmax: yours}


EXERCISE = Exercise(
    id="softmax",
    order=1,
    title=Text("Softmax: probabilities from scores"),
    task=Text(
        "Write the function that makes probabilities of scores: each power of e, divided by the sum of them all. "
        "It also takes a batch, in which every row is divided by its own sum, and scores as large as 1000."
    ),
    name="softmax",
    blank=Text(
        '''def softmax(a):
    """a (C,) or (N, C): the scores of one sample, or of N

    -> the same shape; every row sums to 1
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("scores of 1010, 1000, 990"), lambda: {"a": [1010.0, 1000.0, 990.0]}, hint=1),
        Check(Text("scores far below 0"), lambda: {"a": [-1000.0, -1001.0]}),
        Check(Text("three samples, three classes"), lambda: _drawn(3, 3), hint=2),
        Check(Text("four samples, two classes"), lambda: _drawn(4, 2), hint=2),
        Check(Text("a row of large scores above one of small"), lambda: {"a": [[1000.0, 1001.0], [0.0, 1.0]]}, hint=2),
    ),
    hints=(
        Text("Three things one after the other: powers, their sum, a quotient. What may overflow among them?"),
        Text(
            "The same number may be taken from all scores of a row without changing the result. Which one keeps every "
            "power at 1 or below?"
        ),
        Text(
            "Maximum and sum belong to a row: go along the last axis, and keep that axis, so that NumPy lays each "
            "over its own row."
        ),
    ),
    ours=(softmax,),
    mistakes=(
        Mistake(
            "unshifted",
            _unshifted,
            Text("A power of e has become infinite here, or all of them 0, and the quotient is no number any more."),
        ),
        Mistake(
            "undivided",
            _undivided,
            Text("You get exactly these numbers if the powers are not divided: their sum is not 1."),
        ),
        Mistake(
            "one_sum",
            _one_sum_for_all,
            Text("You get exactly these numbers if the whole batch shares one sum. Each row is a sample of its own."),
        ),
        Mistake(
            "columns",
            _by_columns,
            Text("Here the columns sum to 1. A sample is a row."),
        ),
        Mistake(
            "sums_as_a_row",
            _sums_as_a_row,
            Text("Each row was divided by the sums of other rows too: (N,) is laid along the columns by NumPy."),
        ),
        Mistake(
            "one_maximum",
            _one_maximum_for_all,
            Text("One maximum was taken from all rows. A row far below it is left with powers that are all 0."),
        ),
        Mistake(
            "turned", _turned, Text("The smallest score got the largest probability: a sign is wrong in the exponent.")
        ),
        Mistake(
            "shares",
            _shares,
            Text("The scores themselves were divided by their sum. First comes e to the power of each."),
        ),
        Mistake(
            "maxima_as_a_row",
            _maxima_as_a_row,
            Text(
                "The maxima lie as a row, so NumPy took from each column the maximum of another sample. keepdims "
                "keeps them beside their rows."
            ),
        ),
        Mistake(
            "both_as_a_row",
            _both_as_a_row,
            Text(
                "Maxima and sums lie as a row, so each column was treated with those of another sample. keepdims "
                "keeps them beside their rows."
            ),
        ),
        Mistake(
            "not_turned_back",
            _not_turned_back,
            Text(
                "The numbers are right, but rows and columns have changed places: what was turned has to be turned "
                "back."
            ),
        ),
        Mistake(
            "maximum_below",
            _maximum_below,
            Text(
                "The maximum was taken away below the line only. Above it has to be taken away, too, or the rows do "
                "not sum to 1."
            ),
        ),
        Mistake(
            "one_sum_of_shifted",
            _one_sum_of_shifted_rows,
            Text("You get exactly these numbers if the whole batch shares one sum. Each row is a sample of its own."),
        ),
    ),
    by_hand=ByHand(
        Text("Two scores, a = (ln 3, 0). What is y[0]?"),
        lambda: {"a": [float(np.log(3)), 0.0]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=(
        *("softmax", "digits", "training", "gradient_check", "optimizer_race", "batch_norm", "overfitting"),
        *("hyperparameters", "cnn", "feature_maps", "forward", "layers"),
    ),
    works_with={"forward": {"output": "softmax"}, "layers": {"layer": "softmax_loss"}},
    at_work=_at_work,
)
