"""What the stations share: the book's file and faulty versions of it, and a network with given numbers in it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Exercise, Mistake, Values
from engine.own_network import book, book_convolution, book_techniques
from engine.own_network.book import softmax
from engine.sandbox.values import Unsent
from engine.sandbox.whole_file import WholeFile, whole_of

Activation = Literal["sigmoid", "relu"]
ACTIVATIONS: tuple[Activation, ...] = ("sigmoid", "relu")
Does = Literal["", "reads", "times", "compares", "trains", "generalizes", "convolves"]
"""Reads digits untrained; says how long a training by numerical gradients takes; compares that with its own
``gradient``; trains by its own loop; learns from few digits with each technique; learns as a CNN.
"""
NAMES = ("W1", "b1", "W2", "b2")
_PARTS = (book, book_techniques, book_convolution)
"""The modules that make the book's file, one after the other."""
_LEFT_OUT = re.compile(r"^from (engine\.|__future__ ).*\n", re.MULTILINE)
"""What such a file does not import: this program, and what has to stand in its first line."""
_RELU = (
    ("        return sigmoid(a)\n", "        return np.maximum(0, a)\n"),
    ("        return z * (1 - z)\n", "        return np.asarray(z > 0, dtype=float)\n"),
)


@dataclass(frozen=True)
class Station(Exercise):
    """A station: an exercise whose code is the whole file. It is begun when the file defines one of its ``defines``: a
    function, or a method as ``Class.method``. One that ``has_activation`` computes with the hidden layer of the file's
    network, and so has to be tried with every activation that this layer may have. ``needs`` are the orders of earlier
    stations whose code it uses, which ours stand in for where they are not begun. ``offers`` are the ids of exercises
    that ask for one of the ``defines``: what was right there is right here. ``plays_in`` are experiments that
    can be played with what it is about; and the network ``does`` something itself.
    """

    defines: tuple[str, ...] = ()
    has_activation: bool = True
    needs: tuple[int, ...] = ()
    offers: tuple[str, ...] = ()
    plays_in: tuple[str, ...] = ()
    does: Does = ""

    @property
    def is_training(self) -> bool:
        """Whether what the network does is to learn from MNIST, which is a part of a check, too."""
        return self.does in ("trains", "generalizes", "convolves")


@dataclass(frozen=True)
class Book:
    """The book's file with this activation in the hidden layer."""

    activation: Activation

    @cached_property
    def source(self) -> str:
        """The file's text."""
        source = "\n\n".join(_LEFT_OUT.sub("", inspect.getsource(part)) for part in _PARTS)
        return _changed(source, _RELU) if self.activation == "relu" else source

    @cached_property
    def file(self) -> WholeFile:
        """What the file defines."""
        return whole_of(self.source)

    def wrong(self, mistake: str, hint: Text, *changes: tuple[str, str]) -> Mistake:
        """The file with some textual changes (old, new), as a mistake; ValueError if an old text is not in it."""
        return Mistake(mistake, _Later(_changed(self.source, changes)), hint)


class _Later:
    """A faulty file, which runs when it is first asked for something: most mistakes never are."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._file, name)

    @cached_property
    def _file(self) -> WholeFile:
        return whole_of(self._source)


@cache
def book_with(activation: Activation) -> Book:
    """The book's file with this activation; it is the same however often it is asked for."""
    return Book(activation)


def _changed(source: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        if old not in source:
            raise ValueError(f"the file has no {old!r}")
        source = source.replace(old, new)
    return source


def network_with(written: Any, params: Mapping[str, np.ndarray]) -> Any:
    """The file's network with these numbers in its ``params``, which are written into its own arrays, since its layers
    may hold them too.
    """
    inputs, hidden = params["W1"].shape
    network = written.TwoLayerNet(inputs, hidden, params["W2"].shape[1])
    held = network.params
    for name, value in params.items():
        held[name][...] = value
    return network


def probabilities(answer: Any) -> Any:
    """What ``predict`` gave, as probabilities: the book's file gives these in chapter 4, and scores from chapter 5 on.
    What is no array is left as it is.
    """
    if isinstance(answer, Unsent) or not isinstance(answer, np.ndarray) or answer.ndim == 0:
        return answer
    with np.errstate(all="ignore"):
        sums = np.sum(answer, axis=-1)
        return answer if np.all(answer >= 0) and np.allclose(sums, 1, atol=1e-6) else softmax(answer)


AFTERWARDS = {f"{name} afterwards": Text("{name} afterwards")(name=name) for name in NAMES}
"""What ``params_of`` yields, with its labels."""


def params_of(network: Any) -> Values:
    """The arrays in a network's ``params`` as they stand now, which a gradient must not change."""
    for name in NAMES:
        yield f"{name} afterwards", np.array(network.params[name])


def form_of(array: Any) -> Any:
    """An array of the same shape with zeros in it, to compare shapes alone; what is no array is left as it is."""
    return np.zeros(array.shape) if isinstance(array, np.ndarray) else array
