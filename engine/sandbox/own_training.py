"""The foreign side of a training: the file's own network in the file's own loop, each update told to the caller."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Event = tuple[Any, ...]
"""``("batch", rows)`` for a gradient, with the number of each sample in the training set, −1 for what is none there;
``("loss", value, after)``, ``after`` if the arrays have changed since; ``("accuracy", samples, value)``.
"""
Tell = Callable[[list[Event]], object]
_APART = 0.015
"""Seconds between two tellings, so that a picture of it moves."""
_MOST = 400
"""The most events of one telling."""
_TIMES = 20


class OwnTraining:
    """A network of the file that is trained with the images given by ``add``, which come in parts since they are many.

    What the file defines is looked up in ``written``.
    """

    def __init__(self, written: Any) -> None:
        self._written = written
        self._parts: list[np.ndarray] = []
        self._network: Any = None

    def add(self, images: np.ndarray) -> None:
        """Adds training images (N, D)."""
        self._parts.append(np.array(images))

    def begin(self, sizes: Sequence[int]) -> Mapping[str, np.ndarray]:
        """Makes the network; copies of the arrays in its ``params``."""
        self._network = self._written.TwoLayerNet(*sizes)
        return self.params()

    def params(self) -> dict[str, np.ndarray]:
        """Copies of the arrays in the network's ``params``."""
        return {str(name): np.array(array) for name, array in self._network.params.items()}

    def predict(self, x: np.ndarray) -> Any:
        """What the network answers to images (N, D)."""
        return self._network.predict(x)

    def seconds_of(self, method: str, x: np.ndarray, t: np.ndarray) -> float:
        """How long a method takes for a batch: the shortest of some times, since other programs only make it longer."""
        times, called = [], getattr(self._network, method)
        for _ in range(_TIMES):
            before = time.perf_counter()
            called(x, t)
            times.append(time.perf_counter() - before)
        return min(times)

    def train(self, labels: np.ndarray, x_test: np.ndarray, t_test: np.ndarray, *further: Any, tell: Tell) -> Any:
        """Trains the network by the file's loop, which gets ``further`` as they are, and returns what the loop does."""
        images = np.concatenate(self._parts)
        watch = _Watch(self._network, images, tell)
        try:
            return self._written.train(self._network, images, labels, x_test, t_test, *further)
        finally:
            watch.end()


class _Watch:
    """Notes what a loop asks of a network, and leaves everything as it is.

    A network that takes no attributes of its own is not watched.
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
        """Tells the rest, and watches no more."""
        for name in self._methods:
            vars(self._network).pop(name, None)
        self._tell(self._events)

    def _watched(self, method: Callable[..., Any], note: Callable[[Any, Any], Event]) -> Callable[..., Any]:
        """The method, noted where the loop calls it, and not where another method does."""

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
        """The bytes of the smallest of the network's arrays, which every update changes."""
        return min((np.asarray(one).tobytes() for one in self._network.params.values()), key=len, default=b"")


def _key(row: Any) -> int:
    """The numbers of a sample, to look it up by, whatever the precision that a file counts with."""
    return hash(np.asarray(row, dtype=np.float32).tobytes())
