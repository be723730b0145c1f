"""What a frame of the experiment `losses` holds: one output with its three losses, two curves, and a mini-batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.contract.frame import Frame, quantity

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


@dataclass(frozen=True, kw_only=True, eq=False)
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

    y: np.ndarray = quantity()
    t: np.ndarray = quantity()
    target: int = quantity()
    total: float = quantity()
    squares: np.ndarray = quantity()
    half_sum: float = quantity()
    mean_square: float = quantity()
    cross_entropy: float = quantity()
    unguarded: float = quantity()
    guard_shift: float = quantity()
    epsilon: float = quantity()
    ceiling: float = quantity()
    curve_y: np.ndarray = quantity()
    curve_log: np.ndarray = quantity()
    curve_square: np.ndarray = quantity()
    near_y: np.ndarray = quantity()
    near_power: np.ndarray = quantity()
    near_unguarded: np.ndarray = quantity()
    near_guarded: np.ndarray = quantity()
    rows: np.ndarray = quantity()
    labels: np.ndarray = quantity()
    one_hot: np.ndarray = quantity()
    picked: np.ndarray = quantity()
    row_cross_entropy: np.ndarray = quantity()
    row_half_sum: np.ndarray = quantity()
    row_mean_square: np.ndarray = quantity()
    batch_cross_entropy: float = quantity()
    batch_half_sum: float = quantity()
    batch_mean_square: float = quantity()
    batch_total: float = quantity()
    naive_rows: np.ndarray = quantity()
    naive_loss: float = quantity()
    naive_error: str = quantity()

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
