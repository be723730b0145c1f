"""The registry of activation functions: one record each, from which its names, form fields, tables, layer class and
plots are derived.

To add one, write a function, its slope, and a record here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from engine.contract.text import Text, untranslated
from engine.nn.activations import (
    identity,
    identity_slope,
    leaky_relu,
    leaky_relu_slope,
    mish,
    mish_slope,
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope,
    softplus,
    softplus_slope,
    step,
    step_slope,
    swish,
    swish_slope,
    tanh,
    tanh_slope,
)
from engine.nn.layers import LeakyReLU, ReLU, Sigmoid, Swish, Tanh, layer_of

_FLAT_SHARE = 0.2
"""A function counts as flat where its slope is below this share of its steepest slope: hardly any gradient passes
there.
"""


@dataclass(frozen=True)
class InPlace:
    """An activation function that writes into existing arrays, for small networks with very many updates.

    ``write(a, z)`` fills z with the outputs for the sums a; both may be the same array, and a may be overwritten unless
    ``needs_sums``. ``write_slope(a, z, slope)`` fills ``slope`` from a and z, and may read a only if ``needs_sums``; it
    is None if the slope is 1 everywhere.
    """

    write: Callable[[np.ndarray, np.ndarray], None]
    write_slope: Callable[[np.ndarray, np.ndarray, np.ndarray], None] | None
    needs_sums: bool = False

    @classmethod
    def of(cls, function: Callable[[np.ndarray], np.ndarray], slope: Callable[[np.ndarray], np.ndarray]) -> InPlace:
        """Makes an ``InPlace`` from a function and its slope, which return new arrays; these are copied into the given
        ones.
        """

        def write(a: np.ndarray, z: np.ndarray) -> None:
            np.copyto(z, function(a))

        def write_slope(a: np.ndarray, z: np.ndarray, slopes: np.ndarray) -> None:
            np.copyto(slopes, slope(a))

        return cls(write, write_slope, needs_sums=True)


@dataclass(frozen=True, kw_only=True)
class Activation:
    """An activation function: ``id`` is its value in parameters, ``name`` its name for people.

    ``look`` is the index of its colour and line style, different for each function. ``brief`` is a shorter name for the
    ends of curves. If it ``leaks``, function and slope also take the argument ``leak``, the slope below 0. ``steepest``
    is its largest slope, ``at_zero`` describes its curve where the sum is 0, and ``flat_part`` the part where its
    gradient nearly vanishes. ``formulas`` are its value and its slope in terms of the sum {a}, the output {y}, the leak
    {k} and the weight {w}, by which the slope is multiplied.

    ``layer`` is its layer class, None if there is none; then ``axis`` is the range of the histogram axis for its
    outputs. ``in_place`` is what ``SmallNetwork`` needs, None if it cannot use the function. ``layer_of`` and
    ``InPlace.of`` make both from the function and its slope, if speed does not matter. ``looks_like_relu``: about half
    of its sums pass, so that He's initial weights suit it. ``limits`` are those between which all its outputs lie, and
    ``flat_outputs`` selects the outputs of the flat part, if the outputs alone show which these are.
    """

    id: str
    name: Text
    look: int
    function: Callable[..., np.ndarray]
    slope: Callable[..., np.ndarray]
    steepest: float
    formulas: tuple[str, str]
    flat_part: Literal["zero", "leak", "saturated", "nearly flat", "none"]
    brief: Text | None = None
    leaks: bool = False
    at_zero: Literal["smooth", "corner", "jump"] = "smooth"
    looks_like_relu: bool = False
    limits: tuple[float, float] | None = None
    axis: tuple[float, float] = (-4.0, 4.0)
    flat_outputs: Callable[[np.ndarray], np.ndarray] | None = None
    layer: type[Any] | None = None
    in_place: InPlace | None = None

    @property
    def label(self) -> Text:
        """The name for places with little room: ``brief``, or else ``name``."""
        return self.brief or self.name

    def is_flat(self, a: np.ndarray, z: np.ndarray) -> np.ndarray:
        """A boolean array: whether each of the sums ``a``, with outputs ``z``, lies in the flat part, where the slope
        is small.
        """
        if self.flat_outputs is not None:
            return self.flat_outputs(z)
        return np.abs(self.slope(a)) < _FLAT_SHARE * self.steepest


def _write_tanh(a: np.ndarray, z: np.ndarray) -> None:
    np.tanh(a, z)


def _write_relu(a: np.ndarray, z: np.ndarray) -> None:
    np.maximum(a, 0.0, out=z)


def _write_sigmoid(a: np.ndarray, z: np.ndarray) -> None:
    # σ(a) = ½·tanh(a/2) + ½, which cannot overflow
    np.multiply(a, 0.5, a)
    np.tanh(a, z)
    np.multiply(z, 0.5, z)
    np.add(z, 0.5, z)


def _write_identity(a: np.ndarray, z: np.ndarray) -> None:
    np.copyto(z, a)


def _write_swish(a: np.ndarray, z: np.ndarray) -> None:
    # a·σ(a) = a/2·(tanh(a/2) + 1)
    half = a * 0.5
    np.tanh(half, z)
    np.add(z, 1.0, z)
    np.multiply(z, half, z)


def _write_tanh_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
    # dz/da = 1 − z²
    np.multiply(z, z, slope)
    np.subtract(1.0, slope, slope)


def _write_relu_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
    # dz/da = 1 where a > 0, otherwise 0
    np.greater(z, 0.0, slope)


def _write_sigmoid_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
    # dz/da = z·(1 − z)
    np.subtract(1.0, z, slope)
    np.multiply(slope, z, slope)


def _write_swish_slope(a: np.ndarray, z: np.ndarray, slope: np.ndarray) -> None:
    # dz/da = s + z·(1 − s) with s = σ(a)
    np.multiply(a, 0.5, slope)
    np.tanh(slope, slope)
    np.multiply(slope, 0.5, slope)
    np.add(slope, 0.5, slope)
    np.add(slope, z * (1.0 - slope), slope)


def by_id(activations: Iterable[Activation]) -> Mapping[str, Activation]:
    """A read-only mapping of the records by ``id``, in the given order."""
    return MappingProxyType({one.id: one for one in activations})


def led_by(first: Iterable[str], records: Iterable[Activation]) -> tuple[Activation, ...]:
    """Reorders ``records``: first those whose ids are in ``first``, in that order, then all others in their own
    order.
    """
    wanted = {id: place for place, id in enumerate(first)}
    return tuple(sorted(records, key=lambda one: wanted.get(one.id, len(wanted))))


ACTIVATIONS = by_id(
    (
        Activation(
            id="step",
            name=Text("step", context="function"),
            look=0,
            function=step,
            slope=step_slope,
            steepest=0.0,
            formulas=("step({a})", "{w}·0"),
            flat_part="zero",
            at_zero="jump",
            limits=(0.0, 1.0),
        ),
        Activation(
            id="sigmoid",
            name=untranslated("sigmoid"),
            look=1,
            function=sigmoid,
            slope=sigmoid_slope,
            steepest=0.25,
            formulas=("sigmoid({a})", "{w}·{y}·(1 − {y})"),
            flat_part="saturated",
            limits=(0.0, 1.0),
            axis=(0.0, 1.0),
            flat_outputs=lambda z: (z < 0.05) | (z > 0.95),
            layer=Sigmoid,
            in_place=InPlace(_write_sigmoid, _write_sigmoid_slope),
        ),
        Activation(
            id="relu",
            name=untranslated("ReLU"),
            look=2,
            function=relu,
            slope=relu_slope,
            steepest=1.0,
            formulas=("max(0, {a})", "{w}·step({a})"),
            flat_part="zero",
            at_zero="corner",
            looks_like_relu=True,
            axis=(0.0, 4.0),
            flat_outputs=lambda z: z == 0,
            layer=ReLU,
            in_place=InPlace(_write_relu, _write_relu_slope),
        ),
        Activation(
            id="leaky_relu",
            name=untranslated("Leaky ReLU"),
            look=3,
            function=leaky_relu,
            slope=leaky_relu_slope,
            steepest=1.0,
            formulas=("max({k}·{a}, {a})", "{w}·max({k}, step({a}))"),
            flat_part="leak",
            leaks=True,
            at_zero="corner",
            looks_like_relu=True,
            axis=(-0.2, 4.0),
            flat_outputs=lambda z: np.zeros(z.shape, dtype=bool),
            layer=LeakyReLU,
        ),
        Activation(
            id="tanh",
            name=untranslated("tanh"),
            look=4,
            function=tanh,
            slope=tanh_slope,
            steepest=1.0,
            formulas=("2·sigmoid(2·{a}) − 1", "{w}·(1 + {y})·(1 − {y})"),
            flat_part="saturated",
            limits=(-1.0, 1.0),
            axis=(-1.0, 1.0),
            flat_outputs=lambda z: abs(z) > 0.9,
            layer=Tanh,
            in_place=InPlace(_write_tanh, _write_tanh_slope),
        ),
        Activation(
            id="softplus",
            name=untranslated("softplus"),
            look=5,
            function=softplus,
            slope=softplus_slope,
            steepest=1.0,
            formulas=("ln(1 + exp({a}))", "{w}·sigmoid({a})"),
            flat_part="saturated",
        ),
        Activation(
            id="swish",
            name=untranslated("swish"),
            look=7,
            function=swish,
            slope=swish_slope,
            # Where its second derivative is 0: 2 = a·tanh(a/2), at a = 2.3994.
            steepest=1.0998393201288668,
            formulas=("{a}·sigmoid({a})", "{w}·(sigmoid({a}) + {y}·(1 − sigmoid({a})))"),
            flat_part="nearly flat",
            looks_like_relu=True,
            axis=(-0.4, 4.0),
            layer=Swish,
            in_place=InPlace(_write_swish, _write_swish_slope, needs_sums=True),
        ),
        Activation(
            id="mish",
            name=untranslated("mish"),
            look=8,
            function=mish,
            slope=mish_slope,
            # Where its second derivative is 0, at a = 1.4906.
            steepest=1.0884981612517277,
            formulas=(
                "{a}·tanh(ln(1 + exp({a})))",
                "{w}·(tanh(ln(1 + exp({a}))) + {a}·sigmoid({a})·(1 − tanh(ln(1 + exp({a})))^2))",
            ),
            flat_part="nearly flat",
            looks_like_relu=True,
            axis=(-0.4, 4.0),
            layer=layer_of("Mish", mish, mish_slope),
            in_place=InPlace.of(mish, mish_slope),
        ),
        Activation(
            id="identity",
            name=Text("identity"),
            look=6,
            brief=Text("identity", context="short"),
            function=identity,
            slope=identity_slope,
            steepest=1.0,
            formulas=("{a}", "{w}"),
            flat_part="none",
            in_place=InPlace(_write_identity, None),
        ),
    )
)
"""All activation functions by ``id``."""
