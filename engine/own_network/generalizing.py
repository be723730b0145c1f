"""Trains the learner's own network of many layers three times on few digits.

Once it is trained plainly, once with weight decay and once with dropout, each time from the same initial weights and
with the same batches, by the learner's Momentum.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.contract.text import Text, enumerated
from engine.data.digits import load_digits, pixels
from engine.exercises.verdict import Failure
from engine.networks.kept import KeptNetwork, LayerSpec
from engine.networks.layers import array_shapes, built
from engine.own_network.learning import arrays_of, is_plain
from engine.own_network.reading import Reading
from engine.own_network.station import probabilities

INPUTS, HIDDEN, CLASSES = 784, (100, 100), 10
IMAGES, TEST = 300, 1_000
UPDATES, BATCH, APART = 600, 30, 20
"""The updates of each training, the batch size, and the updates between two measurements of the accuracy."""
RATE, MOMENTUM, DECAY, RATIO = 0.01, 0.9, 0.005, 0.25
ENOUGH = 0.65
"""The lowest test accuracy of a right network after the best of the three trainings; ours has about 0.79."""
TECHNIQUES = {
    "plain": Text("as it is"),
    "decay": Text("with weight decay"),
    "dropout": Text("with dropout"),
}
_SETTINGS: Mapping[str, Mapping[str, float]] = {
    "plain": {},
    "decay": {"weight_decay_lambda": DECAY},
    "dropout": {"dropout_ratio": RATIO},
}
_READS = Text(
    "has learned from {images} digits, and reads of {all:,} others {plain:.1%} as it is, {decay:.1%} with weight decay "
    "and {dropout:.1%} with dropout"
)
_BEST = Text("Best this time: {names}.")
_OF_TRAINING = Text("Of the {images} themselves it reads {plain:.1%}, {decay:.1%} and {dropout:.1%}.")
_ALIKE = 1e-3
_SEED = 0


@dataclass
class TechniqueCurves:
    """For each technique, the training and test accuracies of its training, and the ``updates`` at which they were
    measured.
    """

    updates: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in TECHNIQUES})
    train: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in TECHNIQUES})
    test: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in TECHNIQUES})

    def copy(self) -> TechniqueCurves:
        """An independent copy of the curves."""
        return copy.deepcopy(self)

    @property
    def is_empty(self) -> bool:
        """Whether no accuracy has been measured."""
        return not any(self.updates.values())

    @property
    def best(self) -> tuple[str, ...]:
        """The technique with the best last test accuracy; several if they are equally good."""
        last = {name: row[-1] for name, row in self.test.items() if row}
        return tuple(name for name, share in last.items() if share == max(last.values()))


@dataclass(frozen=True)
class Generalized(Reading):
    """The result of the three trainings.

    ``layers`` and ``arrays`` describe the best of the three networks if our forward pass predicts the same with them;
    else they are empty.
    """

    curves: TechniqueCurves = field(default_factory=TechniqueCurves)
    layers: tuple[LayerSpec, ...] = ()
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    least = ENOUGH

    @property
    def text(self) -> Text:
        return _READS(all=TEST, images=IMAGES, **{name: row[-1] for name, row in self.curves.test.items()})

    @property
    def more(self) -> tuple[Text, ...]:
        read = {name: row[-1] for name, row in self.curves.train.items()}
        names = enumerated([TECHNIQUES[name] for name in self.curves.best])
        return _OF_TRAINING(images=IMAGES, **read), _BEST(names=names)

    @property
    def kept(self) -> KeptNetwork | None:
        if not self.layers:
            return None
        return KeptNetwork(
            experiment="overfitting",
            inputs=(INPUTS,),
            layers=self.layers,
            arrays=self.arrays,
            data="mnist",
            samples=IMAGES,
            test_accuracy=self.share,
            tested=TEST,
            updates=self.updates,
        )


class _Unfit(Exception):
    """Raised if the network's output has the wrong type or shape; the message is the shape."""


def learn_from_few(written: Any, tell: Callable[[TechniqueCurves], object] = lambda curves: None) -> Reading | Failure:
    """Trains the file's network on few digits with each technique; ``tell`` is called with the curves as they grow.

    ``Faulty`` and ``Ended``, raised by the process in which the file runs, are not caught.
    """
    (x, t), (x_test, t_test) = _digits("train", IMAGES), _digits("test", TEST)
    trainings, curves = _begun(written, x, t), TechniqueCurves()
    drawn = np.random.default_rng(_SEED)
    batches = [drawn.permutation(IMAGES)[:BATCH].tolist() for _ in range(UPDATES)]
    try:
        for done in range(0, UPDATES + 1, APART):
            for name, training in trainings.items():
                if done:
                    training.learn(batches[done - APART : done])
                curves.train[name].append(_share(training.predict(x), t))
                curves.test[name].append(_share(training.predict(x_test), t_test))
                curves.updates[name].append(done)
                tell(curves)
        best = curves.best[0]
        layers, arrays = _ours(trainings[best].params(), x_test, trainings[best].predict(x_test))
    except _Unfit as unfit:
        return Failure("shape", quantity="y", got=str(unfit), wanted=f"{(TEST, CLASSES)}")
    return Generalized(curves.test[best][-1], UPDATES, curves, layers, arrays)


def _begun(written: Any, x: np.ndarray, t: np.ndarray) -> dict[str, Any]:
    """Begins a training for each technique, all with the initial weights of the first one."""
    trainings: dict[str, Any] = {}
    first: Mapping[str, np.ndarray] = {}
    for name, settings in _SETTINGS.items():
        trainings[name] = training = written.stepwise()
        training.add(x, np.eye(CLASSES)[t])
        begun = training.begin(_SEED, "MultiLayerNet", INPUTS, list(HIDDEN), CLASSES, **settings)
        first = first or begun
        training.take(first)
        training.choose(RATE, "Momentum", momentum=MOMENTUM)
    return trainings


def _share(answer: Any, labels: np.ndarray) -> float:
    """The share of samples whose largest score, in ``answer`` (N, C), is that of their label."""
    if not is_plain(answer) or answer.shape != (len(labels), CLASSES):
        raise _Unfit(f"{getattr(answer, 'shape', ())}")
    return float(np.mean(np.argmax(answer, axis=1) == labels))


def _ours(told: Any, x: np.ndarray, answer: np.ndarray) -> tuple[tuple[LayerSpec, ...], dict[str, np.ndarray]]:
    """The layers and arrays with which our forward pass predicts the same as the learner's network; empty if it does
    not.

    Dropout layers are among them only if the network scales by the keep ratio in a test, not in training.
    """
    for dropout in ((), (("dropout", RATIO),)):
        hidden = [one for size in HIDDEN for one in (("affine", size), ("relu",), *dropout)]
        layers: tuple[LayerSpec, ...] = (*hidden, ("affine", CLASSES))
        found = arrays_of(told, array_shapes((INPUTS,), layers))
        if found:
            with np.errstate(all="ignore"):
                arrays = {name: one.astype(np.float32) for name, one in found.items()}
                expected = probabilities(built(layers, arrays).predict(x))
                if np.allclose(probabilities(answer), expected, atol=_ALIKE):
                    return layers, arrays
    return (), {}


def _digits(part: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first ``count`` images as rows (N, 784) in float32, and their class numbers."""
    digits = load_digits(part)
    return pixels(digits.images[:count]).astype(np.float32), digits.labels[:count]
