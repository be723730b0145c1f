"""Runs one layer forward and back, keeping all intermediate arrays, with and without a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.contract.frame import required
from engine.contract.numerals import without_rounding
from engine.experiments.ch5_backpropagation.layers.params import AFFINE, IMAGE, LayersParams
from engine.nn import layers
from engine.nn.losses import one_hot, softmax
from engine.nn.network import Layer

Arrays = dict[str, np.ndarray]
EPSILON = 1e-7
_OF_TWO: dict[str, type[layers.Multiply | layers.Add]] = {"multiply": layers.Multiply, "add": layers.Add}
_OF_ONE: dict[str, Callable[[], Layer]] = {
    "relu": layers.ReLU,
    "sigmoid": layers.Sigmoid,
    "tanh": layers.Tanh,
}


def passed(params: LayersParams, random: np.random.Generator) -> Arrays:
    """All arrays of one forward and backward pass, by id, as two-dimensional arrays.

    ``random`` draws the mask of dropout. Sums whose terms cancel are exactly 0, without rounding errors.
    """
    x, dz = np.array(params.x), np.array(params.upstream)
    if params.layer in _OF_TWO:
        of_two, w = _OF_TWO[params.layer](), np.array(params.second)
        z = of_two.forward(x, w)
        dx, dw = of_two.backward(dz)
        return {"x": x, "w": w, "dz": dz, "z": z, "dx": dx, "dw": dw}
    if params.layer == "softmax_loss":
        last, t = layers.SoftmaxWithLoss(), one_hot(params.classes(), x.shape[1]).astype(float)
        loss = last.forward(x, t)
        return {"x": x, "t": t, "y": last.y, "loss": np.array([[loss]]), "dx": last.backward()}
    if params.layer in AFFINE:
        return _affine(params, x, dz)
    if params.layer == "batch_norm":
        return _normalized(params, x, dz)
    if params.layer == "dropout":
        dropout = layers.Dropout(params.ratio, random)
        z = dropout.forward(x, params.training)
        mask = np.full(x.shape, 1.0 - params.ratio) if dropout.mask is None else dropout.mask.astype(float)
        return {"x": x, "dz": dz, "mask": mask, "z": z, "dx": dropout.backward(dz)}
    layer = _OF_ONE[params.layer]()
    z = layer.forward(x)
    shown = {"mask": (x > 0).astype(float)} if params.layer == "relu" else {}
    return {"x": x, "dz": dz, **shown, "z": z, "dx": required(layer.backward(dz))}


def mistaken(params: LayersParams, arrays: Mapping[str, np.ndarray]) -> Arrays:
    """The wrong arrays that the chosen mistake produces, under the ids of the correct ones; empty without a mistake."""
    match params.mistake:
        case "overwritten":
            upstream = arrays["dz"].copy()
            upstream[arrays["mask"] == 0] = 0.0  # written into the array that the caller still needs
            return {"dz": upstream}
        case "y_minus_x":
            return {"dx": (arrays["y"] - arrays["x"]) / params.samples}
        case "no_axis":
            y = softmax(arrays["x"], axis=None)  # all numbers of the batch taken for one row
            return {"dx": (y - arrays["t"]) / params.samples, "y": y}
        case "no_batch" if params.layer == "affine":
            return {"db": arrays["dz"][:1].copy()}  # the first sample's alone, not the sum over all
        case "no_batch":
            return {"dx": arrays["y"] - arrays["t"]}  # not shared among the samples
    return {}


def _affine(params: LayersParams, x: np.ndarray, dz: np.ndarray) -> Arrays:
    """All arrays of a pass through an affine layer."""
    w, b = np.array(params.w), np.array(params.b)
    layer = layers.Affine(w, b[0])
    z = layer.forward(x.reshape(len(x), *IMAGE) if params.layer == "affine_4d" else x)
    dx = required(layer.backward(dz)).reshape(x.shape)
    back, grads = np.abs(dz), layer.grads
    return {
        "x": x, "w": w, "b": b, "dz": dz,
        "z": without_rounding(z, np.abs(x) @ np.abs(w) + np.abs(b)),
        "dx": without_rounding(dx, back @ np.abs(w).T),
        "dw": without_rounding(grads["W"], np.abs(x).T @ back),
        "db": without_rounding(grads["b"][None], back.sum(axis=0)),
    }  # fmt: skip


def _normalized(params: LayersParams, x: np.ndarray, dz: np.ndarray) -> Arrays:
    """All arrays of a pass through batch normalization."""
    gamma, beta = np.array(params.gamma), np.array(params.beta)
    layer = layers.BatchNormalization(gamma[0], beta[0], epsilon=EPSILON)
    z, mean, variance = layer.forward(x), x.mean(axis=0), x.var(axis=0)
    if not params.training:
        # The running statistics have seen this batch once.
        z, mean, variance = layer.forward(x, training=False), layer.running_mean, layer.running_variance
    deviation, dx = np.sqrt(variance + EPSILON), layer.backward(dz)
    size, back = np.max(np.abs(x), axis=0), np.sum(np.abs(dz), axis=0)
    normalized = without_rounding((x - mean) / deviation, size / deviation)
    far = 1.0 + np.max(np.abs(normalized), axis=0) ** 2
    made = {
        "mean": without_rounding(mean, size)[None],
        "deviation": deviation[None],
        "normalized": normalized,
        "z": without_rounding(z, np.abs(gamma) * size / deviation + np.abs(beta)),
        "dx": without_rounding(dx, np.abs(gamma) / deviation * back * far),
        "dw": without_rounding(layer.grads["gamma"], back * far)[None],
        "db": without_rounding(layer.grads["beta"], back)[None],
    }
    return {"x": x, "w": gamma, "b": beta, "dz": dz, **made}
