"""The parameters and the frame of the experiment `gradient_field`."""

from __future__ import annotations

import numpy as np

from engine.calculus.surfaces import PLANE, SURFACES, Surface
from engine.contract.api import Frame, Params, Text, choice, integer, parameter, quantity, real
from engine.experiments.shared.surfaces.surface_choice import (
    OWN_REACH,
    OWN_TEXT,
    chosen_surface,
    difference_field,
    function_field,
    gradient_choice,
    own_field,
    place_field,
    reach_field,
)
from engine.experiments.shared.surfaces.surface_relief import ON_MAP, relief_on, tilt_field, turn_field, view_field
from engine.geometry.aspect import Aspect
from engine.geometry.relief import Relief
from engine.geometry.surface_map import SurfaceMap

ROUGH = 1.0
"""The angle in degrees between the numerical and the exact gradient above which the numerical one is called rough."""


class GradientFieldParams(Params):
    """The function, the point, and whether the gradient or its negative is drawn."""

    function: str = parameter(
        "elongated", function_field(tuple(name for name, one in SURFACES.items() if one.names == PLANE))
    )
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, reach_field())
    point: tuple[float, ...] = parameter(
        (-7.0, 2.0),
        place_field(
            Text("Point"),
            Text("Where the gradient is taken; drag it on the map."),
        ),
    )
    direction: str = choice(
        "descent",
        {"descent": Text("−∇f: downhill"), "ascent": Text("+∇f: uphill")},
        Text("Direction"),
        Text("Arrows along −∇f, downhill, or along the gradient ∇f itself, uphill."),
        on_stage=True,
    )
    view: str = view_field()
    turn: int = turn_field()
    tilt: int = tilt_field()
    arrows: int = integer(
        15,
        (5, 25),
        Text("Arrows a side"),
        Text("How many arrows stand along each side of the map."),
        visible=ON_MAP,
    )
    lengths: str = choice(
        "size",
        {"size": Text("by |∇f|"), "equal": Text("all alike", context="arrows")},
        Text("Arrow length"),
        Text("Longer where |∇f| is larger (as its square root, levelling off), or all alike."),
        visible=ON_MAP,
    )
    gradient: str = parameter("exact", gradient_choice(Text("Gradient at the point"), more=True))
    h: float = parameter(1e-4, difference_field())
    stride: float = real(
        2.0,
        (0.1, 40.0),
        Text("Trial step"),
        Text("Length of the step up and down that is tried from the point, in percent of the shorter side of the map."),
        step=1.1,
        scale="log",
        unit="%",
        more=True,
    )

    @property
    def surface(self) -> Surface:
        """The chosen function, from the list or typed by the learner."""
        return chosen_surface(self.function, self.own, self.reach)

    @property
    def aspect(self) -> Aspect:
        """The viewing direction of the relief."""
        return Aspect(self.turn, self.tilt)


class GradientFieldFrame(Frame):
    """The gradient at a point, its relation to the nearest minimum, the field of arrows and the two slices.

    Points and vectors are (x0, x1). Fields that are undefined at the point are None or have no rows.
    """

    map: SurfaceMap
    point: np.ndarray  # (2,)
    value: float | None  # f at the point
    gradient: np.ndarray | None  # (2,) ∇f there, in the way that was asked for
    slopes: np.ndarray  # (2,) its parts, nan where only the other one exists
    corner: bool  # whether a slope jumps there
    shown: np.ndarray | None  # (2,) ∇f or −∇f, whichever the arrows show
    exact: np.ndarray | None  # (2,) ∇f by the rules
    numerical: np.ndarray | None  # (2,) ∇f by differences
    differences: np.ndarray  # (2, 2) by variable the values f(… − h …) and f(… + h …)
    difference: float | None  # the largest difference between the parts of both gradients
    lean: float | None = quantity(unit="°")  # between both gradients
    size: float | None  # |∇f|
    flat: bool  # whether that is as good as 0
    sign: int  # 1 where arrows show ∇f, −1 for −∇f
    arrow: np.ndarray | None  # (2,) as it is drawn: the direction is exact, the length compressed
    tangent: np.ndarray | None  # (2,) the contour's direction
    minimum: np.ndarray | None  # (2,) the nearest place where f is smallest
    minima: np.ndarray  # (M, 2) all such places that are known
    angle: float | None = quantity(unit="°")  # from −∇f to the nearest of them
    shown_angle: float | None = quantity(unit="°")  # from the arrow to it
    contour: np.ndarray  # (K, 4) pieces of the contour through the point
    field_places: np.ndarray  # (N, 2) of the pale arrows
    field_arrows: np.ndarray  # (N, 2)
    across: np.ndarray  # (S,) places of the slice along x0, and f there
    slice0: np.ndarray
    along: np.ndarray  # (S,) places of the slice along x1, and f there
    slice1: np.ndarray
    height: float | None  # the value, where it can be drawn
    heights: np.ndarray  # (2,) the axis of both slices, the same for most points of a function
    step_length: float  # of the trial step
    landing: np.ndarray | None  # (2,) where it ends along the arrow
    value_up: float | None  # f after the step along ∇f
    value_down: float | None  # f after the step along −∇f
    change_up: float | None
    change_down: float | None

    def relief(self, params: GradientFieldParams) -> Relief:
        """The surface as a relief, extended so that the point lies on it."""
        return relief_on(params.surface, self.map, self.point)

    @property
    def is_swallowed(self) -> bool:
        """Whether the gradient in use counts as 0 only because its numerical differences are lost in rounding."""
        if self.size is None or self.exact is None:
            return False
        return self.flat and self.size < 0.5 * float(np.hypot(*self.exact))

    @property
    def is_rough(self) -> bool:
        """Whether a numerical gradient is in use and its direction differs clearly from the exact one's."""
        if self.gradient is None or self.exact is None or self.numerical is None:
            return False
        if not np.array_equal(self.gradient, self.numerical):
            return False
        return self.is_swallowed or (self.lean is not None and self.lean > ROUGH)
