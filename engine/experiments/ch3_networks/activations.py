"""Activation functions and their slopes: where a slope lives, where it dies, what a stack of layers leaves of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.contract.experiment import Picture, Preset, Probe
from engine.contract.handle import Handle, Place
from engine.contract.spot import Spot
from engine.contract.streams import Streams
from engine.contract.table import Table, table_of
from engine.contract.text import Text
from engine.contract.working import Line
from engine.experiments.ch3_networks.parts import activations_words as words
from engine.experiments.ch3_networks.parts.activations_params import (
    ACTIVATIONS,
    NAMES,
    REACH,
    ActivationsFrame,
    ActivationsParams,
)
from engine.geometry.flat_intervals import flat_intervals
from engine.nn import identity, leaky_relu, relu, sigmoid, softplus, step, tanh
from engine.nn.activation_slopes import relu_slope, sigmoid_slope, softplus_slope, step_slope, tanh_slope
from engine.nn.stacked_layers import stacked_layers

_SAMPLES = 401
_BESIDE = 1e-9
"""How far from a jump or a corner the curves are sampled on either side."""
_BELOW, _ABOVE = 0.06, 0.17
"""Empty parts of an axis under and over its curves; the cursor's knob stands in the upper one."""
_KNOB = 0.07
_NO_SLOPE = 1e-12
"""What is less steep than this is flat, however flat a function is at its steepest."""
_FUNCTION, _VALUE, _SLOPE = Text("function", "函数"), Text("value", "值"), Text("slope", "斜率")
_FLAT = Text("nearly flat", "几乎平")
_SLOPE_OF = Text("slope of {name}", "{name} 的斜率")
_CURVES, _STACK_CURVES = Text("curves", "曲线"), Text("curves of the stack", "多层的曲线")
_SMALLEST_POWER = -8
"""Products of slopes below 10⁻⁸ are drawn there."""


class Activations(Picture[ActivationsParams, ActivationsFrame]):
    """Seven functions of one sum, their derivatives, and up to ten layers of each as one function."""

    order = 1
    title = Text("Activation functions: where the slope lives and dies", "激活函数与导数：哪里还有斜率，哪里已经饱和")
    params_type = ActivationsParams
    frame_type = ActivationsFrame
    presets = (
        Preset("all", Text("All seven", "全部七个"), {"functions": NAMES}),
        Preset(
            "S",
            Text("S-shaped: step, sigmoid, tanh", "S 形：阶跃、sigmoid、tanh"),
            {"functions": ("step", "sigmoid", "tanh")},
        ),
        Preset(
            "ReLU",
            Text("ReLU and its variants", "ReLU 和它的变体"),
            {"functions": ("relu", "leaky_relu", "softplus"), "leak": 0.1},
        ),
        Preset(
            "linear",
            Text("Stacked: identity against tanh", "叠几层：恒等函数与 tanh"),
            {"functions": ("tanh", "identity"), "view": "stack", "gain": 1.2, "x": 1.0},
        ),
    )
    code = (
        *(step, sigmoid, relu, leaky_relu, tanh, softplus, identity),
        *(step_slope, sigmoid_slope, relu_slope, tanh_slope, softplus_slope, stacked_layers, flat_intervals),
    )

    def compute(self, params: ActivationsParams, streams: Streams) -> ActivationsFrame:
        x = _places(params)
        cursor = np.array([params.x])
        sums = params.sum_of(x)
        names = params.functions
        values = np.array([params.value(name, sums) for name in names])
        slopes = np.array([params.gain * params.slope(name, sums) for name in names])
        at_cursor = params.sum_of(cursor)
        slope = np.array([params.gain * params.slope(name, at_cursor)[0] for name in names])
        over_x = [_stack(params, name, x) for name in names]
        here = [_stack(params, name, cursor) for name in names]
        stack_values = np.array([value for value, _ in over_x])
        products = np.array([np.cumprod(factors, axis=0) for _, factors in over_x])
        stack_slope = np.array([np.prod(factors) for _, factors in here])
        below = np.array([_flat_below(params, name) for name in names])
        frame = ActivationsFrame(
            finished=True,
            functions=names,
            x=x,
            a=float(at_cursor[0]),
            values=values,
            slopes=slopes,
            value=np.array([params.value(name, at_cursor)[0] for name in names]),
            slope=slope,
            flat=np.abs(slope) < below,
            flat_parts=tuple(
                _flat_parts(params, name, lambda at, name=name: params.gain * params.slope(name, params.sum_of(at)))
                for name in names
            ),
            value_range=_axis(values),
            slope_range=_axis(slopes),
            stack_values=stack_values,
            stack_slopes=products[:, -1],
            stack_value=np.array([value[0] for value, _ in here]),
            stack_slope=stack_slope,
            stack_flat=np.abs(stack_slope) < below,
            stack_flat_parts=tuple(
                _flat_parts(params, name, lambda at, name=name: np.prod(_stack(params, name, at)[1], axis=0))
                for name in names
            ),
            stack_value_range=_axis(stack_values),
            sums=np.array([_layer_sums(params, name) for name in names]),
            factors=np.array([factors[:, 0] for _, factors in here]),
            products=np.array([np.cumprod([1.0, *factors[:, 0]]) for _, factors in here]),
            bounds=np.array([params.steepest(name) ** params.layers for name in names]),
            product_range=_powers(products),
            can_be_zero=bool(np.any(products == 0)),
        )
        return replace(frame, status=words.status(params, frame))

    def reading(self, params: ActivationsParams, frame: ActivationsFrame) -> Text:
        stacked = params.view == "stack"
        return words.reading_of_stack(params, frame) if stacked else words.reading_of_function(params, frame)

    def working(self, params: ActivationsParams, frame: ActivationsFrame) -> tuple[Line, ...]:
        stacked = params.view == "stack"
        return words.working_of_stack(params, frame) if stacked else words.working_of_function(params, frame)

    def main_tables(self, params: ActivationsParams, frame: ActivationsFrame) -> tuple[Table, ...]:
        count = len(frame.functions)
        cursor = table_of(
            "at_cursor",
            function=frame.functions,
            x=[params.x] * count,
            a=[frame.a] * count,
            value=frame.value,
            slope=frame.slope,
            flat=frame.flat,
        ).labelled(Text("at the cursor", "游标处"), function=_FUNCTION, value=_VALUE, slope=_SLOPE, flat=_FLAT)
        stack = table_of(
            "layers",
            function=np.repeat(frame.functions, params.layers),
            layer=np.tile(np.arange(1, params.layers + 1), count),
            a=frame.sums.ravel(),
            slope=frame.factors.ravel(),
            product=frame.products[:, 1:].ravel(),
        ).labelled(
            Text("layers", "各层"),
            function=_FUNCTION,
            layer=Text("layer", "层"),
            slope=_SLOPE,
            product=Text("product of slopes", "斜率之积"),
        )
        spans = np.concatenate([np.zeros((0, 2)), *frame.flat_parts])
        flat = np.repeat(frame.functions, [len(part) for part in frame.flat_parts])
        parts = table_of("flat_parts", **{"function": flat, "from": spans[:, 0], "to": spans[:, 1]}).labelled(
            Text("nearly flat parts", "几乎平的部分"),
            **{"function": _FUNCTION, "from": Text("from", "从"), "to": Text("to", "到")},
        )
        curves = _curves("curves", _CURVES, frame, frame.values, frame.slopes)
        stack_curves = _curves("stack_curves", _STACK_CURVES, frame, frame.stack_values, frame.stack_slopes)
        if params.view == "stack":
            return (stack, stack_curves, cursor, parts, curves)
        return (cursor, parts, curves, stack, stack_curves)

    def probe(self, params: ActivationsParams, frame: ActivationsFrame, spot: Spot) -> Probe | None:
        """``spot`` is (x, y), in the part "product" (layer, _)."""
        if spot.part == "product":
            layer = spot.bar
            if not 1 <= layer <= params.layers:
                return None
            parts = [
                Text("{name} {slope}", "{name} {slope}")(name=_name(name), slope=words.short(factor))
                for name, factor in zip(frame.functions, frame.factors[:, layer - 1], strict=True)
            ]
            text = Text("slope of layer {layer} alone: {parts}", "只看第 {layer} 层的斜率：{parts}")
            return Probe(text(layer=layer, parts=words.joined(parts)))
        x = np.array([min(max(spot.x, -REACH), REACH)])
        parts = []
        for name in frame.functions:
            if params.view == "stack":
                value, factors = _stack(params, name, x)
                slope = np.prod(factors)
            else:
                value = params.value(name, params.sum_of(x))
                slope = params.gain * params.slope(name, params.sum_of(x))[0]
            text = Text("{name} {value} with slope {slope}", "{name} {value}（斜率 {slope}）")
            parts.append(text(name=_name(name), value=words.short(value[0]), slope=words.short(slope)))
        text = Text("x = {x:.2f}: {parts}", "x = {x:.2f}：{parts}")
        return Probe(text(x=float(x[0]), parts=words.joined(parts)))

    def handles(self, params: ActivationsParams, frame: ActivationsFrame) -> tuple[Handle, ...]:
        low, high = (frame.stack_value_range if params.view == "stack" else frame.value_range).tolist()
        return (
            Handle(
                "cursor",
                (params.x, high - _KNOB * (high - low)),
                0.1,
                Text("cursor: left and right", "游标：左右移动"),
                hint=(1.0, 0.0),
            ),
        )

    def drag(
        self, params: ActivationsParams, frame: ActivationsFrame, handle: str, place: Place
    ) -> Mapping[str, object]:
        if handle != "cursor":
            raise KeyError(handle)
        return {"x": float(np.clip(np.round(place[0], 2), -REACH, REACH)) + 0.0}


def _places(params: ActivationsParams) -> np.ndarray:
    """Where the curves are sampled: evenly, and right before and behind the place where the sum is 0."""
    x = np.linspace(-REACH, REACH, _SAMPLES)
    if params.gain != 0 and abs(params.bias) < REACH * abs(params.gain):
        kink = -params.bias / params.gain
        x = np.union1d(x, [kink - _BESIDE, kink + _BESIDE])
    return x


def _stack(params: ActivationsParams, name: str, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return stacked_layers(
        x, lambda a: params.value(name, a), lambda a: params.slope(name, a), params.gain, params.bias, params.layers
    )


def _layer_sums(params: ActivationsParams, name: str) -> list[float]:
    """What every layer of a stack sees at the cursor."""
    sums, y = [], np.array(params.x)
    for _ in range(params.layers):
        sums.append(float(params.sum_of(y)))
        y = params.value(name, params.sum_of(y))
    return sums


def _flat_below(params: ActivationsParams, name: str) -> float:
    """The slope from which a function is not flat; above 0, so that a slope of 0 always is."""
    return max(params.flat_below / 100 * params.steepest(name), _NO_SLOPE)


def _flat_parts(params: ActivationsParams, name: str, slope: object) -> np.ndarray:
    return flat_intervals(slope, -REACH, REACH, _flat_below(params, name))


def _axis(values: np.ndarray) -> np.ndarray:
    """A range from and to round numbers that holds 0 and all values, with some room around."""
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    if high - low < 1e-12:
        high = 1.0
    power = 10.0 ** np.floor(np.log10((high - low) / 2.5))
    notch = max(factor * power for factor in (1, 2, 5) if factor * power <= (high - low) / 2.5 * 1.0000001)
    # A fiftieth of a notch over a round number does not ask for the next one: the room above holds it.
    low, high = np.floor(low / notch + 0.02) * notch, np.ceil(high / notch - 0.02) * notch
    return np.array([low - _BELOW * (high - low), high + _ABOVE * (high - low)])


def _powers(products: np.ndarray) -> np.ndarray:
    """The powers of ten between which all products lie, 0 and what is too small left out; 1 is among them."""
    sizes = np.abs(products[products != 0])
    if not len(sizes):
        return np.array([-1.0, 0.0])
    low = max(_SMALLEST_POWER, min(-1.0, np.floor(np.log10(np.min(sizes)))))
    return np.array([low, max(0.0, np.ceil(np.log10(np.max(sizes))))])


def _curves(name: str, label: Text, frame: ActivationsFrame, values: np.ndarray, slopes: np.ndarray) -> Table:
    columns = {"x": frame.x}
    for function, value, slope in zip(frame.functions, values, slopes, strict=True):
        columns |= {function: value, f"{function}_slope": slope}
    names = {function: _name(function) for function in frame.functions}
    slope_names = {f"{function}_slope": _SLOPE_OF(name=name) for function, name in names.items()}
    return table_of(name, **columns).labelled(label, **names, **slope_names)


def _name(name: str) -> Text:
    return ACTIVATIONS[name].name
