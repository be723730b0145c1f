"""Where a cursor meets curves: a dot on each, and a piece of its tangent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import sketch
from gui.style.theme import theme
from gui.style.typography import scaled

_DOT = 5
_REACH = 46


@dataclass(frozen=True)
class Touch:
    """A dot in the ink of curve ``number``; ``slope`` (in the plot's units) draws the tangent, None leaves it out."""

    number: int
    x: float
    y: float
    slope: float | None = None


class TouchPoints(OverPlot):
    """Drawn in pixels above the curves, so that a tangent is of one length however steep it is."""

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self._touches: Sequence[Touch] = ()
        self._ghosts: Sequence[Touch] = ()
        self.setZValue(z)

    def show_touches(self, touches: Sequence[Touch], ghosts: Sequence[Touch] = ()) -> None:
        """The dots, and where they were before."""
        self._touches, self._ghosts = touches, ghosts
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors, radius = theme(), scaled(_DOT)
        with sketch(painter, self) as drawing:
            for ghost in self._ghosts:
                color = curve_color(ghost.number)
                drawing.dot(drawing.at(ghost.x, ghost.y), radius, color, opacity=colors.ghost_opacity)
            for touch in self._touches:
                if touch.slope is not None:
                    middle = drawing.at(touch.x, touch.y)
                    ahead = drawing.at(touch.x + 1, touch.y + touch.slope) - middle
                    along = ahead / math.hypot(ahead.x(), ahead.y()) * scaled(_REACH)
                    drawing.line(middle - along, middle + along, colors.surface, 5)
                    drawing.line(middle - along, middle + along, curve_color(touch.number), 3.5)
            for touch in self._touches:
                drawing.dot(drawing.at(touch.x, touch.y), radius, curve_color(touch.number), colors.surface)
