"""Fast drawing of very long lines: they are clipped to the visible part and stroked in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import with_square_ends
from gui.plots.drawing.pixel_painter import in_pixels
from gui.style.painting import tells_faults

_BEYOND = 40
"""Pixels around the box in which lines are kept: at a sharp turn, a join reaches further than the pen is wide."""
Part = tuple[list[QPointF], float]
"""A piece of a line: its points, and the distance along the whole line from its start to the first of them."""


def cut_to(places: Sequence[QPointF], box: QRectF) -> list[Part]:
    """The pieces of a line through ``places`` that come near ``box``. They end so far outside it that no end of the
    stroke is visible. A single point is a piece by itself.
    """
    near = box.adjusted(-_BEYOND, -_BEYOND, _BEYOND, _BEYOND)
    if len(places) < 2 or all(near.contains(place) for place in places):
        return [(list(places), 0.0)]
    parts: list[Part] = []
    along, goes_on = 0.0, False
    for start, end in pairwise(places):
        way = end - start
        length = hypot(way.x(), way.y())
        first, last = _inside(start, way, near)
        if first >= last:
            goes_on = False
        else:
            entered = start if first == 0 else start + way * first
            left = end if last == 1 else start + way * last
            if goes_on and first == 0:
                parts[-1][0].append(left)
            else:
                parts.append(([entered, left], along + first * length))
            goes_on = last == 1
        along += length
    return parts


def _inside(start: QPointF, way: QPointF, box: QRectF) -> tuple[float, float]:
    """Where a vector ``way`` from ``start`` enters and leaves a box, as shares of its length; the first share exceeds
    the second if it misses the box.
    """
    first, last = 0.0, 1.0
    for at, along, low, high in (
        (start.x(), way.x(), box.left(), box.right()),
        (start.y(), way.y(), box.top(), box.bottom()),
    ):
        if along:
            enters, leaves = sorted(((low - at) / along, (high - at) / along))
            first, last = max(first, enters), min(last, leaves)
        elif not low <= at <= high:
            return 1.0, 0.0
    return first, last


LONG = 64
"""A line with at least this many points is stroked a few segments at a time."""
_STEPS = 4
"""The number of segments stroked at a time. Qt's time for a shape grows faster than the number of its edges in one row
of pixels: 316 segments to and fro take 16 ms at once and 2.5 ms in fours; 55 that leave the plot take 57 and 12.
"""


def stroke(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """Stroke pieces of a line as if they were one stroke: a translucent line is not darker where it crosses itself.

    On raster engines a few segments are drawn at a time, with round ends in place of joins. On vector engines a line
    stays one path, so that it can be edited.
    """
    if pen.style() != Qt.PenStyle.SolidLine:
        _stroke_dashes(painter, pen, parts)
    elif painter.paintEngine().type() != QPaintEngine.Type.Raster:
        line = QPainterPath()
        for places, _ in parts:
            line.addPolygon(QPolygonF(places))
        painter.setPen(pen)
        painter.drawPath(line)
    elif pen.color().alpha() < 255:
        _stroke_on_layer(painter, pen, parts)
    else:
        _stroke_steps(painter, pen, parts)


def _stroke_dashes(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """Stroke pieces of a dashed line, with the dashes placed as in the whole line."""
    period = sum(pen.dashPattern())
    for places, before in parts:
        dashed = QPen(pen)
        dashed.setDashOffset(before / pen.widthF() % period)
        painter.setPen(dashed)
        painter.drawPolyline(QPolygonF(places))


def _stroke_steps(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    painter.setPen(pen)
    for places, _ in parts:
        for few in _by_few(places):
            painter.drawPolyline(QPolygonF(few))


def _by_few(places: Sequence[QPointF]) -> Iterator[Sequence[QPointF]]:
    """Yield the points of a line in pieces of a few segments; a single point is also a piece."""
    for first in range(0, max(len(places) - 1, 1), _STEPS):
        yield places[first : first + _STEPS + 1]


def _stroke_on_layer(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """Stroke the pieces opaquely on a separate layer, and paint that layer with the pen's opacity."""
    device, color = painter.device(), pen.color()
    ratio = device.devicePixelRatioF()
    layer = QImage(QSize(device.width(), device.height()) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    opaque = QPen(pen)
    opaque.setColor(color.rgb())
    with QPainter(layer) as on_layer:
        on_layer.setRenderHints(painter.renderHints())
        on_layer.setTransform(painter.combinedTransform())
        _stroke_steps(on_layer, opaque, parts)
    painter.save()
    painter.resetTransform()
    painter.setOpacity(painter.opacity() * color.alphaF())
    painter.drawImage(0, 0, layer)
    painter.restore()


_SOLID = Qt.PenStyle.SolidLine


class PiecedCurve(pg.PlotCurveItem):
    """A curve whose opaque line is drawn piece by piece on raster engines, ten times as fast as a path.

    Translucent lines stay paths, since their pieces must not overlap, and so do dotted ones; on vector engines all
    lines do, so that they can be edited.
    """

    def __init__(self) -> None:
        super().__init__(connect="finite")

    def setPen(self, pen: QPen) -> None:
        super().setPen(with_square_ends(pen) if _can_be_pieced(pen) else pen)

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pen = self.opts["pen"]
        pieced = _can_be_pieced(pen) and painter.paintEngine().type() == QPaintEngine.Type.Raster
        if pieced and pen.style() != _SOLID and self._paint_dashes(painter, pen):
            return
        # Not by setSegmentedLineMode, which would have it painted once more.
        self.opts["segmentedLineMode"] = "on" if pieced and pen.style() == _SOLID else "off"
        super().paint(painter, option, widget)

    def _paint_dashes(self, painter: QPainter, pen: QPen) -> bool:
        """Draw the dashes of a curve. If it has gaps or lies far outside, draw nothing and return False: Qt must draw
        it.
        """
        x, y = self.getData()
        if x is None or len(x) < 2:
            return False
        with in_pixels(painter, self) as to_scene:
            places = np.column_stack(
                [
                    to_scene.m11() * x + to_scene.m21() * y + to_scene.dx(),
                    to_scene.m12() * x + to_scene.m22() * y + to_scene.dy(),
                ]
            )
            box = to_scene.mapRect(self.getViewBox().viewRect())
            near = np.abs(places - (box.center().x(), box.center().y())) <= (box.width(), box.height())
            if not near.all():
                return False
            pieces = dashes(places, np.multiply(pen.dashPattern(), pen.widthF()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, bool(self.opts["antialias"]))
            dash = QPen(pen)
            dash.setStyle(_SOLID)
            painter.setPen(dash)
            painter.drawLines([QLineF(*piece) for piece in pieces.tolist()])
        return True


def dashes(places: np.ndarray, pattern: np.ndarray) -> np.ndarray:
    """The visible segments (K, 4), each (x, y, x, y), of a dashed line through ``places`` (N, 2); ``pattern`` has the
    lengths of dashes and gaps in turn.
    """
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
    ends = np.cumsum(pattern)
    changes = (np.arange(0.0, along[-1], ends[-1])[:, None] + ends).ravel()
    cuts = np.sort(np.concatenate([along, changes[changes < along[-1]]]))
    middles = (cuts[:-1] + cuts[1:]) / 2
    inked = np.searchsorted(ends, middles % ends[-1], side="right") % 2 == 0
    inked &= cuts[:-1] < cuts[1:]
    corners = np.column_stack([np.interp(cuts, along, places[:, axis]) for axis in (0, 1)])
    return np.hstack([corners[:-1], corners[1:]])[inked]


def _can_be_pieced(pen: QPen) -> bool:
    """Whether a line may be drawn in pieces: not if it is translucent or dotted, since round dots would become
    square.
    """
    inked = pen.style() == _SOLID or min(pen.dashPattern(), default=0) > 1
    return inked and pen.color().alpha() == 255


class LinePieces(pg.PlotCurveItem):
    """Separate segments drawn one by one with square ends, for opaque pens, whose overlaps are not visible.

    As one path, thousands of segments under a pen wider than a pixel take hundreds of milliseconds to paint; with round
    ends they take ten times as long as with square ones.
    """

    def __init__(self) -> None:
        super().__init__(connect="pairs")
        self.setSegmentedLineMode("on")
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def setPen(self, pen: QPen) -> None:
        super().setPen(with_square_ends(pen))

    def show_pieces(self, pieces: np.ndarray) -> None:
        """Set the segments (K, 4), each (x, y, x, y)."""
        self.setData(pieces[:, 0::2].ravel(), pieces[:, 1::2].ravel())
