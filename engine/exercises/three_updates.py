"""Shared by the optimizer exercises: three updates of two parameters, and their common mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import Check, Inputs, Mistake, Values
from engine.nn.optimizers import Optimizer

EXACT = 1e-10
"""The tolerance for the parameters after three updates, small enough to notice a different ε."""
CHANGED = ("W1", "W2")
# What the tasks end with.
WITH_EPSILON = Text("ε is 1e-7.")
AFTER = Text("W1(1) stands for W1 after the first update.")


def use(written: Any, W1: np.ndarray, W2: np.ndarray, dW1: np.ndarray, dW2: np.ndarray, **settings: float) -> Values:
    """The parameters after every update; ``dW1`` and ``dW2`` (steps, …) hold the gradient of each update."""
    arrays, after = {"W1": W1, "W2": W2}, list[dict[str, np.ndarray]]()
    optimizer, params = written(**settings), dict(arrays)
    before = {name: values.copy() for name, values in arrays.items()}
    for step in range(len(dW1)):
        optimizer.update(params, {"W1": dW1[step], "W2": dW2[step]})
        after.append({name: values.copy() for name, values in arrays.items()})
    # Where the dictionary holds other arrays now, the caller's have not learned: that is shown as a number.
    is_untouched = all(
        params.get(name) is values and np.array_equal(values, before[name]) for name, values in arrays.items()
    )
    for step, found in enumerate(after, start=1):
        for name, values in found.items():
            yield f"{name}({step})", None if is_untouched else values


def drawn(shape: tuple[int, ...], other: tuple[int, ...], steps: int = 3, size: float = 1.0, **settings: Any) -> Inputs:
    """Random parameters of two shapes, and for each of ``steps`` updates random gradients of magnitude ``size``."""
    chance = np.random.default_rng(len(shape) * 10 + steps)
    return {
        "W1": chance.normal(size=shape), "W2": chance.normal(size=other),
        "dW1": size * chance.normal(size=(steps, *shape)), "dW2": size * chance.normal(size=(steps, *other)),
        **settings,
    }  # fmt: skip


def in_single_precision(**settings: Any) -> Inputs:
    """Random inputs as ``drawn`` makes them, but with float32 arrays, the type in which networks are trained."""
    made = drawn((2, 2), (2,), **settings)
    return {name: one.astype(np.float32) if isinstance(one, np.ndarray) else one for name, one in made.items()}


def checks(**settings: Any) -> tuple[Check, ...]:
    """The checks of every optimizer; ``settings`` are those of the first check."""
    one = {"W1": [1.0, -2.0], "W2": [0.5, 0.25], "dW1": [[0.5, -1.0], [0.4, 2.0], [-0.3, 0.5]],
           "dW2": [[2.0, 0.1], [1.0, -0.2], [0.5, 0.3]], **settings}  # fmt: skip
    return (
        Check(Text("the first update"), lambda: one, ("W1(1)", "W2(1)"), tolerance=EXACT),
        Check(Text("three updates, to ten digits"), lambda: one, tolerance=EXACT),
        Check(
            Text("matrices and vectors side by side"),
            lambda: drawn((2, 3), (3,), **settings),
            tolerance=EXACT,
        ),
        Check(Text("the usual settings"), lambda: drawn((3, 2), (4,)), tolerance=EXACT),
        Check(
            Text("gradients of a thousandth, and twelve updates"),
            lambda: drawn((2, 2), (3,), 12, 1e-3, **settings),
            tolerance=EXACT,
        ),
        Check(Text("in float32"), lambda: in_single_precision(**settings), tolerance=1e-5),
    )


class Faulty:
    """Base of optimizers with a mistake.

    ``step`` returns what is added to a parameter for its gradient, and keeps the state of that parameter in ``kept``,
    at first empty. With ``shared`` all parameters have one state, which is itself a mistake.
    """

    shared = False

    def __init__(self, lr: float = 0.01, **settings: float) -> None:
        self.lr, self.settings, self.t = lr, settings, 0
        self._kept: dict[str, dict[str, Any]] = {}

    def update(self, params: dict[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Updates every parameter in place."""
        self.t += 1
        for name, values in params.items():
            values += self.step(grads[name], self._kept.setdefault("" if self.shared else name, {}))

    def step(self, g: np.ndarray, kept: dict[str, Any]) -> np.ndarray:
        """The amount to add to a parameter for its gradient g; ``kept`` is the optimizer's state for it."""
        raise NotImplementedError


def common_mistakes(ours: type[Any]) -> tuple[Mistake, ...]:
    """Two mistakes of every optimizer, made from the reference ``ours``: new arrays instead of changes in place, and
    steps uphill.
    """

    class Rebinding(ours):
        def update(self, params: dict[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
            new = {name: values.copy() for name, values in params.items()}
            super().update(new, grads)
            params.update(new)

    class Uphill(ours):
        def update(self, params: dict[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
            super().update(params, {name: -values for name, values in grads.items()})

    return (
        Mistake(
            "rebinding",
            Rebinding,
            Text(
                "The arrays have stayed as they were: the dictionary got new ones. The layers hold the old ones, and "
                "would never learn."
            ),
            of_code=True,
        ),
        Mistake(
            "uphill",
            Uphill,
            Text("It goes the other way: gradients point uphill."),
        ),
    )


def at_work(
    kind: type[Any], memory: Mapping[str, str], arguments: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Any], Mapping[Any, Any]]:
    """Returns ``at_work`` of an optimizer exercise, which puts the learner's optimizer in place of the engine's
    ``kind``.

    ``memory`` maps the engine's names of state attributes to the learner's; ``arguments`` maps the engine's names of
    settings to the book's where they differ.
    """

    def put(written: Any) -> Mapping[type[Optimizer], Any]:
        class Yours(kind):
            """The learner's optimizer with the engine's interface."""

            def __init__(self, learning_rate: float | None = None, **settings: float) -> None:
                named = {arguments.get(name, name): value for name, value in settings.items()}
                self._written = written(**({} if learning_rate is None else {"lr": learning_rate}), **named)

            @property
            def learning_rate(self) -> float:
                return float(self._written.lr)

            @learning_rate.setter
            def learning_rate(self, rate: float) -> None:
                self._written.lr = rate

            def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
                shapes = {name: values.shape for name, values in params.items()}
                self._written.update(params, grads)
                for name, shape in shapes.items():
                    returned.array(params.get(name), shape, name)

            def __getattr__(self, name: str) -> Any:
                if name not in memory:
                    raise AttributeError(name)
                kept = getattr(self._written, memory[name], None)
                return kept if isinstance(kept, dict) else {}  # not there before the first update

        return {kind: Yours}

    return put
