"""An arrow in a plot's coordinates with a head of constant size, and its name beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import font, pen, px, theme
from gui.plots.drawing.ink import readable_on
from gui.plots.drawing.pixel_painter import PixelPainter, sketch_alone
from gui.plots.drawing.stage_item import EDGE, end_in_sight
from gui.style.foreground import blend
from gui.style.painting import tells_faults

_HEAD, _HALO = 11, 3
"""Pixels of the arrowhead, and of the halo that sets it off from a disc or a curve below it."""


class ArrowItem(pg.GraphicsObject):
    """An arrow between two points. If it is too short to show its direction, it is a dot; outside the plot it is cut
    off.

    The shaft is in plot coordinates; head and name are a child item drawn in pixels, whatever the plot's scale.
    """

    def __init__(self, z: float = 10) -> None:
        super().__init__()
        self._start, self._end, self._seen_end = QPointF(), QPointF(), QPointF()
        self._pen = pen("#000000")
        self._tip = _Tip(self)
        self.words_beside: Callable[[], Sequence[QRectF]] = tuple
        """A function that returns the scene boxes of words that the arrow's name avoids."""
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(z)

    def show_arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str,
        name: str = "",
        width: float = 2.5,
        opacity: float = 1.0,
        dashed: bool = False,
        gap: float = 0.0,
    ) -> None:
        """Draw the arrow from ``start`` to ``end``; its head stops ``gap`` pixels short, where a handle lies."""
        self.prepareGeometryChange()
        self._start, self._end = QPointF(*start), QPointF(*end)
        self._pen = pen(color, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine, opacity)
        self._tip.show_tip(color, opacity, name, px(gap))
        self._place_tip()
        self.show()
        self.update()

    @property
    def line(self) -> QLineF:
        """The arrow's whole line in plot coordinates, even outside the visible range."""
        return QLineF(self._start, self._end)

    def viewTransformChanged(self) -> None:
        self.prepareGeometryChange()
        self._place_tip()
        self.update()

    def viewRangeChanged(self) -> None:
        self.viewTransformChanged()

    def boundingRect(self) -> QRectF:
        pixel, _ = self.pixelVectors()
        margin = 4 * (pixel.x() if pixel is not None else 0.01)
        return QRectF(self._start, self._seen_end).normalized().adjusted(-margin, -margin, margin, margin)

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawLine(self._start, self._seen_end)

    def _place_tip(self) -> None:
        """Place the head at the arrow's end, or where the arrow leaves the plot; there the name is moved back
        inside.
        """
        self._seen_end, inwards, room = self._end, QPointF(), QRectF()
        box = self.getViewBox()
        if box is not None and not box.rect().isEmpty():
            shown, edge = box.viewRect(), px(EDGE)
            across, up = edge * shown.width() / box.width(), edge * shown.height() / box.height()
            self._seen_end = end_in_sight(self._start, self._end, shown, across, up)
            to_scene = self.sceneTransform()
            end = to_scene.map(self._seen_end)
            room = to_scene.mapRect(shown).translated(-end)
            if self._seen_end != self._end:
                inwards = to_scene.map(shown.center()) - end
        self._tip.setPos(self._seen_end)
        self._tip.turn(self._direction(), inwards, room)

    def _direction(self) -> QPointF:
        """The unit vector along the arrow on the screen; zero if the arrow is too short."""
        transform = self.sceneTransform()
        line = QLineF(transform.map(self._start), transform.map(self._end))
        return QPointF(line.dx() / line.length(), line.dy() / line.length()) if line.length() > 3 else QPointF()


class _Tip(QGraphicsObject):
    """The head and the name of an arrow, drawn in pixels around its end."""

    def __init__(self, arrow: ArrowItem) -> None:
        super().__init__(arrow)
        self._arrow = arrow
        self._direction, self._inwards, self._room = QPointF(), QPointF(), QRectF()
        self._color, self._opacity, self._name, self._gap = "#000000", 1.0, "", 0.0
        self._bounds = QRectF()
        self.setFlag(self.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_tip(self, color: str, opacity: float, name: str, gap: float) -> None:
        self.prepareGeometryChange()
        self._color, self._opacity, self._name, self._gap = color, opacity, name, gap
        reach = px(40) + QFontMetricsF(font("strong")).horizontalAdvance(name)
        self._bounds = QRectF(-reach, -reach, 2 * reach, 2 * reach)
        self.update()

    def turn(self, direction: QPointF, inwards: QPointF, room: QRectF) -> None:
        """Make the head point along ``direction``, a unit vector on the screen.

        ``inwards`` leads to the middle of the plot if the arrow leaves the plot, otherwise it is zero. ``room`` is the
        visible part of the plot relative to the head, empty if unknown.
        """
        self._direction, self._inwards, self._room = direction, inwards, room
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._direction.isNull() or not (self._room.isEmpty() or self._room.contains(QPointF())):
            return  # what lies outside the plot is cut off there, and has no name beside it
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sketch = sketch_alone(painter, self)
        end = self._direction * (2 - self._gap)
        sketch.head(end, self._direction, px(_HEAD), self._color, self._opacity, _HALO)
        if self._name:
            box = self._name_box(sketch)
            box.adjust(-box.width() / 2, 0, box.width() / 2, 0)
            # On a selected sample lies the disc of what is selected.
            disc = blend(theme().surface, theme().selection, 0.3)
            sketch.words(self._name, box, "strong", readable_on(disc, self._color, theme().text), opacity=self._opacity)

    def _name_box(self, sketch: PixelPainter) -> QRectF:
        """The box of the name beside the head: the first place that lies in the plot and overlaps no other words."""
        width, height, boxes = sketch.width_of(self._name, "strong"), sketch.height_of("strong"), []
        for ahead in self._ways():
            middle = ahead * (px(18) + abs(ahead.x()) * width / 2)
            boxes.append(QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height))
        inside = [one for one in boxes if self._room.contains(one)]
        taken = [one.translated(-self.scenePos()) for one in self._arrow.words_beside()]
        # Beside the head there are two sides.
        other = QRectF(-boxes[-1].right(), -boxes[-1].bottom(), width, height)
        ways = [*inside, other] if taken and self._room.contains(other) else inside
        free = (one for one in ways if not any(one.intersects(words) for words in taken))
        return next(free, next(iter(inside), _moved_into(self._room, boxes[-1])))

    def _ways(self) -> list[QPointF]:
        """The directions (unit vectors) from the head in which the name may stand, best first: beyond the head, or
        beside it.
        """
        beside = QPointF(-self._direction.y(), self._direction.x())
        middle = self._room.center() if self._inwards.isNull() else self._inwards
        beside *= 1 if QPointF.dotProduct(beside, middle) >= 0 else -1
        # Where the arrow leaves the plot there is no room beyond its head.
        return [self._direction, beside] if self._inwards.isNull() else [beside]


def _moved_into(room: QRectF, box: QRectF) -> QRectF:
    """The box moved by as little as brings it into the room, as far as it fits."""
    if room.isEmpty():
        return box
    left = max(room.left(), min(box.left(), room.right() - box.width()))
    top = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())
