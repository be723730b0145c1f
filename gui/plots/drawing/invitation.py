"""The look of an invitation to drag: words in a pill (a box with round ends), and an arrow that shows the direction."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.points import beyond, covered, pushed_into
from gui.style.api import font, px, theme

ARROW = 42
"""Pixels from the centre of a handle's ring to the tip of the invitation's arrow."""
_GAP = 14
_FURTHER = 40
_TURNS = 16
_HEAD = 11
_SHAFT_ENDS = 8


def pill_size(words: str) -> QSizeF:
    """The size of a pill with these words, in pixels."""
    metrics = QFontMetricsF(font("strong"))
    return QSizeF(metrics.horizontalAdvance(words) + px(18), metrics.height() + px(6))


def place_pill(
    size: QSizeF, along: QPointF, arrow: float, plot: QRectF, stage: QRectF, taken: Sequence[QRectF]
) -> QRectF:
    """The best box for a pill of this ``size`` whose arrow leads from (0, 0) along the unit vector ``along``, ``arrow``
    pixels long.

    It is the box in the plot that covers least of the boxes ``taken``, preferably beside the arrow. It lies on the
    stage outside the plot only if every place in the plot would cover something. All boxes are in the same pixel
    coordinates.
    """
    turns = [turn * 2 * math.pi / _TURNS for turn in range(_TURNS)]
    beside = QPointF(-along.y(), along.x())
    upwards = -beside if beside.y() > 0 else beside
    boxes = [
        *(beyond(along * px(_GAP), way, px(_GAP), size) for way in (upwards, -upwards)),
        beyond(QPointF(), -along, px(_GAP), size),
        beyond(along * arrow, along, px(4), size),
        *(
            beyond(QPointF(), QPointF(math.cos(turn), math.sin(turn)), px(gap), size)
            for gap in (_GAP, _FURTHER)
            for turn in turns
        ),
    ]
    shaft = [along * (arrow * part / 4) for part in range(5)]
    near = px(8)
    free = [box for box in boxes if not any(box.adjusted(-near, -near, near, near).contains(one) for one in shaft)]
    places = [box for room in (plot, stage) for box in free if room.contains(box)]
    return min(places, key=lambda box: covered(box, taken), default=pushed_into(boxes[0], stage))


def paint_invitation(painter: QPainter, words: str, pill: QRectF, foot: QPointF, tip: QPointF) -> None:
    """Paint the pill with its words, and an arrow from ``foot`` to ``tip``, in pixels."""
    colors = theme()
    way = tip - foot
    along = way / max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    beside = QPointF(-along.y(), along.x()) * px(6)
    for ink, width in ((colors.surface, 5), (colors.handle, 2.5)):
        painter.setPen(pen(ink, width))
        painter.drawLine(foot, tip - along * px(_SHAFT_ENDS))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(colors.handle))
    base = tip - along * px(_HEAD)
    painter.drawPolygon(QPolygonF([tip, base + beside, base - beside]))
    paint_pill(painter, words, pill)


def paint_pill(painter: QPainter, words: str, pill: QRectF) -> None:
    """Paint the pill with its words alone, in pixels."""
    colors = theme()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(colors.handle))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setFont(font("strong"))
    painter.setPen(pen(colors.surface))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
