"""Many digits in a plane, each drawn as a numeral in the colour of that digit; one of them is selected."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainterPath, QTransform

from engine.contract.numerals import percent
from engine.contract.text import Text
from gui.plots.axes.magnified import MagnifiedChart
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, brush, font, pen, px, theme, translate

_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_DIRECTION = Text("direction {number}: {share} of the spread")
_MARGIN = 0.04
"""The margin beside all points, as a share of the plot's width."""
_LEAST = 1e-9


class DigitPoints(MagnifiedChart):
    """A plot of digits as numerals in a plane. ``stepped`` carries the direction (right, up) in which an arrow key
    looks for the next point; + and − magnify, 0 shows the whole.
    """

    stepped = Signal(int, int)

    def __init__(self) -> None:
        self._places = np.zeros((1, 2))
        self._chosen: int | None = None
        super().__init__()
        self._drawing = _Drawing(self)
        self.put(self._drawing)

    def show_points(self, places: np.ndarray, digits: np.ndarray, chosen: int | None, shares: np.ndarray) -> None:
        """Show the digits (N,) at ``places`` (N, 2), the index of the selected one, and each direction's share (2,) of
        the variance.
        """
        self._chosen = chosen
        if places is not self._places and not np.array_equal(places, self._places):
            self._places = places
            self.show_whole()
        directions = [
            _DIRECTION(number=number, share=percent(share)) for number, share in enumerate(shares.tolist(), 1)
        ]
        self._drawing.show_digits(places, digits, chosen, *directions)
        if chosen is not None and self.hasFocus():
            # Keys do not lead out of sight.
            x, y = places[chosen].tolist()
            self.bring_into_sight(QRectF(x, y, _LEAST, _LEAST))

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self._drawing.restyle()
        self.fit()

    def whole(self) -> QRectF:
        """The extent of all points in plot coordinates, centred, with equal scales on both axes."""
        room = self.vb.rect()
        width, height = max(1.0, room.width()), max(1.0, room.height())
        low, high = self._places.min(axis=0), self._places.max(axis=0)
        # Above and below all points there is room for a line of words.
        line = QFontMetricsF(font("notes")).height() + px(8)
        free = max(1.0, width * (1 - 2 * _MARGIN)), max(1.0, height - 2 * line)
        unit = max(float(high[0] - low[0]) / free[0], float(high[1] - low[1]) / free[1], _LEAST)
        middle = (low + high) / 2
        return QRectF(
            float(middle[0]) - unit * width / 2, float(middle[1]) - unit * height / 2, unit * width, unit * height
        )

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if self.is_magnified:
            # The two directions would no longer have the same scale.
            self.show_whole()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.stepped.emit(*_STEPS[event.key()])
        elif not self.magnify_by_key(event.text(), self._chosen_in_sight()):
            event.ignore()

    def _chosen_in_sight(self) -> QPointF | None:
        """The selected point in plot coordinates, about which keys magnify; None if it is not visible."""
        place = None if self._chosen is None else QPointF(*self._places[self._chosen].tolist())
        return place if place is not None and self.vb.viewRect().contains(place) else None


class _Drawing(PlotOverlay):
    """The overlay of all numerals, drawn as outlines: as texts, a screen reader would read out hundreds of them."""

    def __init__(self, plot: DigitPoints) -> None:
        super().__init__()
        self._plot = plot
        self._numerals: list[QPainterPath] = []

    def show_digits(self, places: np.ndarray, digits: np.ndarray, chosen: int | None, across: Text, up: Text) -> None:
        self.state = (places, digits, chosen, across, up)
        self.redraw()

    def restyle(self) -> None:
        """Create the outlines of the numerals again."""
        self._numerals = []
        self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        colors, (places, digits, chosen, across, up) = theme(), self.state
        self._numerals = self._numerals or [_numeral(digit) for digit in range(10)]
        painter = sketch.painter
        # To an eighth of a pixel: what lies in the last digits of a place shall not show in the edges of a numeral.
        at = [QPointF(round(8 * place.x()) / 8, round(8 * place.y()) / 8) for place in sketch.places(places)]
        inks = [brush(ink) for ink in colors.digit_inks]
        painter.setPen(Qt.PenStyle.NoPen)
        seen = sketch.box.adjusted(-px(9), -px(9), px(9), px(9))
        for digit, place in zip(digits.tolist(), at, strict=True):
            if seen.contains(place):
                painter.setBrush(inks[digit])
                painter.drawPath(self._numerals[digit].translated(place))
        if chosen is not None:
            self._draw_chosen(sketch, at[chosen], int(digits[chosen]))
        _draw_directions(sketch, translate(across), translate(up))

    def _draw_chosen(self, sketch: PixelPainter, place: QPointF, digit: int) -> None:
        colors, painter, radius = theme(), sketch.painter, px(12)
        sketch.dot(place, radius, colors.surface, colors.selection, 2.5 if self._plot.hasFocus() else 2)
        larger = QTransform.fromTranslate(place.x(), place.y()).scale(1.25, 1.25)
        painter.fillPath(larger.map(self._numerals[digit]), brush(colors.digit_inks[digit]))
        if self._plot.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(colors.accent, 1.5))
            painter.drawEllipse(place, radius + px(3), radius + px(3))


def _numeral(digit: int) -> QPainterPath:
    """The outline of a digit, centred on the origin."""
    face = font("notes")
    face.setBold(True)
    path = QPainterPath()
    path.addText(0, 0, face, str(digit))
    middle = path.boundingRect().center()
    return path.translated(-middle.x(), -middle.y())


def _draw_directions(sketch: PixelPainter, across: str, up: str) -> None:
    """Draw the names of both directions in the corners to which they point."""
    metrics, gap = QFontMetricsF(font("notes")), px(4)
    for words, align in ((f"↑ {up}", LEFT), (f"{across} →", RIGHT)):
        box = QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * gap, metrics.height() + gap)
        if align == LEFT:
            box.moveTopLeft(sketch.box.topLeft())
        else:
            box.moveBottomRight(sketch.box.bottomRight())
        sketch.fill(box, theme().surface, 0.85, px(3))
        sketch.words(words, box, color=theme().muted_text)
