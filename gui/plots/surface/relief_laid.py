"""Paths, arrows and marks on the surface of a relief: solid where visible, faint where hidden."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice, pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from gui.plots.drawing.api import PixelPainter, brush, pen, px, theme
from gui.plots.drawing.ink import mixed
from gui.plots.drawing.points import divided
from gui.plots.surface.relief_ground import ReliefGround
from gui.plots.surface.relief_parts import ReliefArrow, ReliefLine, ReliefMark, ReliefParts, ReliefPath

_HIDDEN = 0.3
"""The opacity of what lies behind the surface."""
_HALO = 2.7
_DOT, _OLDEST, _SHADES = 3.2, 0.45, 24
"""The radius of a step's dot in pixels, the opacity of the first dot of a path, and the number of opacity levels."""
_APART = 0.75
"""The smallest distance in pixels at which two points are drawn separately."""
_STRAIGHT, _ROUNDS = 0.1, 3
"""The largest distance in pixels of a point from the straight line between its neighbours at which it is left out, and
the number of times that every second point is tested.
"""
_MARKS = {"dot": 5.5, "ring": 8.0, "square": 5.0, "star": 8.5}
"""Pixels from the centre of a mark to its edge."""
_HEAD, _PLATE = 11, 12
"""The length of an arrowhead in pixels, and the distance from a mark to its words."""


class ReliefLaid:
    """Everything that lies on a relief's surface, projected on to it. It is computed once and can be painted
    repeatedly.
    """

    def __init__(self, ground: ReliefGround, parts: ReliefParts) -> None:
        self._ground = ground
        marks = np.array([one.place for one in parts.marks], dtype=float).reshape(-1, 2)
        dotted = [one for one in parts.paths if one.dots and not one.plain]
        dots = [np.asarray(one.places, dtype=float).reshape(-1, 2) for one in dotted]
        # All at once: where there are few, it is the asking that takes time.
        every = zip(*self._placed(np.concatenate([marks, *dots])), strict=True)
        self._marks = [(one, *next(every)) for one in parts.marks]
        self._paths = [(one, *self._way(one.places), *_spots(one, every)) for one in parts.paths]
        self._lines = [(one, *self._pieces(one)) for one in parts.lines]
        self._arrows = [(one, *self._way(_ends(one))) for one in parts.arrows]

    def paint(self, sketch: PixelPainter) -> None:
        """Paint lines first, then paths, arrows and marks, and words on top."""
        for line, seen, hidden in self._lines:
            for runs, opacity in ((hidden, _HIDDEN), (seen, 1.0)):
                _stroke(sketch, runs, line.color, line.width, opacity, halo=opacity == 1.0)
        for path, seen, hidden, dots, hidden_dots in self._paths:
            _paint_path(sketch, path, seen, hidden)
            if path.dots and not path.plain:
                _paint_dots(sketch, path, dots, hidden_dots)
        for arrow, seen, hidden in self._arrows:
            _paint_arrow(sketch, arrow, seen, hidden)
        for mark, place, is_hidden in self._marks:
            if place is not None:
                _paint_mark(sketch, mark, place, _HIDDEN if is_hidden else 1.0)
        for mark, place, _ in self._marks:
            if place is not None and mark.words:
                _paint_words(sketch, mark.words, place, mark.color)
        for arrow, seen, hidden in self._arrows:
            runs = seen or hidden
            if arrow.name and runs:
                _paint_words(sketch, arrow.name, runs[-1][-1], arrow.color)

    def _way(self, places: np.ndarray) -> tuple[list[list[QPointF]], list[list[QPointF]]]:
        """A line over the plane as polylines on the screen: the visible ones, and those hidden behind the surface."""
        lifted = self._ground.shown.lifted(np.asarray(places, dtype=float))
        if len(lifted) < 2:
            return [], []
        pixels = self._ground.in_pixels(lifted)
        known = np.isfinite(pixels).all(axis=1)
        kept = np.ones(len(pixels), dtype=bool)
        with np.errstate(invalid="ignore"):
            cells = np.floor(np.nan_to_num(pixels) / _APART)
        kept[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1) | ~known[1:-1]
        lifted, pixels, known = lifted[kept], pixels[kept], known[kept]
        hidden = np.zeros(len(pixels), dtype=bool)
        hidden[known] = self._ground.hidden(lifted[known])
        # Of each piece between two places: 0 is a gap, 1 is seen, 2 is hidden.
        kinds = np.where(known[:-1] & known[1:], np.where(hidden[:-1] | hidden[1:], 2, 1), 0)
        ends = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
        found: dict[int, list[list[QPointF]]] = {0: [], 1: [], 2: []}
        for start, end in pairwise(ends):
            if kind := int(kinds[start]):
                bends = _bends(pixels[start : end + 1])
                found[kind].append([QPointF(x, y) for x, y in bends.tolist()])
        return found[1], found[2]

    def _pieces(self, line: ReliefLine) -> tuple[list[list[QPointF]], list[list[QPointF]]]:
        laid = self._ground.shown.laid(line.pieces, line.height)
        middles = laid.mean(axis=1)
        inside = np.all(np.abs(middles[:, :2]) <= np.array(self._ground.shown.reach), axis=1)
        laid, middles = laid[inside], middles[inside]
        hidden = self._ground.hidden(middles)
        runs = [[QPointF(*start), QPointF(*end)] for start, end in self._ground.in_pixels(laid).tolist()]
        return (
            [run for run, is_hidden in zip(runs, hidden.tolist(), strict=True) if not is_hidden],
            [run for run, is_hidden in zip(runs, hidden.tolist(), strict=True) if is_hidden],
        )

    def _placed(self, places: np.ndarray) -> tuple[list[QPointF | None], list[bool]]:
        """The screen positions of points (K, 2) of the plane, None outside the surface, and whether each is hidden."""
        shown = self._ground.shown
        lifted = shown.in_box(places, shown.height_at(places)) if len(places) else np.empty((0, 3))
        known = np.asarray(np.isfinite(lifted).all(axis=1))
        hidden = np.zeros(len(places), dtype=bool)
        hidden[known] = self._ground.hidden(lifted[known])
        pixels = self._ground.in_pixels(lifted).tolist()
        spots = [QPointF(*pixel) if is_known else None for pixel, is_known in zip(pixels, known, strict=True)]
        behind: list[bool] = hidden.tolist()
        return spots, behind


def _bends(way: np.ndarray) -> np.ndarray:
    """A polyline (K, 2) in pixels without the points in the middle of straight stretches, since each point takes
    time.
    """
    for _ in range(_ROUNDS):
        before, here, after = way[:-2:2], way[1:-1:2], way[2::2]
        (x, y), (to_x, to_y) = (here - before).T, (after - before).T
        aside, length = np.abs(x * to_y - y * to_x), np.hypot(to_x, to_y)
        along = x * to_x + y * to_y
        kept = np.ones(len(way), dtype=bool)
        kept[1:-1:2] = ~((aside < _STRAIGHT * length) & (along > 0) & (along < length**2))
        way = way[kept]
    return way


def _spots(
    path: ReliefPath, placed: Iterator[tuple[QPointF | None, bool]]
) -> tuple[list[tuple[float, QPointF]], list[QPointF]]:
    """The visible dots of a path, each with its share (0 to 1) of the path's steps; and the hidden dots. ``placed``
    yields their positions and whether they are hidden.
    """
    if path.plain or not path.dots:
        return [], []
    count = len(path.places)
    last = max(1, count - 1)
    seen: list[tuple[float, QPointF]] = []
    behind: list[QPointF] = []
    for number, (place, is_hidden) in enumerate(islice(placed, count)):
        if place is None:
            continue
        if is_hidden:
            behind.append(place)
        elif not seen or number == last or (place - seen[-1][1]).manhattanLength() >= _APART:
            seen.append((number / last, place))
    return seen, behind


def _ends(arrow: ReliefArrow) -> np.ndarray:
    foot, way = np.array(arrow.foot), np.array(arrow.way)
    return np.stack([foot, foot + way])


def _stroke(
    sketch: PixelPainter, runs: list[list[QPointF]], color: str, width: float, opacity: float,
    halo: bool = False, dashed: bool = False,
) -> None:  # fmt: skip
    if not runs:
        return
    way = QPainterPath()
    for run in runs:
        way.addPolygon(QPolygonF(run))
    sketch.painter.setBrush(Qt.BrushStyle.NoBrush)
    if halo:
        sketch.painter.strokePath(way, pen(theme().surface, width + _HALO, opacity=0.85))
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    sketch.painter.strokePath(way, pen(color, width, style, opacity))


def _paint_path(sketch: PixelPainter, path: ReliefPath, seen: list[list[QPointF]], hidden: list[list[QPointF]]) -> None:
    _stroke(sketch, hidden, path.color, path.width, _HIDDEN * path.opacity, dashed=path.dashed)
    _stroke(sketch, seen, path.color, path.width, path.opacity, not path.plain, path.dashed)


def _paint_dots(
    sketch: PixelPainter, path: ReliefPath, seen: list[tuple[float, QPointF]], hidden: list[QPointF]
) -> None:
    painter = sketch.painter
    radius = px(_DOT * 10) / 10 * (0.7 if path.dashed else 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(path.color, _HIDDEN))
    for place in hidden:
        painter.drawEllipse(place, radius, radius)
    shade = -1
    for share, place in seen:
        if shade != (shade := round(_SHADES * share)):
            strength = _OLDEST + (1 - _OLDEST) * shade / _SHADES
            painter.setBrush(brush(mixed(path.color, strength), path.opacity))
        painter.drawEllipse(place, radius, radius)


def _paint_arrow(
    sketch: PixelPainter, arrow: ReliefArrow, seen: list[list[QPointF]], hidden: list[list[QPointF]]
) -> None:
    _stroke(sketch, hidden, arrow.color, arrow.width, _HIDDEN * arrow.opacity)
    _stroke(sketch, seen, arrow.color, arrow.width, arrow.opacity, halo=True)
    runs = seen or hidden
    if not runs:
        return
    run, length = runs[-1], px(_HEAD) * max(1.0, arrow.width / 3)
    tip = run[-1]
    # The direction of the last pixels, since the surface may bend under the arrow.
    foot = next((place for place in reversed(run) if (tip - place).manhattanLength() >= length), run[0])
    way = tip - foot
    size = math.hypot(way.x(), way.y())
    if size > 1:
        opacity = arrow.opacity if seen else _HIDDEN
        sketch.head(tip, divided(way, size), length, arrow.color, opacity, _HALO if seen else 0.0)


def _paint_mark(sketch: PixelPainter, mark: ReliefMark, place: QPointF, opacity: float) -> None:
    colors, reach = theme(), px(_MARKS[mark.kind] * 10) / 10
    if mark.kind == "dot":
        sketch.dot(place, reach, mark.color, colors.surface, 1.5, opacity)
    elif mark.kind == "ring":
        sketch.ring(place, reach, mark.color, 2.5, opacity)
    elif mark.kind == "square":
        corners = [QPointF(reach * x, reach * y) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        sketch.shape([place + corner for corner in corners], mark.color, opacity, _HALO * opacity)
    else:
        star = [
            place + QPointF(math.sin(turn), -math.cos(turn)) * (reach if corner % 2 == 0 else 0.45 * reach)
            for corner, turn in enumerate(math.pi * part / 5 for part in range(10))
        ]
        sketch.shape(star, mark.color, opacity, _HALO if opacity == 1.0 else 0.0)


def _paint_words(sketch: PixelPainter, words: str, place: QPointF, color: str) -> None:
    """Paint words on a plate above or below a point, towards the middle of the plot and wholly inside; not at all if
    there is no room.
    """
    whole, gap = sketch.box.adjusted(2, 2, -2, -2), px(_PLATE)
    width, height = sketch.width_of(words) + px(8), sketch.height_of() + px(4)
    if width > whole.width() or height > whole.height():
        return
    left = place.x() - px(4) if place.x() < whole.center().x() else place.x() + px(4) - width
    top = place.y() + gap if place.y() < whole.center().y() else place.y() - gap - height
    left = min(max(left, whole.left()), whole.right() - width)
    top = min(max(top, whole.top()), whole.bottom() - height)
    box = QRectF(left, top, width, height)
    sketch.fill(box, theme().surface, 0.86, px(4))
    sketch.words(words, box, color=color)
