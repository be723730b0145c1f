"""A gradient at a point of a map: its arrow and parts, the right angle with the contour, the way to the minimum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, faded, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import Role, font, scaled

Vector = tuple[float, float]

_HALO = 3.5
_KNOB = 9
"""Pixels around the point that its handle takes."""
_ROOMY = 800
"""Pixels of width (times the zoom) from which names are written out."""


@dataclass(frozen=True)
class GradientPicture:
    """Everything in plot coordinates; what there is none of is None.

    ``perpendicular`` says whether arrow and tangent are. ``parts`` are the names of both components, long and short;
    ``angle`` is written at the arc, ``minimum_name`` at the minimum that the dashed line leads to, ``landing_name`` at
    the place where a step along the arrow ends.
    """

    point: Vector
    arrow: Vector | None = None
    tangent: Vector | None = None
    perpendicular: bool = True
    minimum: Vector | None = None
    minima: Sequence[Vector] = ()
    name: str = ""
    parts: tuple[tuple[str, str], tuple[str, str]] = (("", ""), ("", ""))
    angle: str = ""
    minimum_name: str = ""
    landing: Vector | None = None
    landing_name: str = ""


class GradientMark(OverPlot):
    """Drawn in pixels over the map, haloed, its names put where they cover neither the point nor one another."""

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self._shown: GradientPicture | None = None
        self._ghost: GradientPicture | None = None
        self._colors = ("#000000", "#000000", "#000000")
        self.setZValue(z)

    def set_colors(self, arrow: str, part0: str, part1: str) -> None:
        """The inks of the arrow and of its two parts."""
        self._colors = (arrow, part0, part1)
        self.update()

    def show_picture(self, shown: GradientPicture, ghost: GradientPicture | None = None) -> None:
        """The picture, and the arrow of one from before."""
        self._shown, self._ghost = shown, ghost
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._shown is None:
            return
        with in_pixels(painter, self) as to_pixels:
            box = to_pixels.mapRect(self.boundingRect())
            painter.setClipRect(box)
            _Drawing(painter, to_pixels, box, self._colors).draw(self._shown, self._ghost)


class _Drawing:
    """One pass of painting."""

    def __init__(self, painter: QPainter, to_pixels: QTransform, box: QRectF, colors: tuple[str, str, str]) -> None:
        self.painter, self.to_pixels, self.box, self.colors = painter, to_pixels, box, colors
        self.taken: list[QRectF] = []

    def draw(self, shown: GradientPicture, ghost: GradientPicture | None) -> None:
        if ghost is not None and ghost.arrow is not None:
            self._ghost(ghost)
        if shown.arrow is None:
            self._minima(shown.minima)
            self._dot(self._at(shown.point))
            return
        point = self._at(shown.point)
        tip = self._at(_sum(shown.point, shown.arrow))
        corners = (
            self._at((shown.point[0] + shown.arrow[0], shown.point[1])),
            self._at((shown.point[0], shown.point[1] + shown.arrow[1])),
        )
        knob = scaled(_KNOB + 3)
        self.taken.append(QRectF(point.x() - knob, point.y() - knob, 2 * knob, 2 * knob))
        along = _unit(tip - point)
        self._right_angle(point, along, shown)
        if shown.minimum is not None:
            self._arc(point, along, self._at(shown.minimum), shown.angle)
        self._minima(shown.minima)
        landed = self._step(point, shown)
        for corner, color in zip(corners, self.colors[1:], strict=True):
            self._line(corner, tip, color, 1.2, Qt.PenStyle.DotLine, halo=False)
        for corner, color in zip(corners, self.colors[1:], strict=True):
            self._arrow(point, corner, color, 2.4, 9)
        self._arrow(point, tip, self.colors[0], 4.2, 15)
        self._dot(point)
        self._name(shown.name, self.colors[0], self._beyond(tip, along, shown.name))
        self._part_names(shown, point, corners, along)
        if shown.minimum is not None:
            self._minimum_name(shown)
        if landed is not None:
            self._landing(landed, along, shown.landing_name)

    # Lines and arrows

    def _ghost(self, ghost: GradientPicture) -> None:
        color = faded(self.colors[0], theme().ghost_opacity)
        point, tip = self._at(ghost.point), self._at(_sum(ghost.point, ghost.arrow))
        self.painter.setPen(pen(self.colors[0], 4.2, opacity=theme().ghost_opacity))
        self.painter.drawLine(point, tip)
        self._head(tip, _unit(tip - point), color, 15)
        self.painter.setPen(pen(theme().text, 2, opacity=theme().ghost_opacity))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawEllipse(point, scaled(8), scaled(8))

    def _right_angle(self, point: QPointF, along: QPointF, shown: GradientPicture) -> None:
        """A piece of the contour's tangent, and the mark of the right angle with it."""
        if shown.tangent is None or along.isNull():
            return
        flat = _unit(self._at(_sum(shown.point, shown.tangent)) - point)
        reach = scaled(64)
        self._line(point - flat * reach, point + flat * reach, theme().text, 1.4, halo=False)
        if not shown.perpendicular:
            return
        side = scaled(19)
        # On the side away from the minimum, where the arc is not.
        if shown.minimum is not None and QPointF.dotProduct(flat, self._at(shown.minimum) - point) > 0:
            flat = -flat
        corner = QPolygonF([point + flat * side, point + (flat + along) * side, point + along * side])
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((theme().surface, 1.6 + _HALO), (theme().text, 1.6)):
            self.painter.setPen(pen(color, width))
            self.painter.drawPolyline(corner)

    def _arc(self, point: QPointF, along: QPointF, minimum: QPointF, angle: str) -> None:
        """The way to the minimum, and its angle with the arrow."""
        away = minimum - point
        distance = math.hypot(away.x(), away.y())
        if distance < scaled(_KNOB):
            return
        self._line(point, minimum, theme().text, 1.8, Qt.PenStyle.DashLine)
        radius = min(scaled(50), 0.8 * distance)
        if along.isNull() or not angle or radius < scaled(20):
            return
        start, end = _turn(along), _turn(away)
        span = (end - start + 180) % 360 - 180
        circle = QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
        path = QPainterPath()
        path.arcMoveTo(circle, start)
        path.arcTo(circle, start, span)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((theme().surface, 2.2 + _HALO), (theme().text, 2.2)):
            self.painter.setPen(pen(color, width))
            self.painter.drawPath(path)
        self._angle_name(angle, point, start, span, radius)

    def _angle_name(self, angle: str, point: QPointF, start: float, span: float, radius: float) -> None:
        middle = math.radians(start + span / 2)
        out = QPointF(math.cos(middle), -math.sin(middle))
        side = QPointF(-out.y(), out.x())
        size = self._size(angle, "headline")
        aside = abs(side.x()) * size[0] / 2 + abs(side.y()) * size[1] / 2 + scaled(10)
        outside = radius + scaled(6) + abs(out.x()) * size[0] / 2 + abs(out.y()) * size[1] / 2
        wide = abs(span) > 35
        places = [point + out * outside] if wide else []
        further = point + out * (radius + scaled(26))
        places += [further + side * aside, further - side * aside]
        self._name(angle, theme().text, places, "headline")

    def _step(self, point: QPointF, shown: GradientPicture) -> QPointF | None:
        """The way of a step along the arrow; gives its end, None where the point's handle covers it."""
        end = None if shown.landing is None else self._at(shown.landing)
        if end is None or math.hypot(end.x() - point.x(), end.y() - point.y()) < scaled(_KNOB + 5):
            return None
        self._line(point, end, self.colors[0], 1.6, Qt.PenStyle.DotLine)
        return end

    def _landing(self, end: QPointF, along: QPointF, name: str) -> None:
        """The end of the step, with its name."""
        reach = scaled(5)
        self.painter.setPen(pen(theme().surface, 2.2 + _HALO))
        self.painter.setBrush(brush(theme().surface))
        self.painter.drawEllipse(end, reach, reach)
        self.painter.setPen(pen(self.colors[0], 2.2))
        self.painter.drawEllipse(end, reach, reach)
        self.taken.append(QRectF(end.x() - reach, end.y() - reach, 2 * reach, 2 * reach))
        self._name(name, self.colors[0], self._beyond(end, along, name))

    def _dot(self, point: QPointF) -> None:
        """The point itself: its handle is not there in a figure."""
        self.painter.setPen(pen(theme().surface, 2))
        self.painter.setBrush(brush(theme().text))
        self.painter.drawEllipse(point, scaled(5), scaled(5))

    def _minima(self, minima: Sequence[Vector]) -> None:
        for place in minima:
            middle, reach = self._at(place), scaled(8)
            star = QPolygonF(
                [
                    middle + QPointF(math.sin(turn), -math.cos(turn)) * (reach if corner % 2 == 0 else 0.45 * reach)
                    for corner, turn in enumerate(math.pi * part / 5 for part in range(10))
                ]
            )
            self.painter.setPen(pen(theme().surface, _HALO))
            self.painter.setBrush(brush(theme().text))
            self.painter.drawPolygon(star)
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.drawPolygon(star)
            self.taken.append(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach))

    def _line(
        self,
        start: QPointF,
        end: QPointF,
        color: str,
        width: float,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        halo: bool = True,
    ) -> None:
        if halo:
            self.painter.setPen(pen(theme().surface, width + _HALO))
            self.painter.drawLine(start, end)
        self.painter.setPen(pen(color, width, style))
        self.painter.drawLine(start, end)

    def _arrow(self, start: QPointF, tip: QPointF, color: str, width: float, head: float) -> None:
        along = _unit(tip - start)
        length = math.hypot(tip.x() - start.x(), tip.y() - start.y())
        if along.isNull() or length < scaled(2):
            return
        head = min(scaled(head), length)
        self._line(start, tip - along * head * 0.7, color, width)
        self.painter.setPen(pen(theme().surface, _HALO))
        self.painter.setBrush(brush(theme().surface))
        self._head(tip, along, QColor(theme().surface), head, outlined=True)
        self._head(tip, along, QColor(color), head)
        self.painter.setPen(pen(color, width))
        self.painter.drawLine(start, tip - along * head * 0.7)

    def _head(self, tip: QPointF, along: QPointF, color: QColor, head: float, outlined: bool = False) -> None:
        side = QPointF(-along.y(), along.x()) * head * 0.45
        base = tip - along * head
        if not outlined:
            self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(color)
        self.painter.drawPolygon(QPolygonF([tip, base + side, base - side]))

    # Names

    def _part_names(
        self, shown: GradientPicture, point: QPointF, corners: tuple[QPointF, QPointF], along: QPointF
    ) -> None:
        """The components' names, each on the side of its arrow that is turned away from the gradient."""
        long = self.box.width() >= scaled(_ROOMY)
        names = [part[0] if long else part[1] for part in shown.parts]
        down, right = math.copysign(1, along.y()), math.copysign(1, along.x())
        first, second = (self._size(name) for name in names)
        above = QPointF(0, -down * (first[1] / 2 + scaled(12)))
        beside = QPointF(right * (first[0] / 2 + scaled(8)), 0)
        x_side = corners[0] + QPointF(right * first[0] / 2, 0) + above
        self._name(names[0], self.colors[1], [x_side, corners[0] + above, corners[0] + beside, corners[0] - above])
        aside = QPointF(-right * (second[0] / 2 + scaled(9)), 0)
        far = point + (corners[1] - point) * 0.85
        under = QPointF(0, down * (second[1] / 2 + scaled(6)))
        self._name(names[1], self.colors[2], [far + aside, corners[1] + aside, corners[1] + under, far - aside])

    def _minimum_name(self, shown: GradientPicture) -> None:
        place, size = self._at(shown.minimum), self._size(shown.minimum_name)
        below, beside = QPointF(0, size[1] / 2 + scaled(10)), QPointF(size[0] / 2 + scaled(12), 0)
        self._name(shown.minimum_name, theme().text, [place + below, place - below, place + beside, place - beside])

    def _beyond(self, tip: QPointF, along: QPointF, words: str) -> list[QPointF]:
        size = self._size(words)
        side = QPointF(-along.y(), along.x())
        out = along * (scaled(7) + abs(along.x()) * size[0] / 2 + abs(along.y()) * size[1] / 2)
        aside = side * (scaled(10) + abs(side.x()) * size[0] / 2 + abs(side.y()) * size[1] / 2)
        return [tip + out, tip + aside, tip - aside]

    def _name(self, words: str, color: str, places: Sequence[QPointF], role: Role = "strong") -> None:
        """Words on a plate at the first of the places that is free and inside, or not at all."""
        if not words:
            return
        width, height = self._size(words, role)
        inner = self.box.adjusted(2, 2, -2, -2)
        for place in places:
            plate = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
            if inner.contains(plate) and not any(plate.intersects(other) for other in self.taken):
                self.taken.append(plate)
                self.painter.setPen(Qt.PenStyle.NoPen)
                self.painter.setBrush(brush(theme().surface, 0.82))
                self.painter.drawRoundedRect(plate, scaled(3), scaled(3))
                self.painter.setFont(font(role))
                self.painter.setPen(pen(color))
                self.painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
                return

    def _size(self, words: str, role: Role = "strong") -> tuple[float, float]:
        metrics = QFontMetricsF(font(role))
        return metrics.horizontalAdvance(words) + scaled(6), metrics.height()

    def _at(self, place: Vector) -> QPointF:
        return self.to_pixels.map(QPointF(*place))


def _sum(one: Vector, other: Vector) -> Vector:
    return one[0] + other[0], one[1] + other[1]


def _unit(line: QPointF) -> QPointF:
    length = math.hypot(line.x(), line.y())
    return line / length if length > 1e-9 else QPointF()


def _turn(line: QPointF) -> float:
    """Degrees to the left from pointing right, as Qt counts arcs."""
    return math.degrees(math.atan2(-line.y(), line.x()))
