"""Shared by exercises of nodes with two inputs: how they are called, checked, and used in the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import central_difference
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import Check, Inputs, Values

_STEP = 1e-4


def use(written: Any, x: float, y: float, dout: float) -> Values:
    """The output z and the gradients dx and dy of a node, for numbers x, y and upstream gradient dout."""
    node = written()
    yield "z", node.forward(x, y)
    back = node.backward(dout)
    pieces = back if isinstance(back, (tuple, list)) else (back,)
    yield "dx", pieces[0] if len(pieces) > 0 else None
    yield "dy", pieces[1] if len(pieces) > 1 else None


def differences(written: Any, x: float, y: float, dout: float) -> Mapping[str, Any]:
    """The gradients dx and dy, by central differences of the learner's own ``forward``."""
    return {
        "dx": dout * central_difference(lambda x: float(written().forward(x, y)), x, _STEP),
        "dy": dout * central_difference(lambda y: float(written().forward(x, y)), y, _STEP),
    }


def checks(on_stage: Text) -> tuple[Check, ...]:
    """The checks of a node; the first uses the inputs of the main picture, which the text ``on_stage`` describes."""
    return (
        Check(Text("forward: {what}")(what=on_stage), quantities=("z",)),
        Check(Text("backward: {what}")(what=on_stage)),
        Check(Text("backward with dout = 1"), lambda: _of(2.0, 5.0, 1.0)),
        Check(Text("dout other than 1, numbers below 0"), lambda: _of(-3.0, 0.5, -2.0)),
        Check(Text("one number is 0"), lambda: _of(0.0, 4.0, 3.0)),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _of(1.5, -0.7, 2.2),
            ("dx", "dy"),
            "differences",
        ),
    )


def _of(x: float, y: float, dout: float) -> Inputs:
    return {"x": x, "y": y, "dout": dout}


def at_work(operation: type[Any], layer: type[Any]) -> Callable[[Any], Mapping[Any, Any]]:
    """Returns ``at_work`` of a node's exercise, which puts the learner's node in place of two classes of the engine.

    ``operation`` is the graph's node on numbers, ``layer`` the layer that does the same for arrays.
    """

    def put(written: Any) -> Mapping[Any, Any]:
        class YourNode(operation):
            """The learner's node as an operation on numbers in the graph."""

            def __init__(self) -> None:
                self._written = written()

            def forward(self, u: float, v: float) -> float:
                self.u, self.v = u, v  # as the engine's own: a mistake that can be chosen hands these back
                return returned.number(self._written.forward(u, v))

            def backward(self, upstream: float) -> tuple[float, float]:
                dx, dy = returned.pair(self._written.backward(upstream))
                return returned.number(dx), returned.number(dy)

        class YourLayer(layer):
            """The learner's node as a layer: applied to each element."""

            def __init__(self) -> None:
                super().__init__()
                self._written = written()

            def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
                return returned.array(self._written.forward(x, y), x.shape)

            def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
                dx, dy = (returned.array(one, dout.shape) for one in returned.pair(self._written.backward(dout)))
                return dx.copy(), dy.copy()  # each its own, also where the node gives one array twice

        return {operation: YourNode, layer: YourLayer}

    return put
