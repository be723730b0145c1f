"""Exercise: ReLU as a layer, forward and backward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import one_input, returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake
from engine.nn import layers
from engine.nn.activation_registry import ACTIVATIONS


class _OpenAtZero(layers.ReLU):
    def forward(self, x: np.ndarray) -> np.ndarray:
        z = super().forward(x)
        self.open = x >= 0
        return z


class _OpenByUpstream(layers.ReLU):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * (dout > 0)


class _WithoutSlope(layers.ReLU):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout.copy()


class _SlopeAlone(layers.ReLU):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return self.open * np.ones_like(dout)


class _Mirrored(layers.ReLU):
    def forward(self, x: np.ndarray) -> np.ndarray:
        super().forward(x)
        return np.abs(x)


class _Turned(layers.ReLU):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * ~self.open


class _Negative(layers.ReLU):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return -super().backward(dout)


class _OtherSide(layers.ReLU):
    def forward(self, x: np.ndarray) -> np.ndarray:
        super().forward(x)
        return np.minimum(x, 0)


class _TimesOutput(layers.ReLU):
    def forward(self, x: np.ndarray) -> np.ndarray:
        self._out = super().forward(x)
        return self._out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout * self._out


class _Leaky(layers.ReLU):
    def forward(self, x: np.ndarray) -> np.ndarray:
        super().forward(x)
        return np.maximum(x, 0.01 * x)


def _with_zeros() -> Inputs:
    return {"x": [[0.0, 1.0, -1.0], [2.0, -0.0, -3.0]], "dout": [[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]}


def _single() -> Inputs:
    return {"x": np.array([[0.5, -2.0, 3.0]], np.float32), "dout": np.array([[1.5, 2.5, -1.0]], np.float32)}


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.ReLU):
        """The learner's layer with the engine's interface."""

        def __init__(self) -> None:
            super().__init__()
            self._written = written()

        def forward(self, x: np.ndarray) -> np.ndarray:
            self.open = x > 0  # which experiments look at
            return returned.array(self._written.forward(x), x.shape)

        def backward(self, dout: np.ndarray) -> np.ndarray:
            return returned.array(self._written.backward(dout), dout.shape)

    return {layers.ReLU: Yours, **_in_small_networks(written)}


def _in_small_networks(written: Any) -> Mapping[Any, Any]:
    """Replacements for the ReLU functions of the playground's network, which write into preallocated arrays."""
    ours = ACTIVATIONS["relu"].in_place
    assert ours is not None

    def write(a: np.ndarray, z: np.ndarray) -> None:
        z[...] = returned.array(written().forward(a.copy()), a.shape)  # both may be the same array

    def write_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
        layer = written()
        layer.forward(z)  # which is above 0 just where the sums were
        slope[...] = returned.array(layer.backward(np.ones_like(z)), z.shape)

    return {ours.write: write, ours.write_slope: write_slope}


EXERCISE = Exercise(
    id="relu",
    order=1,
    title=Text("ReLU: a gate for numbers and gradients"),
    task=Text(
        "Write ReLU as a layer. forward lets through what is above 0 and makes all else 0; backward lets dout through "
        "just where forward was open, and leaves dout itself as it is."
    ),
    name="Relu",
    blank=Text(
        '''class Relu:
    """x of any shape; dout has the same"""

    def __init__(self):
        self.mask = None

    def forward(self, x):
        """-> the same shape"""

    def backward(self, dout):
        """-> the gradient of x, a new array"""
'''
    ),
    use=one_input.use,
    reference=layers.ReLU,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("backward, with the numbers of the stage")),
        Check(Text("an input of 0 lets no gradient through"), _with_zeros),
        Check(
            Text("backward against central differences of your forward"),
            lambda: one_input.drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(Text("images of shape (N, C, H, W)"), lambda: one_input.drawn(2, 3, 4, 2)),
        Check(Text("one sample in float32"), _single),
    ),
    hints=(
        Text("A gate has two states. What must backward know about what forward did?"),
        Text("A comparison of a whole array gives an array of True and False: keep that one."),
        Text("In a product True counts as 1 and False as 0. A product is a new array, too."),
    ),
    ours=(layers.ReLU,),
    mistakes=(
        Mistake(
            "open_at_zero",
            _OpenAtZero,
            Text("You get exactly these numbers if the gate is open at 0 too."),
        ),
        Mistake(
            "by_upstream",
            _OpenByUpstream,
            Text(
                "You get exactly these numbers if the sign of dout decides. What came in decides, on the way forward."
            ),
        ),
        Mistake(
            "no_slope",
            _WithoutSlope,
            Text("Everything comes back, as if the gate had been open everywhere."),
        ),
        Mistake(
            "slope_alone",
            _SlopeAlone,
            Text("These are the slopes alone. What the later layers say of the loss is lost on the way."),
        ),
        Mistake(
            "mirrored",
            _Mirrored,
            Text("Negative numbers come out with their sign flipped. They are to become 0."),
        ),
        Mistake(
            "turned",
            _Turned,
            Text("Just the gradients that should be stopped came through: what is kept says where the gate was shut."),
        ),
        Mistake(
            "negative",
            _Negative,
            Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
        ),
        Mistake("other_side", _OtherSide, Text("Here the negative numbers pass, and the positive ones do not.")),
        Mistake(
            "times_output",
            _TimesOutput,
            Text("dout was multiplied by the output. The slope is 1 or 0, however large the output is."),
        ),
        Mistake("leaky", _Leaky, Text("This is Leaky ReLU: below 0 something still comes through.")),
    ),
    differences=one_input.differences,
    by_hand=ByHand(
        Text("x = (2 −1; −3 4), and dout = (5 6; −7 8). What is dX[1,1]?"),
        lambda: {"x": [[2, -1], [-3, 4]], "dout": [[5, 6], [-7, 8]]},
        "dX",
        (1, 1),
    ),
    on_stage=one_input.on_stage("relu"),
    stage={"layer": "relu"},
    shown_at=one_input.shown_at,
    works_in=("layers", "playground", "training", "optimizer_race", "overfitting", "cnn"),
    works_with={"playground": {"activation": "relu"}, "training": {"activation": "relu"}},
    at_work=_at_work,
)
