"""Layers with the most common mistakes in a backward pass, and networks that contain one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.nn.layers import Affine, Dropout, SoftmaxWithLoss
from engine.nn.network import Layer, Network

GUARD = 1e-7
"""The number that is added inside the logarithm so that it stays finite."""


class LossWithoutMean(SoftmaxWithLoss):
    """Loss whose gradient lacks the division by N, although the loss is a mean over the batch."""

    def backward(self, dout: float = 1.0) -> np.ndarray:
        return (self.y - self._t) * dout  # wrong: / len(self.y) is missing


class LossWithSign(SoftmaxWithLoss):
    """Loss whose gradient has the wrong sign."""

    def backward(self, dout: float = 1.0) -> np.ndarray:
        return (self._t - self.y) * (dout / len(self.y))  # wrong: y − t is meant


class LossWithGuard(SoftmaxWithLoss):
    """Loss whose forward pass adds ``GUARD`` inside the logarithm, while the backward pass ignores it."""

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        super().forward(x, t)
        return float(-(self._t * np.log(self.y + GUARD)).sum() / len(x))  # wrong: backward() is that of log(y)


class AffineFirstBias(Affine):
    """Affine layer whose gradient of b is taken from the first sample alone instead of summed over the batch."""

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        self.grads["b"] = dout[0].copy()  # wrong: dout.sum(axis=0) is meant
        return dx


class AffineOfSums(Affine):
    """Affine layer whose gradient of W is computed from the weighted sums A of the layer ``below`` instead of their
    activations.
    """

    def __init__(self, W: np.ndarray, b: np.ndarray, below: Affine) -> None:
        super().__init__(W, b)
        self._below = below

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        dx = super().backward(dout)
        A = self._below.forward(self._below._x)
        self.grads["W"] = A.T @ dout  # wrong: Z.T @ dout is meant, with Z the activations of A
        return dx


class WithoutSlope:
    """Activation layer whose backward pass lacks the derivative."""

    def __init__(self, activation: Layer) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.forward = activation.forward

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout.copy()  # wrong: · h′(A) is missing, for ReLU the mask


class DropoutByRatio(Dropout):
    """Dropout that at test time multiplies the activations by the share dropped in training, instead of the share that
    passed.
    """

    def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
        z = super().forward(x, training)
        return z if training else x * self.ratio  # wrong: 1 − ratio is meant


WRONG_LINES: dict[str, Callable[..., object]] = {
    "no_mean": LossWithoutMean.backward,
    "sign": LossWithSign.backward,
    "slope": WithoutSlope.backward,
    "bias": AffineFirstBias.backward,
    "sums": AffineOfSums.backward,
    "guard": LossWithGuard.forward,
}
"""For each mistake in training, the function that contains it; the wrong line is marked by a comment that begins with
``# wrong``.
"""
_LOSSES: dict[str, type[SoftmaxWithLoss]] = {"no_mean": LossWithoutMean, "sign": LossWithSign, "guard": LossWithGuard}


def planted(network: Network, mistake: str) -> Network:
    """A network with the same arrays but with a mistake: ``no_mean``, ``sign`` or ``guard`` in the loss, ``bias`` or
    ``sums`` in Affine, ``slope`` in the activations, ``dropout`` in Dropout; any other word gives a network without a
    mistake.
    """
    layers: list[Layer] = []
    below: Affine | None = None
    for layer in network.layers:
        made: Layer = layer
        if isinstance(layer, Affine):
            affine, arrays = layer, (layer.params["W"], layer.params["b"])
            if mistake == "bias":
                affine = AffineFirstBias(*arrays)
            elif mistake == "sums" and below is not None:
                affine = AffineOfSums(*arrays, below)
            made = below = affine
        elif mistake == "dropout" and isinstance(layer, Dropout):
            made = DropoutByRatio(layer.ratio, layer.random)
        elif mistake == "slope":
            made = WithoutSlope(layer)
        layers.append(made)
    return Network(layers, _LOSSES[mistake]() if mistake in _LOSSES else network.last)
