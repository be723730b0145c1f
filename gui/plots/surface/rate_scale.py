"""A draggable scale of learning rates in powers of ten, with zones for what becomes of a gradient descent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.axes.axis import PowerAxis, dress_axes, name_axis
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, StageItem, font, px, sketch_of, theme

_TOP = 1.7
"""The height of the scale in plot units; the handle lies at 0.5, words stand above it."""


@dataclass(frozen=True)
class Zone:
    """A coloured zone of the scale, from exponent ``low`` to ``high``, with the longest of its ``wordings`` that fits.
    ``color`` is a theme colour, ``strength`` its opacity.
    """

    low: float
    high: float
    wordings: tuple[str, ...]
    color: str
    strength: float


class RateScale(Chart):
    """The plot of a scale of learning rates in powers of ten. ``grabbed`` carries the exponent under the pointer on
    press and drag, ``released`` follows.
    """

    grabbed = Signal(float)
    released = Signal()

    def __init__(self) -> None:
        super().__init__({"bottom": PowerAxis("bottom")})
        self.getAxis("left").setStyle(showValues=False)
        self.setYRange(0, _TOP, padding=0)
        self.track = _Track(self)
        self.addItem(self.track, ignoreBounds=True)

    def lie_flush(self, lead: int, low: bool) -> None:
        """Apply colours and fonts, and leave ``lead`` pixels free on the left, to align the scale with the plot above.
        A ``low`` scale has no name at its axis.
        """
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
        """Set the range of exponents, and the scale's name, which contains the rate in digits."""
        self.setXRange(low, high, padding=0.035)
        axis = self.getAxis("bottom")
        if name != axis.labelText:
            shown = axis.label.isVisible()
            name_axis(axis, name)
            axis.showLabel(shown)

    def show_rate(self, power: float, ghost: float | None, zones: Sequence[Zone], mark: float | None) -> None:
        """Show the rate ``power``, an earlier rate ``ghost``, the zones, and a further rate ``mark``; all are exponents
        of 10.
        """
        self.track.show_state(power, ghost, tuple(zones), mark)


class _Track(PlotOverlay):
    """The overlay that draws the scale and takes drags on it."""

    def __init__(self, scale: RateScale) -> None:
        super().__init__()
        self._scale = scale
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def shown_words(self) -> list[tuple[QRectF, str]]:
        """The visible words of zones with their boxes in scene pixels.

        For code that reads a stage from outside, since Qt cannot return painted words.
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
        """The visible rectangle of a zone, in pixels."""
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


_GAP, _LEAST = 14, 1.5


class DivisorSquares(StageItem):
    """Squares whose sides are the divisors of the steps in each direction; only words if nothing is divided."""

    def __init__(self) -> None:
        super().__init__()
        self._state: tuple = ((), None, 1.0, (), "")
        self.take_room(px(100), px(64))

    def show_roots(
        self, wordings: Sequence[str], roots: np.ndarray | None, largest: float, labels: Sequence[str], color: str
    ) -> None:
        """Show sides (N,) with a label each, scaled to the ``largest``, and wordings above, the fullest first."""
        self._state = tuple(wordings), None if roots is None else roots.tolist(), largest, tuple(labels), color
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts."""
        self.take_room(px(100), px(64))

    def boxes(self) -> list[QRectF]:
        """The drawn squares from top to bottom, in item coordinates; empty if nothing is divided. Each is centred in
        one of the equal strips of the item.
        """
        _, roots, largest, *_ = self._state
        shares, line = self._shares(), QFontMetricsF(font("notes")).height()
        found = []
        for root, share in zip(roots or (), shares, strict=True):
            room = max(0.0, min(share.height() - line - px(6), share.width() - px(_GAP)))
            side = max(_LEAST, room * min(1.0, root / largest if largest > 0 else 0.0))
            bottom = share.bottom() - line - px(2)
            found.append(QRectF(share.center().x() - side / 2, bottom - side, side, side))
        return found

    def draw(self, sketch: PixelPainter) -> None:
        wordings, _, _, labels, color = self._state
        box, line = sketch.box, sketch.height_of()
        heading = QRectF(box.left(), box.top(), box.width(), line)
        sketch.words(sketch.fitting(wordings, box.width()), heading, color=theme().muted_text)
        for square, share, label in zip(self.boxes(), self._shares(), labels, strict=True):
            sketch.panel(square, color, color, 1.5, opacity=0.35)
            below = QRectF(share.left(), square.bottom() + px(1), share.width(), line)
            sketch.words(sketch.elided(label, share.width()), below)

    def _shares(self) -> list[QRectF]:
        """The strips of the item's area below the heading, one for each square, equal in size, from top to bottom."""
        box, line, count = self.boundingRect(), QFontMetricsF(font("notes")).height(), len(self._state[1] or ())
        height = (box.height() - line) / max(1, count)
        return [QRectF(box.left(), box.top() + line + index * height, box.width(), height) for index in range(count)]
