"""Exercise: the backward pass of the convolution layer, by im2col, col2im and two matrix products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import counts, returned
from engine.exercises.convolution.convolution import spread
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import layers
from engine.nn.im2col import col2im, im2col


class _Ours:
    """The engine's convolution layer with the book's interface: its gradients are attributes."""

    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        self._layer = layers.Convolution(W, b, stride, pad)
        self.dW = self.db = np.empty(0)

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._x = x
        return self._layer.forward(x)

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = self._layer.backward(dout)
        self.dW, self.db = self._layer.grads["W"], self._layer.grads["b"]
        return dx


class _Rearranged(_Ours):
    """Base of layers with a mistake: ``read`` changes the upstream gradient (N, FN, OH, OW), but not its shape."""

    def read(self, dout: np.ndarray) -> np.ndarray:
        return dout

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        return super().backward(self.read(dout))


class _Untransposed(_Rearranged):
    """A mistake: dout (N, FN, OH, OW) is reshaped to (N·OH·OW, FN) without transposing it before."""

    def read(self, dout: np.ndarray) -> np.ndarray:
        samples, filters, down, across = dout.shape
        return dout.reshape(samples, down, across, filters).transpose(0, 3, 1, 2)


class _TurnedSign(_Rearranged):
    def read(self, dout: np.ndarray) -> np.ndarray:
        return -dout


class _UpstreamIgnored(_Rearranged):
    def read(self, dout: np.ndarray) -> np.ndarray:
        return np.ones_like(dout)


class _Assigned(_Ours):
    """A mistake: where windows overlap, a cell of dx is overwritten by the last one instead of getting the sum."""

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        super().backward(dout)
        W, x = self._layer.params["W"], self._x
        sent = dout.transpose(0, 2, 3, 1).reshape(-1, len(W)) @ W.reshape(len(W), -1)
        numbers = np.arange(x.size).reshape(x.shape) + 1
        places = im2col(numbers, W.shape[2], W.shape[3], self._layer.stride, self._layer.padding)
        found = np.zeros(x.size + 1)
        for place, value in zip(places.ravel(), sent.ravel(), strict=True):
            found[place] = value
        return found[1:].reshape(x.shape)


class _FiltersTurned(_Ours):
    """A mistake: dx is computed with filters rotated by 180°."""

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        super().backward(dout)
        W, b = self._layer.params["W"], self._layer.params["b"]
        other = layers.Convolution(W[:, :, ::-1, ::-1], b, self._layer.stride, self._layer.padding)
        other.forward(self._x)
        return other.backward(dout)


class _FirstSampleOnly(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout[0].sum(axis=(1, 2))
        return dx


class _BiasOnce(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout.sum(axis=0)[:, 0, 0]
        return dx


class _BiasAveraged(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.db = dout.mean(axis=(0, 2, 3))
        return dx


class _Averaged(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


class _WeightsUnturned(_Ours):
    """A mistake: colᵀ·dout (C·FH·FW, FN) is reshaped to W's shape without transposing it before."""

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.dW = self.dW.reshape(len(self.dW), -1).T.reshape(self.dW.shape)
        return dx


def _use(
    written: Any, x: np.ndarray, W: np.ndarray, b: np.ndarray, dout: np.ndarray, stride: int = 1, pad: int = 0
) -> Values:
    layer = written(W, b, stride, pad)
    yield "Z", layer.forward(x)
    yield "dX", layer.backward(dout)
    yield "dW", layer.dW
    yield "db", layer.db


def _differences(
    written: Any, x: np.ndarray, W: np.ndarray, b: np.ndarray, dout: np.ndarray, stride: int = 1, pad: int = 0
) -> Mapping[str, Any]:
    """∂/∂x, ∂/∂W and ∂/∂b of Σ dout·forward(x), by central differences."""

    def total(_: np.ndarray) -> float:
        return float(np.sum(dout * written(W, b, stride, pad).forward(x)))

    return {"dX": numerical_gradient(total, x), "dW": numerical_gradient(total, W), "db": numerical_gradient(total, b)}


def _on_stage(params: Any) -> Inputs | None:
    if params.dilation != 1 or params.operation != "correlation" or not params.is_backward:
        return None
    return {"x": [params.inputs.tolist()], "W": [params.kernels.tolist()], "b": [params.bias],
            "dout": [[[list(row) for row in params.upstream]]], "stride": params.stride,
            "pad": params.padding}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    if quantity in ("Z", "db"):
        return {}
    return {"part": f"{quantity.lower()}{place[1]}", "selected": place[2:]}


def _drawn(
    samples: int, channels: int, sides: tuple[int, int], filters: int, window: tuple[int, int], **more: int
) -> Inputs:
    chance = np.random.default_rng(samples + channels)
    layer = layers.Convolution(
        chance.normal(size=(filters, channels, *window)), np.zeros(filters), more.get("stride", 1), more.get("pad", 0)
    )
    x = chance.normal(size=(samples, channels, *sides))
    return {
        "x": x, "W": layer.params["W"], "b": chance.normal(size=filters),
        "dout": chance.normal(size=layer.forward(x).shape), **more,
    }  # fmt: skip


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.Convolution):
        """The learner's backward pass with the engine's interface; the forward pass stays what it is."""

        completes = True

        def forward(self, x: np.ndarray) -> np.ndarray:
            self._x = x
            return super().forward(x)

        def backward(self, dout: np.ndarray) -> np.ndarray | None:
            W, apart = self.params["W"], self.dilation
            filters = spread(W, apart)
            layer = written(filters, self.params["b"], self.stride, self.padding)
            layer.forward(self._x)
            dx = returned.array(layer.backward(dout), self._x.shape).astype(dout.dtype, copy=False)
            dW = returned.array(layer.dW, filters.shape, "dW")[:, :, ::apart, ::apart]
            db = returned.array(layer.db, self.params["b"].shape, "db")
            self.grads = {"W": dW.astype(W.dtype), "b": db.astype(W.dtype)}
            return dx

    return {layers.Convolution: Yours}


EXERCISE = Exercise(
    id="convolution_backward",
    order=5,
    title=Text("Convolution: the layer's way back"),
    task=Text(
        "The pass forward stands there: im2col, one product, and the axes turned. Write the way back through these "
        "steps. backward keeps dW and db and gives the gradient of x; col2im is given and adds up where windows "
        "overlap."
    ),
    name="Convolution",
    blank=Text(
        '''class Convolution:
    """im2col(x, FH, FW, stride, pad) and
    col2im(col, x.shape, FH, FW, stride, pad) are given
    """

    def __init__(self, W, b, stride=1, pad=0):
        self.W = W  # (FN, C, FH, FW)
        self.b = b  # (FN,)
        self.stride = stride
        self.pad = pad

    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        N, C, H, W = x.shape
        OH = (H + 2 * self.pad - FH) // self.stride + 1
        OW = (W + 2 * self.pad - FW) // self.stride + 1
        self.x = x
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        self.col_W = self.W.reshape(FN, -1).T
        out = np.dot(self.col, self.col_W) + self.b
        out = out.reshape(N, OH, OW, FN)
        return out.transpose(0, 3, 1, 2)

    def backward(self, dout):
        """(N, FN, OH, OW) -> (N, C, H, W); keep dW and db"""
'''
    ),
    use=_use,
    reference=_Ours,
    differences=_differences,
    given=lambda: {"im2col": im2col, "col2im": col2im},
    counts={"im2col": counts.of_im2col, "col2im": counts.of_col2im},
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(
            Text("one filter of 2 × 3 on one picture, against central differences of forward"),
            lambda: _drawn(1, 1, (4, 4), 1, (2, 3)),
            ("dX", "dW", "db"),
            against="differences",
        ),
        Check(Text("two filters, three channels"), lambda: _drawn(1, 3, (4, 5), 2, (2, 2)), hint=1),
        Check(Text("a batch of three pictures"), lambda: _drawn(3, 2, (4, 3), 2, (2, 2)), hint=1),
        Check(Text("stride 2"), lambda: _drawn(2, 2, (7, 5), 3, (3, 2), stride=2), hint=2),
        Check(
            Text("padding 1, and all of it together"),
            lambda: _drawn(2, 3, (6, 5), 4, (3, 3), stride=2, pad=1),
            hint=2,
        ),
    ),
    hints=(
        Text("Go back step by step, the last one first: the axes, the sum with b, the product, im2col."),
        Text(
            "dout has filters second, and the product had them last. Turn its axes first; then it is a matrix with a "
            "row for each window and a column for each filter."
        ),
        Text("The product is Affine's: its two rules give the gradients of col and of col_W, by shapes alone."),
    ),
    ours=(layers.Convolution.backward,),
    mistakes=(
        Mistake(
            "axes",
            _Untransposed,
            Text("dout was made into a matrix as it lies. Filters have to come last before that."),
        ),
        Mistake(
            "weights_unturned",
            _WeightsUnturned,
            Text("The numbers of dW are mixed: each filter is a column there, and has to be a row before reshape."),
        ),
        Mistake(
            "assigned",
            _Assigned,
            Text(
                "Where windows overlap, only the last one is left. A cell gets the sum over all windows that hold it."
            ),
        ),
        Mistake(
            "filters_turned",
            _FiltersTurned,
            Text("The filters were turned by 180°. With col2im they stay as they are."),
        ),
        Mistake("turned", _TurnedSign, Text("All gradients have the wrong sign.")),
        Mistake(
            "upstream_ignored",
            _UpstreamIgnored,
            Text("dout does not count here: it is taken to be 1 everywhere."),
        ),
        Mistake(
            "first_sample",
            _FirstSampleOnly,
            Text("db comes from the first picture alone. Every picture of the batch has used b."),
        ),
        Mistake(
            "bias_once",
            _BiasOnce,
            Text("db comes from the first window alone. b was added in every window."),
        ),
        Mistake("bias_averaged", _BiasAveraged, Text("db is a mean here. b was added everywhere, so all adds up.")),
        Mistake(
            "averaged",
            _Averaged,
            Text("Divided by the number of pictures. The loss has done that already: it is in dout."),
        ),
    ),
    by_hand=ByHand(
        Text(
            "x is 3 × 3, W = (1 0; 0 −2), stride 1, and dout = (1 2; 3 4). The cell in the middle lies in all four "
            "windows. What is dX[0,0,1,1]?"
        ),
        lambda: {"x": [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], "W": [[[[1, 0], [0, -2]]]], "b": [0],
                 "dout": [[[[1, 2], [3, 4]]]]},
        "dX",
        (0, 0, 1, 1),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    stage={"view": "backward"},
    works_in=("convolution", "cnn"),
    works_with={"convolution": {"view": "backward"}, "cnn": {}},
    at_work=_at_work,
)  # fmt: skip
