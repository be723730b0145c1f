"""The training of a perceptron by Rosenblatt's rule, sample by sample, with its mistakes, best line and cycles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.calculus import separation
from engine.nn.activations import step
from engine.nn.perceptrons import perceptron_update, weighted_sum

# 0.1 + 0.2 − 0.3 is 6e-17 in a computer. Such dust would be read as a number and put a point that lies on the line to
# one side of it, differently for different learning rates; what is really added is far larger than this.
_DECIMALS = 12
# Epochs that are remembered, for the curve and for telling that weights have come back.
_EPOCHS_KEPT = 1000
_STATES_KEPT = 100_000


@dataclass(frozen=True)
class Shown:
    """A sample that was shown, the perceptron's answer, and the weights (2,) and bias that gave this answer."""

    sample: int
    x: np.ndarray
    target: int
    weighted_sum: float
    output: int
    error: int
    used_rate: float
    w_before: np.ndarray
    b_before: float


@dataclass(frozen=True)
class BestLine:
    """The line that classified the most samples correctly so far, and the number of corrections after which it was
    found.
    """

    w: np.ndarray
    b: float
    correct: int
    after: int


class PerceptronTraining:
    """Trains a perceptron on the rows of ``x`` (N, 2) with ``labels`` 0 and 1, one sample at a time.

    The samples come in order or, with ``shuffle``, in a new order each epoch; training is ``finished`` after an epoch
    without a mistake. ``mistakes`` has the count for each of the newest completed epochs. ``bound`` is the largest
    possible number of corrections since there were ``bound_from``, or None if no line separates the samples. ``cycle``
    holds two epochs that ended with the same weights, up to rounding: in fixed order everything between them then
    repeats for ever.
    """

    def __init__(
        self,
        x: np.ndarray,
        labels: np.ndarray,
        w: np.ndarray,
        b: float,
        learning_rate: float,
        shuffle: np.random.Generator | None = None,
    ) -> None:
        self.x, self.labels, self.w, self.b = x, labels, w, b
        self.separation = separation(x, labels)
        self.samples = self.corrections = self.epochs = 0
        self.running_samples = self.running_mistakes = 0
        self.mistakes: list[int] = []
        self.order = np.arange(len(x))
        self.shown: Shown | None = None
        self.best = BestLine(w, b, int(np.sum(self.right())), 0)
        self.finished = False
        self._shuffle = shuffle
        self.set_learning_rate(learning_rate)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Sets the learning rate; restarts the bound and the search for a cycle, unless training has ended."""
        self.learning_rate = learning_rate
        if self.finished:
            return
        self.bound_from = self.corrections
        most = self.separation.most_corrections(self.w, self.b, learning_rate)
        self.bound = None if most is None else self.corrections + most
        self.cycle: tuple[int, int] | None = None
        self._ends: dict[tuple[float, ...], int] = {}

    def weighted_sums(self) -> np.ndarray:
        """x·w + b of every sample with the present weights, (N,)."""
        return np.round(weighted_sum(self.x, self.w, self.b), _DECIMALS) + 0.0

    def right(self) -> np.ndarray:
        """Which samples the present weights classify correctly, (N,) of booleans."""
        return step(self.weighted_sums()) == self.labels

    def show_next(self) -> None:
        """Show one sample and learn from it."""
        if self.running_samples == 0 and self._shuffle is not None:
            self.order = self._shuffle.permutation(len(self.x))
        sample = int(self.order[self.running_samples])
        x, target = self.x[sample], int(self.labels[sample])
        a = float(self.weighted_sums()[sample])
        output = int(step(a))
        self.shown = Shown(sample, x, target, a, output, target - output, self.learning_rate, self.w, self.b)
        self.samples += 1
        self.running_samples += 1
        if output != target:
            self._correct(x, target, output)
        if self.running_samples == len(self.x):
            self._end_epoch()

    def _correct(self, x: np.ndarray, target: int, output: int) -> None:
        """Update the weights after a mistake, and keep the new line if it is the best so far."""
        w, b = perceptron_update(x, target, output, self.w, self.b, self.learning_rate)
        self.w, self.b = np.round(w, _DECIMALS) + 0.0, round(b, _DECIMALS) + 0.0
        self.corrections += 1
        self.running_mistakes += 1
        correct = int(np.sum(self.right()))
        if correct > self.best.correct:
            self.best = BestLine(self.w, self.b, correct, self.corrections)

    def _end_epoch(self) -> None:
        """Count the epoch and its mistakes, and look whether an earlier epoch ended with the same weights."""
        self.epochs += 1
        self.mistakes = [*self.mistakes[1 - _EPOCHS_KEPT :], self.running_mistakes]
        self.finished = self.running_mistakes == 0
        self.running_samples = self.running_mistakes = 0
        if self._shuffle is None and self.cycle is None and not self.finished and len(self._ends) < _STATES_KEPT:
            state = tuple(round(float(part), 9) + 0.0 for part in (*self.w, self.b))
            earlier = self._ends.setdefault(state, self.epochs)
            if earlier != self.epochs:
                self.cycle = (earlier, self.epochs)
