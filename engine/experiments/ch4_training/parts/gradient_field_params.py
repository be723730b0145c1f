"""The parameters and the frame of the experiment `gradient_field`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.calculus.surface_map import SurfaceMap
from engine.calculus.surfaces import PLANE, SURFACES, Surface
from engine.contract.fields import Choice, Integer, Option, Real, parameter
from engine.contract.frame import Frame, quantity
from engine.contract.params import Params
from engine.contract.text import Text
from engine.experiments.surface_choice import (
    OWN_REACH,
    OWN_TEXT,
    chosen_surface,
    function_field,
    own_field,
    place_field,
    reach_field,
)


@dataclass(frozen=True)
class GradientFieldParams(Params):
    """Which function is looked at, where, and which of the two directions is drawn."""

    function: str = parameter(
        "elongated", function_field(tuple(name for name, one in SURFACES.items() if one.names == PLANE))
    )
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, reach_field())
    point: tuple[float, ...] = parameter(
        (-7.0, 2.0),
        place_field(
            Text("Point", "点"),
            Text("Where the gradient is taken; drag it on the map.", "在哪一点求梯度，可以在图上拖动。"),
        ),
    )
    direction: str = parameter(
        "descent",
        Choice(
            label=Text("Direction", "方向"),
            help=Text(
                "Arrows along −∇f, downhill, or along the gradient ∇f itself, uphill.",
                "箭头画 −∇f（下坡），还是画梯度 ∇f 本身（上坡）。",
            ),
            options=(
                Option("descent", Text("−∇f: downhill", "−∇f：下坡")),
                Option("ascent", Text("+∇f: uphill", "+∇f：上坡")),
            ),
            on_stage=True,
        ),
    )
    arrows: int = parameter(
        15,
        Integer(
            label=Text("Arrows a side", "每边箭头数"),
            help=Text("How many arrows stand along each side of the map.", "地图每条边上排多少个箭头。"),
            minimum=5,
            maximum=25,
        ),
    )
    lengths: str = parameter(
        "size",
        Choice(
            label=Text("Arrow length", "箭头长短"),
            help=Text(
                "Longer where |∇f| is larger (as its square root, levelling off), or all alike.",
                "|∇f| 越大，箭头越长（按平方根增长，再逐渐趋平），或者都一样长。",
            ),
            options=(Option("size", Text("by |∇f|", "按 |∇f|")), Option("equal", Text("all alike", "一样长"))),
        ),
    )
    gradient: str = parameter(
        "exact",
        Choice(
            label=Text("Gradient at the point", "这一点的梯度"),
            help=Text(
                "By the rules of calculus, or by numerical differentiation with central differences.",
                "按求导法则算，或者用中心差分算。",
            ),
            options=(
                Option("exact", Text("exact", "解析求导")),
                Option("numerical", Text("numerical", "数值微分")),
            ),
            more=True,
        ),
    )
    h: float = parameter(
        1e-4,
        Real(
            label=Text("Difference h", "差分步长 h"),
            help=Text("Half the distance of the two places compared.", "相减的两个函数值，取自相距 2h 的两点。"),
            minimum=1e-12,
            maximum=1.0,
            step=10.0,
            scale="log",
            more=True,
        ),
    )
    stride: float = parameter(
        2.0,
        Real(
            label=Text("Trial step", "试走一步"),
            help=Text(
                "Length of the step up and down that is tried from the point, in percent of the map's width.",
                "从这一点向上坡、下坡各试走一步，长度按地图宽度的百分比算。",
            ),
            minimum=0.1,
            maximum=40.0,
            step=1.1,
            scale="log",
            unit="%",
            more=True,
        ),
    )

    @property
    def surface(self) -> Surface:
        """The function that is meant."""
        return chosen_surface(self.function, self.own, self.reach)


@dataclass(frozen=True, kw_only=True, eq=False)
class GradientFieldFrame(Frame):
    """Places and vectors are (x0, x1). What a point without value or direction lacks is None, or has no rows.

    ``value`` f and ``gradient`` ∇f (2,) at the point, as asked for; ``slopes`` (2,) are its parts, nan where only the
    other one exists; ``corner`` if a slope jumps there. ``exact`` and ``numerical`` are both ways to get it,
    ``difference`` the largest difference of their parts, ``lean`` degrees between them, ``differences`` (2, 2) the
    values f(… − h …), f(… + h …) by each variable. ``size`` is |∇f|, ``flat`` if that is as good as 0. ``sign`` is 1
    where arrows show ∇f, −1 for −∇f, ``shown`` (2,) that one of the two.
    ``arrow`` (2,) is what is drawn at the point, its direction exact and its length compressed; ``tangent`` (2,) the
    contour's direction. ``minimum`` is the nearest place where f is smallest, ``minima`` (M, 2) all that are known,
    ``angle`` degrees from −∇f to the nearest, ``shown_angle`` those from the arrow. ``contour`` (K, 4) are pieces of
    the contour through the point. ``field_places`` and ``field_arrows`` (N, 2) are the pale arrows. ``across``,
    ``along`` (S,) are the places of the slices, ``slice0`` f(x0, ·), ``slice1`` f(·, x1) and ``heights`` (2,) their
    axis, the same for most points of a function. A trial step of ``step_length`` leads to ``value_up`` along ∇f and
    ``value_down`` along −∇f, changes of ``change_up`` and ``change_down``; along the arrow it ends at ``landing`` (2,).
    """

    map: SurfaceMap = quantity()
    point: np.ndarray = quantity()
    value: float | None = quantity()
    gradient: np.ndarray | None = quantity()
    slopes: np.ndarray = quantity()
    corner: bool = quantity()
    shown: np.ndarray | None = quantity()
    exact: np.ndarray | None = quantity()
    numerical: np.ndarray | None = quantity()
    differences: np.ndarray = quantity()
    difference: float | None = quantity()
    lean: float | None = quantity(unit="°")
    size: float | None = quantity()
    flat: bool = quantity()
    sign: int = quantity()
    arrow: np.ndarray | None = quantity()
    tangent: np.ndarray | None = quantity()
    minimum: np.ndarray | None = quantity()
    minima: np.ndarray = quantity()
    angle: float | None = quantity(unit="°")
    shown_angle: float | None = quantity(unit="°")
    contour: np.ndarray = quantity()
    field_places: np.ndarray = quantity()
    field_arrows: np.ndarray = quantity()
    across: np.ndarray = quantity()
    along: np.ndarray = quantity()
    slice0: np.ndarray = quantity()
    slice1: np.ndarray = quantity()
    heights: np.ndarray = quantity()
    step_length: float = quantity()
    landing: np.ndarray | None = quantity()
    value_up: float | None = quantity()
    value_down: float | None = quantity()
    change_up: float | None = quantity()
    change_down: float | None = quantity()
