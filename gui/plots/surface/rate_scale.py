"""A scale of learning rates in powers of ten, with the zones in which a descent has one fate or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.axes.axis import dress_axes, name_axis
from gui.plots.axes.chart import Chart
from gui.plots.axes.power_axis import PowerAxis
from gui.plots.drawing.api import PixelPainter, PlotOverlay, font, px, sketch_of, theme

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
        super().__init__({"bottom": PowerAxis("bottom")})
        self.getAxis("left").setStyle(showValues=False)
        self.setYRange(0, _TOP, padding=0)
        self.track = _Track(self)
        self.addItem(self.track, ignoreBounds=True)

    def lie_flush(self, lead: int, low: bool) -> None:
        """Take colours and fonts anew; ``lead`` pixels stay free on the left, and a ``low`` axis has no name."""
        dress_axes(self)
        # An empty axis, so that the scale can be flush with the plot above it.
        self.getAxis("left").setPen(None)
        self.getAxis("left").setWidth(lead)
        figures = QFontMetricsF(font("notes")).height()
        axis = self.getAxis("bottom")
        axis.setStyle(autoExpandTextSpace=False, tickTextHeight=round(figures))
        if axis.labelText:
            # In the font in use: the name itself changes only with the rate.
            name_axis(axis, axis.labelText)
        axis.showLabel(not low)
        name = 0 if low else QFontMetricsF(font("text")).height() + px(2)
        axis.setHeight(round(figures + px(6) + name))
        whole = round(2 * figures + px(32) + px(6) + name)
        self.setMinimumHeight(whole)
        self.setMaximumHeight(whole)

    def show_scale(self, low: float, high: float, name: str) -> None:
        """From and to which exponents it goes, and its name, with the rate in figures."""
        self.setXRange(low, high, padding=0.035)
        axis = self.getAxis("bottom")
        if name != axis.labelText:
            shown = axis.label.isVisible()
            name_axis(axis, name)
            axis.showLabel(shown)

    def show_rate(self, power: float, ghost: float | None, zones: Sequence[Zone], mark: float | None) -> None:
        """Where the rate stands and stood, what becomes of other rates, and the one that is marked, as exponents."""
        self.track.show_state(power, ghost, tuple(zones), mark)


class _Track(PlotOverlay):
    """All that is drawn on the scale."""

    def __init__(self, scale: RateScale) -> None:
        super().__init__()
        self._scale = scale
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def shown_words(self) -> list[tuple[QRectF, str]]:
        """The words of zones with their places in pixels of the scene; those without room are left out.

        For whoever reads a stage from outside: Qt cannot tell painted words.
        """
        return self._placed_words(sketch_of(self)) if self.state else []

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        colors, (power, ghost, zones, mark) = theme(), self.state
        for zone in zones:
            sketch.fill(self._box(zone, sketch), zone.color, zone.strength)
        box, middle = sketch.box, sketch.at(0, 0.5).y()
        sketch.line(QPointF(box.left(), middle), QPointF(box.right(), middle), colors.control_outline, 1.5)
        if mark is not None:
            line = sketch.span(mark, mark)
            sketch.line(line.topLeft(), line.bottomLeft(), colors.wrong, 2)
        for place, words in self._placed_words(sketch):
            sketch.words(words, place)
        if ghost is not None:
            sketch.ring(sketch.at(ghost, 0.5), px(8), colors.handle, opacity=colors.ghost_opacity)
        # Also where no handle is shown, as in an exported figure.
        sketch.dot(sketch.at(power, 0.5), px(5), colors.text, colors.surface, 1.5)

    def _box(self, zone: Zone, sketch: PixelPainter) -> QRectF:
        """The part of a zone that the scale shows."""
        return sketch.span(zone.low, zone.high) & sketch.box

    def _placed_words(self, sketch: PixelPainter) -> list[tuple[QRectF, str]]:
        placed = []
        for zone in self.state[2]:
            box = self._box(zone, sketch)
            words = sketch.fitting(zone.wordings, box.width() - px(6))
            if words:
                placed.append((QRectF(box.left(), box.top() + 1, box.width(), sketch.height_of()), words))
        return placed

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        self._scale.grabbed.emit(event.pos().x())

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._scale.grabbed.emit(event.pos().x())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._scale.released.emit()
