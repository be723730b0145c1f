"""Derivation: the three gradients of a fully connected layer, by element, as whole matrices, and with their shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.derivations import Derivation, Line, Point, Values
from engine.nn.layers import Affine

_SAMPLES, _INPUTS, _NEURONS = 2, 3, 2
_SIZES = ("N", "D", "M")


def _symbols(point: Point) -> Values:
    """The values of all symbols: every element by its index, such as x01 for X[0,1], the matrices, and their sizes."""
    arrays = {"x": point["X"], "w": point["W"], "dz": point["dZ"], "b": point["b"]}
    entries = {
        name + "".join(map(str, place)): float(array[place])
        for name, array in arrays.items()
        for place in np.ndindex(array.shape)
    }
    (samples, inputs), neurons = point["X"].shape, len(point["b"])
    return {
        **entries, "X": point["X"], "W": point["W"], "dZ": point["dZ"],
        "N": float(samples), "D": float(inputs), "M": float(neurons),
    }  # fmt: skip


def _names(name: str, rows: int, columns: int) -> tuple[str, ...]:
    return tuple(f"{name}{row}{column}" for row in range(rows) for column in range(columns))


_X, _W, _DZ = _names("x", _SAMPLES, _INPUTS), _names("w", _INPUTS, _NEURONS), _names("dz", _SAMPLES, _NEURONS)


def _forward(point: Point) -> float:
    return float(Affine(point["W"], point["b"]).forward(point["X"])[0, 0])


def _local(point: Point) -> float:
    """∂z00/∂w10, by differences of the layer's own forward pass."""
    weights = point["W"].copy()
    layer = Affine(weights, point["b"])
    return float(numerical_gradient(lambda _: float(layer.forward(point["X"])[0, 0]), weights)[1, 0])


def _gradient(of: str, *place: int) -> Callable[[Point], Any]:
    """Returns a function of the point: a gradient computed by the layer, at index ``place`` or, without it, the whole
    array.
    """

    def gradient(point: Point) -> Any:
        layer = Affine(point["W"], point["b"])
        layer.forward(point["X"])
        down = layer.backward(point["dZ"])
        found = layer.grads.get(of, down)
        assert found is not None
        return float(found[place]) if place else found

    return gradient


def _shape_of(of: str) -> Callable[[Point], tuple[int, ...]]:
    return lambda point: _gradient(of)(point).shape


def _at(part: str, row: int, column: int) -> Callable[[Any], Mapping[str, object]]:
    return lambda params: {"part": part, "selected": (row, column)}


def _on_stage(params: Any) -> Point | None:
    sizes = (params.samples, params.columns, params.outputs)
    if params.layer != "affine" or sizes != (_SAMPLES, _INPUTS, _NEURONS):
        return None
    return {"X": np.array(params.x), "W": np.array(params.w), "b": np.array(params.b[0]),
            "dZ": np.array(params.upstream)}  # fmt: skip


def _of_sizes(chance: np.random.Generator, samples: int, inputs: int, neurons: int) -> Point:
    return {"X": chance.normal(size=(samples, inputs)), "W": chance.normal(size=(inputs, neurons)),
            "b": chance.normal(size=neurons), "dZ": chance.normal(size=(samples, neurons))}  # fmt: skip


def _drawn(chance: np.random.Generator) -> Point:
    return _of_sizes(chance, _SAMPLES, _INPUTS, _NEURONS)


def _of_other_sizes(chance: np.random.Generator) -> Point:
    """A random point whose three sizes all differ, so that no wrong shape fits by chance."""
    return _of_sizes(chance, *(int(size) for size in chance.permutation(np.arange(2, 8))[:3]))


DERIVATION = Derivation(
    id="affine_gradients",
    order=1,
    symbols=_symbols,
    lines=(
        Line("forward", (*_X[:3], *_W, "b0", "b1"), _forward, lit=_at("z", 0, 0)),
        Line("local", (*_X, *_W), _local, lit=_at("z", 0, 0)),
        Line("weight", (*_X, *_DZ), _gradient("W", 1, 0), lit=_at("dw", 1, 0)),
        Line("weights_shape", _SIZES, _shape_of("W"), "shape", drawn=_of_other_sizes),
        Line("weights", ("X", "W", "dZ"), _gradient("W"), "matrix", drawn=_of_other_sizes),
        Line("input", (*_W, *_DZ), _gradient("X", 0, 0), lit=_at("dx", 0, 0)),
        Line("inputs", ("X", "W", "dZ"), _gradient("X"), "matrix", drawn=_of_other_sizes),
        Line("bias", _DZ, _gradient("b", 0), lit=_at("db", 0, 0)),
        Line("biases_shape", _SIZES, _shape_of("b"), "shape", drawn=_of_other_sizes),
    ),
    on_stage=_on_stage,
    drawn=_drawn,
    stage={"layer": "affine", "samples": _SAMPLES, "inputs": _INPUTS, "neurons": _NEURONS},
)
