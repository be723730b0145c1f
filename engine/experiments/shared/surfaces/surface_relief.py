"""A relief of a function of two variables, which the learner can rotate, as a second view beside the map.

Shared by the experiments on gradient descent.
"""

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
"""The initial rotation and viewing angle in degrees."""
LOWEST = 10
"""The smallest viewing angle above the horizon in degrees; from lower down a valley would hide all that is in it."""
_MARGIN = 0.03
"""The margin around a point that lies beyond the region, as a share of the region's sides."""
_SHARE = 0.7
"""The share of the region's heights that the relief shows, the lowest ones; with more of them, valleys look like
plains.
"""
_IN_RELIEF = VisibleWhen("view", (RELIEF,))


ON_MAP = VisibleWhen("view", (MAP,))
"""The visibility condition of fields that belong to the map view only."""


def view_field(more: bool = False) -> Any:
    """The parameter field for the view: the function as a map from above, or as a relief from the side."""
    return choice(
        MAP,
        {MAP: Text("map", context="flat picture of a surface"), RELIEF: Text("relief")},
        Text("View"),
        Text("From straight above, or from aside with its heights: then drag it to turn it."),
        effect="view",
        more=more,
    )


def turn_field() -> Any:
    """The parameter field for the relief's rotation in degrees, anticlockwise as seen from above."""
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
    """The parameter field for the viewing angle above the horizon in degrees; 90 is from straight above."""
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
    """The relief of a surface, made from its map.

    It covers the map's region, extended to ``place`` (2,) if that lies beyond it. The vertical axis covers the lower
    part of the region's heights (a share of ``_SHARE``) if the function has a minimum, nearly all of them otherwise; it
    is extended if the height at ``place`` lies beyond that.
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
