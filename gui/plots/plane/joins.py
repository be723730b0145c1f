"""Thin lines across the stage from points of one plot to points of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import pen, px, theme
from gui.plots.drawing.pixel_painter import sketch_alone
from gui.plots.drawing.points import divided
from gui.style.painting import tells_faults

_GAP, _RING = 15, 18
_HEAD = 8
_BOW = 0.11
_LARGEST_BOW = 70
_PLACES = 60


@dataclass(frozen=True)
class Join:
    """A line from ``start`` in the first plot to ``end`` in the second; ``lit`` ones are strong, with ringed ends."""

    start: tuple[float, float]
    end: tuple[float, float]
    lit: bool = False


class JoinsItem(QGraphicsObject):
    """Lines from points of one plot to points of another. It is an item of the scene itself and maps points when it is
    painted, so that its lines follow every change of the layout.

    Horizontal lines are bent away from the middle of their first plot, so that they pass beside its other points.
    """

    def __init__(self, first: pg.PlotItem, second: pg.PlotItem) -> None:
        super().__init__()
        self._plots = (first, second)
        self._joins: tuple[Join, ...] = ()
        self._drawn = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(20)
        for plot in self._plots:
            plot.geometryChanged.connect(self._moved)
            plot.vb.sigRangeChanged.connect(self._moved)
            plot.vb.sigResized.connect(self._moved)

    def show_joins(self, joins: Sequence[Join]) -> None:
        """Show these lines between the two plots."""
        self._joins = tuple(joins)
        self._moved()

    def passed(self) -> list[QPointF]:
        """Points along the highlighted lines, in scene coordinates; they are close to one another."""
        if not self.isVisible() or any(plot.scene() is None for plot in self._plots):
            return []
        paths = [
            self._path(self._place(0, join.start), self._place(1, join.end), px(_RING))[0]
            for join in self._joins
            if join.lit
        ]
        return [path.pointAtPercent(number / _PLACES) for path in paths for number in range(_PLACES + 1)]

    def boundingRect(self) -> QRectF:
        return self._drawn

    def shape(self) -> QPainterPath:
        return QPainterPath()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if any(plot.scene() is None for plot in self._plots):
            return
        color, sketch = theme().forward, sketch_alone(painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for join in sorted(self._joins, key=lambda one: one.lit):
            start, end = self._place(0, join.start), self._place(1, join.end)
            strength = 1.0 if join.lit else 0.45
            path, direction = self._path(start, end, px(_RING if join.lit else _GAP))
            painter.strokePath(path, pen(color, 2.0 if join.lit else 1.2, opacity=strength))
            if join.lit:
                for place in (start, end):
                    sketch.ring(place, px(_RING), color)
            sketch.head(path.currentPosition(), direction, px(_HEAD), color, strength)

    def _path(self, start: QPointF, end: QPointF, gap: float) -> tuple[QPainterPath, QPointF]:
        """A bent line from ``start`` to ``end``, cut off at a distance ``gap`` from both, and its direction at the
        end.
        """
        centers = [plot.vb.sceneBoundingRect().center() for plot in self._plots]
        main = _towards(*centers)
        across = QPointF(-main.y(), main.x())
        way = end - start
        length = max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
        # A line that crosses over to another height passes beside the other points anyway.
        unit = self._place(0, (1, 0)) - self._place(0, (0, 0))
        crossing = abs(QPointF.dotProduct(way, across)) / max(1.0, (unit.x() ** 2 + unit.y() ** 2) ** 0.5)
        side = 1.0 if QPointF.dotProduct(start - centers[0], across) >= 0 else -1.0
        bow = 2 * side * min(_BOW * length, px(_LARGEST_BOW)) * max(0.35, 1 - 0.8 * crossing)
        control = divided(start + end, 2) + across * bow
        first, last = _towards(start, control), _towards(end, control)
        gap = min(gap, length / 3)
        path = QPainterPath(start + first * gap)
        path.quadTo(control, end + last * gap)
        return path, -last

    def _place(self, plot: int, place: tuple[float, float]) -> QPointF:
        return self._plots[plot].vb.mapViewToScene(QPointF(*place))

    def _moved(self, *_: object) -> None:
        self.prepareGeometryChange()
        if all(plot.scene() is not None for plot in self._plots):
            first, second = (plot.sceneBoundingRect() for plot in self._plots)
            margin = 2 * px(_LARGEST_BOW)
            self._drawn = first.united(second).adjusted(-margin, -margin, margin, margin)
        self.update()


def _towards(start: QPointF, end: QPointF) -> QPointF:
    way = end - start
    length = (way.x() ** 2 + way.y() ** 2) ** 0.5
    return way / length if length > 0 else QPointF(1, 0)
