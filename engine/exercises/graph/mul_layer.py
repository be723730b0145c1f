"""Exercise: a multiplication node of a computational graph, with forward and backward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.calculus.operations import Times
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Exercise, Mistake
from engine.exercises.two_inputs import at_work, checks, differences, use
from engine.nn import layers


class _OwnInput(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * self.u, upstream * self.v


class _UpstreamForgotten(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return self.v, self.u


class _AsItIs(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream, upstream


class _BothAtOnce(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * self.u * self.v, upstream * self.u * self.v


class _UpstreamAdded(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream + self.v, upstream + self.u


class _Signed(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return -upstream * self.v, -upstream * self.u


class _Sum(Times):
    def forward(self, u: float, v: float) -> float:
        super().forward(u, v)
        return u + v


class _SecondAsItIs(Times):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * self.v, upstream


_NODES = {"dx": 1, "dy": 2, "z": 4}
"""By quantity, the node of the apple graph to highlight, counted from 1: price, count and their product."""


def _on_stage(params: Any) -> Mapping[str, Any] | None:
    if params.graph != "apples":
        return None
    return {"x": params.apple_price, "y": params.apple_count, "dout": params.tax}


EXERCISE = Exercise(
    id="mul_layer",
    order=1,
    title=Text("A node that multiplies"),
    task=Text(
        "Write a node of the graph: forward multiplies two numbers. backward is told dout, the gradient of the "
        "product, and gives back the gradients of both."
    ),
    name="MulLayer",
    blank=Text(
        '''class MulLayer:
    """x, y and dout are single numbers"""

    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        """-> one number"""

    def backward(self, dout):
        """-> dx, dy"""
'''
    ),
    use=use,
    reference=Times,
    checks=checks(Text("apples: price and count, with the numbers of the stage")),
    hints=(
        Text("If y is 5, by how much does the product grow when x grows by 1?"),
        Text("backward needs what went into forward: that is what the two names in __init__ are for."),
        Text("The two change places: each is the slope of the other. And dout goes into both."),
    ),
    ours=(Times,),
    mistakes=(
        Mistake(
            "own_input",
            _OwnInput,
            Text("Each got its own number back. How fast a product grows is told by the other one."),
        ),
        Mistake(
            "upstream",
            _UpstreamForgotten,
            Text("These are the slopes of the node alone: dout is lost."),
        ),
        Mistake(
            "as_it_is",
            _AsItIs,
            Text("dout went through as it is. That is how a sum does it."),
        ),
        Mistake("both", _BothAtOnce, Text("Both numbers went into each gradient.")),
        Mistake("added", _UpstreamAdded, Text("dout was added. The chain rule multiplies.")),
        Mistake("sign", _Signed, Text("Both gradients have the wrong sign.")),
        Mistake("sum", _Sum, Text("This is the sum of both numbers, not their product.")),
        Mistake(
            "second", _SecondAsItIs, Text("dx is right. To y belongs a slope, too, and dout went through as it is.")
        ),
    ),
    differences=differences,
    by_hand=ByHand(
        Text("x = 3, y = −2, and dout = 4. What is dx?"),
        lambda: {"x": 3.0, "y": -2.0, "dout": 4.0},
        "dx",
    ),
    on_stage=_on_stage,
    stage={"graph": "apples"},
    shown_at=lambda quantity, place: {"selected": _NODES[quantity]},
    works_in=("graph", "layers"),
    works_with={"layers": {"layer": "multiply"}},
    at_work=at_work(Times, layers.Multiply),
)
