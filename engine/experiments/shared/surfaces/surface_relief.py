"""The second view of a function of two variables that experiments on descent share: a relief, turned by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.calculus.surfaces import Surface
from engine.contract.api import Text, choice, integer
from engine.contract.fields import VisibleWhen
from engine.geometry.relief import Relief, grid_values, relief_of
from engine.geometry.surface_map import SurfaceMap, heights_with, usual_heights

MAP, RELIEF = "map", "relief"
TURN, TILT = 60, 40
"""Degrees of the first view."""
LOWEST = 10
"""Degrees above the horizon below which a valley would hide all that is in it."""
_MARGIN = 0.03
"""Room around a place beyond the region, in sides of it."""
_SHARE = 0.7
"""The box holds this share of the heights of the region, the lowest: with more, valleys look like plains."""
_IN_RELIEF = VisibleWhen("view", (RELIEF,))


ON_MAP = VisibleWhen("view", (MAP,))
"""The condition of fields for the map view only."""


def view_field(more: bool = False) -> Any:
    """The field of the view: the function as a map, from straight above, or as a relief, from the side."""
    return choice(
        MAP,
        {MAP: Text("map", context="flat picture of a surface"), RELIEF: Text("relief")},
        Text("View"),
        Text("From straight above, or from aside with its heights: then drag it to turn it."),
        effect="view",
        more=more,
    )


def turn_field() -> Any:
    """The field of the relief's rotation to the left in degrees, as seen from above."""
    return integer(
        TURN,
        (-180, 180),
        Text("Turned by"),
        Text("How far the relief is turned; at 0 it lies as on the map."),
        unit="°",
        effect="view",
        visible=_IN_RELIEF,
        on_stage=True,
    )


def tilt_field() -> Any:
    """The field of the viewing angle above the horizon in degrees."""
    return integer(
        TILT,
        (LOWEST, 90),
        Text("Seen from above by"),
        Text("How far above the horizon one looks from; 90 is the map."),
        unit="°",
        effect="view",
        visible=_IN_RELIEF,
        on_stage=True,
    )


def relief_on(surface: Surface, shown: SurfaceMap, place: np.ndarray) -> Relief:
    """The relief of a surface from its map: the region, extended if ``place`` (2,) lies beyond it, and the interesting
    heights, with that of the place.
    """
    low, high = np.array(shown.low), np.array(shown.high)
    room = _MARGIN * (high - low) * ((place < low) | (place > high))
    low = np.maximum(np.minimum(low, place - room), [shown.x[0], shown.y[0]])
    high = np.minimum(np.maximum(high, place + room), [shown.x[-1], shown.y[-1]])
    here, at_start = grid_values(
        shown.x, shown.y, shown.values, np.stack([place, np.array(surface.start[:2])])
    ).tolist()
    usual = usual_heights(shown, bool(surface.minima), at_start if np.isfinite(at_start) else 0.0, _SHARE)
    floor, ceiling = heights_with(usual, here if np.isfinite(here) else None)
    corners = (tuple(low.tolist()), tuple(high.tolist()))
    return relief_of(shown, *corners, floor, ceiling)
