"""A multiplication that knows its way back."""

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


_NODES = {"dx": 1, "dy": 2, "z": 4}
"""The nodes of price, count and their product in the graph of the apples, counted from 1."""


def _on_stage(params: Any) -> Mapping[str, Any] | None:
    if params.graph != "apples":
        return None
    return {"x": params.apple_price, "y": params.apple_count, "dout": params.tax}


EXERCISE = Exercise(
    id="mul_layer",
    order=1,
    title=Text("A node that multiplies", "乘法节点"),
    task=Text(
        "Write a node of the graph: forward multiplies two numbers. backward is told dout, the gradient of the "
        "product, and gives back the gradients of both.",
        "写出计算图的一个节点：forward 把两个数相乘；backward 得到 dout，即乘积的梯度，返回两个数各自的梯度。",
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
''',
        '''class MulLayer:
    """x、y 和 dout 各是一个数"""

    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        """-> 一个数"""

    def backward(self, dout):
        """-> dx, dy"""
''',
    ),
    use=use,
    reference=Times,
    checks=checks(Text("apples: price and count, with the numbers of the stage", "苹果：单价和个数，用画面上的数")),
    hints=(
        Text("If y is 5, by how much does the product grow when x grows by 1?", "如果 y 是 5，x 加 1，乘积加多少？"),
        Text(
            "backward needs what went into forward: that is what the two names in __init__ are for.",
            "backward 要用 forward 收到的数，__init__ 里的两个名字就是用来存它们的。",
        ),
        Text(
            "The two change places: each is the slope of the other. And dout goes into both.",
            "两个数交换位置：一个是另一个的斜率。两边都要乘 dout。",
        ),
    ),
    ours=(Times,),
    mistakes=(
        Mistake(
            "own_input",
            _OwnInput,
            Text(
                "Each got its own number back. How fast a product grows is told by the other one.",
                "每个数传回的是它自己。乘积长得多快，要看另一个数。",
            ),
        ),
        Mistake(
            "upstream",
            _UpstreamForgotten,
            Text("These are the slopes of the node alone: dout is lost.", "这只是这个节点自己的斜率，dout 丢掉了。"),
        ),
        Mistake(
            "as_it_is",
            _AsItIs,
            Text("dout went through as it is. That is how a sum does it.", "dout 照原样传了回去，那是加法的做法。"),
        ),
        Mistake("both", _BothAtOnce, Text("Both numbers went into each gradient.", "每个梯度里都乘了两个数。")),
    ),
    differences=differences,
    by_hand=ByHand(
        Text("x = 3, y = −2, and dout = 4. What is dx?", "x = 3，y = −2，dout = 4。dx 是多少？"),
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
