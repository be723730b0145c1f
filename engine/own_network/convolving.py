"""Trains the learner's own CNN on MNIST by SGD, batch by batch, and measures its accuracy on further digits."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.book.functions import softmax
from engine.contract.text import Text
from engine.data.digits import SIDE, load_digits, pixels
from engine.exercises.verdict import Failure
from engine.networks.kept import KeptNetwork, LayerSpec
from engine.networks.layers import array_shapes, built
from engine.own_network.learning import Curves, arrays_of, is_plain
from engine.own_network.reading import Reading
from engine.own_network.station import probabilities

IMAGES, BATCH, RATE = 15_000, 20, 0.2
UPDATES = IMAGES // BATCH
TEST, FURTHER = 200, 1_000
"""The number of test digits for the accuracy during training, and of other ones for the final accuracy."""
ENOUGH = 0.85
"""The lowest final accuracy of a right network; ours has about 0.95."""
LAYERS: tuple[LayerSpec, ...] = (
    ("convolution", 30, 5), ("relu",), ("max_pooling", 2), ("affine", 100), ("relu",), ("affine", 10),
)  # fmt: skip
READS = Text("reads {share:.1%} of {all:,} further digits, which it was not given, after {updates:,} updates")
_TIME_IS_UP = Text(
    "There was time for {updates:,} of {all:,} updates. Loops over single pictures or places are slow; one product of "
    "what im2col gives is much faster."
)
_ALIKE_NOT = Text(
    "With the same numbers in params it answers otherwise than the book's network, so its filters are not shown."
)
_SEED, _PART = 0, 2_000
_TOGETHER, _BETWEEN, _AT_ONCE = 5, 25, 100
"""Updates per call, updates between two measurements of the accuracy, and digits per call of ``predict``."""
_SECONDS = 75.0
"""The time limit of the training in seconds; a slow network makes fewer updates, and is still measured."""
_ALIKE = 1e-4


class ConvolutionCurves(Curves):
    """The losses and accuracies so far of a training of one epoch."""

    planned = UPDATES
    updates_per_epoch = UPDATES


@dataclass(frozen=True)
class Convolved(Reading):
    """The result of training a CNN: its final accuracy and its curves.

    ``arrays`` are its parameters after the training; empty if the book's network predicts something else with them.
    """

    curves: Curves = field(default_factory=ConvolutionCurves)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    least = ENOUGH

    @property
    def is_enough(self) -> bool:
        """Whether the accuracy is high enough; also True if there was no time for all updates."""
        return super().is_enough or self.updates < UPDATES

    @property
    def text(self) -> Text:
        return READS(share=self.share, all=FURTHER, updates=self.updates)

    @property
    def more(self) -> tuple[Text, ...]:
        late = (_TIME_IS_UP(updates=self.updates, all=UPDATES),) if self.updates < UPDATES else ()
        return late if self.arrays else (*late, _ALIKE_NOT)

    @property
    def kept(self) -> KeptNetwork | None:
        if not self.arrays:
            return None
        return KeptNetwork(
            experiment="cnn",
            inputs=(1, SIDE, SIDE),
            layers=LAYERS,
            arrays=self.arrays,
            data="mnist",
            samples=IMAGES,
            test_accuracy=self.share,
            tested=FURTHER,
            seed=_SEED,
            updates=self.updates,
        )


def learn_by_convolution(written: Any, tell: Callable[[Curves], object] = lambda curves: None) -> Convolved | Failure:
    """Trains the file's SimpleConvNet for one epoch; ``tell`` is called with the curves as they grow.

    Raises the same exceptions as ``learning.learn``.
    """
    began, train, training = time.monotonic(), load_digits("train"), written.stepwise()
    for start in range(0, IMAGES, _PART):
        part = slice(start, start + _PART)
        training.add(_pictures(train.images[part]), np.eye(10)[train.labels[part]])
    training.begin(_SEED, "SimpleConvNet")
    training.choose(RATE)
    curves, done, batches = ConvolutionCurves(), 0, _batches()
    while done < UPDATES and time.monotonic() - began < _SECONDS:
        _hear(curves, done, training.learn(batches[done : done + _TOGETHER]))
        done += _TOGETHER
        if done % _BETWEEN == 0:
            answers = _answers(training, 0, TEST)
            if isinstance(answers, Failure):
                return answers
            curves.tested.append(done)
            curves.accuracies.append(_share(answers, 0))
        tell(curves)
    answers = _answers(training, TEST, TEST + FURTHER)
    if isinstance(answers, Failure):
        return answers
    arrays = {name: one.astype(np.float32) for name, one in arrays_of(training.params(), _SHAPES).items()}
    return Convolved(_share(answers, TEST), done, curves, arrays if _is_alike(arrays, answers) else {})


def _batches() -> list[list[int]]:
    """The indices of the training digits in each batch: a random permutation, each digit once."""
    rows: list[list[int]] = np.random.default_rng(_SEED).permutation(IMAGES).reshape(UPDATES, BATCH).tolist()
    return rows


def _hear(curves: Curves, done: int, losses: Any) -> None:
    """Adds the returned losses of some updates to the curves; values that are not finite floats are left out.

    ``done`` is the number of updates before them.
    """
    for update, loss in enumerate(losses[:_TOGETHER] if isinstance(losses, list) else (), start=done + 1):
        if isinstance(loss, float) and math.isfinite(loss):
            curves.updates.append(update)
            curves.losses.append(loss)


def _answers(training: Any, start: int, end: int) -> np.ndarray | Failure:
    """The network's scores for the test digits ``start`` to ``end``, (end − start, 10); a Failure if the shape is
    wrong.
    """
    found = []
    for at in range(start, end, _AT_ONCE):
        answer = training.predict(_pictures(load_digits("test").images[at : at + _AT_ONCE]))
        wanted = _AT_ONCE, 10
        if not is_plain(answer) or answer.shape != wanted:
            return Failure("shape", quantity="y", got=f"{getattr(answer, 'shape', ())}", wanted=f"{wanted}")
        found.append(answer)
    return np.concatenate(found)


def _share(answers: np.ndarray, start: int) -> float:
    labels = load_digits("test").labels[start : start + len(answers)]
    return float(np.mean(np.argmax(answers, axis=1) == labels))


def _is_alike(arrays: Mapping[str, np.ndarray], answers: np.ndarray) -> bool:
    """Whether the program's own network with these arrays predicts the same probabilities as the learner's, for some
    test digits.

    ``answers`` are the scores of the learner's network for the test digits from index ``TEST`` on.
    """
    if not arrays:
        return False
    digits = _pictures(load_digits("test").images[TEST : TEST + _AT_ONCE])
    with np.errstate(all="ignore"):
        ours = softmax(built(LAYERS, arrays).predict(digits))
        return bool(np.allclose(probabilities(answers[:_AT_ONCE]), ours, atol=_ALIKE))


def _pictures(images: np.ndarray) -> np.ndarray:
    """Converts images to shape (N, 1, 28, 28) in float32, small enough to be sent between processes."""
    return pixels(images).astype(np.float32).reshape(-1, 1, SIDE, SIDE)


_SHAPES = array_shapes((1, SIDE, SIDE), LAYERS)
