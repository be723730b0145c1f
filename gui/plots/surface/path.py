"""A path over a map, with a dot for each step and a halo."""

from __future__ import annotations

import math
from itertools import islice, pairwise

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from gui.plots.drawing.api import PixelPainter, PlotOverlay, px, theme
from gui.plots.drawing.ink import brush, mixed, pen
from gui.plots.drawing.long_lines import LONG, cut_to, stroke
from gui.plots.drawing.points import divided

_SOLID, _DASHES = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
_DOT = 3.2
_OLDEST = 0.45
"""The opacity of the first dot, relative to the last one."""
_SHADES = 24
_APART = 0.75
"""The smallest distance in pixels at which two points are drawn separately."""
_HEADS = 3
_LONG = 26
"""The length in pixels from which a step gets an arrowhead; only the first few of these get one."""


class PathItem(PlotOverlay):
    """A path through ``places`` (K, 2) in plot coordinates, joined by straight steps; a row of NaN is a gap."""

    def __init__(self, z: float = 10) -> None:
        super().__init__()
        self._places = np.empty((0, 2))
        self._color, self._opacity = "#000000", 1.0
        self._dashed = self._plain = False
        self.setZValue(z)

    def show_path(
        self, places: np.ndarray | None, color: str, opacity: float = 1.0, dashed: bool = False, plain: bool = False
    ) -> None:
        """Show the path, or none for None; a ``plain`` path has no halo, dots or arrowheads."""
        self.setVisible(places is not None)
        if places is None:
            return
        self._places, self._color, self._opacity = places, color, opacity
        self._dashed, self._plain = dashed, plain
        self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        pieces, painter = self._pieces(sketch), sketch.painter
        inks = [] if self._plain else [pen(theme().surface, 4.5, opacity=0.85)]
        inks.append(pen(self._color, 1.8, _DASHES if self._dashed else _SOLID, self._opacity))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        parts = [part for piece in pieces for part in cut_to(piece, sketch.box)]
        is_long = sum(map(len, pieces)) >= LONG or [places for places, _ in parts] != pieces
        line = QPainterPath()
        for piece in pieces:
            line.addPolygon(QPolygonF(piece))
        for ink in inks:
            if is_long:
                stroke(painter, ink, parts)
            else:
                painter.setPen(ink)
                painter.drawPath(line)
        if not self._plain:
            self._paint_dots(sketch, pieces)
            self._paint_heads(sketch, pieces)

    def _pieces(self, sketch: PixelPainter) -> list[list[QPointF]]:
        """The parts of the path between gaps, in pixels. Of the many nearly equal points where a path has come to rest
        only one is kept.
        """
        pieces: list[list[QPointF]] = [[]]
        last = len(self._places) - 1
        for number, place in enumerate(sketch.places(self._places)):
            piece = pieces[-1]
            if math.isnan(place.x()) or math.isnan(place.y()):
                pieces.append([])
            elif not piece or number == last or (place - piece[-1]).manhattanLength() >= _APART:
                piece.append(place)
        return [piece for piece in pieces if piece]

    def _paint_dots(self, sketch: PixelPainter, pieces: list[list[QPointF]]) -> None:
        painter = sketch.painter
        dots = [dot for piece in pieces for dot in piece]
        painter.setPen(Qt.PenStyle.NoPen)
        radius = px(_DOT * 10) / 10 if not self._dashed else px(_DOT * 7) / 10
        seen = sketch.box.adjusted(-2 * radius, -2 * radius, 2 * radius, 2 * radius)
        shade = -1
        for number, dot in enumerate(dots):
            if not seen.contains(dot):
                continue
            if number == len(dots) - 1:
                # The newest is set off from whatever it lies on.
                sketch.dot(dot, radius + 0.5, self._color, theme().surface, 1, self._opacity)
                return
            if shade != (shade := _SHADES * (number + 1) // len(dots)):
                strength = _OLDEST + (1 - _OLDEST) * shade / _SHADES
                painter.setBrush(brush(mixed(self._color, strength), self._opacity))
            painter.drawEllipse(dot, radius, radius)

    def _paint_heads(self, sketch: PixelPainter, pieces: list[list[QPointF]]) -> None:
        """Draw arrowheads on the first steps that are long enough."""
        long, length = px(_LONG), px(10)
        steps = ((foot, tip - foot) for piece in pieces for foot, tip in pairwise(piece))
        sizes = ((foot, way, math.hypot(way.x(), way.y())) for foot, way in steps)
        for foot, way, size in islice((step for step in sizes if step[2] >= long), _HEADS):
            unit = divided(way, size)
            sketch.head(foot + divided(way, 2) + divided(unit * length, 2), unit, length, self._color, self._opacity, 1)
