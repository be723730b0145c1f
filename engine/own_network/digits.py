"""Trains a learner's own network with its own loop on MNIST, and lets it read digits that neither has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.data.digits import load_digits, pixels
from engine.exercises.verdict import Failure

SIZES = (784, 50, 10)
EPOCHS, BATCH, RATE = 12, 100, 0.5
_IMAGES, _PART, _TEST = 10_000, 2_500, 1_000
ENOUGH = 0.85
"""The share of digits that a right network reads after so many updates, at least; ours reads about 0.9."""
READS = Text("reads {share:.1%} of {all:,} digits that it has not seen, after {updates:,} updates")
"""What is said of a network that was trained."""


@dataclass(frozen=True)
class DigitsRead:
    """The share of the digits that were read right, or why there is none."""

    share: float | None
    failure: Failure | None = None

    @property
    def is_enough(self) -> bool:
        """Whether as many were read as by a network that has learned."""
        return self.share is not None and self.share >= ENOUGH

    @property
    def text(self) -> Text:
        """The share in words; it has to be known."""
        assert self.share is not None
        return READS(share=self.share, all=_TEST, updates=EPOCHS * _IMAGES // BATCH)


def read_digits(written: Any) -> DigitsRead:
    """Has the file's network train by the file's loop, and counts which of other test digits it reads right.

    ``Faulty`` and ``Ended`` of the process in which the file runs are the caller's.
    """
    train, test = load_digits("train"), load_digits("test")
    parts = [_rows(train.images[start : start + _PART]) for start in range(0, _IMAGES, _PART)]
    one_hot = np.eye(10)
    shown, unseen = slice(0, _TEST), slice(_TEST, 2 * _TEST)
    network, _ = written.trained(
        SIZES, parts, one_hot[train.labels[:_IMAGES]], _rows(test.images[shown]), one_hot[test.labels[shown]],
        EPOCHS, BATCH, RATE,
    )  # fmt: skip
    answer = network.predict(_rows(test.images[unseen]))
    if not isinstance(answer, np.ndarray) or answer.shape != (_TEST, SIZES[-1]):
        shape = f"{getattr(answer, 'shape', ())}"
        return DigitsRead(None, Failure("shape", quantity="y", got=shape, wanted=f"{(_TEST, SIZES[-1])}"))
    return DigitsRead(float(np.mean(np.argmax(answer, axis=1) == test.labels[unseen])))


def _rows(images: np.ndarray) -> np.ndarray:
    """Images as rows of single precision, so that they pass between processes."""
    return pixels(images).astype(np.float32)
