"""A gradient at a point of a map: its arrow and parts, the right angle with the contour, the way to the minimum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from gui.plots.drawing.api import PixelPainter, PlotOverlay, Role, pen, px, theme
from gui.plots.drawing.points import divided

Vector = tuple[float, float]

_HALO = 3.5
_KNOB = 9
"""Pixels around the point that its handle covers."""
_ROOMY = 800
"""The width of the plot in pixels (times the zoom) from which the long names of components are written."""


@dataclass(frozen=True)
class GradientPicture:
    """A point with its gradient, in plot coordinates; attributes that are None are not drawn.

    The right angle between ``arrow`` and ``tangent`` is marked if they are ``perpendicular``. ``parts`` are the names
    of both components, long and short; ``angle`` is written at the arc, ``minimum_name`` at the minimum that the dashed
    line leads to, ``landing_name`` at the point where a step along the arrow ends.
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


class GradientMark(PlotOverlay):
    """The overlay of a gradient, drawn in pixels with halos; names avoid the point and one another."""

    state: tuple[GradientPicture | None, GradientPicture | None] = (None, None)
    colors = ("#000000", "#000000", "#000000")
    """The colours of the arrow and of its two components."""

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self.setZValue(z)

    def show_picture(self, shown: GradientPicture, ghost: GradientPicture | None = None) -> None:
        """Show a gradient, and the arrow of an earlier one as ghost."""
        self.show_state(shown, ghost)

    def draw(self, sketch: PixelPainter) -> None:
        shown, ghost = self.state
        if shown is not None:
            sketch.painter.setClipRect(sketch.box)
            _Drawing(sketch, self.colors).draw(shown, ghost)


class _Drawing(PixelPainter):
    """One painting of the gradient, which records the areas that are occupied."""

    def __init__(self, sketch: PixelPainter, colors: tuple[str, str, str]) -> None:
        super().__init__(sketch.painter, sketch.transform, sketch.box)
        self.colors = colors
        self.taken: list[QRectF] = []

    def draw(self, shown: GradientPicture, ghost: GradientPicture | None) -> None:
        if ghost is not None and ghost.arrow is not None:
            self._ghost(ghost.point, ghost.arrow)
        point = self.at(*shown.point)
        if shown.arrow is None:
            self._minima(shown.minima)
            self._point(point)
            return
        (x, y), (dx, dy) = shown.point, shown.arrow
        tip, corners = self.at(x + dx, y + dy), (self.at(x + dx, y), self.at(x, y + dy))
        self._take(point, px(_KNOB + 3))
        along = _unit(tip - point)
        self._right_angle(point, along, shown)
        if shown.minimum is not None:
            self._arc(point, along, self.at(*shown.minimum), shown.angle)
        self._minima(shown.minima)
        landed = self._step(point, shown)
        for corner, color in zip(corners, self.colors[1:], strict=True):
            self.line(corner, tip, color, 1.2, Qt.PenStyle.DotLine)
        for corner, color in zip(corners, self.colors[1:], strict=True):
            self._arrow(point, corner, color, 2.4, 9)
        self._arrow(point, tip, self.colors[0], 4.2, 15)
        self._point(point)
        self._name(shown.name, self.colors[0], self._beyond(tip, along, shown.name))
        self._part_names(shown, point, corners, along)
        if shown.minimum is not None:
            self._minimum_name(self.at(*shown.minimum), shown.minimum_name)
        if landed is not None:
            self._landing(landed, along, shown.landing_name)

    # Lines and arrows

    def _ghost(self, start: Vector, arrow: Vector) -> None:
        opacity = theme().ghost_opacity
        point, tip = self.at(*start), self.at(start[0] + arrow[0], start[1] + arrow[1])
        self.line(point, tip, self.colors[0], 4.2, opacity=opacity)
        self.head(tip, _unit(tip - point), px(15), self.colors[0], opacity)
        self.ring(point, px(8), theme().text, opacity=opacity)

    def _right_angle(self, point: QPointF, along: QPointF, shown: GradientPicture) -> None:
        """Draw a piece of the contour's tangent, and the mark of its right angle with the arrow."""
        if shown.tangent is None or along.isNull():
            return
        flat = _unit(self.at(shown.point[0] + shown.tangent[0], shown.point[1] + shown.tangent[1]) - point)
        reach = px(64)
        self.line(point - flat * reach, point + flat * reach, theme().text, 1.4)
        if not shown.perpendicular:
            return
        side = px(19)
        # On the side away from the minimum, where the arc is not.
        if shown.minimum is not None and QPointF.dotProduct(flat, self.at(*shown.minimum) - point) > 0:
            flat = -flat
        corner = QPainterPath(point + flat * side)
        corner.lineTo(point + (flat + along) * side)
        corner.lineTo(point + along * side)
        self._haloed(corner, theme().text, 1.6)

    def _arc(self, point: QPointF, along: QPointF, minimum: QPointF, angle: str) -> None:
        """Draw the dashed line to the minimum, and its angle with the arrow."""
        away = minimum - point
        distance = math.hypot(away.x(), away.y())
        if distance < px(_KNOB):
            return
        self._haloed_line(point, minimum, theme().text, 1.8, Qt.PenStyle.DashLine)
        radius = min(px(50), 0.8 * distance)
        if along.isNull() or not angle or radius < px(20):
            return
        start, end = _turn(along), _turn(away)
        span = (end - start + 180) % 360 - 180
        circle = QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
        path = QPainterPath()
        path.arcMoveTo(circle, start)
        path.arcTo(circle, start, span)
        self._haloed(path, theme().text, 2.2)
        self._angle_name(angle, point, start, span, radius)

    def _angle_name(self, angle: str, point: QPointF, start: float, span: float, radius: float) -> None:
        middle = math.radians(start + span / 2)
        out = QPointF(math.cos(middle), -math.sin(middle))
        side = QPointF(-out.y(), out.x())
        size = self._size(angle, "headline")
        further = point + out * (radius + px(26))
        aside = side * (_reach(side, size) + px(10))
        outside = point + out * (radius + px(6) + _reach(out, size))
        wide = abs(span) > 35
        places = [*([outside] if wide else []), further + aside, further - aside]
        self._name(angle, theme().text, places, "headline")

    def _step(self, point: QPointF, shown: GradientPicture) -> QPointF | None:
        """Draw a step along the arrow; returns its end, or None if the point's handle covers the step."""
        end = None if shown.landing is None else self.at(*shown.landing)
        if end is None or math.hypot(end.x() - point.x(), end.y() - point.y()) < px(_KNOB + 5):
            return None
        self._haloed_line(point, end, self.colors[0], 1.6, Qt.PenStyle.DotLine)
        return end

    def _landing(self, end: QPointF, along: QPointF, name: str) -> None:
        """Draw the point where the step ends, with its name."""
        reach, colors = px(5), theme()
        self.dot(end, reach, colors.surface, colors.surface, 2.2 + _HALO)
        self.dot(end, reach, colors.surface, self.colors[0], 2.2)
        self._take(end, reach)
        self._name(name, self.colors[0], self._beyond(end, along, name))

    def _point(self, point: QPointF) -> None:
        """Draw the point itself, for exported figures, in which no handle marks it."""
        self.dot(point, px(5), theme().text, theme().surface)

    def _minima(self, minima: Sequence[Vector]) -> None:
        for place in minima:
            middle, reach = self.at(*place), px(8)
            star = [
                middle + QPointF(math.sin(turn), -math.cos(turn)) * (reach if corner % 2 == 0 else 0.45 * reach)
                for corner, turn in enumerate(math.pi * part / 5 for part in range(10))
            ]
            self.shape(star, theme().text, halo=_HALO)
            self._take(middle, reach)

    def _haloed(self, path: QPainterPath, color: str, width: float) -> None:
        """Draw a path with a halo."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, broad in ((theme().surface, width + _HALO), (color, width)):
            self.painter.setPen(pen(ink, broad))
            self.painter.drawPath(path)

    def _haloed_line(self, start: QPointF, end: QPointF, color: str, width: float, style: Qt.PenStyle) -> None:
        self.line(start, end, theme().surface, width + _HALO)
        self.line(start, end, color, width, style)

    def _arrow(self, start: QPointF, tip: QPointF, color: str, width: float, head: float) -> None:
        along = _unit(tip - start)
        length = math.hypot(tip.x() - start.x(), tip.y() - start.y())
        if along.isNull() or length < px(2):
            return
        head = min(px(head), length)
        neck = tip - along * head * 0.7
        self.line(start, neck, theme().surface, width + _HALO)
        self.head(tip, along, head, color, halo=_HALO)
        self.line(start, neck, color, width)

    # Names

    def _part_names(
        self, shown: GradientPicture, point: QPointF, corners: tuple[QPointF, QPointF], along: QPointF
    ) -> None:
        """Draw the components' names, each on the side of its arrow away from the gradient."""
        long = self.box.width() >= px(_ROOMY)
        names = [part[0] if long else part[1] for part in shown.parts]
        down, right = math.copysign(1, along.y()), math.copysign(1, along.x())
        first, second = (self._size(name) for name in names)
        above = QPointF(0, -down * (first[1] / 2 + px(12)))
        beside = QPointF(right * (first[0] / 2 + px(8)), 0)
        x_side = corners[0] + QPointF(right * first[0] / 2, 0) + above
        self._name(names[0], self.colors[1], [x_side, corners[0] + above, corners[0] + beside, corners[0] - above])
        aside = QPointF(-right * (second[0] / 2 + px(9)), 0)
        far = point + (corners[1] - point) * 0.85
        under = QPointF(0, down * (second[1] / 2 + px(6)))
        self._name(names[1], self.colors[2], [far + aside, corners[1] + aside, corners[1] + under, far - aside])

    def _minimum_name(self, place: QPointF, name: str) -> None:
        size = self._size(name)
        below, beside = QPointF(0, size[1] / 2 + px(10)), QPointF(size[0] / 2 + px(12), 0)
        self._name(name, theme().text, [place + below, place - below, place + beside, place - beside])

    def _beyond(self, tip: QPointF, along: QPointF, words: str) -> list[QPointF]:
        size, side = self._size(words), QPointF(-along.y(), along.x())
        aside = side * (px(10) + _reach(side, size))
        return [tip + along * (px(7) + _reach(along, size)), tip + aside, tip - aside]

    def _name(self, words: str, color: str, places: Sequence[QPointF], role: Role = "strong") -> None:
        """Draw words on a plate at the first of the places that is free and inside the plot, if any."""
        plate, inner = QRectF(0, 0, *self._size(words, role)), self.box.adjusted(2, 2, -2, -2)
        for place in places if words else ():
            plate.moveCenter(place)
            if inner.contains(plate) and not any(plate.intersects(other) for other in self.taken):
                self.taken.append(plate)
                self.plate(words, plate, color, role)
                return

    def _take(self, place: QPointF, reach: float) -> None:
        """Mark a square around a point as occupied; ``reach`` is half its side in pixels."""
        self.taken.append(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach))

    def _size(self, words: str, role: Role = "strong") -> tuple[float, float]:
        return self.width_of(words, role) + px(6), self.height_of(role)


def _reach(way: QPointF, size: tuple[float, float]) -> float:
    """The distance from the centre of words of this size to their edge, along a unit vector."""
    return abs(way.x()) * size[0] / 2 + abs(way.y()) * size[1] / 2


def _unit(line: QPointF) -> QPointF:
    length = math.hypot(line.x(), line.y())
    return divided(line, length) if length > 1e-9 else QPointF()


def _turn(line: QPointF) -> float:
    """The angle of a line in degrees, counterclockwise from the right, as Qt's arcs need it."""
    return math.degrees(math.atan2(-line.y(), line.x()))
