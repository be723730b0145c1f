"""Shared by the stations: the book's file, faulty versions of it, and a network with given parameters."""

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
"""What a station has the network do: nothing; read digits untrained; tell how long a training by numerical gradients
takes; compare that with its own ``gradient``; train by its own loop; learn from few digits with each technique; learn
as a CNN.
"""
NAMES = ("W1", "b1", "W2", "b2")
_PARTS = (book, book_techniques, book_convolution)
"""The modules whose source, one after the other, is the book's file."""
_LEFT_OUT = re.compile(r"^from (engine\.|__future__ ).*\n", re.MULTILINE)
"""The import lines to leave out of the book's file: imports of this program, and of ``__future__``."""
_RELU = (
    ("        return sigmoid(a)\n", "        return np.maximum(0, a)\n"),
    ("        return z * (1 - z)\n", "        return np.asarray(z > 0, dtype=float)\n"),
)


@dataclass(frozen=True)
class Station(Exercise):
    """A station: an exercise whose code is the learner's whole file.

    It is begun if the file defines one of the names ``defines``: a function, or a method as ``Class.method``. If
    ``has_activation``, the hidden layer matters, and every activation that it may have is tried. ``needs`` are the
    numbers of earlier stations whose code it uses; ours is used for those not begun. ``offers`` are the ids of
    exercises that ask for one of the ``defines``, so that a right solution of theirs can be taken over. ``plays_in``
    are experiments that can use the code. ``does`` is what the station has the network do.
    """

    defines: tuple[str, ...] = ()
    has_activation: bool = True
    needs: tuple[int, ...] = ()
    offers: tuple[str, ...] = ()
    plays_in: tuple[str, ...] = ()
    does: Does = ""

    @property
    def is_training(self) -> bool:
        """Whether the network learns from MNIST at this station, which is then part of a check."""
        return self.does in ("trains", "generalizes", "convolves")


@dataclass(frozen=True)
class Book:
    """The book's file with this activation in the hidden layer: the right solution of all stations."""

    activation: Activation

    @cached_property
    def source(self) -> str:
        """The text of the file."""
        source = "\n\n".join(_LEFT_OUT.sub("", inspect.getsource(part)) for part in _PARTS)
        return _changed(source, _RELU) if self.activation == "relu" else source

    @cached_property
    def file(self) -> WholeFile:
        """All that the file defines, by attribute."""
        return whole_of(self.source)

    def wrong(self, mistake: str, hint: Text, *changes: tuple[str, str]) -> Mistake:
        """A known mistake: the file after textual ``changes`` (old, new); ValueError if an old text does not occur in
        it.
        """
        return Mistake(mistake, _Later(_changed(self.source, changes)), hint)


class _Later:
    """A faulty file, which runs when its first attribute is read, since most mistakes are never tried."""

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
    """The book's file with this activation; repeated calls return the same object."""
    return Book(activation)


def _changed(source: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        if old not in source:
            raise ValueError(f"the file has no {old!r}")
        source = source.replace(old, new)
    return source


def network_with(written: Any, params: Mapping[str, np.ndarray]) -> Any:
    """A network of the file with these parameters.

    They are written into its own arrays, since its layers may hold references to them.
    """
    inputs, hidden = params["W1"].shape
    network = written.TwoLayerNet(inputs, hidden, params["W2"].shape[1])
    held = network.params
    for name, value in params.items():
        held[name][...] = value
    return network


def probabilities(answer: Any) -> Any:
    """Converts the result of ``predict`` to probabilities: scores pass through softmax, probabilities stay.

    The book's file returns probabilities in chapter 4, and scores from chapter 5 on. What is not an array is returned
    as it is.
    """
    if isinstance(answer, Unsent) or not isinstance(answer, np.ndarray) or answer.ndim == 0:
        return answer
    with np.errstate(all="ignore"):
        sums = np.sum(answer, axis=-1)
        return answer if np.all(answer >= 0) and np.allclose(sums, 1, atol=1e-6) else softmax(answer)


AFTERWARDS = {f"{name} afterwards": Text("{name} afterwards")(name=name) for name in NAMES}
"""The labels of the quantities that ``params_of`` yields."""


def params_of(network: Any) -> Values:
    """Yields copies of the current arrays in a network's ``params``, to check that a gradient has not changed them."""
    for name in NAMES:
        yield f"{name} afterwards", np.array(network.params[name])


def form_of(array: Any) -> Any:
    """An array of zeros of the same shape, to compare shapes alone; what is not an array is returned as it is."""
    return np.zeros(array.shape) if isinstance(array, np.ndarray) else array
