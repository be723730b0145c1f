"""The frame of `losses` and its computation: one output vector with its three losses, two curves, and a mini-batch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.contract.api import Frame
from engine.experiments.ch4_training.losses.params import LossesParams
from engine.nn.losses import (
    cross_entropy_error,
    cross_entropy_of_classes,
    mean_squared_error,
    naive_cross_entropy,
    one_hot,
    sum_squared_error,
)

TOP = 5.25
"""The top of the plot of −log y; larger losses are drawn there."""
NEAREST = -12.0
"""The smallest power of ten on the axis of the plot near 0."""
ZERO_PLACE = -13.0
"""The x in the plot near 0 at which 0 and all smaller outputs are drawn."""
NEAR_TOP = 30.0
_CURVE = np.concatenate([np.geomspace(math.exp(-TOP - 1), 0.1, 80), np.linspace(0.1, 1.0, 121)[1:]])
_POWERS = np.concatenate([[ZERO_PLACE], np.linspace(NEAREST, 0.0, 241)])
_NEAR = np.concatenate([[0.0], 10.0 ** _POWERS[1:]])


@dataclass(frozen=True)
class Compared:
    """The losses of a batch's rows (N,) and of the batch, computed correctly and with a mistake (None without a
    mistake).
    """

    rows: np.ndarray
    loss: float
    wrong_rows: np.ndarray | None = None
    wrong_loss: float | None = None


class LossesFrame(Frame):
    """The losses of one output vector and of a batch; arrays (C,) are indexed by class, arrays (N, …) by sample, from
    0.
    """

    y: np.ndarray  # (C,) the output
    t: np.ndarray  # (C,) its label as one-hot
    target: int  # the same as a class number
    total: float  # the sum of the output
    squares: np.ndarray  # (C,) (y − t)²
    half_sum: float
    mean_square: float
    cross_entropy: float  # with the guard
    unguarded: float  # without, infinite at 0
    guard_shift: float  # what the guard takes away
    epsilon: float  # the guard
    ceiling: float  # −log of the guard
    curve_y: np.ndarray  # (K,) outputs of the right class, and their price by each loss
    curve_log: np.ndarray
    curve_square: np.ndarray
    near_y: np.ndarray  # (L,) outputs near 0, the first of them 0
    near_power: np.ndarray  # (L,) the powers of ten at which they lie
    near_unguarded: np.ndarray  # (L,) −log of them
    near_guarded: np.ndarray
    rows: np.ndarray  # (N, C) the batch
    labels: np.ndarray  # (N,)
    one_hot: np.ndarray  # (N, C)
    picked: np.ndarray  # (N,) rows[n, labels[n]]
    right_rows: int  # how many rows have their largest output, the first of equal ones, at their label
    row_cross_entropy: np.ndarray  # (N,) the losses of its rows
    row_half_sum: np.ndarray
    row_mean_square: np.ndarray
    batch_cross_entropy: float  # their means
    batch_half_sum: float
    batch_mean_square: float
    batch_total: float  # the sum of the cross entropies
    naive_rows: np.ndarray  # (N,) of class numbers in the formula for one-hot labels; empty where the shapes do not fit
    naive_loss: float  # nan there
    naive_error: str  # what NumPy says there

    @property
    def right(self) -> float:
        """The output of the right class."""
        return float(self.y[self.target])

    @property
    def right_half_square(self) -> float:
        """The right class's term in ``half_sum``."""
        return float(self.squares[self.target]) / 2

    @property
    def row_is_right(self) -> np.ndarray:
        """Whether the largest output of each row (the first, if several are equal) is at its label: (N,)."""
        return np.argmax(self.rows, axis=1) == self.labels

    @property
    def right_power(self) -> float:
        """The x of the right class's output in the plot near 0: its power of ten, or ``ZERO_PLACE`` if
        it is too small.
        """
        power = float(np.log10(self.right)) if self.right > 0 else ZERO_PLACE
        return power if power >= NEAREST else ZERO_PLACE

    def compared(self, pitfall: str) -> Compared:
        """The batch's correct losses, and those that the mistake ``pitfall`` gives."""
        entropy = (self.row_cross_entropy, self.batch_cross_entropy)
        if pitfall == "half_sum_as_mean":
            return Compared(self.row_mean_square, self.batch_mean_square, self.row_half_sum, self.batch_half_sum)
        wrong = {
            "class_numbers": (self.naive_rows, self.naive_loss),
            "not_divided": (self.row_cross_entropy, self.batch_total),
        }
        return Compared(*entropy, *wrong.get(pitfall, ()))


def frame_of(params: LossesParams) -> LossesFrame:
    """The frame for these parameters, still without its status."""
    y, guard = np.array(params.y), params.epsilon
    t = one_hot(np.array([params.target]), len(y))[0]
    rows, labels = np.array(params.rows), np.array(params.label_classes)
    wanted = one_hot(labels, params.classes)
    entropy, unguarded = cross_entropy_error(y, t, guard), cross_entropy_error(y, t)
    naive_rows, naive_loss, naive_error = _naive(rows, labels, guard)
    with np.errstate(divide="ignore"):
        near_unguarded, near_guarded = -np.log(_NEAR) + 0.0, -np.log(_NEAR + guard) + 0.0

    def by_row(loss: Callable[..., float], *more: float) -> np.ndarray:
        return np.array([loss(one, t, *more) for one, t in zip(rows, wanted, strict=True)])

    row_entropy = by_row(cross_entropy_error, guard)
    return LossesFrame(
        finished=True,
        y=y,
        t=t,
        target=params.target,
        total=math.fsum(params.y),
        squares=(y - t) ** 2,
        half_sum=sum_squared_error(y, t),
        mean_square=mean_squared_error(y, t),
        cross_entropy=entropy,
        unguarded=unguarded,
        guard_shift=unguarded - entropy if math.isfinite(entropy) else 0.0,
        epsilon=guard,
        ceiling=-math.log(guard) if guard else math.inf,
        curve_y=_CURVE,
        curve_log=-np.log(_CURVE + guard),
        curve_square=0.5 * (_CURVE - 1) ** 2,
        near_y=_NEAR,
        near_power=_POWERS,
        near_unguarded=near_unguarded,
        near_guarded=near_guarded,
        rows=rows,
        labels=labels,
        one_hot=wanted,
        picked=rows[np.arange(len(rows)), labels],
        right_rows=int(np.sum(np.argmax(rows, axis=1) == labels)),
        row_cross_entropy=row_entropy,
        row_half_sum=by_row(sum_squared_error),
        row_mean_square=by_row(mean_squared_error),
        batch_cross_entropy=cross_entropy_of_classes(rows, labels, guard),
        batch_half_sum=sum_squared_error(rows, wanted),
        batch_mean_square=mean_squared_error(rows, wanted),
        batch_total=math.fsum(row_entropy),
        naive_rows=naive_rows,
        naive_loss=naive_loss,
        naive_error=naive_error,
    )


def _naive(rows: np.ndarray, labels: np.ndarray, guard: float) -> tuple[np.ndarray, float, str]:
    """Losses by the formula for one-hot labels, wrongly applied to class indices.

    Returns the loss of each row, that of the batch, and NumPy's error message; the losses are empty and nan if it
    fails.
    """
    try:
        loss = naive_cross_entropy(rows, labels, guard)
    except ValueError as error:
        return np.zeros(0), math.nan, str(error).strip()
    return np.array([naive_cross_entropy(row[np.newaxis], labels, guard) for row in rows]), loss, ""
