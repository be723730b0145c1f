"""Exercise: the fully connected layer, forward and backward, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import layers


class _Ours:
    """The engine's fully connected layer with the book's interface: its gradients are attributes."""

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self._layer = layers.Affine(W, b)
        self.dW = self.db = np.empty(0)

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self._layer.forward(x)

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = self._layer.backward(dout)
        self.dW, self.db = self._layer.grads["W"], self._layer.grads["b"]
        return dx


class _FirstSampleOnly(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout[0].copy()
        return dx


class _Averaged(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


class _WithoutBias(_Ours):
    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        super().__init__(W, np.zeros_like(b))


class _TurnedSign(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(-dout)
        return dx


class _DownstreamUnweighted(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        super().backward(dout)
        return np.repeat(dout.sum(axis=1, keepdims=True), len(self._layer.params["W"]), axis=1)


class _OverNeurons(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout.sum(axis=1)
        return dx


class _OneForAll(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout.sum()
        return dx


class _Unsummed(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout
        return dx


class _WeightsTurned(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.dW = self.dW.T
        return dx


class _BiasAway(_Ours):
    def forward(self, x: np.ndarray) -> np.ndarray:
        return super().forward(x) - 2 * self._layer.params["b"]


def _use(written: Any, x: np.ndarray, W: np.ndarray, b: np.ndarray, dout: np.ndarray) -> Values:
    layer = written(W, b)
    yield "Z", layer.forward(x)
    yield "dX", layer.backward(dout)
    yield "dW", layer.dW
    yield "db", layer.db


def _differences(written: Any, x: np.ndarray, W: np.ndarray, b: np.ndarray, dout: np.ndarray) -> Mapping[str, Any]:
    """∂/∂x, ∂/∂W and ∂/∂b of Σ dout·forward(x), by central differences."""

    def total(_: np.ndarray) -> float:
        return float(np.sum(dout * written(W, b).forward(x)))

    return {"dX": numerical_gradient(total, x), "dW": numerical_gradient(total, W), "db": numerical_gradient(total, b)}


def _on_stage(params: Any) -> Inputs | None:
    sizes = params.samples, params.inputs, params.neurons
    if params.layer != "affine" or len(set(sizes)) < len(sizes):  # or a sum along the wrong axis would fit
        return None
    return {"x": [list(row) for row in params.x], "W": [list(row) for row in params.w], "b": list(params.b[0]),
            "dout": [list(row) for row in params.upstream]}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    part = {"Z": "z", "dX": "dx", "dW": "dw", "db": "db"}[quantity]
    return {"part": part, "selected": (0, place[0]) if part == "db" else place[:2]}


def _drawn(samples: int, *inputs: int) -> Inputs:
    chance = np.random.default_rng(samples)
    return {
        "x": chance.normal(size=(samples, *inputs)), "W": chance.normal(size=(int(np.prod(inputs)), 3)),
        "b": chance.normal(size=3), "dout": chance.normal(size=(samples, 3)),
    }  # fmt: skip


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.Affine):
        """The learner's layer with the engine's interface."""

        def __init__(self, W: np.ndarray, b: np.ndarray, input_gradient: bool = True) -> None:
            super().__init__(W, b, input_gradient)
            self._written = written(W, b)

        def forward(self, x: np.ndarray) -> np.ndarray:
            self._shape = x.shape
            return returned.array(self._written.forward(x), (len(x), len(self.params["b"])))

        def backward(self, dout: np.ndarray) -> np.ndarray | None:
            dx = returned.array(self._written.backward(dout), self._shape)
            for name, gradient in (("W", self._written.dW), ("b", self._written.db)):
                self.grads[name] = returned.array(gradient, self.params[name].shape, f"d{name}")
            return dx

    return {layers.Affine: Yours}


EXERCISE = Exercise(
    id="affine",
    order=3,
    title=Text("Affine: a fully connected layer"),
    task=Text(
        "Write the layer forward and back. forward gives X·W + b. backward is told dout, how the loss changes with "
        "each output; it keeps dW and db, and gives the gradient of x, in the shape of x."
    ),
    name="Affine",
    blank=Text(
        '''class Affine:
    """x (N, D) or (N, C, H, W), W (D, M), b (M,)"""

    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        """(N, D) -> (N, M)"""

    def backward(self, dout):
        """(N, M) -> (N, D); keep dW and db"""
'''
    ),
    use=_use,
    reference=_Ours,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("backward, with the numbers of the stage"), hint=1),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _drawn(4, 3),
            ("dX", "dW", "db"),
            "differences",
            1e-6,
        ),
        Check(Text("a single sample"), lambda: _drawn(1, 3)),
        Check(Text("five samples of four inputs"), lambda: _drawn(5, 4)),
        Check(Text("images of shape (N, C, H, W), flattened"), lambda: _drawn(2, 2, 3, 2), hint=2),
    ),
    hints=(
        Text("Write the shapes beside each other: which product of two of them gives (D, M)?"),
        Text("A weight was used once by every sample. What becomes of the samples' shares?"),
        Text("backward needs what forward was given: keep it. And it gives back the shape that came in."),
    ),
    ours=(layers.Affine,),
    mistakes=(
        Mistake(
            "first_sample",
            _FirstSampleOnly,
            Text("You get exactly these numbers if the bias looks at one sample only. It was added for all of them."),
        ),
        Mistake(
            "averaged",
            _Averaged,
            Text("You get exactly these numbers if the gradients are divided by N here. The loss does that, once."),
        ),
        Mistake("no_bias", _WithoutBias, Text("You get exactly these numbers without the bias.")),
        Mistake(
            "sign",
            _TurnedSign,
            Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
        ),
        Mistake(
            "unweighted",
            _DownstreamUnweighted,
            Text("You get exactly these numbers if what flows back to x does not pass the weights."),
        ),
        Mistake(
            "over_neurons",
            _OverNeurons,
            Text("It was added up over the neurons of a sample. A bias is one neuron's, and used by all samples."),
        ),
        Mistake(
            "one_for_all",
            _OneForAll,
            Text("Each neuron has a bias of its own and needs one number: the sum over its samples."),
        ),
        Mistake(
            "unsummed",
            _Unsummed,
            Text("The bias was added for every sample: what comes back from all of them is summed up."),
        ),
        Mistake(
            "weights_turned",
            _WeightsTurned,
            Text("A gradient has the shape of what it belongs to: dW that of W. Here it is turned."),
        ),
        Mistake("bias_away", _BiasAway, Text("The bias was taken away. It is added.")),
    ),
    differences=_differences,
    by_hand=ByHand(
        Text("Two samples, X = (1 2; 3 −1), and dZ = (2; 1). What is dW[1,0]?"),
        lambda: {"x": [[1, 2], [3, -1]], "W": [[0.5], [1.0]], "b": np.zeros(1), "dout": [[2], [1]]},
        "dW",
        (1, 0),
    ),
    on_stage=_on_stage,
    stage={"layer": "affine", "samples": 4, "inputs": 3, "neurons": 2},
    shown_at=_shown_at,
    works_in=("layers", "training", "gradient_check", "optimizer_race", "overfitting", "cnn"),
    at_work=_at_work,
)
