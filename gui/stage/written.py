"""What words and marks stand on a stage, and where: it is painted once more, onto a device that only listens."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QImage,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPixmap,
    QPolygonF,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsView

from gui.plots.drawing.paint_device import OwnEngine, ScreenDevice, taken

_LARGEST_MARK = 64
"""Pixels; what is larger than that is a picture rather than the mark of a point."""
_ROOM = 3
"""Pixels around words that still count as theirs."""


def words_at(stage: QGraphicsView, place: QPoint) -> str:
    """The words that a stage shows at a place of its viewport, such as the number in a cell; empty where none are."""
    heard = _heard(stage)
    here = [words for words, shape in heard if words and shape.containsPoint(QPointF(place), Qt.FillRule.WindingFill)]
    # What was painted last lies on top.
    return here[-1].strip() if here else ""


def words_and_marks(stage: QGraphicsView) -> list[tuple[str, QRectF]]:
    """All words on a stage with their places in the scene, and the marks of points, which have none."""
    return [(words, stage.mapToScene(shape.toPolygon()).boundingRect()) for words, shape in _heard(stage)]


def _heard(stage: QGraphicsView) -> list[tuple[str, QPolygonF]]:
    heard: list[tuple[str, QPolygonF]] = []
    device = ScreenDevice(_Ear(heard), *stage.viewport().size().toTuple())
    with QPainter(device) as painter:
        stage.render(painter, QRectF(stage.viewport().rect()), stage.viewport().rect())
    return heard


class _Ear(OwnEngine):
    """``heard`` gets each text, or none for a mark, with its outline in the pixels of the viewport, as painted."""

    def __init__(self, heard: list[tuple[str, QPolygonF]]) -> None:
        super().__init__()
        self._heard = heard
        self._transform = QTransform()

    def updateState(self, state: QPaintEngineState) -> None:
        if state.state() & QPaintEngine.DirtyFlag.DirtyTransform:
            self._transform = QTransform(state.transform())

    def drawTextItem(self, foot: QPointF, item: QTextItem) -> None:  # type: ignore[override] # Qt gives no other kind
        box = QRectF(foot.x(), foot.y() - item.ascent(), item.width(), item.ascent() + item.descent())
        self._heard.append((item.text(), self._transform.map(QPolygonF(box.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)))))

    def drawPixmap(self, box: QRectF | QRect, pixmap: QPixmap | QImage, part: QRectF | QRect) -> None:
        outline = self._transform.map(QPolygonF(QRectF(box)))
        if max(outline.boundingRect().width(), outline.boundingRect().height()) <= _LARGEST_MARK:
            self._heard.append(("", outline))

    def drawPath(self, *_: object) -> None:
        pass

    def drawPolygon(self, parts: Iterable[object], *_: object) -> None:
        taken(parts, bool)

    drawEllipse = drawTiledPixmap = drawPath
    drawLines = drawRects = drawPoints = drawPolygon

    def drawImage(self, *_: object, **__: object) -> None:
        pass
