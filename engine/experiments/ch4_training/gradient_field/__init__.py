"""The direction of the gradient: uphill and perpendicular to the contour.

Its opposite need not point at the minimum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.calculus.directions import along_contour, angle_between, arrow_lengths, stepped, unit_vector
from engine.calculus.expressions import Expression
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.api import (
    Handle,
    Picture,
    Position,
    Preset,
    Probe,
    ProbePoint,
    RandomStreams,
    Text,
    finite_or_none,
    required,
)
from engine.contract.table import Table, table_of
from engine.experiments.ch4_training.gradient_field import words
from engine.experiments.ch4_training.gradient_field.ground import Ground, corners_at, ground_of
from engine.experiments.ch4_training.gradient_field.params import GradientFieldFrame, GradientFieldParams
from engine.experiments.shared.surfaces.surface_choice import nearest_on, notch_on
from engine.geometry.contours import contour_segments
from engine.geometry.heights import drawable

_SAMPLES = 281
_LONGEST = 0.92
"""The length of the longest background arrows, as a share of the distance between neighbouring arrows."""
_SHORT, _LONG = 0.13, 0.44
"""The minimum and maximum length of the arrow at the point, as shares of the map's width, so that its direction is
always visible.
"""
_MARGIN = 0.1
_PIECES = 2000
"""The maximum number of segments of the contour; only the nearest ones are kept."""
_NEAR, _CELL = 0.3, 0.01
"""If a contour has too many segments, only those within the first share of the map's width are searched; the second is
more than the width of a grid cell.
"""
_ROOM = 244 * 1024
"""The maximum bytes of map, arrows and contour together, since a frame may have 256 KB; the contour is cut if
necessary.
"""
_POINT = Text("the point: drag it, or double click where it is to go")


class GradientField(Picture[GradientFieldParams, GradientFieldFrame]):
    """A map with arrows along ∇f or −∇f, one point with its gradient, and the two slices of the function through it."""

    order = 3
    title = Text("Direction of the gradient: does its opposite point at the minimum?")
    presets = (
        Preset("axis", Text("Almost on the axis"), {"point": (-7.0, 0.01)}),
        Preset("round", Text("Round bowl: straight at it"), {"function": "bowl", "point": (-3, 4)}),
        Preset("uphill", Text("The gradient itself"), {"direction": "ascent"}),
        Preset("valley", Text("Bent valley"), {"function": "rosenbrock", "point": (-1.2, 1)}),
        # From aside a hollow may lie behind a hill.
        Preset(
            "hollows",
            Text("Four minima"),
            {"view": "map", "function": "himmelblau", "point": (0, 0)},
        ),
        Preset("saddle", Text("No minimum at all"), {"function": "saddle", "point": (-2, 0.01)}),
        Preset(
            "relief",
            Text("A saddle as a relief"),
            {"view": "relief", "function": "saddle", "point": (-1.5, 0.5)},
        ),
    )
    code = (numerical_gradient, unit_vector, along_contour, angle_between, stepped, arrow_lengths, contour_segments)

    def compute(self, params: GradientFieldParams, streams: RandomStreams) -> GradientFieldFrame:
        surface = params.surface
        ground, f = ground_of(surface, params.arrows), surface.expression
        point, sign = np.array(params.point), 1 if params.direction == "ascent" else -1
        value = finite_or_none(f(*point))
        height = None if value is None else finite_or_none(drawable(value))
        exact, (numerical, differences) = np.array(f.gradient(*point)), _differences(f, point, params.h)
        corners = corners_at(f, params.point)
        exact[corners] = np.nan
        gradient = np.where(corners, np.nan, numerical) if params.gradient == "numerical" else exact
        size = finite_or_none(math.hypot(*gradient))
        apart = [abs(one - other) for one, other in zip(numerical.tolist(), exact.tolist(), strict=True)]
        known = value is not None and size is not None
        flat = value is not None and size is not None and size <= ground.least
        has_direction = known and not flat
        minima = np.array(surface.minima).reshape(-1, 2)
        minimum = minima[np.argmin(np.hypot(*(minima - point).T))] if len(minima) else None
        aim = minimum - point if has_direction and minimum is not None else np.zeros(2)
        length = params.stride / 100 * ground.width
        value_up, value_down = (
            finite_or_none(f(*stepped(point, way * gradient, length))) if has_direction else None for way in (1, -1)
        )
        across, along = (np.linspace(places[0], places[-1], _SAMPLES) for places in (ground.map.x, ground.map.y))
        frame = GradientFieldFrame(
            finished=True,
            map=ground.map,
            point=point,
            value=value,
            gradient=gradient if known else None,
            slopes=np.where(np.isfinite(gradient) & (value is not None), gradient, np.nan),
            corner=bool(np.any(corners)),
            shown=sign * gradient if known else None,
            exact=exact if np.all(np.isfinite(exact)) else None,
            numerical=numerical if np.all(np.isfinite(numerical)) else None,
            differences=differences,
            difference=max(apart) if np.all(np.isfinite(apart)) else None,
            lean=angle_between(numerical, exact),
            size=size if known else None,
            flat=flat,
            sign=sign,
            arrow=sign * _drawn(gradient, ground) if has_direction else None,
            tangent=along_contour(exact) if has_direction and np.all(np.isfinite(exact)) else None,
            minimum=minimum,
            minima=minima,
            angle=angle_between(-gradient, aim) if has_direction else None,
            shown_angle=angle_between(sign * gradient, aim) if has_direction else None,
            contour=_contour(ground, point, value),
            field_places=ground.places.astype(np.float32),
            field_arrows=(sign * _field(ground, params.lengths)).astype(np.float32),
            across=across,
            along=along,
            slice0=drawable(f(across, np.full(_SAMPLES, point[1]))),
            slice1=drawable(f(np.full(_SAMPLES, point[0]), along)),
            height=height,
            heights=np.array(ground.heights_for(height)),
            step_length=length,
            landing=stepped(point, sign * gradient, length) if has_direction else None,
            value_up=value_up,
            value_down=value_down,
            change_up=None if value_up is None else finite_or_none(value_up - required(value)),
            change_down=None if value_down is None else finite_or_none(value_down - required(value)),
        )
        return replace(frame, status=words.status(params, frame, ground))

    headline = staticmethod(words.headline)
    working = staticmethod(words.working)

    def main_tables(self, params: GradientFieldParams, frame: GradientFieldFrame) -> tuple[Table, ...]:
        directions = frame.sign * ground_of(params.surface, params.arrows).gradients
        known = {name: value for name, value in _at_point(params, frame).items() if _is_number(value)}
        field = table_of(
            "field",
            Text("field of arrows"),
            x0=frame.field_places[:, 0],
            x1=frame.field_places[:, 1],
            d0=(directions[:, 0], Text("direction along x0")),
            d1=(directions[:, 1], Text("direction along x1")),
            drawn_length=(np.hypot(*frame.field_arrows.T), Text("length as drawn")),
        )
        return (
            table_of(
                "point",
                Text("at the point"),
                quantity=(list(known), Text("quantity")),
                number=([float(required(value)) for value in known.values()], Text("number", context="value")),
            ),
            *([field] if len(directions) else []),
            table_of("slice_x0", Text("slice along x0"), x0=frame.across, f=frame.slice0),
            table_of("slice_x1", Text("slice along x1"), x1=frame.along, f=frame.slice1),
        )

    def probe(self, params: GradientFieldParams, frame: GradientFieldFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``: (x0, x1) on the map; in the plot "slice0" only its x counts, in
        "slice1" only its y.
        """
        x0 = float(frame.point[0]) if spot.part == "slice1" else spot.x
        x1 = float(frame.point[1]) if spot.part == "slice0" else spot.y
        f = params.surface.expression
        gradient = np.where(corners_at(f, (x0, x1)), np.nan, f.gradient(x0, x1))
        return Probe(words.probed(spot.part, frame.sign, x0, x1, finite_or_none(f(x0, x1)), gradient))

    def handles(self, params: GradientFieldParams, frame: GradientFieldFrame) -> tuple[Handle, ...]:
        x0, x1 = params.point
        low, high = frame.heights.tolist()
        # Without a height there is no curve to stand on.
        height = low + _MARGIN * (high - low) if frame.height is None else frame.height
        step = notch_on(frame.map)
        return (
            Handle("point", (x0, x1), step, _POINT, hint=(-1.0, 0.0)),
            Handle("slice0", (x0, height), step, Text("x0 of the point: left and right")),
            Handle("slice1", (height, x1), step, Text("x1 of the point: up and down")),
        )

    def drag(
        self, params: GradientFieldParams, frame: GradientFieldFrame, handle: str, place: Position
    ) -> Mapping[str, object]:
        x0, x1 = params.point
        places = {"point": place, "slice0": (place[0], x1), "slice1": (x0, place[1])}
        return {"point": nearest_on(frame.map, places[handle])}

    def add(self, params: GradientFieldParams, frame: GradientFieldFrame, place: Position) -> Mapping[str, object]:
        return {"point": nearest_on(frame.map, place)}


def _differences(f: Expression, point: np.ndarray, h: float) -> tuple[np.ndarray, np.ndarray]:
    """The numerical gradient (2,), and the values of f that it compares, (2, 2): a row per variable, columns at −h and
    +h.
    """
    moved = [[point - h * axis, point + h * axis] for axis in np.eye(2)]
    values = np.array([[float(f(*place)) for place in row] for row in moved])
    return numerical_gradient(lambda x: float(f(*x)), point.copy(), h), values


def _drawn(gradient: np.ndarray, ground: Ground) -> np.ndarray:
    """The arrow (2,) for a gradient (2,): its direction is exact, its length grows with |∇f| between two bounds."""
    size = float(np.hypot(*gradient))
    length = _SHORT + (_LONG - _SHORT) / (1 + ground.middle / size)
    return gradient / size * length * ground.width


def _field(ground: Ground, lengths: str) -> np.ndarray:
    """The background arrows (N, 2) along ∇f, too short to reach the next one; zero where there is hardly a gradient."""
    sizes, longest = ground.sizes, _LONGEST * ground.spacing
    drawn = np.full_like(sizes, 0.75 * longest) if lengths == "equal" else arrow_lengths(sizes, ground.middle, longest)
    seen = sizes > ground.least
    return ground.gradients / np.where(seen, sizes, 1.0)[:, None] * np.where(seen, drawn, 0.0)[:, None]


def _contour(ground: Ground, point: np.ndarray, value: float | None) -> np.ndarray:
    """The segments (K, 4) of the contour through the point; only the nearest ones if there are too many."""
    if value is None:
        return np.empty((0, 4), dtype=np.float32)
    shown, row = ground.map, 16  # bytes of a piece, and of an arrow with its place
    taken = sum(array.nbytes for array in (shown.x, shown.y, shown.values, shown.shades, shown.levels, shown.lines))
    most = min(_PIECES, (_ROOM - taken - len(ground.places) * row) // row)
    x, y, values = ground.fine
    around = _NEAR * ground.width
    columns, rows = np.abs(x - point[0]) <= around, np.abs(y - point[1]) <= around
    # Of a function of many waves the whole map's contour takes longer than all the rest: there the near part will do.
    near, distances = _by_distance(contour_segments(x[columns], y[rows], values[np.ix_(rows, columns)], value), point)
    if len(near) <= most or distances[most] > around - _CELL * ground.width:
        near, _ = _by_distance(contour_segments(x, y, values, value), point)
    return near[:most].astype(np.float32)


def _by_distance(pieces: np.ndarray, point: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The segments (K, 4) sorted by the distance of their start from the point, and these distances (K,)."""
    distances = np.hypot(pieces[:, 0] - point[0], pieces[:, 1] - point[1])
    order = np.argsort(distances, kind="stable")
    return pieces[order], distances[order]


def _at_point(params: GradientFieldParams, frame: GradientFieldFrame) -> dict[str, float | None]:
    """The values of f and its derivatives at the point by name; None or nan for those that are undefined."""

    def parts(name: str, vector: np.ndarray | None) -> dict[str, float]:
        return {} if vector is None else {f"{name}{axis}": part for axis, part in enumerate(vector.tolist())}

    (below0, above0), (below1, above1) = frame.differences.tolist()
    return {
        **parts("x", frame.point),
        "f": frame.value,
        **parts("df_dx", frame.gradient),
        "gradient_size": frame.size,
        "angle_to_minimum": frame.angle,
        **parts("minimum_x", frame.minimum),
        "h": params.h,
        **parts("numerical_df_dx", frame.numerical),
        "largest_difference": frame.difference,
        "f_x0_minus_h": below0,
        "f_x0_plus_h": above0,
        "f_x1_minus_h": below1,
        "f_x1_plus_h": above1,
        "step_length": frame.step_length,
        "f_after_step_along_gradient": frame.value_up,
        "f_after_step_against_gradient": frame.value_down,
        **parts("arrow_x", frame.arrow),
    }


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
