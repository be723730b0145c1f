"""The surface of a relief: its polygons from back to front, its contours, its rim, and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from engine.geometry.aspect import Aspect, corner_turns, unfolded
from engine.geometry.relief import HEIGHT, Corners, Relief
from engine.geometry.seen_cells import Screen, hidden_on, seen_cells
from gui.plots.drawing.api import pen, theme
from gui.plots.drawing.points import rgb
from gui.plots.surface.surface import height_table, line_color

_SHADES, _LIGHTS = 64, 13
"""The number of different shades of height, and of brightness levels for each of these."""
_LIGHT = 0.2
"""The share of white or black at the strongest light or shadow."""
_UNDERSIDE = 0.24
"""The share of the text colour in the underside of a surface."""
_CORNERS = np.array(list(product((-1.0, 1.0), repeat=3)))
"""The eight corners of a box around the origin, in halves of its sides."""
_PREMULTIPLIED = QImage.Format.Format_ARGB32_Premultiplied
_SEAM = 0.7
"""Pixels by which neighbouring polygons overlap in an exported figure, so that the background does not show between
them.
"""


class ReliefGround:
    """A surface seen from the direction ``aspect``, placed on the screen by ``to_pixels``; can be painted repeatedly.

    On a screen the visible cell is found for each pixel, which takes a fraction of the time of 3,600 polygons; in a
    figure polygons are painted, which have sharp edges at every size.
    """

    def __init__(self, shown: Relief, aspect: Aspect, to_pixels: QTransform, to_device: QTransform | None) -> None:
        """``to_device`` maps scene to device pixels of a screen; it is None in an exported figure."""
        self.shown, self.aspect, self._to_pixels = shown, aspect, to_pixels
        self._matrix = np.array([[to_pixels.m11(), to_pixels.m12()], [to_pixels.m21(), to_pixels.m22()]])
        self._shift = np.array([to_pixels.dx(), to_pixels.dy()])
        # Where a way of 1 leads to along each side of the box, and where its middle lies.
        self._ways = [*(aspect.on_picture(np.eye(3)) @ self._matrix).tolist(), self._shift.tolist()]
        self._places = aspect.on_picture(shown.vertices)
        lights = np.round((shown.lights + 1) / 2 * (_LIGHTS - 1))
        shades = np.minimum(shown.shades * _SHADES // 256, _SHADES - 1)
        self._keys = ((shades * _LIGHTS + lights) * 2 + self._is_underside()).astype(int)
        self._screen = None if to_device is None else self._seen_on(to_device)
        lines = np.concatenate([shown.contours, shown.rims])
        seen = ~self.hidden(lines.mean(axis=1))
        count = len(shown.contours)
        self._contours = self._line_pieces(lines[:count][seen[:count]])
        self._rims = self._line_pieces(lines[count:][seen[count:]])

    def hidden(self, places: np.ndarray) -> np.ndarray:
        """Whether each of the points (K, 3) of the box lies behind the surface, as a mask (K,)."""
        if self._screen is None:
            return self.aspect.hidden(self.shown, places)
        return hidden_on(self._screen.size, self._screen.cells, self.shown, self.aspect, places)

    def in_pixels(self, places: np.ndarray) -> np.ndarray:
        """Points (..., 3) of the box in scene pixels, (..., 2)."""
        return self.aspect.on_picture(places) @ self._matrix + self._shift

    def point(self, x: float, y: float, z: float) -> QPointF:
        """One point of the box in scene pixels; for a few points this is twenty times as fast as arrays."""
        (across_x, down_x), (across_y, down_y), (across_z, down_z), (across, down) = self._ways
        return QPointF(across + x * across_x + y * across_y + z * across_z, down + x * down_x + y * down_y + z * down_z)

    def paint(self, painter: QPainter) -> None:
        """Paint the surface, its contours and its rim."""
        if self._screen is None:
            self._paint_polygons(painter)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(self._screen.box, self._screen.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = pen(line_color())
        lines.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(lines)
        painter.drawLines(*self._contours.drawargs())
        painter.setPen(pen(theme().muted_text, 1.2))
        painter.drawLines(*self._rims.drawargs())

    def _is_underside(self) -> np.ndarray:
        """A mask (F,) of the polygons that show their underside, found by the orientation of their diagonals."""
        one, two, three, four = self._places[self.shown.outlines.T]
        (x, y), (to_x, to_y) = (three - one).T, (four - two).T
        return x * to_y < y * to_x

    def _seen_on(self, to_device: QTransform) -> _Seen:
        """The cell of the surface that is visible at the centre of each device pixel, and an image of these cells."""
        shown = self.shown
        corners = self.in_pixels(_CORNERS * np.array([*shown.reach, HEIGHT / 2]))
        outline = QRectF(QPointF(*corners.min(axis=0).tolist()), QPointF(*corners.max(axis=0).tolist()))
        # With a pixel beside it, so that there are pixels around every place.
        box = QRectF(to_device.mapRect(outline).toAlignedRect().adjusted(-1, -1, 1, 1))
        whole = self._to_pixels * to_device
        left, top = whole.inverted()[0].map(box.topLeft()).toTuple()
        size = Screen(left, top, 1 / whole.m11(), round(box.height()), round(box.width()))
        cells = seen_cells(shown, self.aspect, size)
        across = len(shown.x) - 1
        colors = np.zeros(across * (len(shown.y) - 1) + 1, dtype=np.uint32)
        rows, columns = shown.cells.T
        colors[rows * across + columns] = _inks(*_theme_colors())[self._keys]
        # What is nothing is the last of them.
        pixels = colors[cells]
        image = QImage(pixels.data, size.columns, size.rows, 4 * size.columns, _PREMULTIPLIED).copy()
        return _Seen(size, cells, to_device.inverted()[0].mapRect(box), image)

    def _paint_polygons(self, painter: QPainter) -> None:
        """Paint every polygon of the surface, from back to front; an outline closes the gap to its neighbours."""
        brushes = _brushes(*_theme_colors())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = _corners(self.shown)
        corners.move_to(self._places @ self._matrix + self._shift)
        before = -1
        for face, key in self._ordered(corners):
            if key != before:
                before = key
                painter.setBrush(brushes[key])
                painter.setPen(_seam(brushes[key]))
            painter.drawConvexPolygon(face)

    def _ordered(self, corners: _Corners) -> list[tuple[tuple[QPointF, ...], int]]:
        """The polygons' corners from back to front, each with its colour index."""
        shown, turns = self.shown, corner_turns(self._places[self.shown.outlines])
        # What hides nothing of one another is painted colour by colour.
        order = np.lexsort((self._keys, self.aspect.ranks(shown.cells)))
        is_folded = (turns.min(axis=1) < 0) & (turns.max(axis=1) > 0) & shown.is_square
        painted = list(
            zip([corners.faces[number] for number in order.tolist()], self._keys[order].tolist(), strict=True)
        )
        away = shown.vertices[:, :2] @ np.array(self.aspect.away)
        for position in np.flatnonzero(is_folded[order])[::-1].tolist():
            face = shown.faces[order[position]]
            halves = unfolded(face, away[list(face)])
            painted[position : position + 1] = [(corners.of(half), painted[position][1]) for half in halves]
        return painted

    def _line_pieces(self, pieces: np.ndarray) -> PrimitiveArray:
        lines = PrimitiveArray(QLineF, 4)
        lines.resize(len(pieces))
        lines.ndarray()[:] = self.in_pixels(pieces).reshape(-1, 4)
        return lines


@dataclass(frozen=True, eq=False)
class _Seen:
    """Which cell of the surface is visible at each pixel, and the ``image`` of these cells with its ``box`` in the
    scene.
    """

    size: Screen
    cells: np.ndarray
    box: QRectF
    image: QImage


class _Corners:
    """The corners of a surface's polygons as Qt points. They are created once and then moved together, since creating
    them one by one takes a third of a frame.
    """

    def __init__(self, shown: Relief) -> None:
        self._array = PrimitiveArray(QPointF, 2)
        self._array.resize(len(shown.vertices))
        self._points = self._array.instances()
        self.faces = [self.of(face) for face in shown.faces]

    def of(self, face: Corners) -> tuple[QPointF, ...]:
        """The vertices of one polygon as Qt points; ``face`` are their indices."""
        return tuple([self._points[number] for number in face])

    def move_to(self, pixels: np.ndarray) -> None:
        """Move all vertices to these positions (V, 2) in pixels."""
        self._array.ndarray()[:] = pixels


@lru_cache(maxsize=8)
def _corners(shown: Relief) -> _Corners:
    return _Corners(shown)


def _theme_colors() -> tuple[str, str, str, str]:
    colors = theme()
    return colors.surface, colors.text, colors.lightest, colors.darkest


@lru_cache(maxsize=4)
def _brushes(*theme_colors: str) -> list[QBrush]:
    """The brushes of polygons, by colour index."""
    return [QBrush(QColor(ink)) for ink in _inks(*theme_colors).tolist()]


@lru_cache(maxsize=4)
def _inks(*theme_colors: str) -> np.ndarray:
    """All colours of the relief's polygons as 0xAARRGGBB, in a flat array by colour index.

    The index is (height · brightness levels + brightness) · 2, plus 1 for a polygon seen from below. The arguments are
    the theme's surface, text, white and black.
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
                found.append(QColor(*(round(part) for part in color.tolist())).rgb())
    return np.array(found, dtype=np.uint32)


def _seam(fill: QBrush) -> QPen:
    made = QPen(fill.color(), _SEAM)
    made.setCosmetic(True)
    made.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return made
