"""Exercise: an addition node of a computational graph, with forward and backward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.calculus.operations import Plus
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Exercise, Mistake
from engine.exercises.two_inputs import at_work, checks, differences, use
from engine.nn import layers


class _Shared(Plus):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream / 2, upstream / 2


class _UpstreamForgotten(Plus):
    def backward(self, upstream: float) -> tuple[float, float]:
        return 1.0, 1.0


class _Remembering(Plus):
    def forward(self, u: float, v: float) -> float:
        self.u, self.v = u, v
        return u + v


class _OwnInput(_Remembering):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * self.u, upstream * self.v


class _OtherInput(_Remembering):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream * self.v, upstream * self.u


class _Signed(Plus):
    def backward(self, upstream: float) -> tuple[float, float]:
        return -upstream, -upstream


class _Difference(Plus):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream, -upstream


class _Product(_Remembering):
    def forward(self, u: float, v: float) -> float:
        return super().forward(u, v) - u - v + u * v


class _OneMore(Plus):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream + 1, upstream + 1


class _NotToSecond(Plus):
    def backward(self, upstream: float) -> tuple[float, float]:
        return upstream, 0.0


_PLUS = 8
"""The addition node in the fruit graph, counted from 1; its sentence states both gradients."""


def _on_stage(params: Any) -> Mapping[str, Any] | None:
    if params.graph != "fruit":
        return None
    return {"x": params.apple_price * params.apple_count, "y": params.orange_price * params.orange_count,
            "dout": params.tax}  # fmt: skip


EXERCISE = Exercise(
    id="add_layer",
    order=2,
    title=Text("A node that adds"),
    task=Text(
        "Write the node for a sum, in the same form: forward adds two numbers, backward gives the gradient of each. "
        "What does it have to remember?"
    ),
    name="AddLayer",
    blank=Text(
        '''class AddLayer:
    """x, y and dout are single numbers"""

    def forward(self, x, y):
        """-> one number"""

    def backward(self, dout):
        """-> dx, dy"""
'''
    ),
    use=use,
    reference=Plus,
    checks=checks(Text("apples and oranges, with the numbers of the stage")),
    hints=(
        Text("When x grows by 1, by how much does the sum grow?"),
        Text("Does that depend on how large x and y are?"),
        Text("The slope of a sum is 1 on either side. Upstream times 1 is upstream."),
    ),
    ours=(Plus,),
    mistakes=(
        Mistake(
            "shared",
            _Shared,
            Text("Each got half. A gradient is no amount that has to be shared."),
        ),
        Mistake("upstream", _UpstreamForgotten, Text("dout is lost on the way.")),
        Mistake(
            "own_input",
            _OwnInput,
            Text("How large the numbers are does not count for a sum."),
        ),
        Mistake("other_input", _OtherInput, Text("This is the way back of a product.")),
        Mistake("sign", _Signed, Text("Both gradients have the wrong sign: the sum grows when x or y grows.")),
        Mistake("difference", _Difference, Text("This is the way back of a difference x − y.")),
        Mistake("product", _Product, Text("This is the product of both numbers, not their sum.")),
        Mistake("one_more", _OneMore, Text("The slope 1 was added to dout. The chain rule multiplies.")),
        Mistake("not_to_second", _NotToSecond, Text("Nothing came back to y. Both numbers move the sum.")),
    ),
    differences=differences,
    by_hand=ByHand(
        Text("x = 3, y = −2, and dout = 4. What is dy?"),
        lambda: {"x": 3.0, "y": -2.0, "dout": 4.0},
        "dy",
    ),
    on_stage=_on_stage,
    stage={"graph": "fruit"},
    shown_at=lambda quantity, place: {"selected": _PLUS},
    works_in=("graph", "layers"),
    works_with={"layers": {"layer": "add"}},
    at_work=at_work(Plus, layers.Add),
)
