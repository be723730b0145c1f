"""A scale of learning rates in powers of ten, with the zones in which a descent has one fate or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.axes.axis import dress_axes, name_axis
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import PowerAxis
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

_TOP = 1.7
"""The handle lies at 0.5 of this height, words stand above it."""


@dataclass(frozen=True)
class Zone:
    """From one exponent to another; of the ``wordings`` the longest that fits is shown. ``color`` is the theme's."""

    low: float
    high: float
    wordings: tuple[str, ...]
    color: str
    strength: float


class RateScale(Chart):
    """``grabbed`` carries the exponent under the pointer where the scale is pressed, ``released`` follows."""

    grabbed = Signal(float)
    released = Signal()

    def __init__(self) -> None:
        super().__init__({"bottom": PowerAxis(orientation="bottom")})
        self.getAxis("left").setStyle(showValues=False)
        self.setYRange(0, _TOP, padding=0)
        self.track = _Track(self)
        self.addItem(self.track, ignoreBounds=True)

    def restyle(self) -> None:
        """Take colours and fonts anew."""
        dress_axes(self)
        # An empty axis, so that the scale can be flush with the plot above it.
        self.getAxis("left").setPen(None)
        height = round(QFontMetricsF(font("notes")).height())
        self.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=height)
        self.track.update()

    def set_lead(self, width: int) -> None:
        """Leave so many pixels free on the left."""
        self.getAxis("left").setWidth(width)

    def set_low(self, low: bool) -> None:
        """Without the name of the axis where there is little room."""
        axis = self.getAxis("bottom")
        axis.showLabel(not low)
        room = QFontMetricsF(font("notes")).height() + scaled(6)
        name = 0 if low else QFontMetricsF(font("text")).height() + scaled(2)
        axis.setHeight(round(room + name))
        whole = round(QFontMetricsF(font("notes")).height() + scaled(32) + room + name)
        self.setMinimumHeight(whole)
        self.setMaximumHeight(whole)

    def show_scale(self, low: float, high: float) -> None:
        """From and to which exponents it goes."""
        self.setXRange(low, high, padding=0.035)

    def show_rate(
        self, power: float, name: str, ghost: float | None, zones: Sequence[Zone], mark: float | None
    ) -> None:
        """Where the rate stands and stood, what becomes of other rates, and the one that is marked, as exponents.

        ``name`` is that of the scale, with the rate in figures.
        """
        if name != self.getAxis("bottom").labelText:
            shown = self.getAxis("bottom").label.isVisible()
            name_axis(self.getAxis("bottom"), name)
            self.getAxis("bottom").showLabel(shown)
        self.track.show_all(power, ghost, zones, mark)


class _Track(OverPlot):
    """All that is drawn on the scale."""

    def __init__(self, scale: RateScale) -> None:
        super().__init__()
        self._scale = scale
        self._power = 0.0
        self._ghost: float | None = None
        self._zones: Sequence[Zone] = ()
        self._mark: float | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_all(
        self, power: float, ghost: float | None, zones: Sequence[Zone], mark: float | None
    ) -> None:
        self._power, self._ghost, self._zones, self._mark = power, ghost, zones, mark
        self.redraw()

    def shown_words(self) -> list[tuple[QRectF, str]]:
        """The words of zones with their places in pixels of the scene; those without room are left out."""
        return self._placed_words(self.sceneTransform())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        with in_pixels(painter, self) as to_pixels:
            whole = to_pixels.mapRect(self.boundingRect())
            for zone in self._zones:
                box = self._box(zone.low, zone.high, to_pixels)
                painter.fillRect(box, brush(zone.color, zone.strength))
            middle = to_pixels.map(QPointF(0, 0.5)).y()
            painter.setPen(pen(colors.control_outline, 1.5))
            painter.drawLine(QPointF(whole.left(), middle), QPointF(whole.right(), middle))
            if self._mark is not None:
                across = to_pixels.map(QPointF(self._mark, 0)).x()
                painter.setPen(pen(colors.wrong, 2))
                painter.drawLine(QPointF(across, whole.top()), QPointF(across, whole.bottom()))
            painter.setFont(font("notes"))
            painter.setPen(pen(colors.text))
            for box, words in self._placed_words(to_pixels):
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            if self._ghost is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(pen(colors.handle, 2, opacity=colors.ghost_opacity))
                painter.drawEllipse(to_pixels.map(QPointF(self._ghost, 0.5)), scaled(8), scaled(8))
            # Also where no handle is shown, as in an exported figure.
            painter.setPen(pen(colors.surface, 1.5))
            painter.setBrush(brush(colors.text))
            painter.drawEllipse(to_pixels.map(QPointF(self._power, 0.5)), scaled(5), scaled(5))

    def _box(self, low: float, high: float, to_pixels: object) -> QRectF:
        shown = self.boundingRect()
        left, right = max(low, shown.left()), min(high, shown.right())
        return to_pixels.mapRect(QRectF(left, shown.top(), max(0.0, right - left), shown.height()))

    def _placed_words(self, to_pixels: object) -> list[tuple[QRectF, str]]:
        metrics = QFontMetricsF(font("notes"))
        placed = []
        for zone in self._zones:
            box = self._box(zone.low, zone.high, to_pixels)
            room = box.width() - scaled(6)
            words = next((one for one in zone.wordings if metrics.horizontalAdvance(one) <= room), "")
            if words:
                placed.append((QRectF(box.left(), box.top() + 1, box.width(), metrics.height()), words))
        return placed

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        self._scale.grabbed.emit(event.pos().x())

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._scale.grabbed.emit(event.pos().x())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._scale.released.emit()
