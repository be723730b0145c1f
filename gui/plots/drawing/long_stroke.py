"""Strokes a line of which parts lie far outside: it crosses the plot again and again, which Qt takes long to unite."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF

from gui.plots.drawing.cut_path import Part


def stroke(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """Draw the parts with a pen, as one stroke: where a see-through line crosses itself it is not darker.

    One that is see-through is drawn piece by piece where pixels are painted. An opaque one is not, whose rims would be
    seen to be harder where hundreds of pieces lie on one another; and in a drawing of vectors a line stays a path, of
    which somebody may take hold.
    """
    if pen.style() != Qt.PenStyle.SolidLine:
        _stroke_dashes(painter, pen, parts)
    elif pen.color().alpha() < 255 and painter.paintEngine().type() == QPaintEngine.Type.Raster:
        _stroke_on_layer(painter, pen, parts)
    else:
        line = QPainterPath()
        for places, _ in parts:
            line.addPolygon(QPolygonF(places))
        painter.setPen(pen)
        painter.drawPath(line)


def _stroke_dashes(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """Parts of a line, dashed as they are in the whole of it."""
    period = sum(pen.dashPattern())
    for places, before in parts:
        dashed = QPen(pen)
        dashed.setDashOffset(before / pen.widthF() % period)
        painter.setPen(dashed)
        painter.drawPolyline(QPolygonF(places))


def _stroke_on_layer(painter: QPainter, pen: QPen, parts: Sequence[Part]) -> None:
    """The pieces are opaque on a layer of their own, which is laid over the picture as thinly as the pen is."""
    device, color = painter.device(), pen.color()
    ratio = device.devicePixelRatioF()
    layer = QImage(QSize(device.width(), device.height()) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    opaque = QPen(pen)
    opaque.setColor(color.rgb())
    on_layer = QPainter(layer)
    on_layer.setRenderHints(painter.renderHints())
    on_layer.setTransform(painter.combinedTransform())
    on_layer.setPen(opaque)
    on_layer.drawLines([QLineF(start, end) for places, _ in parts for start, end in pairwise(places)])
    on_layer.end()
    painter.save()
    painter.resetTransform()
    painter.setOpacity(painter.opacity() * color.alphaF())
    painter.drawImage(0, 0, layer)
    painter.restore()
