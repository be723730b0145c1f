"""Shared by exercises of nodes with two inputs: how they are called and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.calculus.numerical_gradient import central_difference
from engine.contract.text import Text
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
