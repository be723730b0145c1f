"""Strokes a line of many places: it crosses itself again and again, and what Qt strokes at once it unites at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF

from gui.plots.drawing.cut_path import Part

LONG = 64
"""From so many places on a line is stroked a few steps at a time."""
_STEPS = 4
"""So many steps at a time. The time that Qt takes for a shape grows faster than the number of its edges in one row of
pixels: 316 steps to and fro take 16 ms at once and 2.5 ms four by four, 55 that leave the plot 57 and 12."""


def stroke(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """Draw the parts with a pen, as one stroke: where a see-through line crosses itself it is not darker.

    Where pixels are painted that is done a few steps at a time, whose round ends lie where the joins would. In a
    drawing of vectors a line stays a path, of which somebody may take hold.
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
    """Parts of a line, dashed as they are in the whole of it."""
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
    """A line a few steps at a time; one place alone is there too."""
    for first in range(0, max(len(places) - 1, 1), _STEPS):
        yield places[first : first + _STEPS + 1]


def _stroke_on_layer(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """The steps are opaque on a layer of their own, which is laid over the picture as thinly as the pen is."""
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
