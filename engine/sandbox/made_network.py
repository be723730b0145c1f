"""The untrusted side of a check of any network: makes the network, calls its methods, and sets elements of its arrays.

The caller decides about arguments and judges the results.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

_METHODS = ("__init__", "loss", "gradient", "predict", "accuracy", "update", "numerical_gradient")
_DEEPEST = 6
_new_generator = np.random.default_rng


class MadeNetwork:
    """A network made from a class of the learner's file; ``scope`` is all that the file defines.

    Before every call, all generators of random numbers are seeded with the call's seed.
    """

    def __init__(self, kind: Any, scope: Mapping[str, Any]) -> None:
        self._kind, self._scope = kind, scope
        self._network: Any = None
        self._generators: list[Any] = []
        self._momenta: dict[str, np.ndarray] = {}

    def headings(self) -> dict[str, list[tuple[str, bool, Any]]]:
        """By method, its parameters: for each its name, whether it is required, and its default."""
        found = {}
        for name in _METHODS:
            method = getattr(self._kind, name, None)
            if callable(method):
                every = list(inspect.signature(method).parameters.values())[1:]
                plain = [one for one in every if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
                found[name] = [
                    (one.name, one.default is one.empty, None if one.default is one.empty else one.default)
                    for one in plain
                ]
        return found

    def begin(self, seed: int, *given: Any, **named: Any) -> Any:
        """Makes the network; returns copies of the arrays in its ``params``, or ``params`` itself if it is no
        dictionary.
        """
        self._seed(seed)
        self._network = self._kind(*given, **named)
        self._generators = _generators_in([self._network, dict(self._scope)])
        self._momenta = {}
        return self.params()

    def params(self) -> Any:
        """Copies of the arrays in ``params``; ``params`` itself if it is no dictionary."""
        held = self._network.params
        return {str(name): _copied(one) for name, one in held.items()} if isinstance(held, dict) else held

    def write(self, name: str, array: np.ndarray) -> None:
        """Writes values into an array of ``params``."""
        self._array(name)[...] = array

    def call(self, method: str, seed: int, *given: Any, **named: Any) -> Any:
        """Calls a method and returns its result; of a dictionary, copies of its arrays."""
        self._seed(seed)
        answer = getattr(self._network, method)(*given, **named)
        return {str(name): _copied(one) for name, one in answer.items()} if isinstance(answer, dict) else answer

    def losses(
        self, seed: int, name: str, place: Sequence[int], values: Sequence[float], *given: Any, **named: Any
    ) -> list[tuple[float, Any]]:
        """Sets one element of an array to each of the values; returns the pairs (value as stored, loss)."""
        array, at = self._array(name), tuple(place)
        kept, told = array[at], []
        try:
            for value in values:
                array[at] = value
                told.append((float(array[at]), self.call("loss", seed, *given, **named)))
        finally:
            array[at] = kept
        return told

    def switch(self, names: Sequence[str], value: bool) -> bool:
        """Sets those attributes of these names that are True or False to the value; returns whether there are any."""
        found = [name for name in names if isinstance(getattr(self._network, name, None), bool)]
        for name in found:
            setattr(self._network, name, value)
        return bool(found)

    def force(self, flag: str, value: bool | None) -> None:
        """Passes this value for the parameter ``flag`` whenever another method calls ``predict``; None ends that."""
        vars(self._network).pop("predict", None)
        method = self._network.predict
        if value is not None:
            self._network.predict = lambda x, *_, **__: method(x, **{flag: value})

    def step(self, seed: int, roles: Sequence[str] | None, rate: float, momentum: float, x: Any, t: Any) -> None:
        """Makes one update: by the network's ``update`` with arguments of these roles, or by SGD without ``roles``."""
        self._seed(seed)
        # One that updates from a batch takes the gradient by itself.
        grads = self._network.gradient(x, t) if roles is None or "grads" in roles or "x" not in roles else None
        params = self._network.params
        if roles is not None:
            given = {"grads": grads, "params": params, "rate": rate, "x": x, "t": t}
            self._network.update(*(given[role] for role in roles))
            return
        assert grads is not None
        for name in params:
            if name in grads:
                self._momenta[name] = momentum * self._momenta.get(name, 0.0) - rate * np.asarray(grads[name])
                params[name] += self._momenta[name].astype(params[name].dtype)

    def _array(self, name: str) -> Any:
        """The array of ``params`` with this name."""
        return next(one for key, one in self._network.params.items() if str(key) == name)

    def _seed(self, seed: int) -> None:
        np.random.seed(seed)
        random.seed(seed)
        vars(np.random)["default_rng"] = lambda given=None: _new_generator(seed if given is None else given)
        for one in self._generators:
            if isinstance(one, np.random.RandomState):
                one.seed(seed)
            else:
                one.bit_generator.state = type(one.bit_generator)(seed).state


def _copied(value: Any) -> Any:
    return np.array(value) if isinstance(value, np.ndarray) else value


def _generators_in(roots: Sequence[Any]) -> list[Any]:
    """The generators of random numbers found in attributes, lists and dictionaries, starting from the ``roots``."""
    found, seen, left = [], set(), [(one, 0) for one in roots]
    while left:
        one, depth = left.pop()
        if id(one) in seen or depth > _DEEPEST:
            continue
        seen.add(id(one))
        if isinstance(one, (np.random.Generator, np.random.RandomState)):
            found.append(one)
        elif isinstance(one, dict):
            left += [(part, depth + 1) for part in one.values()]
        elif isinstance(one, (list, tuple)):
            left += [(part, depth + 1) for part in one]
        elif not isinstance(one, (type, np.ndarray)) and not inspect.ismodule(one) and hasattr(one, "__dict__"):
            left += [(part, depth + 1) for part in vars(one).values()]
    return found
