"""Trains the learner's own network on MNIST by the learner's own loop, and measures its accuracy on further digits.

Our network is trained beside it from the same initial weights with the same batches.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from engine.contract.numerals import as_told, duration, format_short
from engine.contract.text import Text
from engine.data.digits import load_digits, pixels
from engine.exercises.verdict import Failure
from engine.networks.kept import KeptNetwork
from engine.own_network.reading import Reading
from engine.own_network.station import ACTIVATIONS, NAMES, Activation, file_of_book, probabilities
from engine.sandbox.values import Unsent

SIZES = (784, 50, 10)
EPOCHS, BATCH, RATE = 12, 100, 0.5
IMAGES, TEST = 10_000, 1_000
UPDATES = EPOCHS * IMAGES // BATCH
ENOUGH = 0.85
"""The lowest accuracy of a right network after so many updates; ours has about 0.9."""
READS = Text("reads {share:.1%} of {all:,} further digits, which its loop was not given, after {updates:,} updates")
UNTRAINED = Text(
    "reads {share:.1%} of {all:,} digits: who guesses reads about {guessed:.0%} of ten classes, and it has not learned "
    "yet"
)
"""The message for an untrained network."""
_SHAPES = {"W1": SIZES[:2], "b1": SIZES[1:2], "W2": SIZES[1:], "b2": SIZES[2:]}
_PART = 2_500
_MOST = 10 * UPDATES
_ALIKE = 1e-6
_LONGEST = 10.0


@dataclass
class Curves:
    """The losses and test accuracies so far of the learner's network, and of ours trained with the same batches.

    ``updates`` and ``tested`` are the numbers of updates before each loss and accuracy. Ours end at the first batch
    with samples that are no training images. ``planned`` is the number of updates on the plot's axis.
    """

    planned: ClassVar[int] = UPDATES
    updates_per_epoch: ClassVar[int] = IMAGES // BATCH
    updates: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    our_losses: list[float] = field(default_factory=list)
    tested: list[int] = field(default_factory=list)
    accuracies: list[float] = field(default_factory=list)
    our_accuracies: list[float] = field(default_factory=list)

    def copy(self) -> Curves:
        """An independent copy of the curves."""
        return type(self)(**{one.name: list(getattr(self, one.name)) for one in fields(self)})

    @property
    def is_empty(self) -> bool:
        """Whether no loss has been recorded."""
        return not self.losses

    @property
    def apart(self) -> float | None:
        """The largest difference between the learner's losses and ours; None if ours were not computed to the end."""
        if not self.losses or len(self.our_losses) < len(self.losses):
            return None
        return float(np.max(np.abs(np.subtract(self.losses, self.our_losses))))


@dataclass(frozen=True)
class Learned(Reading):
    """The accuracy of the learner's two-layer network after training or before it, with the curves of the training.

    ``arrays`` are its parameters, empty unless they have the book's names and shapes. ``activation`` is the hidden
    layer's with which the book's network gives the same probabilities, None if it does not; ``begun`` is the same
    before the training.
    """

    curves: Curves = field(default_factory=Curves)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    activation: Activation | None = None
    begun: Activation | None = None
    least = ENOUGH

    @property
    def is_detached(self) -> bool:
        """Whether the network no longer computes with the arrays in its ``params``, although it did before the
        training.
        """
        return self.begun is not None and bool(self.arrays) and self.activation is None

    @property
    def text(self) -> Text:
        if self.updates:
            return READS(share=self.share, all=TEST, updates=self.updates)
        return UNTRAINED(share=self.share, all=TEST, guessed=1 / SIZES[-1])

    @property
    def more(self) -> tuple[Text, ...]:
        if not self.updates:
            return ()
        apart = self.curves.apart
        if self.is_detached:
            return (_DETACHED,)
        if apart is None:
            return (_OTHER_BATCHES if self.begun else _NOT_THE_BOOK_S,)
        return ((_EQUAL if apart < _ALIKE else _APART)(apart=format_short(max(apart, _ALIKE))),)

    @property
    def kept(self) -> KeptNetwork | None:
        """The network as experiments use it to read digits; None if ours would predict something else."""
        if self.activation is None:
            return None
        return KeptNetwork(
            experiment="training",
            inputs=SIZES[:1],
            layers=(("affine", SIZES[1]), (self.activation,), ("affine", SIZES[2])),
            arrays={name: self.arrays[name].astype(np.float32) for name in NAMES},
            data="mnist",
            samples=IMAGES,
            test_accuracy=self.share,
            tested=TEST,
            updates=self.updates,
        )


@dataclass(frozen=True)
class NumericalTime:
    """The seconds that a loss of one batch takes, from which the time of a training by numerical gradients follows.

    ``gradient`` is the time of the network's own gradient of that batch; None if it was not measured.
    """

    loss: float
    gradient: float | None = None

    @property
    def text(self) -> Text:
        """The times as a sentence."""
        inputs, hidden, outputs = SIZES
        numbers = inputs * hidden + hidden + hidden * outputs + outputs
        update = as_told(2 * numbers * as_told(self.loss))
        if self.gradient is None:
            return _NUMERICAL(
                questions=2 * numbers, loss=duration(self.loss), update=duration(update), updates=UPDATES,
                all=duration(update * UPDATES),
            )  # fmt: skip
        return _COMPARED(
            numbers=numbers, batch=BATCH, own=duration(self.gradient), numerical=duration(update),
            times=round(float(f"{update / as_told(self.gradient):.2g}")),
        )  # fmt: skip


_NUMERICAL = Text(
    "Your network, 784-50-10, has so many numbers that one update asks for the loss {questions:,} times. At {loss} "
    "each that is {update}, and the {updates:,} updates of station 5 would take {all}."
)
_COMPARED = Text(
    "Your gradient takes {own} for all {numbers:,} numbers of a network 784-50-10 and a batch of {batch} digits. By "
    "differences it would be {numerical}, about {times:,} times as long."
)


_EQUAL = Text("Its losses and ours are the same, within {apart}.")
_APART = Text("Its losses and ours, with the same batches, come to differ by up to {apart}.")
_OTHER_BATCHES = Text("Ours could not learn beside it: not all of its batches are training images as they came.")
_NOT_THE_BOOK_S = Text(
    "With the same numbers in params it answers otherwise than the book's network. Check stations 1 and 2 once more."
)
_DETACHED = Text(
    "Its answers no longer follow from params: the loop has put new arrays there, and the layers still compute with "
    "the old ones. Change the arrays themselves: network.params[key] -= learning_rate * grad[key]."
)


def learn(written: Any, tell: Callable[[Curves], object] = lambda curves: None) -> Learned | Failure:
    """Trains the file's network by the file's loop, and measures its accuracy on further test digits.

    ``tell`` is called with the curves as they grow. ``Faulty`` and ``Ended``, raised by the process in which the file
    runs, are not caught.
    """
    train, test = load_digits("train"), load_digits("test")
    images, labels = _rows(train.images[:IMAGES]), np.eye(SIZES[-1])[train.labels[:IMAGES]]
    x_test, t_test = _rows(test.images[:TEST]), np.eye(SIZES[-1])[test.labels[:TEST]]
    training = written.training()
    for start in range(0, IMAGES, _PART):
        training.add(images[start : start + _PART])
    arrays = arrays_of(training.begin(SIZES), _SHAPES)
    activation = _activation_of(arrays, training.predict(x_test), x_test)
    ours = _Ours(arrays, activation, images, labels, x_test, t_test) if activation else None
    listener = _Listener(ours, tell)
    training.train(labels, x_test, t_test, EPOCHS, BATCH, RATE, tell=listener.hear)
    read = _read(training, training.params(), listener.curves, UPDATES)
    return read if isinstance(read, Failure) else dataclasses.replace(read, begun=activation)


def read_untrained(written: Any) -> Learned | Failure:
    """Measures the accuracy of a new, untrained network of the file; exceptions as in ``learn``."""
    training = written.training()
    return _read(training, training.begin(SIZES), Curves(), 0)


def time_numerical(written: Any, with_own: bool = False) -> NumericalTime:
    """Measures how long a loss of one batch takes the file's network, and ``with_own`` its gradient.

    Exceptions as in ``learn``.
    """
    train, training = load_digits("train"), written.training()
    training.begin(SIZES)
    batch = _rows(train.images[:BATCH]), np.eye(SIZES[-1])[train.labels[:BATCH]]

    def seconds_of(method: str) -> float:
        told = training.seconds_of(method, *batch)
        return told if isinstance(told, float) and 0 < told < _LONGEST else _LONGEST

    return NumericalTime(seconds_of("loss"), seconds_of("gradient") if with_own else None)


def _read(training: Any, told: Any, curves: Curves, updates: int) -> Learned | Failure:
    """The accuracy of the network on test digits that were not used during the training; a Failure if its shape is
    wrong.
    """
    test = load_digits("test")
    x, labels = _rows(test.images[TEST : 2 * TEST]), test.labels[TEST : 2 * TEST]
    answer = training.predict(x)
    if not isinstance(answer, np.ndarray) or answer.shape != (TEST, SIZES[-1]):
        shape = f"{getattr(answer, 'shape', ())}"
        return Failure("shape", quantity="y", got=shape, wanted=f"{(TEST, SIZES[-1])}")
    share = float(np.mean(np.argmax(answer, axis=1) == labels))
    arrays = arrays_of(told, _SHAPES)
    return Learned(share, updates, curves, arrays, _activation_of(arrays, answer, x))


class _Ours:
    """The book's network, trained with the same batches as the learner's."""

    def __init__(
        self, arrays: Mapping[str, np.ndarray], activation: Activation, images: np.ndarray, labels: np.ndarray,
        x_test: np.ndarray, t_test: np.ndarray,
    ) -> None:  # fmt: skip
        self._network = _book_s(arrays, activation)
        self._images, self._labels, self._tests = images, labels, (x_test, t_test)
        self._batch: tuple[np.ndarray, np.ndarray] | None = None
        self._grads: Mapping[str, np.ndarray] | None = None

    def learn(self, rows: list[int]) -> None:
        """Computes the gradient of a batch; the update is made when the next call needs it."""
        self._update()
        self._batch = self._images[rows], self._labels[rows]
        self._grads = self._network.gradient(*self._batch)

    def loss(self, after: bool) -> float:
        """The loss of the last batch, before or, if ``after``, after its update."""
        if after:
            self._update()
        assert self._batch is not None
        return self._network.loss(*self._batch)

    def accuracy(self) -> float:
        """The share of the test digits that the book's network classifies correctly."""
        self._update()
        return self._network.accuracy(*self._tests)

    def _update(self) -> None:
        grads, self._grads = self._grads, None
        for name, grad in (grads or {}).items():
            self._network.params[name] -= RATE * grad


class _Listener:
    """Converts the events of a training into curves; the events are not trusted, and invalid ones are left out."""

    def __init__(self, ours: _Ours | None, tell: Callable[[Curves], object]) -> None:
        self._ours, self._tell = ours, tell
        self._updates = 0
        self.curves = Curves()

    def hear(self, events: Any) -> None:
        """Adds a list of events (``own_training.Event``) to the curves."""
        for event in events if isinstance(events, list) else ():
            match event:
                case ("batch", list(rows)) if all(type(one) is int and -1 <= one < IMAGES for one in rows):
                    self._hear_batch(rows)
                case ("loss", float(value), bool(after)) if math.isfinite(value):
                    self._hear_loss(value, after)
                case ("accuracy", int(samples), float(value)) if samples == TEST and 0 <= value <= 1:
                    self._hear_accuracy(value)
        self._tell(self.curves)

    def _hear_batch(self, rows: list[int]) -> None:
        self._updates += 1
        if not rows or len(rows) > IMAGES or -1 in rows:
            self._ours = None
        elif self._ours is not None:
            self._ours.learn(rows)

    def _hear_loss(self, value: float, after: bool) -> None:
        if not self._updates or len(self.curves.losses) >= _MOST:
            return
        self.curves.updates.append(self._updates)
        self.curves.losses.append(value)
        if self._ours is not None:
            self.curves.our_losses.append(self._ours.loss(after))

    def _hear_accuracy(self, value: float) -> None:
        if len(self.curves.accuracies) >= _MOST:
            return
        self.curves.tested.append(self._updates)
        self.curves.accuracies.append(value)
        if self._ours is not None:
            self.curves.our_accuracies.append(self._ours.accuracy())


def arrays_of(told: Any, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """The arrays that a network returned, as float64 copies.

    Empty if names or shapes are not exactly these, or values are not finite.
    """
    if not isinstance(told, dict) or set(told) != set(shapes):
        return {}
    found = {name: np.array(told[name], dtype=float) if is_plain(told[name]) else np.empty(0) for name in shapes}
    fits = all(found[name].shape == shape and np.isfinite(found[name]).all() for name, shape in shapes.items())
    return found if fits else {}


def is_plain(array: Any) -> bool:
    """Whether this is an array of real numbers."""
    return isinstance(array, np.ndarray) and array.dtype.kind in "fiu"


def _activation_of(arrays: Mapping[str, np.ndarray], answer: Any, x: np.ndarray) -> Activation | None:
    """The activation with which the book's network predicts the same for x; None if it does with neither."""
    if not arrays or isinstance(answer, Unsent) or not is_plain(answer):
        return None
    with np.errstate(all="ignore"):
        for activation in ACTIVATIONS:
            expected = _book_s(arrays, activation).predict(x)
            if expected.shape == answer.shape and np.allclose(probabilities(answer), expected, atol=_ALIKE):
                return activation
    return None


def _book_s(arrays: Mapping[str, np.ndarray], activation: Activation) -> Any:
    network = file_of_book(activation).TwoLayerNet(1, 1, 1)
    network.params = {name: np.array(arrays[name]) for name in NAMES}
    return network


def _rows(images: np.ndarray) -> np.ndarray:
    """Converts images to rows (N, 784) in float32, small enough to be sent between processes."""
    return pixels(images).astype(np.float32)
