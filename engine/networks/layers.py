"""The layers of a saved network: their specifications, the shapes of their arrays, and building a network from both.

A specification is a name followed by sizes: ``("convolution", filters, side)``, ``("max_pooling", side)``, ``("affine",
neurons)``, ``("dropout", ratio)``, ``("batch_normalization",)``; every other name is that of an activation function.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from engine.networks.kept import LayerSpec
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.im2col import output_size
from engine.nn.layers import Affine, BatchNormalization, Convolution, Dropout, MaxPooling, SoftmaxWithLoss
from engine.nn.network import Layer, Network

MOST_LAYERS, WIDEST, MOST_NUMBERS = 40, 5_000, 4_000_000
"""The maximum number of layers, the maximum of one size, and the maximum number of all parameters in a file."""
MOST_OF_A_SAMPLE = 50_000
"""The maximum number of values that a layer, or the im2col of a convolution, computes for one sample.

In the experiment ``cnn`` there are at most 29,160.
"""
RUNNING = ("running_mean", "running_variance")
_SIZES = {"convolution": 2, "max_pooling": 1, "affine": 1, "batch_normalization": 0, "dropout": 1}
_ACTIVATION_OF = {one.layer: one.id for one in ACTIVATIONS.values() if one.layer is not None}


def array_shapes(inputs: tuple[int, ...], layers: Sequence[LayerSpec]) -> dict[str, tuple[int, ...]]:
    """The shape of every array of these layers by its name; ValueError if the layers do not fit together."""
    if not 1 <= len(layers) <= MOST_LAYERS or not all(_is_size(one) for one in inputs) or len(inputs) not in (1, 3):
        raise ValueError("no network")
    shape, number = inputs, 0
    found: dict[str, tuple[int, ...]] = {}
    for name, *sizes in layers:
        if len(sizes) != _SIZES.get(str(name), 0) or (name not in _SIZES and name not in ACTIVATIONS):
            raise ValueError(f"layer {name}")
        if name == "dropout":
            if not isinstance(sizes[0], float) or not 0 < sizes[0] < 1:
                raise ValueError("a ratio of dropout")
            continue
        if not all(_is_size(size) for size in sizes):
            raise ValueError(f"sizes of {name}")
        whole = [int(size) for size in sizes]
        arrays, after = _step(str(name), whole, shape)
        if max(math.prod(after), _in_windows(str(name), whole, shape, after)) > MOST_OF_A_SAMPLE:
            raise ValueError(f"{name} makes too much of one sample")
        shape = after
        number += bool(arrays)
        found |= {f"{key}{number}": one for key, one in arrays.items()}
    if len(shape) != 1 or sum(math.prod(one) for one in found.values()) > MOST_NUMBERS:
        raise ValueError("too large, or no row of scores at its end")
    return found


def _step(name: str, sizes: list[int], shape: tuple[int, ...]) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """The shapes of one layer's arrays, by name, and the shape of its output for one sample."""
    if name == "affine":
        return {"W": (math.prod(shape), sizes[0]), "b": (sizes[0],)}, (sizes[0],)
    if name == "batch_normalization":
        return dict.fromkeys(("gamma", "beta", *RUNNING), shape[:1]), shape
    if name in ("convolution", "max_pooling"):
        if len(shape) != 3 or sizes[-1] > min(shape[1:]):
            raise ValueError(f"{name} on {shape}")
        channels, (height, width) = shape[0], shape[1:]
        if name == "max_pooling":
            return {}, (channels, *(output_size(side, sizes[0], sizes[0]) for side in (height, width)))
        filters, side = sizes
        after = (filters, height - side + 1, width - side + 1)
        return {"W": (filters, channels, side, side), "b": (filters,)}, after
    return {}, shape


def _in_windows(name: str, sizes: list[int], before: tuple[int, ...], after: tuple[int, ...]) -> int:
    """The number of values that im2col makes of one sample, a measure of the memory needed."""
    return before[0] * sizes[1] ** 2 * math.prod(after[1:]) if name == "convolution" else 0


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= WIDEST


def built(layers: Sequence[LayerSpec], arrays: Mapping[str, np.ndarray]) -> Network:
    """Builds a network that uses these arrays without copying them; training it would change them in place."""
    made: list[Layer] = []
    number = 0
    for name, *sizes in layers:
        number += name in ("convolution", "affine", "batch_normalization")

        def of(key: str, number: int = number) -> np.ndarray:
            return arrays[f"{key}{number}"]

        if name == "convolution":
            made.append(Convolution(of("W"), of("b")))
        elif name == "affine":
            made.append(Affine(of("W"), of("b")))
        elif name == "batch_normalization":
            normalization = BatchNormalization(of("gamma"), of("beta"))
            normalization.running_mean, normalization.running_variance = (of(key) for key in RUNNING)
            made.append(normalization)
        elif name == "max_pooling":
            made.append(MaxPooling(int(sizes[0]), int(sizes[0]), int(sizes[0])))
        elif name == "dropout":
            # Nothing is drawn where nothing is learned.
            made.append(Dropout(float(sizes[0]), np.random.default_rng(0)))
        else:
            made.append(ACTIVATION_LAYERS[str(name)]())
    return Network(made, SoftmaxWithLoss())


ACTIVATION_LAYERS = {id: layer for layer, id in _ACTIVATION_OF.items()}


def is_built(layer: LayerSpec) -> bool:
    """Whether ``built`` supports a layer; some activation functions for points of the plane have no layer class."""
    return layer[0] in _SIZES or layer[0] in ACTIVATION_LAYERS


def layers_of(network: Network) -> tuple[tuple[LayerSpec, ...], dict[str, np.ndarray]]:
    """The layer specifications of a network, and copies of its current arrays."""
    layers: list[LayerSpec] = []
    arrays: dict[str, np.ndarray] = {}
    number = 0
    for layer in network.layers:
        number += bool(layer.params)
        arrays |= {f"{key}{number}": values.copy() for key, values in layer.params.items()}
        if isinstance(layer, Convolution):
            filters, _, side, _ = layer.params["W"].shape
            layers.append(("convolution", filters, side))
        elif isinstance(layer, Affine):
            layers.append(("affine", len(layer.params["b"])))
        elif isinstance(layer, BatchNormalization):
            layers.append(("batch_normalization",))
            arrays |= {f"{key}{number}": getattr(layer, key).copy() for key in RUNNING}
        elif isinstance(layer, MaxPooling):
            layers.append(("max_pooling", layer.height))
        elif isinstance(layer, Dropout):
            layers.append(("dropout", layer.ratio))
        else:
            layers.append((_ACTIVATION_OF[type(layer)],))
    return tuple(layers), arrays
