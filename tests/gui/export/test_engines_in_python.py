"""A paint engine that is written in Python lets go of what it was given to draw.

PySide 6.10 makes a list of the lines, rectangles or places of a drawing, and holds it for ever: each picture that was
listened to, or exported, left some hundred bytes of every line behind, and the table of all objects, which is made
anew whenever it has doubled, at last took seconds for that in the middle of a painting.
"""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF

from gui.export.plain_device import PlainDevice
from gui.plots.drawing.paint_device import ScreenDevice
from gui.stage.fields_on_stage import _Ear

_COUNT, _TURNS = 200, 20
_LINES = [QLineF(0, 0, number, 5) for number in range(_COUNT)]
_RECTS = [QRectF(0, 0, number, 5) for number in range(_COUNT)]
_PLACES = QPolygonF([QPointF(number, number * number % 7) for number in range(_COUNT)])
DRAWINGS = {
    "lines": lambda painter: painter.drawLines(_LINES),
    "rectangles": lambda painter: painter.drawRects(_RECTS),
    "polygon": lambda painter: painter.drawPolygon(_PLACES),
    "polyline": lambda painter: painter.drawPolyline(_PLACES),
    "points": lambda painter: painter.drawPoints(_PLACES),
}


def _ear(_):
    return ScreenDevice(_Ear([]), 300, 300)


def _plain(target):
    return PlainDevice(target, 300, 300)


@pytest.mark.parametrize("device", [_ear, _plain])
@pytest.mark.parametrize("drawing", DRAWINGS)
def test_what_was_drawn_is_let_go(qapp, drawing, device):
    image = QImage(300, 300, QImage.Format.Format_RGB32)

    def draw(turns):
        with QPainter(image) as target:
            for _ in range(turns):
                on = device(target)
                with QPainter(on) as painter:
                    DRAWINGS[drawing](painter)

    draw(_TURNS)
    gc.collect()
    before = sys.getallocatedblocks()
    draw(_TURNS)
    gc.collect()
    # Of each drawing some little may stay, but nothing for each of its parts.
    assert sys.getallocatedblocks() - before < _COUNT * _TURNS / 10
