"""A line w·x + b = 0 in a rectangle: its visible part, and the half planes on both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

from gui.plots.drawing.api import PixelPainter, brush, font, px, theme
from gui.plots.drawing.stage_item import GRIP, Grip

Line = tuple[np.ndarray, float]


def visible_ends(rect: QRectF, w: np.ndarray, b: float) -> tuple[QPointF, QPointF] | None:
    """The two ends of the part of the line w·x + b = 0 in a rectangle; None if there is none. Seen along w, the second
    end lies to the left of the first.
    """
    length = float(np.hypot(*w))
    if length == 0 or not rect.isValid():
        return None
    middle = np.array([rect.center().x(), rect.center().y()])
    nearest = middle - (w @ middle + b) / length**2 * w
    along = np.array([-w[1], w[0]]) / length
    first, last = -np.inf, np.inf
    sides = ((rect.left(), rect.right()), (rect.top(), rect.bottom()))
    for place, step, (low, high) in zip(nearest, along, sides, strict=True):
        if abs(step) < 1e-12:
            if not low <= place <= high:
                return None
            continue
        reached = sorted(((low - place) / step, (high - place) / step))
        first, last = max(first, reached[0]), min(last, reached[1])
    if first >= last:
        return None
    return QPointF(*(nearest + first * along)), QPointF(*(nearest + last * along))


def strip_along(ends: tuple[QPointF, QPointF] | None, width: float) -> QPainterPath:
    """The area, ``width`` wide, around a line's visible part in which it can be dragged; empty if it is not visible."""
    if ends is None:
        return QPainterPath()
    path = QPainterPath(ends[0])
    path.lineTo(ends[1])
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def corners_of(rect: QRectF) -> list[np.ndarray]:
    """The corners (2,) of a rectangle, in order around it."""
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    return [np.array(corner) for corner in ((left, top), (right, top), (right, bottom), (left, bottom))]


def part_on_side(corners: Sequence[np.ndarray], w: np.ndarray, b: float, sign: float = 1.0) -> list[np.ndarray]:
    """The corners of the part of a polygon in which w·x + b has this sign (Sutherland–Hodgman against one edge)."""
    kept = []
    for start, end in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        value, next_value = sign * (w @ start + b), sign * (w @ end + b)
        if value > 0:
            kept.append(start)
        if (value > 0) != (next_value > 0):
            kept.append(start + (end - start) * value / (value - next_value))
    return kept


def positive_part(rect: QRectF, w: np.ndarray, b: float) -> QPolygonF:
    """The part of a rectangle in which w·x + b > 0."""
    return QPolygonF([QPointF(*corner) for corner in part_on_side(corners_of(rect), w, b)])


class HalfPlanesItem(Grip):
    """Tints the half plane w·x + b > 0 with the colour of class 1 and the other with that of class 0."""

    def __init__(self) -> None:
        super().__init__()
        self._line: tuple[np.ndarray, float] | None = None
        self._ghost: tuple[np.ndarray, float] | None = None
        self.setZValue(-50)

    def show_line(self, w: np.ndarray, b: float, ghost: tuple[np.ndarray, float] | None = None) -> None:
        """Show the half planes of w·x + b = 0; ``ghost`` is the (w, b) of an earlier line."""
        self._line = (np.asarray(w, dtype=float), float(b))
        self._ghost = ghost
        self.redraw()

    def shape(self) -> QPainterPath:
        pixel = self.pixelVectors()[0]
        return strip_along(self._ends(self._line), px(GRIP) * (pixel.x() if pixel is not None else 0.001))

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        sketch.fill(sketch.box, colors.region_fills[0])
        if self._line is None:
            return
        positive = self.sceneTransform().map(positive_part(self.boundingRect(), *self._line))
        sketch.painter.setBrush(brush(colors.region_fills[1]))
        sketch.painter.drawPolygon(positive)
        before = (self._ghost, 2, Qt.PenStyle.DashLine, colors.ghost_opacity)
        for line, width, style, opacity in (before, (self._line, 2.5, Qt.PenStyle.SolidLine, 1.0)):
            ends = self._ends(line)
            if ends is not None:
                start, end = (sketch.at(end.x(), end.y()) for end in ends)
                sketch.line(start, end, colors.text, width, style, opacity)

    def _ends(self, line: Line | None) -> tuple[QPointF, QPointF] | None:
        return None if line is None else visible_ends(self.boundingRect(), *line)


_REACH = 26
"""Pixels around a handle that words leave free: its ring, and the name of its arrow."""
_LINES = 6
"""The number of lines of text, counted from a corner, in which words may stand."""
# Corners of the plot's rectangle as fractions of width and height, and the matching anchors of the text.
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


class SideLabels:
    """Two words in a plot divided by a line, each in the corner that lies deepest in its half plane. A word whose half
    plane is not visible is hidden.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        self._box = plot.vb
        self._texts = (pg.TextItem(), pg.TextItem())
        for text in self._texts:
            text.setParentItem(plot.vb)
            text.setZValue(50)
        self._clear_of: tuple[tuple[float, float], ...] = ()
        self.lines_beside: Callable[[], Sequence[QPointF]] = tuple
        """A function that returns points, close to one another and in scene coordinates, along other items' lines;
        words avoid them.
        """
        self._shown: tuple[Sequence[str], np.ndarray, float] | None = None
        plot.vb.sigRangeChanged.connect(self._place)
        plot.vb.sigResized.connect(self._place)

    def show_sides(
        self, words: Sequence[str], w: np.ndarray, b: float, clear_of: Sequence[tuple[float, float]] = ()
    ) -> None:
        """Name the side w·x + b ≤ 0 ``words[0]`` and the other side ``words[1]``, each in its deepest corner that is
        free of the handles at ``clear_of``.
        """
        self._shown, self._clear_of = (words, w, b), tuple(clear_of)
        self._place()

    def follow(self) -> None:
        """Place the words again, since items that they avoid have moved."""
        self._place()

    def boxes(self) -> list[QRectF]:
        """The boxes of the visible words, in scene coordinates."""
        return [text.mapRectToScene(text.boundingRect()) for text in self._texts if text.isVisible()]

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        for side, text in enumerate(self._texts):
            text.setFont(font("strong"))
            text.setColor(theme().class_inks[side])

    def _place(self, *_: object) -> None:
        if self._shown is None or self._box.rect().isEmpty():  # nothing lies anywhere on a plot without room
            return
        words, w, b = self._shown
        view, pixels = self._box.viewRect(), self._box.rect()
        corners = np.array([(view.left() + fx * view.width(), view.top() + fy * view.height()) for fx, fy in _CORNERS])
        values = corners @ w + b
        for side, text in enumerate(self._texts):
            depth = values if side else -values
            deepest = int(np.argmax(depth))
            text.setVisible(bool(depth[deepest] > 0 or (side == 0 and np.all(values <= 0))))
            text.setText(words[side])
            size = text.boundingRect().size()
            order = np.argsort(-depth, kind="stable").tolist()
            on_side = [one for one in order if depth[one] > 0] or [deepest]
            places = ((corner, lines * size.height()) for corner in on_side for lines in range(_LINES))
            free = [place for place in places if self._is_free(*place, size, w, b, 2 * side - 1)]
            unmet = (place for place in free if not self._is_met(*place, size))
            corner, away = next(unmet, next(iter(free), (deepest, 0.0)))
            fx, fy = _CORNERS[corner]
            # The view's y axis points up, the box's down; 6 pixels keep the words off the edge.
            text.setAnchor((fx, 1 - fy))
            y = away if fy else pixels.height() - 8 - away
            text.setPos(6 + fx * (pixels.width() - 12), 4 + y)

    def _is_free(self, corner: int, away: float, size: QSizeF, w: np.ndarray, b: float, sign: int) -> bool:
        """Whether words in a corner, or ``away`` pixels from it up or down, lie on their side of the line and clear of
        handles.
        """
        reach, box = px(_REACH), self._words_box(corner, away, size)
        middle = self._box.mapToView(box.center())
        near = box.adjusted(-reach, -reach, reach, reach)
        on_side = away == 0 or sign * (w @ (middle.x(), middle.y()) + b) > 0
        return bool(on_side) and not any(near.contains(self._box.mapFromView(QPointF(*one))) for one in self._clear_of)

    def _is_met(self, corner: int, away: float, size: QSizeF) -> bool:
        """Whether a line of another item passes through words in a corner, or ``away`` pixels from it up or down."""
        box = self._box.mapRectToScene(self._words_box(corner, away, size).adjusted(-2, -2, 2, 2))
        return any(box.contains(place) for place in self.lines_beside())

    def _words_box(self, corner: int, away: float, size: QSizeF) -> QRectF:
        pixels, (fx, fy) = self._box.rect(), _CORNERS[corner]
        x = fx * (pixels.width() - size.width())
        return QRectF(QPointF(x, away if fy else pixels.height() - size.height() - away), size)
