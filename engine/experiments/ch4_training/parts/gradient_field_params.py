"""The parameters and the frame of the experiment `gradient_field`."""

from __future__ import annotations

import numpy as np

from engine.calculus.surfaces import PLANE, SURFACES, Surface
from engine.contract.fields import choice, integer, parameter, real
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
from engine.geometry.surface_map import SurfaceMap


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
    direction: str = choice(
        "descent",
        {"descent": Text("−∇f: downhill", "−∇f：下坡"), "ascent": Text("+∇f: uphill", "+∇f：上坡")},
        Text("Direction", "方向"),
        Text(
            "Arrows along −∇f, downhill, or along the gradient ∇f itself, uphill.",
            "箭头画 −∇f（下坡），还是画梯度 ∇f 本身（上坡）。",
        ),
        on_stage=True,
    )
    arrows: int = integer(
        15,
        (5, 25),
        Text("Arrows a side", "每边箭头数"),
        Text("How many arrows stand along each side of the map.", "地图每条边上排多少个箭头。"),
    )
    lengths: str = choice(
        "size",
        {"size": Text("by |∇f|", "按 |∇f|"), "equal": Text("all alike", "一样长")},
        Text("Arrow length", "箭头长短"),
        Text(
            "Longer where |∇f| is larger (as its square root, levelling off), or all alike.",
            "|∇f| 越大，箭头越长（按平方根增长，再逐渐趋平），或者都一样长。",
        ),
    )
    gradient: str = choice(
        "exact",
        {"exact": Text("exact", "解析求导"), "numerical": Text("numerical", "数值微分")},
        Text("Gradient at the point", "这一点的梯度"),
        Text(
            "By the rules of calculus, or by numerical differentiation with central differences.",
            "按求导法则算，或者用中心差分算。",
        ),
        more=True,
    )
    h: float = real(
        1e-4,
        (1e-12, 1.0),
        Text("Difference h", "差分步长 h"),
        Text("Half the distance of the two places compared.", "相减的两个函数值，取自相距 2h 的两点。"),
        step=10.0,
        scale="log",
        more=True,
    )
    stride: float = real(
        2.0,
        (0.1, 40.0),
        Text("Trial step", "试走一步"),
        Text(
            "Length of the step up and down that is tried from the point, in percent of the map's width.",
            "从这一点向上坡、下坡各试走一步，长度按地图宽度的百分比算。",
        ),
        step=1.1,
        scale="log",
        unit="%",
        more=True,
    )

    @property
    def surface(self) -> Surface:
        """The function that is meant."""
        return chosen_surface(self.function, self.own, self.reach)


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

    map: SurfaceMap
    point: np.ndarray
    value: float | None
    gradient: np.ndarray | None
    slopes: np.ndarray
    corner: bool
    shown: np.ndarray | None
    exact: np.ndarray | None
    numerical: np.ndarray | None
    differences: np.ndarray
    difference: float | None
    lean: float | None = quantity(unit="°")
    size: float | None
    flat: bool
    sign: int
    arrow: np.ndarray | None
    tangent: np.ndarray | None
    minimum: np.ndarray | None
    minima: np.ndarray
    angle: float | None = quantity(unit="°")
    shown_angle: float | None = quantity(unit="°")
    contour: np.ndarray
    field_places: np.ndarray
    field_arrows: np.ndarray
    across: np.ndarray
    along: np.ndarray
    slice0: np.ndarray
    slice1: np.ndarray
    heights: np.ndarray
    step_length: float
    landing: np.ndarray | None
    value_up: float | None
    value_down: float | None
    change_up: float | None
    change_down: float | None
