"""Exercise: the sigmoid as a layer; its backward pass needs only its output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import one_input, returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake
from engine.nn import layers
from engine.nn.activations import sigmoid


class _SlopeOfInput(layers.Sigmoid):
    def forward(self, x: np.ndarray) -> np.ndarray:
        self._x = x
        return super().forward(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * self._x * (1.0 - self._x)


class _SigmoidTwice(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        s = sigmoid(self._z)
        return dout * s * (1.0 - s)


class _OutputAlone(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * self._z


class _SlopeAlone(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return super().backward(np.ones_like(dout))


class _SlopeOfTanh(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * (1.0 - self._z**2)


class _Negative(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return -super().backward(dout)


class _Squared(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * (1.0 - self._z) ** 2


class _SlopeAtOutput(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * (1.0 - self._z)


class _OfUpstream(layers.Sigmoid):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return sigmoid(dout) * (1.0 - sigmoid(dout))


class _Turned(layers.Sigmoid):
    def forward(self, x: np.ndarray) -> np.ndarray:
        return super().forward(-x)


def _far_out() -> Inputs:
    return {"x": [[-1000.0, 1000.0, 0.0]], "dout": [[1.0, 2.0, 4.0]]}


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.Sigmoid):
        """The learner's layer with the engine's interface."""

        def __init__(self) -> None:
            super().__init__()
            self._written = written()

        def forward(self, x: np.ndarray) -> np.ndarray:
            return returned.array(self._written.forward(x), x.shape)

        def backward(self, dout: np.ndarray) -> np.ndarray:
            return returned.array(self._written.backward(dout), dout.shape)

    return {layers.Sigmoid: Yours}


EXERCISE = Exercise(
    id="sigmoid_layer",
    order=2,
    title=Text("Sigmoid as a layer"),
    task=Text(
        "Write sigmoid as a layer; the function sigmoid itself is given. backward multiplies dout by the slope, which "
        "can be told from the output of forward, so that no exponential has to be computed again."
    ),
    name="Sigmoid",
    blank=Text(
        '''class Sigmoid:
    """x of any shape, dout the same; sigmoid(x) is given"""

    def __init__(self):
        self.out = None

    def forward(self, x):
        """-> the same shape"""

    def backward(self, dout):
        """-> the gradient of x, a new array"""
'''
    ),
    use=one_input.use,
    reference=layers.Sigmoid,
    given=lambda: {"sigmoid": sigmoid},
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("backward, with the numbers of the stage")),
        Check(
            Text("backward against central differences of your forward"),
            lambda: one_input.drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(Text("inputs of −1000 and 1000"), _far_out),
        Check(Text("images of shape (N, C, H, W)"), lambda: one_input.drawn(2, 3, 4, 2)),
    ),
    hints=(
        Text("Where is the curve steepest, and where flat? What is its output there?"),
        Text("At an output of 1/2 the slope is 1/4; at outputs of 0 and of 1 it is 0."),
        Text("The slope is a product: the output, and what it lacks to 1."),
    ),
    ours=(layers.Sigmoid,),
    mistakes=(
        Mistake(
            "of_input",
            _SlopeOfInput,
            Text("You get exactly these numbers if the slope is told from the input. The rule holds for the output."),
        ),
        Mistake(
            "twice",
            _SigmoidTwice,
            Text("You get exactly these numbers if sigmoid is applied once more, to its own output."),
        ),
        Mistake(
            "output_alone",
            _OutputAlone,
            Text("One factor of the slope is missing: the curve gets flat at the top too."),
        ),
        Mistake(
            "slope_alone",
            _SlopeAlone,
            Text("These are the slopes alone. What the later layers say of the loss is lost on the way."),
        ),
        Mistake("tanh", _SlopeOfTanh, Text("This is the slope of tanh.")),
        Mistake("negative", _Negative, Text("All gradients have the other sign: the curve rises everywhere.")),
        Mistake("squared", _Squared, Text("One factor of the slope stands here twice, the other is missing.")),
        Mistake(
            "rest_alone",
            _SlopeAtOutput,
            Text("One factor of the slope is missing: the curve gets flat at the bottom too."),
        ),
        Mistake(
            "of_upstream",
            _OfUpstream,
            Text("This is the slope at dout. It belongs to what came in forward, and is then multiplied by dout."),
        ),
        Mistake("turned", _Turned, Text("The curve falls where it should rise: a sign is missing.")),
    ),
    differences=one_input.differences,
    by_hand=ByHand(
        Text("x = 0 goes in, and dout = 6 comes back. What is dX[0,0]?"),
        lambda: {"x": [[0]], "dout": [[6]]},
        "dX",
        (0, 0),
    ),
    on_stage=one_input.on_stage("sigmoid"),
    stage={"layer": "sigmoid"},
    shown_at=one_input.shown_at,
    works_in=("layers", "training", "gradient_check"),
    works_with={"training": {"activation": "sigmoid"}, "gradient_check": {"activation": "sigmoid"}},
    at_work=_at_work,
)
