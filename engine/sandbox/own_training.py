"""The untrusted side of a training: the network of the learner's file, trained by the file's loop or step by step.

In the loop each gradient, loss and accuracy is reported to the caller; step by step, the caller chooses the batches.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Event = tuple[Any, ...]
"""A call made by the training loop.

``("batch", rows)`` for a gradient: the index of each sample in the training set, −1 for any other sample. ``("loss",
value, after)``: ``after`` is True if the arrays have changed since the gradient. ``("accuracy", samples, value)``.
"""
Tell = Callable[[list[Event]], object]
_APART = 0.015
"""Seconds between two reports to the caller, short enough for a moving plot."""
_MOST = 400
"""The maximum number of events in one report."""
_TIMES = 20


class OwnTraining:
    """A network of the file that is trained by the file's loop, with the images passed to ``add`` in several parts.

    ``written`` are the definitions of the file.
    """

    def __init__(self, written: Any) -> None:
        self._written = written
        self._parts: list[np.ndarray] = []
        self._network: Any = None

    def add(self, images: np.ndarray) -> None:
        """Adds training images (N, D)."""
        self._parts.append(np.array(images))

    def begin(self, sizes: Sequence[int]) -> Mapping[str, np.ndarray]:
        """Makes the network; returns copies of the arrays in its ``params``."""
        self._network = self._written.TwoLayerNet(*sizes)
        return self.params()

    def params(self) -> dict[str, np.ndarray]:
        """Copies of the arrays in the network's ``params``."""
        return {str(name): np.array(array) for name, array in self._network.params.items()}

    def predict(self, x: np.ndarray) -> Any:
        """The result of the network's ``predict`` for images (N, D)."""
        return self._network.predict(x)

    def seconds_of(self, method: str, x: np.ndarray, t: np.ndarray) -> float:
        """The seconds that a method takes for a batch: the shortest of several times, since other programs only delay
        it.
        """
        times, called = [], getattr(self._network, method)
        for _ in range(_TIMES):
            before = time.perf_counter()
            called(x, t)
            times.append(time.perf_counter() - before)
        return min(times)

    def train(self, labels: np.ndarray, x_test: np.ndarray, t_test: np.ndarray, *further: Any, tell: Tell) -> Any:
        """Trains the network by the file's loop, to which ``further`` arguments are passed, and returns the loop's
        result.
        """
        images = np.concatenate(self._parts)
        watch = _Watch(self._network, images, tell)
        try:
            return self._written.train(self._network, images, labels, x_test, t_test, *further)
        finally:
            watch.end()


class StepwiseTraining:
    """A network of the file that is trained step by step with batches that the caller chooses, by indices of samples.

    Its optimizer is the file's own, or SGD.
    """

    def __init__(self, written: Any) -> None:
        self._written = written
        self._images: list[np.ndarray] = []
        self._labels: list[np.ndarray] = []
        self._network: Any = None
        self._optimizer: Any = None
        self._rate = 0.0

    def add(self, images: np.ndarray, labels: np.ndarray) -> None:
        """Adds training images and their labels, one-hot."""
        self._images.append(np.array(images))
        self._labels.append(np.array(labels))

    def begin(self, seed: int, name: str, *given: Any, **named: Any) -> Mapping[str, np.ndarray]:
        """Makes a network of the class ``name``, after seeding random numbers; returns copies of the arrays in its
        ``params``.
        """
        np.random.seed(seed)
        self._network = getattr(self._written, name)(*given, **named)
        return self.params()

    def choose(self, rate: float, optimizer: str = "", **named: Any) -> None:
        """Sets the learning rate and the optimizer: a class of the file with ``update(params, grads)``; for "", SGD."""
        self._rate = rate
        self._optimizer = getattr(self._written, optimizer)(rate, **named) if optimizer else None

    def params(self) -> dict[str, np.ndarray]:
        """Copies of the arrays in the network's ``params``."""
        return {str(name): np.array(array) for name, array in self._network.params.items()}

    def take(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Writes these values into the network's own arrays."""
        for name, array in arrays.items():
            self._network.params[name][...] = array

    def learn(self, batches: Sequence[Sequence[int]]) -> list[float]:
        """Makes an update with each of the batches, given as indices of samples; returns each batch's loss before its
        update.
        """
        images, labels = self._joined()
        losses = []
        for rows in batches:
            x, t = images[list(rows)], labels[list(rows)]
            losses.append(float(self._network.loss(x, t)))
            grads = self._network.gradient(x, t)
            if self._optimizer is not None:
                self._optimizer.update(self._network.params, grads)
                continue
            for key in self._network.params:
                self._network.params[key] -= self._rate * grads[key]
        return losses

    def predict(self, x: np.ndarray) -> Any:
        """The result of the network's ``predict`` for images."""
        return self._network.predict(x)

    def _joined(self) -> tuple[np.ndarray, np.ndarray]:
        if len(self._images) > 1:
            self._images, self._labels = [np.concatenate(self._images)], [np.concatenate(self._labels)]
        return self._images[0], self._labels[0]


class _Watch:
    """Records the loop's calls of a network's methods without changing their results.

    A network that does not allow attributes to be set is not watched.
    """

    def __init__(self, network: Any, images: np.ndarray, tell: Tell) -> None:
        self._network, self._tell = network, tell
        self._rows = {_key(image): number for number, image in enumerate(images)}
        self._events: list[Event] = []
        self._told_at = time.perf_counter()
        self._depth = 0
        self._before = b""
        self._methods: list[str] = []
        for name, note in (("gradient", self._batch), ("loss", self._loss), ("accuracy", self._accuracy)):
            try:
                setattr(network, name, self._watched(getattr(network, name), note))
            except AttributeError:
                continue
            self._methods.append(name)

    def end(self) -> None:
        """Restores the network's methods and reports the remaining events."""
        for name in self._methods:
            vars(self._network).pop(name, None)
        self._tell(self._events)

    def _watched(self, method: Callable[..., Any], note: Callable[[Any, Any], Event]) -> Callable[..., Any]:
        """Wraps a method so that calls by the loop are recorded, but not calls by another method of the network."""

        def called(*given: Any, **named: Any) -> Any:
            self._depth += 1
            try:
                answer = method(*given, **named)
            finally:
                self._depth -= 1
            if not self._depth:
                self._events.append(note(given[0] if given else named.get("x"), answer))
                if time.perf_counter() - self._told_at > _APART or len(self._events) >= _MOST:
                    events, self._events = self._events, []
                    self._tell(events)
                    self._told_at = time.perf_counter()
            return answer

        return called

    def _batch(self, x: Any, _: Any) -> Event:
        self._before = self._held()
        return "batch", [self._rows.get(_key(one), -1) for one in np.atleast_2d(x)]

    def _loss(self, _: Any, answer: Any) -> Event:
        return "loss", float(answer), self._held() != self._before

    def _accuracy(self, x: Any, answer: Any) -> Event:
        return "accuracy", len(x), float(answer)

    def _held(self) -> bytes:
        """The bytes of the smallest of the network's arrays, which change with every update."""
        return min((np.asarray(one).tobytes() for one in self._network.params.values()), key=len, default=b"")


def _key(row: Any) -> int:
    """A hash of a sample's values, the same in every precision, by which the sample is looked up."""
    return hash(np.asarray(row, dtype=np.float32).tobytes())
