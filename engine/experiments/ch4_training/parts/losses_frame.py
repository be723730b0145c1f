"""What a frame of the experiment `losses` holds: one output with its three losses, two curves, and a mini-batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.contract.frame import Frame

TOP = 5.25
"""Up to this loss −log y is read off its picture; a larger one leaves it at the top."""
NEAREST = -12.0
"""The least power of ten in the picture near 0."""
ZERO_PLACE = -13.0
"""Where 0, and whatever is below that power, lies in the picture near 0."""
NEAR_TOP = 30.0


@dataclass(frozen=True)
class Compared:
    """The right loss of a batch and its rows (N,) beside the wrong ones, which are None where nothing is wrong."""

    rows: np.ndarray
    loss: float
    wrong_rows: np.ndarray | None = None
    wrong_loss: float | None = None


class LossesFrame(Frame):
    """Arrays (C,) go by class and (N, …) by sample, both counted from 0.

    ``y`` is the output, ``t`` its label as one-hot, ``target`` the same as a class number; ``squares`` are (y − t)².
    ``cross_entropy`` is computed with the guard, ``unguarded`` without (infinite at 0), ``guard_shift`` is what the
    guard takes away. ``curve_log`` and ``curve_square`` are the prices of the right class over ``curve_y``;
    ``near_unguarded`` and ``near_guarded`` are −log over ``near_y``, first of all 0, which lie at the powers of ten
    ``near_power``; ``ceiling`` is −log of the guard. The batch has ``rows`` (N, C), ``labels`` (N,), ``one_hot``
    (N, C), ``picked`` (N,) = rows[n, labels[n]] and the losses of its rows, with their means (``batch_total`` is the
    sum). ``naive_rows`` and ``naive_loss`` come from class numbers in the formula for one-hot labels: empty and nan
    where the shapes do not fit, and then ``naive_error`` is what NumPy says.
    """

    y: np.ndarray
    t: np.ndarray
    target: int
    total: float
    squares: np.ndarray
    half_sum: float
    mean_square: float
    cross_entropy: float
    unguarded: float
    guard_shift: float
    epsilon: float
    ceiling: float
    curve_y: np.ndarray
    curve_log: np.ndarray
    curve_square: np.ndarray
    near_y: np.ndarray
    near_power: np.ndarray
    near_unguarded: np.ndarray
    near_guarded: np.ndarray
    rows: np.ndarray
    labels: np.ndarray
    one_hot: np.ndarray
    picked: np.ndarray
    row_cross_entropy: np.ndarray
    row_half_sum: np.ndarray
    row_mean_square: np.ndarray
    batch_cross_entropy: float
    batch_half_sum: float
    batch_mean_square: float
    batch_total: float
    naive_rows: np.ndarray
    naive_loss: float
    naive_error: str

    @property
    def right(self) -> float:
        """What the right class gets."""
        return float(self.y[self.target])

    @property
    def right_half_square(self) -> float:
        """What the right class adds to the half sum."""
        return float(self.squares[self.target]) / 2

    @property
    def right_power(self) -> float:
        """Where the picture near 0 shows what the right class gets."""
        power = float(np.log10(self.right)) if self.right > 0 else ZERO_PLACE
        return power if power >= NEAREST else ZERO_PLACE

    def compared(self, pitfall: str) -> Compared:
        """The loss of the batch that is meant, and the one with the mistake."""
        entropy = (self.row_cross_entropy, self.batch_cross_entropy)
        if pitfall == "class_numbers":
            return Compared(*entropy, self.naive_rows, self.naive_loss)
        if pitfall == "half_sum_as_mean":
            return Compared(self.row_mean_square, self.batch_mean_square, self.row_half_sum, self.batch_half_sum)
        if pitfall == "not_divided":
            return Compared(*entropy, self.row_cross_entropy, self.batch_total)
        return Compared(*entropy)
