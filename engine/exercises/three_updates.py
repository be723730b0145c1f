"""Shared by the optimizer exercises: three updates of two parameters, and the checks made of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values

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


def _with_zeros(**settings: Any) -> Inputs:
    """Random inputs as ``drawn`` makes them, in which the first number of each parameter has no gradient."""
    made = drawn((2,), (2,), **settings)
    for name in ("dW1", "dW2"):
        made[name][:, 0] = 0.0
    return made


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
        # Of the shapes of the first check: what two optimizers share should be seen in numbers, and not stop them.
        Check(Text("a number whose gradient is 0 stays"), lambda: _with_zeros(**settings), tolerance=EXACT),
    )
