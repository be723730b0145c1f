"""A learner's whole file as an object: everything that it defines are its attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.sandbox.learner_code import Fault, Unusable, compiled, run
from engine.sandbox.made_network import MadeNetwork
from engine.sandbox.own_training import OwnTraining, StepwiseTraining

Number = Callable[[dict[str, np.ndarray], np.ndarray, np.ndarray], float]
Arrays = Callable[[dict[str, np.ndarray], np.ndarray, np.ndarray], dict[str, np.ndarray]]


class WatchedNetwork:
    """A network that keeps its ``params`` here and computes elsewhere: every call tells what stands in them by then.

    It is handed to a learner's training loop, so that each of its batches and updates is seen.
    """

    def __init__(self, params: Mapping[str, np.ndarray], loss: Number, gradient: Arrays, accuracy: Number) -> None:
        self.params = {name: np.array(array) for name, array in params.items()}
        self._loss, self._gradient, self._accuracy = loss, gradient, accuracy
        self.is_numerical = False

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        """The loss of a batch."""
        return self._loss(self.params, x, t)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The gradient of the loss by each array of ``params``, under the same names."""
        return {name: np.array(array) for name, array in self._gradient(self.params, x, t).items()}

    def numerical_gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The same gradient; that it was asked for by this name is remembered in ``is_numerical``."""
        self.is_numerical = True
        return self.gradient(x, t)

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float:
        """The share of samples read right."""
        return self._accuracy(self.params, x, t)


class WholeFile:
    """What a file defines, by name; ``Unusable`` says which name is missing."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self._scope = scope

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._scope:
            raise Unusable(Fault("missing", words=name))
        return self._scope[name]

    def lacking(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the names, of functions, classes and methods as ``Class.method``, that there is nothing for."""
        return tuple(name for name in names if not self._has(*name.split(".")))

    def _has(self, name: str, method: str = "") -> bool:
        found = self._scope.get(name)
        return callable(found) and (not method or callable(getattr(found, method, None)))

    def watched(
        self, params: Mapping[str, np.ndarray], loss: Number, gradient: Arrays, accuracy: Number
    ) -> WatchedNetwork:
        """A network for the file's training loop that is computed by the caller."""
        return WatchedNetwork(params, loss, gradient, accuracy)

    def network(self, name: str) -> MadeNetwork:
        """A network of this class of the file, to be made and asked."""
        return MadeNetwork(getattr(self, name), self._scope)

    def training(self) -> OwnTraining:
        """The file's own network, to be trained by its own loop."""
        return OwnTraining(self)

    def stepwise(self) -> StepwiseTraining:
        """A network of the file, to be trained batch by batch."""
        return StepwiseTraining(self)


def whole_of(source: str, before: str = "", file: str = "", given: Mapping[str, Any] | None = None) -> WholeFile:
    """Runs the source of a file whose id is ``file``, with what the source ``before`` it defines; ``Unusable`` if it
    raises or cannot be compiled.
    """
    scope = run(compiled(before, "before"), given or {}) if before else dict(given or {})
    return WholeFile(run(compiled(source, file), scope, source))
