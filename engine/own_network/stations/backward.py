"""Station 4: the gradient by backpropagation, compared with differences of the network's own loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network.station import AFTERWARDS, NAMES, Activation, Station, network_with, params_of
from engine.own_network.stations.network import small

_H = 1e-4


_FORWARD_ORDER = Text("Were the layers gone through in forward order? The way back begins at the last one.")


def _use(written: Any, x: np.ndarray, t: np.ndarray, again: bool = False, **params: np.ndarray) -> Values:
    """Yields the gradient of a batch; if ``again``, after a call for other samples, which must leave nothing behind."""
    network = network_with(written, params)
    if again:
        network.gradient(x[::-1].copy(), t[::-1].copy())
    grads = network.gradient(x, t)
    for name in reversed(NAMES):
        yield f"d{name}", entry(grads, name)
    yield from params_of(network)


def _differences(
    written: Any, x: np.ndarray, t: np.ndarray, again: bool = False, **params: np.ndarray
) -> Mapping[str, Any]:
    """The gradient by central differences of the loss of the file's own network."""
    network = network_with(written, params)
    held = network.params
    return {f"d{name}": numerical_gradient(lambda _: float(network.loss(x, t)), held[name], _H) for name in NAMES}


def _again() -> Inputs:
    return {**small(), "again": True}


def station(activation: Activation) -> Station:
    """Makes station 4 for networks with this activation in the hidden layer."""
    grads = tuple(f"d{one}" for one in reversed(NAMES))
    return Station(
        id="network_backward",
        order=4,
        needs=(1, 2),
        title=Text("The gradient by backpropagation"),
        task=Text(
            "Write the method gradient: go forward once, then back through the layers, each of which passes its "
            "gradient on as in chapter 5. Every array is compared with differences of your own loss."
        ),
        does="compares",
        use=_use,
        activation=activation,
        differences=_differences,
        checks=(
            *(
                Check(
                    Text("{name}, against differences of your loss")(name=f"d{one}"),
                    small,
                    (f"d{one}",),
                    "differences",
                    1e-5,
                )
                for one in reversed(NAMES)
            ),
            Check(Text("a batch of another size"), lambda: small(8), grads, tolerance=1e-5),
            Check(Text("a single sample"), lambda: small(1), grads, tolerance=1e-5),
            Check(Text("a second call, after one with other samples"), _again, grads, tolerance=1e-5),
            Check(Text("params unchanged afterwards"), small, tuple(AFTERWARDS), tolerance=1e-9),
        ),
        hints=(
            Text("Begin at the end: for softmax with the cross entropy error, dy = (y − t) / N."),
            Text(
                "The gradient of a layer's weights is its input, transposed, times what came back; that of its "
                "biases is the sum of what came back over the samples."
            ),
            Text(
                "On the way to the first layer, dy is multiplied by W2, transposed, and then, cell by cell, by the "
                "slope of the activation."
            ),
        ),
        names=AFTERWARDS,
        # What comes from the loss, (N, 2), meets the first layer's weights: the second layer was to be gone through.
        meanings=((r"shapes \(\d+, 2\) and \(4, 3\) not aligned", _FORWARD_ORDER),),
        defines=("TwoLayerNet.gradient",),
        also=("TwoLayerNet.slope",),
    )
