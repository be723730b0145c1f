"""A field of small pale arrows over a map, drawn by a single item."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from gui.plots.drawing.api import PixelPainter, PlotOverlay, brush, pen, px, sketch_of, theme
from gui.plots.drawing.points import divided
from gui.style.typography import zoom

_HEAD = 0.42
_OPACITY = 0.58
"""The length of the head as a share of the arrow's (up to ``_LARGEST_HEAD`` pixels), and the opacity of the arrows."""
_LARGEST_HEAD = 7
_SHORTEST = 2.5
"""Arrows shorter than this, in pixels, are dots: their direction would be noise."""
_AT_ONCE = 16
"""The number of arrows drawn as one path. No arrow touches another one, and the time for a path grows faster than what
lies in one row of its pixels.
"""


class ArrowField(PlotOverlay):
    """Arrows in plot coordinates, each centred at its position so that it does not leave its cell; drawn in pixels."""

    def __init__(self, z: float = -10) -> None:
        super().__init__()
        self._places, self._arrows = np.empty((0, 2)), np.empty((0, 2))
        self._built: tuple[object, list[tuple[QPainterPath, QPainterPath]]] | None = None
        self.setZValue(z)

    def show_field(self, places: np.ndarray, arrows: np.ndarray) -> None:
        """Show arrows (N, 2), as vectors in plot coordinates, at places (N, 2); those of length 0 are dots."""
        if not (np.array_equal(places, self._places) and np.array_equal(arrows, self._arrows)):
            self._places, self._arrows, self._built = places, arrows, None
            self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        key = (self.sceneTransform(), self.boundingRect(), zoom())
        if self._built is None or self._built[0] != key:
            self._built = (key, self._paths(sketch))
        painter, few = sketch.painter, self._built[1]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(theme().text, 1.1, opacity=_OPACITY))
        for shafts, _ in few:
            painter.drawPath(shafts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().text, _OPACITY))
        for _, heads in few:
            painter.drawPath(heads)

    def _paths(self, sketch: PixelPainter) -> list[tuple[QPainterPath, QPainterPath]]:
        """Paths of (shafts, heads), each of a few arrows."""
        found: list[tuple[QPainterPath, QPainterPath]] = []
        seen = self.boundingRect()
        for number, ((x, y), (dx, dy)) in enumerate(zip(self._places.tolist(), self._arrows.tolist(), strict=True)):
            if number % _AT_ONCE == 0:
                shafts, heads = QPainterPath(), QPainterPath()
                heads.setFillRule(Qt.FillRule.WindingFill)
                found.append((shafts, heads))
            if not seen.contains(QPointF(x, y)):
                continue
            start = sketch.at(x - dx / 2, y - dy / 2)
            end = sketch.at(x + dx / 2, y + dy / 2)
            across, down = end.x() - start.x(), end.y() - start.y()
            length = (across**2 + down**2) ** 0.5
            if length < px(_SHORTEST):
                heads.addEllipse(divided(start + end, 2), px(1), px(1))
                continue
            along = QPointF(across, down) / length
            head = min(_HEAD * length, px(_LARGEST_HEAD))
            base, side = end - along * head, QPointF(-along.y(), along.x()) * head * 0.42
            shafts.moveTo(start)
            shafts.lineTo(base)
            heads.addPolygon(QPolygonF([end, base + side, base - side, end]))
        return found


_GAP = 13


class PlaceWords(PlotOverlay):
    """Words with a background, above or below a point, towards the middle of the plot; drawn in pixels."""

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self.setZValue(z)
        self.hide()

    def show_words(self, place: np.ndarray, words: str | None, color: str) -> None:
        """Show words beside the point ``place`` (1, 2), or none for None; they are left out if the plot is too narrow
        for them.
        """
        self.setVisible(words is not None)
        if words is not None:
            self.show_state(tuple(place[0].tolist()), words, color)

    def plate(self) -> QRectF:
        """The plate's box in scene pixels; empty if there is no room."""
        return self._plate(sketch_of(self))

    def draw(self, sketch: PixelPainter) -> None:
        box = self._plate(sketch)
        if not box.isEmpty():
            _, words, color = self.state
            sketch.fill(box, theme().surface, 0.86, px(4))
            sketch.words(words, box, color=color)

    def _plate(self, sketch: PixelPainter) -> QRectF:
        place, words, _ = self.state
        whole, at, gap = sketch.box.adjusted(2, 2, -2, -2), sketch.at(*place), px(_GAP)
        width, height = sketch.width_of(words) + px(8), sketch.height_of() + px(4)
        if not words or width > whole.width() or height > whole.height():
            return QRectF()
        left = at.x() - px(4) if at.x() < whole.center().x() else at.x() + px(4) - width
        top = at.y() + gap if at.y() < whole.center().y() else at.y() - gap - height
        left = min(max(left, whole.left()), whole.right() - width)
        top = min(max(top, whole.top()), whole.bottom() - height)
        return QRectF(left, top, width, height)
