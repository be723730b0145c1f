"""The learner's whole file as an object: everything that it defines is an attribute."""

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
    """A network that holds its ``params`` in this process and computes in the caller's, by functions given to it.

    It is passed to the learner's training loop; each call sends the current parameters, so that every batch and update
    is seen.
    """

    def __init__(self, params: Mapping[str, np.ndarray], loss: Number, gradient: Arrays, accuracy: Number) -> None:
        self.params = {name: np.array(array) for name, array in params.items()}
        self._loss, self._gradient, self._accuracy = loss, gradient, accuracy
        self.is_numerical = False

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        """The loss of a batch."""
        return self._loss(self.params, x, t)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The gradient of the loss with respect to each array of ``params``, by the same names."""
        return {name: np.array(array) for name, array in self._gradient(self.params, x, t).items()}

    def numerical_gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The same gradient; ``is_numerical`` records that this method was called."""
        self.is_numerical = True
        return self.gradient(x, t)

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float:
        """The share of samples that are classified correctly."""
        return self._accuracy(self.params, x, t)


class WholeFile:
    """The definitions of a file as attributes; a missing name raises ``Unusable``."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self._scope = scope

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._scope:
            raise Unusable(Fault("missing", words=name))
        return self._scope[name]

    def lacking(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the names that the file does not define: functions, classes, and methods as ``Class.method``."""
        return tuple(name for name in names if not self._has(*name.split(".")))

    def _has(self, name: str, method: str = "") -> bool:
        found = self._scope.get(name)
        return callable(found) and (not method or callable(getattr(found, method, None)))

    def watched(
        self, params: Mapping[str, np.ndarray], loss: Number, gradient: Arrays, accuracy: Number
    ) -> WatchedNetwork:
        """A network for the file's training loop that computes by these functions of the caller."""
        return WatchedNetwork(params, loss, gradient, accuracy)

    def network(self, name: str) -> MadeNetwork:
        """An object that makes and calls networks of this class of the file."""
        return MadeNetwork(getattr(self, name), self._scope)

    def training(self) -> OwnTraining:
        """A training of the file's own network by its own loop."""
        return OwnTraining(self)

    def stepwise(self) -> StepwiseTraining:
        """A training of a network of the file, step by step with batches that the caller chooses."""
        return StepwiseTraining(self)


def whole_of(source: str, before: str = "", file: str = "", given: Mapping[str, Any] | None = None) -> WholeFile:
    """Runs the source of a file and returns its definitions; ``Unusable`` if it raises or cannot be compiled.

    It can use the definitions of the source ``before``, which it overrides; ``file`` is the id by which its code is
    known in tracebacks.
    """
    scope = run(compiled(before, "before"), given or {}) if before else dict(given or {})
    return WholeFile(run(compiled(source, file), scope, source))
