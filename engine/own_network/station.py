"""Shared by the stations: the book's file, and a network with given parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from types import CodeType
from typing import Any, Literal

import numpy as np

from engine.book.functions import softmax
from engine.contract.text import Text
from engine.exercises.exercise import Exercise, Values
from engine.pieces.edits import Edit, Edits, edited, edits_of
from engine.pieces.faults import Fault, faults_in
from engine.pieces.mistakes import Mistake, mistakes_of_page
from engine.pieces.piece import Piece, definition_at, headings
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
_FILE = (
    "functions.sigmoid+relu+softmax", "losses.cross_entropy_error", "gradients.numerical_gradient",
    "networks.TwoLayerNet", "trainer.train", "networks.MultiLayerNet", "optimizers.Momentum",
    "convolution.im2col+col2im+Convolution+Pooling", "networks.SimpleConvNet",
)  # fmt: skip
"""The pieces of the book that make a file of one's own, in the order of the chapters."""
_PAGES = {name: one.partition(".")[0] for one in _FILE for name in one.partition(".")[2].split("+")}
_RELU = (
    ("        return sigmoid(a)\n", "        return relu(a)\n"),
    ("        return z * (1 - z)\n", "        return np.where(z > 0, 1.0, 0.0)\n"),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Station(Exercise):
    """A station: an exercise whose code is the learner's whole file.

    It asks for the functions and methods ``defines``, named as ``softmax`` or ``TwoLayerNet.loss``, and is begun if the
    file defines one of them. ``activation`` is that of the hidden layer, and if ``has_activation``, it matters, and
    every one is tried. ``needs`` are the numbers of earlier stations whose code it uses; ours is used for those not
    begun. ``offers`` are the ids of exercises that ask for one of the ``defines``, so that a right solution of theirs
    can be taken over. ``plays_in`` are experiments that can use the code. ``does`` is what the station has the network
    do. ``also`` are parts of the book whose mistakes it knows, although they are not asked for by name.
    """

    defines: tuple[str, ...]
    piece: Piece = Piece("")
    activation: Activation = "sigmoid"
    has_activation: bool = True
    needs: tuple[int, ...] = ()
    offers: tuple[str, ...] = ()
    plays_in: tuple[str, ...] = ()
    does: Does = ""
    also: tuple[str, ...] = ()

    @property
    def is_training(self) -> bool:
        """Whether the network learns from MNIST at this station, which is then part of a check."""
        return self.does in ("trains", "generalizes", "convolves")

    @property
    def name(self) -> str:
        return ""

    @property
    def right_source(self) -> str:
        return book_file(self.activation)

    @cached_property
    def blank(self) -> Text:
        return headings(book_file(), self.defines)

    def given(self) -> Mapping[str, Any]:
        return {}

    def made(self, source: str) -> WholeFile:
        return whole_of(source)

    def made_with(self, edits: Edits) -> WholeFile:
        """The file with these edits; what they do not change is compiled once for all of them."""
        scope: dict[str, Any] = {}
        for start, end in _definitions(self.right_source):
            own = [Edit(one.start - start, one.end - start, one.new) for one in edits if start <= one.start < end]
            exec(_compiled(edited(self.right_source[start:end], own)), scope)
        return WholeFile(scope)

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(one for name in self._asked for one in self._mistakes_of(name))

    def edits_of(self, mistake: Mistake) -> Edits:
        name, _, _ = mistake.id.rpartition(".")
        start, end = definition_at(self.right_source, name)
        edits = edits_of(self.right_source[start:end], mistake.changes)
        return tuple(Edit(start + one.start, start + one.end, one.new) for one in edits)

    def generated(self) -> tuple[Fault, ...]:
        return faults_in(self.right_source, tuple(self._asked))

    @property
    def _asked(self) -> list[str]:
        """What is to be written; of a class its constructor, too."""
        source = self.right_source
        made = [f"{one}.__init__" for one in self.defines if f"class {one}:" in source]
        return [*self.defines, *made, *self.also]

    def _mistakes_of(self, name: str) -> list[Mistake]:
        """The mistakes in one function, method or class that can be made in this file."""
        start, end = definition_at(self.right_source, name)
        text = self.right_source[start:end]
        known = mistakes_of_page(_PAGES[name.partition(".")[0]]).get(name, ())
        return [
            Mistake(f"{name}.{one.id}", one.hint, one.changes, one.of_code)
            for one in known
            if all(old in text for old, _ in one.changes)
        ]


@cache
def _definitions(source: str) -> tuple[tuple[int, int], ...]:
    """Where the top-level statements of a source begin and end, in characters."""
    starts = list(accumulate(map(len, source.splitlines(keepends=True)), initial=0))
    return tuple((starts[node.lineno - 1], starts[node.end_lineno or 0]) for node in ast.parse(source).body)


@lru_cache(maxsize=256)
def _compiled(text: str) -> CodeType:
    return compile(text, "book", "exec", dont_inherit=True)


@cache
def book_file(activation: Activation = "sigmoid") -> str:
    """The book's file with this activation in the hidden layer: the right solution of all stations."""
    source = "import numpy as np\n\n\n" + "\n\n".join(Piece(address).source for address in _FILE)
    return edited(source, edits_of(source, _RELU)) if activation == "relu" else source


@cache
def file_of_book(activation: Activation) -> WholeFile:
    """All that the book's file with this activation defines, by attribute."""
    return whole_of(book_file(activation))


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
