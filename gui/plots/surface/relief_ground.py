"""The surface itself, seen from aside: its faces one over the other, its contours, its rim, and the colours of both."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QTransform

from engine.geometry.aspect import Aspect, corner_turns, unfolded
from engine.geometry.relief import Corners, Relief
from gui.plots.drawing.pieces import pen, theme
from gui.plots.drawing.points import rgb
from gui.plots.surface.surface import height_table, line_color

_SHADES, _LIGHTS = 64, 13
"""So many shades of height, and of light on each, are told apart."""
_LIGHT = 0.2
"""How much of white or black the strongest light or shadow has."""
_UNDERSIDE = 0.24
"""How much of the ink of text is in the underside of a surface."""
_SEAM = 0.7
"""Pixels that faces reach over one another in a figure, whose edges would let the ground through."""


class ReliefGround:
    """A surface as it is seen under an aspect, placed on the screen by ``to_pixels``; painted as often as is wished."""

    def __init__(self, shown: Relief, aspect: Aspect, to_pixels: QTransform) -> None:
        self.shown, self.aspect = shown, aspect
        self._matrix = np.array([[to_pixels.m11(), to_pixels.m12()], [to_pixels.m21(), to_pixels.m22()]])
        self._shift = np.array([to_pixels.dx(), to_pixels.dy()])
        self._order_faces()
        lines = np.concatenate([shown.contours, shown.rims])
        seen = ~aspect.hidden(shown, lines.mean(axis=1))
        count = len(shown.contours)
        self._contours = self._line_pieces(lines[:count][seen[:count]])
        self._rims = self._line_pieces(lines[count:][seen[count:]])

    def in_pixels(self, places: np.ndarray) -> np.ndarray:
        """Where places (..., 3) of the box lie on the screen, (..., 2)."""
        return self.aspect.on_picture(places) @ self._matrix + self._shift

    def paint(self, painter: QPainter, in_figure: bool) -> None:
        """Draw faces, contours and rim; ``in_figure`` closes the seams between faces, which a screen does not show."""
        colors = theme()
        brushes = _brushes(colors.surface, colors.text, colors.lightest, colors.darkest)
        # On the screen edges that are smoothed would show the ground through every seam; the rim smooths the outer one.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, in_figure)
        painter.setPen(Qt.PenStyle.NoPen)
        fill, draw, corners = painter.setBrush, painter.drawConvexPolygon, _corners(self.shown)
        corners.move_to(self._pixels)
        before = -1
        for face, key in self._painted:
            if key != before:
                before = key
                fill(brushes[key])
                if in_figure:
                    painter.setPen(_seam(brushes[key]))
            draw(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = pen(line_color())
        lines.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(lines)
        painter.drawLines(*self._contours.drawargs())
        painter.setPen(pen(colors.muted_text, 1.2))
        painter.drawLines(*self._rims.drawargs())

    def _order_faces(self) -> None:
        """The faces from back to front, each with the number of its colour."""
        shown, aspect = self.shown, self.aspect
        places = aspect.on_picture(shown.vertices)
        self._pixels = places @ self._matrix + self._shift
        turns = corner_turns(places[shown.outlines])
        lights = np.round((shown.lights + 1) / 2 * (_LIGHTS - 1))
        shades = np.minimum(shown.shades * _SHADES // 256, _SHADES - 1)
        keys = ((shades * _LIGHTS + lights) * 2 + (turns.sum(axis=1) < 0)).astype(int)
        # What hides nothing of one another is painted colour by colour.
        order = np.lexsort((keys, aspect.ranks(shown.cells)))
        is_folded = (turns.min(axis=1) < 0) & (turns.max(axis=1) > 0) & shown.is_square
        corners = _corners(shown)
        painted = list(zip([corners.faces[number] for number in order.tolist()], keys[order].tolist(), strict=True))
        away = shown.vertices[:, :2] @ np.array(aspect.away)
        for position in np.flatnonzero(is_folded[order])[::-1].tolist():
            face = shown.faces[order[position]]
            halves = unfolded(face, away[list(face)])
            painted[position : position + 1] = [(corners.of(half), painted[position][1]) for half in halves]
        self._painted = painted

    def _line_pieces(self, pieces: np.ndarray) -> PrimitiveArray:
        lines = PrimitiveArray(QLineF, 4)
        lines.resize(len(pieces))
        lines.ndarray()[:] = self.in_pixels(pieces).reshape(-1, 4)
        return lines


class _Corners:
    """The corners of a surface's faces as points for Qt, made once: moved together, they cost next to nothing.

    One by one it takes a third of a frame to make them.
    """

    def __init__(self, shown: Relief) -> None:
        self._array = PrimitiveArray(QPointF, 2)
        self._array.resize(len(shown.vertices))
        self._points = self._array.instances()
        self.faces = [self.of(face) for face in shown.faces]

    def of(self, face: Corners) -> tuple[QPointF, ...]:
        """The corners of a face."""
        return tuple([self._points[number] for number in face])

    def move_to(self, pixels: np.ndarray) -> None:
        """Have all vertices lie at these places (V, 2)."""
        self._array.ndarray()[:] = pixels


@lru_cache(maxsize=8)
def _corners(shown: Relief) -> _Corners:
    return _Corners(shown)


@lru_cache(maxsize=4)
def _brushes(*theme_colors: str) -> list[QBrush]:
    """The brushes by their numbers: shade of height, light on it, upper or under side, the last going fastest.

    The colours are surface, text, white and black; shades of height are let into the surface.
    """
    _, ink, white, black = (np.array(rgb(color), dtype=float) for color in theme_colors)
    table = height_table()[:, :3].astype(float)
    found = []
    for shade in range(_SHADES):
        base = table[max(1, round((shade + 0.5) * 256 / _SHADES))]
        for step in range(_LIGHTS):
            light = (2 * step / (_LIGHTS - 1) - 1) * _LIGHT
            lit = base + abs(light) * ((white if light > 0 else black) - base)
            for color in (lit, lit + _UNDERSIDE * (ink - lit)):
                found.append(QBrush(QColor(*(round(part) for part in color.tolist()))))
    return found


def _seam(fill: QBrush) -> QPen:
    made = QPen(fill.color(), _SEAM)
    made.setCosmetic(True)
    made.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return made
