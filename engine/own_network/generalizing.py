"""Has a learner's own network of many layers learn from few digits three times: as it is, with weight decay and with
dropout, each from the same first weights and with the same batches, by its own Momentum.
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
"""Updates of each training, and how many lie between two measurements."""
RATE, MOMENTUM, DECAY, RATIO = 0.01, 0.9, 0.005, 0.25
ENOUGH = 0.65
"""The share of test digits that the best of a right network's three trainings reads at least; ours read about 0.79."""
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
    """The accuracies on training and test digits after so many ``updates`` of each training, by technique."""

    updates: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in TECHNIQUES})
    train: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in TECHNIQUES})
    test: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in TECHNIQUES})

    def copy(self) -> TechniqueCurves:
        """The curves as they are now."""
        return copy.deepcopy(self)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured yet."""
        return not any(self.updates.values())

    @property
    def best(self) -> tuple[str, ...]:
        """The technique whose last test accuracy is the best, or those."""
        last = {name: row[-1] for name, row in self.test.items() if row}
        return tuple(name for name, share in last.items() if share == max(last.values()))


@dataclass(frozen=True)
class Generalized(Reading):
    """What the three trainings came to; ``layers`` are those with which our forward pass answers as the best of the
    three does, with its ``arrays``; empty if it does not.
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
    """Raised where the network answers in another form."""


def learn_from_few(written: Any, tell: Callable[[TechniqueCurves], object] = lambda curves: None) -> Reading | Failure:
    """Has the file's network learn from few digits with each technique; ``tell`` gets the curves as they grow.

    ``Faulty`` and ``Ended`` of the process in which the file runs are the caller's.
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
    """A training for each technique, all with the first weights of the first one."""
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
    """The share of the labels that were answered."""
    if not is_plain(answer) or answer.shape != (len(labels), CLASSES):
        raise _Unfit(f"{getattr(answer, 'shape', ())}")
    return float(np.mean(np.argmax(answer, axis=1) == labels))


def _ours(told: Any, x: np.ndarray, answer: np.ndarray) -> tuple[tuple[LayerSpec, ...], dict[str, np.ndarray]]:
    """The layers with which our forward pass answers the same, and their arrays; both empty if it does not.

    Dropout takes no part in them where a network divides while it trains.
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
    """Images as rows of single precision, and their class numbers."""
    digits = load_digits(part)
    return pixels(digits.images[:count]).astype(np.float32), digits.labels[:count]
