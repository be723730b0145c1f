"""The parameters and the frame of the experiment `descent`."""

from __future__ import annotations

import dataclasses

import numpy as np

from engine.calculus.surfaces import Surface
from engine.contract.api import Frame, Params, Text, VisibleWhen, choice, integer, parameter, real, switch
from engine.experiments.shared.surfaces.surface_choice import (
    GRADIENTS,
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
from engine.experiments.shared.surfaces.surface_relief import relief_on, tilt_field, turn_field, view_field
from engine.experiments.shared.surfaces.surface_walk import Path
from engine.geometry.aspect import Aspect
from engine.geometry.relief import Relief
from engine.geometry.surface_map import SurfaceMap

SMALLEST_RATE, LARGEST_RATE = 1e-10, 10.0
NEWEST = -1
"""The value of ``selected`` that means the newest step."""


class DescentParams(Params):
    """The function, the start of the descent, its learning rate and its number of steps.

    A change of ``start`` or ``learning_rate`` restarts the run. During a drag the whole path is recomputed at every
    move, and the path before it stays visible.
    """

    function: str = parameter("elongated", function_field())
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, dataclasses.replace(reach_field(), more=True))
    learning_rate: float = real(
        0.9,
        (SMALLEST_RATE, LARGEST_RATE),
        Text("Learning rate η"),
        Text("Each step is η times the gradient, taken downhill."),
        step=1.05,
        scale="log",
    )
    start: tuple[float, ...] = parameter((-7.0, 2.0), place_field(Text("Start"), Text("Where the descent begins.")))
    x2: float = real(
        -1.0,
        (-10.0, 10.0),
        Text("Start of x2"),
        Text("The third variable; the map is the slice at its value now."),
        step=0.1,
        visible=VisibleWhen("function", ("cubic", "intended")),
    )
    steps: int = integer(
        30,
        (1, 1000),
        Text("Steps"),
        Text("How many steps it takes before it waits; Run goes on from there."),
    )
    gradient: str = parameter("exact", gradient_choice(Text("Gradient")))
    compare: bool = switch(
        False,
        Text("Compare with the other gradient"),
        Text("Both from the same start, the other one drawn dashed."),
    )
    pitfall: str = choice(
        "none",
        {"none": Text("none", context="there is no such thing"), "start_changed": Text("start changed")},
        Text("Pitfall"),
        Text("A descent that writes into its caller's start point."),
    )
    h: float = parameter(1e-4, difference_field())
    view: str = view_field(more=True)
    turn: int = turn_field()
    tilt: int = tilt_field()
    selected: int = integer(
        NEWEST,
        (NEWEST, 1_000_000),
        Text("Step looked at"),
        Text("−1 means the newest; a click on a dot of the path chooses one."),
        effect="view",
        on_stage=True,
        momentary=True,
    )

    @property
    def surface(self) -> Surface:
        """The chosen function, from the list or typed by the learner."""
        return chosen_surface(self.function, self.own, self.reach)

    @property
    def aspect(self) -> Aspect:
        """The viewing direction of the relief."""
        return Aspect(self.turn, self.tilt)

    @property
    def whole_start(self) -> np.ndarray:
        """The start with all coordinates, as a new array (D,): ``start``, and x2 for a function of three variables."""
        third = (self.x2,) if len(self.surface.names) == 3 else ()
        return np.array([*self.start, *third])

    @property
    def other_gradient(self) -> str:
        """The kind of gradient, "exact" or "numerical", with which the chosen one is compared."""
        return next(kind for kind in GRADIENTS if kind != self.gradient)


class DescentFrame(Frame):
    """The descent so far, on a function of D variables, of which the first two are drawn.

    ``x`` to ``gradient_norm`` are the current values, finite or not; ``before`` is the point before the newest step.
    ``exit_step`` and ``exit_place`` say when and where the descent left the region, as long as it is outside.

    ``limit`` is 2/λmax, the learning rate from which descent does not converge. It holds everywhere if the function is
    ``quadratic``, else near the known minimum ``limit_place``, the nearest one; None if there is no minimum. ``rest``
    is the factor 1 − η·λmax by which each step multiplies the distance along a quadratic function's steepest direction.
    ``zones`` (3,) are the rates up to which the descent crawls, converges without crossing its valley, and converges at
    all.

    ``other`` is the path with the other kind of gradient, ``other_x`` its current point, and ``distance`` the distance
    of the two points. With the mistake of changing the start in place, ``start_after`` is the caller's start after the
    descent, and ``second`` the path of the next call with that start, of at most 100 steps. Heights and ranges are
    positions on the axes of the curves; ``floored`` says that some value was too small for its axis.
    """

    map: SurfaceMap
    slice_x2: float | None
    path: Path
    x: np.ndarray
    before: np.ndarray
    value: float
    gradient: np.ndarray
    gradient_norm: float
    verdict: str
    lowest_value: float
    lowest_step: int
    exit_step: int | None
    exit_place: np.ndarray | None
    quadratic: bool
    limit: float | None
    limit_place: np.ndarray | None
    rest: float | None
    zones: np.ndarray | None
    other: Path | None
    other_x: np.ndarray | None
    distance: float | None
    start_after: np.ndarray | None
    second: Path | None
    signed: bool
    floored: bool
    value_heights: np.ndarray
    value_range: np.ndarray
    norm_heights: np.ndarray
    norm_range: np.ndarray
    last_step: int
    rate_range: np.ndarray

    def relief(self, params: DescentParams) -> Relief:
        """The surface as a relief, extended so that the start lies on it."""
        return relief_on(params.surface, self.map, np.array(params.start))

    def selected_row(self, params: DescentParams) -> int | None:
        """The index of the recorded moment nearest to the selected step; None if the newest step is selected."""
        if params.selected == NEWEST or not len(self.path) or params.selected >= self.update:
            return None
        return int(np.argmin(np.abs(self.path.steps - params.selected)))
