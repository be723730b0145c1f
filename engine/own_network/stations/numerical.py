"""Station 3: the gradient by central differences, of a function and of the network's loss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network.station import AFTERWARDS, NAMES, Activation, Station, network_with, params_of
from engine.own_network.stations.network import small


def _of(array: np.ndarray) -> float:
    """A function whose partial derivatives all differ: Σ k·a_k² + Σ a_k·a_(k+1)."""
    flat = array.reshape(-1)
    return float(np.sum(np.arange(1, flat.size + 1) * flat**2) + np.sum(flat[1:] * flat[:-1]))


def _use(
    written: Any, start: Any = None, looks: str = "", x: Any = None, t: Any = None, **params: np.ndarray
) -> Values:
    """Yields the gradient of a function at ``start`` or, without ``start``, the network's numerical gradient.

    If ``looks`` is not empty, the function ignores its argument and reads the array ``start``, which is being changed.
    """
    if start is not None:
        function: Callable[[np.ndarray], float] = (lambda _: _of(start)) if looks else _of
        yield "grad", written.numerical_gradient(function, start)
        return
    network = network_with(written, params)
    grads = network.numerical_gradient(x, t)
    for name in NAMES:
        yield f"d{name}", entry(grads, name)
    yield from params_of(network)


def _matrix() -> Inputs:
    return {"start": [[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]]}


def station(activation: Activation) -> Station:
    """Makes station 3 for networks with this activation in the hidden layer."""
    return Station(
        id="network_differences",
        order=3,
        needs=(1, 2),
        title=Text("The numerical gradient"),
        task=Text(
            "Write the function numerical_gradient, and in the class a method of the same name. The method hands "
            "each array of params to the function, with f = lambda W: self.loss(x, t): one number after the other is "
            "moved a little, and the loss is computed again."
        ),
        offers=("numerical_gradient",),
        plays_in=("gradient_field",),
        does="times",
        use=_use,
        activation=activation,
        checks=(
            Check(Text("a row of numbers"), lambda: {"start": [0.5, 3.0, -1.0]}, tolerance=1e-5),
            Check(Text("every number of a matrix"), _matrix, tolerance=1e-5),
            Check(Text("steep slopes"), lambda: {"start": [3e4, -2e4]}, tolerance=1e-5),
            Check(
                Text("f looks at x itself and not at its argument, as the lambda does"),
                lambda: {**_matrix(), "looks": "at x"},
                tolerance=1e-5,
            ),
            Check(
                Text("the network's gradients, array by array"),
                small,
                tuple(f"d{one}" for one in NAMES),
                tolerance=1e-5,
            ),
            Check(Text("params unchanged afterwards"), small, tuple(AFTERWARDS), tolerance=1e-9),
        ),
        hints=(
            Text(
                "One number at a time: ask f with the number plus h, ask f with the number minus h, then put the "
                "number back."
            ),
            Text("np.ndindex(x.shape) gives the place of every number, whatever the shape: x[place]."),
            Text(
                "self.loss reads params, so the lambda need not use its W. It is enough that numerical_gradient "
                "changes the array in params itself before it asks f."
            ),
        ),
        meanings=(
            (
                "float.*object is not callable",
                Text(
                    "f is a number here: the loss was computed before it was handed over. Hand over a function, as "
                    "lambda W: self.loss(x, t) is one."
                ),
            ),
        ),
        put_back=Text("Put each number back before the next one is moved."),
        names=AFTERWARDS,
        defines=("numerical_gradient", "TwoLayerNet.numerical_gradient"),
    )
