"""The choice of a surface, from the list or typed, shared by the experiments on gradient descent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.calculus.expressions import Expression
from engine.calculus.surfaces import PLANE, SURFACES, Surface
from engine.contract.api import Position, Text, untranslated
from engine.contract.fields import Choice, Option, Real, TypedExpression, Vector, VisibleWhen
from engine.contract.numerals import bracketed, format_real, format_short, rounded_down
from engine.contract.text import Refused
from engine.geometry.surface_map import SPREAD, SurfaceMap, surface_map

OWN = "own"
OWN_TEXT = "x0^2 + sin(3*x1) + x1^2/2"
OWN_REACH = 4.0
_OWN_NAME = Text("your own f(x0, x1)")
_OWN_RATE = 0.05
_NO_VALUE = Text("{place}: no value here")
_OFF = Text("{name} = {value} lies off the map, on which {name} goes from {low} to {high}.")
_GROUND = Text("{place}: f = {f}, ∇f = {gradient}")
GRADIENTS = {"exact": Text("exact", context="way"), "numerical": Text("numerical")}


def function_field(names: Sequence[str] = tuple(SURFACES)) -> Choice:
    """The parameter field for the surface; the last option is the learner's own function."""
    return Choice(
        label=Text("Function"),
        help=Text("The function to go down on."),
        options=(*(Option(name, SURFACES[name].name) for name in names), Option(OWN, _OWN_NAME)),
    )


def own_field() -> TypedExpression:
    """The parameter field for the formula of the learner's own function; hidden unless that is chosen."""
    return TypedExpression(
        label=untranslated("f(x0, x1) ="),
        help=Text("Type any function of x0 and x1."),
        variables=PLANE,
        understand=Expression,
        visible=VisibleWhen("function", (OWN,)),
    )


def reach_field() -> Real:
    """The parameter field for r, where the map of the learner's own function reaches from −r to r."""
    return Real(
        label=Text("Map from −r to r, r ="),
        help=Text("How far the map reaches from the origin."),
        minimum=0.1,
        maximum=100.0,
        step=1.1,
        scale="log",
        visible=VisibleWhen("function", (OWN,)),
    )


def gradient_choice(label: Text, more: bool = False) -> Choice:
    """The parameter field that chooses between the exact and the numerical gradient."""
    return Choice(
        label=label,
        help=Text("By the rules of calculus, or by central differences."),
        options=tuple(Option(*one) for one in GRADIENTS.items()),
        more=more,
    )


def difference_field() -> Real:
    """The parameter field for h, the step of the numerical gradient."""
    return Real(
        label=Text("Difference h"),
        help=Text("Half the distance of the two places compared."),
        minimum=1e-12,
        maximum=1.0,
        step=10.0,
        scale="log",
        more=True,
    )


@dataclass(frozen=True, kw_only=True)
class PlaceOnMap(Vector):
    """A field for a point (x0, x1) on the map of the chosen function.

    If another function is chosen and the point is off its map, the function's start takes its place. If a person enters
    a point off the map, it is refused with a message that names the map's range.
    """

    def fit(self, value: tuple[float, ...], params: Any) -> tuple[float, ...]:
        surface = chosen_surface(params.function, params.own, params.reach)
        return value if _first_off(surface, value) is None else surface.start[:2]

    def check_among(self, value: tuple[float, ...], params: Any) -> None:
        surface = chosen_surface(params.function, params.own, params.reach)
        axis = _first_off(surface, value)
        if axis is not None:
            low, high = _ends(surface, axis)
            raise Refused(
                _OFF(name=PLANE[axis], value=format_real(value[axis]), low=format_real(low), high=format_real(high))
            )


def _ends(surface: Surface, axis: int) -> tuple[float, float]:
    """The lowest and highest coordinate along an axis to which the map can be extended."""
    low, high = surface.low[axis], surface.high[axis]
    middle, half = (low + high) / 2, (high - low) / 2
    return middle - SPREAD * half, middle + SPREAD * half


def _first_off(surface: Surface, place: Sequence[float]) -> int | None:
    """The index of the first coordinate by which a place is off the map; None if it is on the map."""
    for axis, part in enumerate(place):
        low, high = _ends(surface, axis)
        if not low <= part <= high:
            return axis
    return None


def place_field(label: Text, help: Text) -> PlaceOnMap:
    """The parameter field for a point on the map, which can be typed and dragged."""
    return PlaceOnMap(label=label, help=help, components=PLANE, minimum=-1000.0, maximum=1000.0, step=0.1)


def chosen_surface(function: str, own: str, reach: float) -> Surface:
    """The surface named ``function``, or the learner's ``own`` function on the square from −reach to reach.

    The learner's own function has no known minima; its start is the middle of the upper left quarter of the map.
    """
    if function != OWN:
        return SURFACES[function]
    start = (-reach / 2, reach / 2)
    return Surface(_OWN_NAME, own, (-reach, -reach), (reach, reach), (), start, _OWN_RATE)


@lru_cache(maxsize=32)
def map_of(text: str, names: tuple[str, ...], low: tuple, high: tuple, further: tuple[float, ...] = ()) -> SurfaceMap:
    """The map of the function with the formula ``text``, cached so that frames share it.

    ``low`` and ``high`` are the corners of the map, ``further`` the values of the variables after the first two.
    """
    expression = Expression(text, names)
    return surface_map(lambda x0, x1: expression(x0, x1, *further), low, high)


def notch_on(shown: SurfaceMap) -> float:
    """The distance that an arrow key moves a place on a map."""
    return rounded_down(shown.size / 150)


def nearest_on(shown: SurfaceMap, place: Position) -> Position:
    """A point clipped to the map and rounded to about a pixel, that is, to hundredths on a map 4 to 40 wide."""
    tidied = []
    for low, part, high in zip(shown.low, place, shown.high, strict=True):
        middle, half = (low + high) / 2, (high - low) / 2
        digits = 2 - math.floor(math.log10(2 * half) - 0.6)
        reach = SPREAD * half - 10.0**-digits
        inside = min(max(float(part), middle - reach), middle + reach)
        tidied.append(round(inside, max(digits, 0)) + 0.0)
    return tidied[0], tidied[1]


def said_of_ground(expression: Expression, x: Sequence[float] | np.ndarray) -> Text:
    """The tooltip with the function's value and gradient at a point (D,)."""
    f, place = float(expression(*x)), bracketed(x)
    if math.isnan(f):
        return _NO_VALUE(place=place)
    return _GROUND(place=place, f=format_short(f), gradient=bracketed(expression.gradient(*x)))
