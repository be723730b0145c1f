"""Where a cursor meets curves: a dot on each, and a piece of its tangent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gui.plots.drawing.api import PixelPainter, PlotOverlay, curve_color, px, theme
from gui.plots.drawing.points import divided

_DOT = 5
_REACH = 46


@dataclass(frozen=True)
class Touch:
    """A dot in the ink of curve ``number``; ``slope`` (in the plot's units) draws the tangent, None leaves it out.

    It stays ``within`` these x: beyond a jump it would be that of no curve.
    """

    number: int
    x: float
    y: float
    slope: float | None = None
    within: tuple[float, float] = (-math.inf, math.inf)


class TouchPoints(PlotOverlay):
    """Drawn in pixels above the curves, so that a tangent is of one length however steep it is."""

    state: tuple[Sequence[Touch], Sequence[Touch]] = ((), ())

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self.setZValue(z)

    def show_touches(self, touches: Sequence[Touch], ghosts: Sequence[Touch] = ()) -> None:
        """The dots, and where they were before."""
        self.show_state(touches, ghosts)

    def draw(self, sketch: PixelPainter) -> None:
        colors, radius = theme(), px(_DOT)
        touches, ghosts = self.state
        for ghost in ghosts:
            sketch.dot(sketch.at(ghost.x, ghost.y), radius, curve_color(ghost.number), opacity=colors.ghost_opacity)
        for touch in touches:
            if touch.slope is not None:
                middle = sketch.at(touch.x, touch.y)
                ahead = sketch.at(touch.x + 1, touch.y + touch.slope) - middle
                along = divided(ahead, math.hypot(ahead.x(), ahead.y())) * px(_REACH)
                start, end = (middle + along * (side * _share(sketch, touch, side * along.x())) for side in (-1, 1))
                sketch.line(start, end, colors.surface, 5)
                sketch.line(start, end, curve_color(touch.number), 3.5)
        for touch in touches:
            sketch.dot(sketch.at(touch.x, touch.y), radius, curve_color(touch.number), colors.surface)


def _share(sketch: PixelPainter, touch: Touch, across: float) -> float:
    """How much of so many pixels to a side the tangent may go from its dot."""
    end = touch.within[across > 0]
    if not across or math.isinf(end):
        return 1.0
    return min(1.0, abs(sketch.at(end, touch.y).x() - sketch.at(touch.x, touch.y).x()) / abs(across))
