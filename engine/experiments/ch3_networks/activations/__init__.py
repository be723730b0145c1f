"""Activation functions and their slopes: where a function is steep, where it is flat, and the slope through many
layers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from engine.contract.api import (
    Handle,
    Picture,
    Preset,
    Probe,
    ProbePoint,
    RandomStreams,
    Slide,
    Table,
    Text,
    WorkingStep,
    notation,
    table_of,
)
from engine.contract.numerals import format_short
from engine.experiments.ch3_networks.activations import words
from engine.experiments.ch3_networks.activations.params import REACH, ActivationsFrame, ActivationsParams
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.signal_flow import stacked_layers

_SAMPLES_OF_FLAT_INTERVALS = 1201
_HALVINGS = 30


def flat_intervals(slope: Callable[[np.ndarray], np.ndarray], low: float, high: float, below: float) -> np.ndarray:
    """The intervals of [low, high] in which |slope(x)| is less than ``below``, as rows (from, to): (K, 2).

    Their ends are found by bisection between samples that are 1/1200 of the range apart; narrower intervals may be
    missed.
    """
    x = np.linspace(low, high, _SAMPLES_OF_FLAT_INTERVALS)
    flat = np.abs(slope(x)) < below
    before = np.flatnonzero(flat[1:] != flat[:-1])
    left, right, is_flat = x[before], x[before + 1], flat[before]
    for _ in range(_HALVINGS):
        middle = (left + right) / 2
        same = (np.abs(slope(middle)) < below) == is_flat
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    # Half of a unit in the ninth place is far below what is shown, and makes 0 of 1e-13.
    ends = np.round((left + right) / 2, 9) + 0.0
    starts = np.concatenate([[low] if flat[0] else [], ends[~is_flat]])
    stops = np.concatenate([ends[is_flat], [high] if flat[-1] else []])
    return np.column_stack([starts, stops])


_SAMPLES = 401
_BESIDE = 1e-9
"""The distance on either side of a jump or a corner at which the curves are sampled."""
_BELOW, _ABOVE = 0.06, 0.17
"""The margins of an axis below and above its curves, as shares of their range; the cursor's handle stands in the upper
one.
"""
_KNOB = 0.07
_NO_SLOPE = 1e-12
"""A slope smaller than this counts as flat, even for a function that is nowhere steep."""
_FUNCTION, _VALUE, _SLOPE = Text("function"), Text("value"), Text("slope")
_FLAT = Text("nearly flat")
_SLOPE_OF = Text("slope of {name}")
_CURVES, _STACK_CURVES = Text("curves"), Text("curves of the stack")
_SMALLEST_POWER = -8
"""The lowest power of ten on the axis; smaller products of slopes are drawn at this power."""


class Activations(Picture[ActivationsParams, ActivationsFrame]):
    """Compares activation functions and their derivatives, for one layer and for a stack of up to ten equal layers."""

    order = 1
    title = Text("Activation functions: where a slope is left, and where it is gone")
    presets = (
        Preset("all", Text("All {count}")(count=len(ACTIVATIONS)), {"functions": tuple(ACTIVATIONS)}),
        Preset(
            "S",
            Text("S-shaped: step, sigmoid, tanh"),
            {"functions": ("step", "sigmoid", "tanh")},
        ),
        Preset(
            "ReLU",
            Text("ReLU and its variants"),
            {"functions": ("relu", "leaky_relu", "softplus"), "leak": 0.1},
        ),
        Preset(
            "linear",
            Text("Stacked: identity against tanh"),
            {"functions": ("tanh", "identity"), "view": "stack", "gain": 1.2, "x": 1.0},
        ),
    )
    code = (
        *(one.function for one in ACTIVATIONS.values()),
        *(one.slope for one in ACTIVATIONS.values()),
        *(stacked_layers, flat_intervals),
    )

    def compute(self, params: ActivationsParams, streams: RandomStreams) -> ActivationsFrame:
        x, names = _places(params), params.functions
        one, stack = (_drawn(params, layers, x) for layers in (1, params.layers))
        over_x = [_layers(params, name, x, params.layers)[1] for name in names]
        here = [_layers(params, name, np.array([params.x]), params.layers)[1][:, 0] for name in names]
        products = np.array([np.cumprod(factors, axis=0) for factors in over_x])
        frame = ActivationsFrame(
            finished=True,
            functions=names,
            x=x,
            a=float(params.sum_of(params.x)),
            **one,
            slope_range=_axis(one["slopes"]),
            **{f"stack_{name}": value for name, value in stack.items()},
            sums=np.array([_layer_sums(params, name) for name in names]),
            factors=np.array(here),
            products=np.array([np.cumprod([1.0, *factors]) for factors in here]),
            bounds=np.array([params.steepest(name) ** params.layers for name in names]),
            product_range=_powers(products),
            can_be_zero=bool(np.any(products == 0)),
        )
        return replace(frame, status=words.status(params, frame))

    def headline(self, params: ActivationsParams, frame: ActivationsFrame) -> Text:
        return words.headline(params, frame)

    def working(self, params: ActivationsParams, frame: ActivationsFrame) -> tuple[WorkingStep, ...]:
        return words.working(params, frame)

    def main_tables(self, params: ActivationsParams, frame: ActivationsFrame) -> tuple[Table, ...]:
        count = len(frame.functions)
        cursor = table_of(
            "at_cursor",
            Text("at the cursor"),
            function=(frame.functions, _FUNCTION),
            x=[params.x] * count,
            a=[frame.a] * count,
            value=(frame.value, _VALUE),
            slope=(frame.slope, _SLOPE),
            flat=(frame.flat, _FLAT),
        )
        stack = table_of(
            "layers",
            Text("layers"),
            function=(np.repeat(frame.functions, params.layers), _FUNCTION),
            layer=(np.tile(np.arange(1, params.layers + 1), count), Text("layer")),
            a=frame.sums.ravel(),
            slope=(frame.factors.ravel(), _SLOPE),
            product=(frame.products[:, 1:].ravel(), Text("product of slopes")),
        )
        spans = np.concatenate([np.zeros((0, 2)), *frame.flat_parts])
        flat = np.repeat(frame.functions, [len(part) for part in frame.flat_parts])
        parts = table_of(
            "flat_parts",
            Text("nearly flat parts"),
            function=(flat, _FUNCTION),
            **{"from": (spans[:, 0], Text("from")), "to": (spans[:, 1], Text("to"))},
        )
        curves = _curves("curves", _CURVES, frame, frame.values, frame.slopes)
        stack_curves = _curves("stack_curves", _STACK_CURVES, frame, frame.stack_values, frame.stack_slopes)
        if params.view == "stack":
            return (stack, stack_curves, cursor, parts, curves)
        return (cursor, parts, curves, stack, stack_curves)

    def probe(self, params: ActivationsParams, frame: ActivationsFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip with values and slopes of all functions at the pointer's x; in the plot "product", where bars
        stand for layers, with the slopes of one layer.
        """
        if spot.part == "product":
            layer = spot.bar
            if not 1 <= layer <= params.layers:
                return None
            parts = [
                notation("{name} {slope}")(name=_name(name), slope=format_short(factor))
                for name, factor in zip(frame.functions, frame.factors[:, layer - 1], strict=True)
            ]
            text = Text("slope of layer {layer} alone: {parts}")
            return Probe(text(layer=layer, parts=words.joined(parts)))
        x = np.array([min(max(spot.x, -REACH), REACH)])
        parts = []
        for name in frame.functions:
            value, factors = _layers(params, name, x, params.layers if params.view == "stack" else 1)
            text = Text("{name} {value} with slope {slope}")
            parts.append(text(name=_name(name), value=format_short(value[0]), slope=format_short(np.prod(factors))))
        text = Text("x = {x:.2f}: {parts}")
        return Probe(text(x=float(x[0]), parts=words.joined(parts)))

    def handles(self, params: ActivationsParams, frame: ActivationsFrame) -> tuple[Handle, ...]:
        low, high = (frame.stack_value_range if params.view == "stack" else frame.value_range).tolist()
        label = Text("cursor: left and right")
        return (Slide("cursor", (params.x, high - _KNOB * (high - low)), 0.1, label, (1.0, 0.0), field="x"),)


def _places(params: ActivationsParams) -> np.ndarray:
    """The x at which the curves are sampled: evenly spaced, and just before and after the x where the
    sum w·x + b is 0.
    """
    x = np.linspace(-REACH, REACH, _SAMPLES)
    if params.gain != 0 and abs(params.bias) < REACH * abs(params.gain):
        kink = -params.bias / params.gain
        x = np.union1d(x, [kink - _BESIDE, kink + _BESIDE])
    return x


def _layers(params: ActivationsParams, name: str, x: np.ndarray, layers: int) -> tuple[np.ndarray, np.ndarray]:
    """The output of a stack of ``layers`` equal layers with the function ``name`` for x (N,), and each
    layer's slope.
    """
    function, slope = partial(params.value, name), partial(params.slope, name)
    return stacked_layers(x, function, slope, params.gain, params.bias, layers)


def _drawn(params: ActivationsParams, layers: int, x: np.ndarray) -> dict[str, Any]:
    """The frame's fields for a stack of ``layers`` layers of each function: curves, values at the cursor, flat
    intervals.
    """

    def value_and_slope(name: str, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        y, slopes = _layers(params, name, at, layers)
        return y, np.prod(slopes, axis=0)

    def slope_at(name: str, at: np.ndarray) -> np.ndarray:
        return value_and_slope(name, at)[1]

    curves = [value_and_slope(name, x) for name in params.functions]
    cursor = [value_and_slope(name, np.array([params.x])) for name in params.functions]
    values, slope = np.array([y for y, _ in curves]), np.array([slope[0] for _, slope in cursor])
    below = [_flat_below(params, name) for name in params.functions]
    return {
        "values": values,
        "slopes": np.array([slope for _, slope in curves]),
        "value": np.array([y[0] for y, _ in cursor]),
        "slope": slope,
        "flat": np.abs(slope) < below,
        "flat_parts": tuple(
            flat_intervals(partial(slope_at, name), -REACH, REACH, least)
            for name, least in zip(params.functions, below, strict=True)
        ),
        "value_range": _axis(values),
    }


def _layer_sums(params: ActivationsParams, name: str) -> list[float]:
    """The input sum of each layer of a stack, at the cursor."""
    sums, y = [], np.array(params.x)
    for _ in range(params.layers):
        sums.append(float(params.sum_of(y)))
        y = params.value(name, np.asarray(params.sum_of(y)))
    return sums


def _flat_below(params: ActivationsParams, name: str) -> float:
    """The slope below which a function counts as flat. It is above 0, so that a slope of 0 always counts as flat."""
    return max(params.flat_below / 100 * params.steepest(name), _NO_SLOPE)


def _axis(values: np.ndarray) -> np.ndarray:
    """A range between round numbers that contains 0 and all values, with some margin.

    The range is extended only when a value would leave it, not when it enters the margin.
    """
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    if high - low < 1e-12:
        high = 1.0
    power = 10.0 ** np.floor(np.log10((high - low) / 2.5))
    notch = max(factor * power for factor in (1, 2, 5) if factor * power <= (high - low) / 2.5 * 1.0000001)
    # A fiftieth of a notch over a round number does not ask for the next one: the room above holds it.
    least = low
    low, high = np.floor(low / notch + 0.02) * notch, np.ceil(high / notch - 0.02) * notch
    if low < 0 and least >= low + notch - _BELOW * (high - low - notch):
        low += notch
    return np.array([low - _BELOW * (high - low), high + _ABOVE * (high - low)])


def _powers(products: np.ndarray) -> np.ndarray:
    """The range (low, high) of an axis for products of slopes, as powers of ten.

    It includes 1 (power 0) and all products except 0 and those below 10⁻⁸.
    """
    sizes = np.abs(products[products != 0])
    if not len(sizes):
        return np.array([-1.0, 0.0])
    low = max(_SMALLEST_POWER, min(-1.0, np.floor(np.log10(np.min(sizes)))))
    return np.array([low, max(0.0, np.ceil(np.log10(np.max(sizes))))])


def _curves(name: str, label: Text, frame: ActivationsFrame, values: np.ndarray, slopes: np.ndarray) -> Table:
    """The table of the curves: x, and for each function its value and slope."""
    columns: dict[str, object] = {"x": frame.x}
    for function, value, slope in zip(frame.functions, values, slopes, strict=True):
        columns[function] = value, _name(function)
        columns[f"{function}_slope"] = slope, _SLOPE_OF(name=_name(function))
    return table_of(name, label, **columns)


def _name(name: str) -> Text:
    return ACTIVATIONS[name].label
