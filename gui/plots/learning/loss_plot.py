"""The loss over the updates of a training: every batch thin, their mean bold, the flat start named."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.ink import brush, hairline, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.plots.learning.update_plot import UpdatePlot
from gui.style.theme import theme
from gui.style.typography import font, scaled

_INK = 1
_TOPS = (2.6, 5.0, 10.0)


class LossPlot(UpdatePlot):
    """From 0 to a top that only grows with the largest loss of the run, to 10 at most.

    A wild start may cost thousands; beside it nothing else could be told apart, so what is beyond leaves the plot.
    """

    def __init__(self) -> None:
        super().__init__(names_epochs=True, numbered_below=False)
        self._top = 0.0
        self.flat, self.chance_name = _FlatStart(), _ChanceName()
        self.chance = pg.InfiniteLine(0, 0)
        self.ghost, self.mean = pg.PlotCurveItem(), pg.PlotCurveItem()
        # Up and down at every point: smoothing its edges would take most of the time of a whole picture.
        self.batches = pg.PlotCurveItem(antialias=False)
        self.key = _LossKey()
        self.put(self.flat, self.chance, self.chance_name, self.ghost, self.batches, self.mean, self.key)
        # Until the first frame comes, which may take a second of loading, the axes stand where they will be.
        self._show_top(_TOPS[0])

    def set_words(self, up: str, epoch: str, key: tuple[str, str]) -> None:
        """Name of the axis and of an epoch, and of the thin and the bold curve; takes colours and fonts anew."""
        self.set_names("", up, epoch)
        colors = theme()
        self.chance.setPen(pen(colors.control_outline, 1, Qt.PenStyle.DashLine))
        self.batches.setPen(hairline(curve_color(_INK), 0.45))
        self.mean.setPen(pen(curve_color(_INK), 2.4))
        self.ghost.setPen(pen(colors.text, 2, opacity=colors.ghost_opacity))
        self.key.set_words(key)

    def show_loss(
        self, updates: np.ndarray, smallest: np.ndarray, largest: np.ndarray, mean: np.ndarray, value: str
    ) -> None:
        """Rows (N,): of so many batches the smallest and largest loss, and their mean; ``value`` is the newest."""
        # Down and up again at every row: where rows stand for many batches this is the band between both.
        self.batches.setData(np.repeat(updates, 2), np.column_stack([smallest, largest]).ravel())
        self.mean.setData(updates, mean)
        self.key.show_value(value)

    def show_top(self, largest: np.ndarray) -> None:
        """Make room for the losses of a whole run, of which these are the largest."""
        most = float(np.max(largest, initial=0.0))
        self._show_top(next((top for top in _TOPS if most <= top), _TOPS[-1]))

    def show_ghost(self, updates: np.ndarray, mean: np.ndarray) -> None:
        """The mean loss of the run before."""
        self.ghost.setData(updates, mean)

    def show_flat(self, updates: int, chance: float, words: tuple[str, str], chance_words: tuple[str, ...]) -> None:
        """The loss of guessing with its name, the fullest wording first, and the updates that stayed at it at the
        start, with two lines of words.
        """
        self.chance.setPos(chance)
        self.chance_name.show_name(chance, chance_words)
        self.flat.show_flat(updates, words)

    def _show_top(self, top: float) -> None:
        if top != self._top:
            self._top = top
            self.setYRange(0, top, padding=0)


class _ChanceName(OverPlot):
    """The name of the line of guessing, below its right end, on a plate that no epoch's line crosses."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-10)
        self._height, self._wordings = 0.0, ("",)

    def show_name(self, height: float, wordings: tuple[str, ...]) -> None:
        if (height, wordings) != (self._height, self._wordings):
            self._height, self._wordings = height, wordings
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with in_pixels(painter, self) as to_pixels:
            box = to_pixels.mapRect(self.boundingRect())
            painter.setFont(font("notes"))
            metrics = QFontMetricsF(painter.font())
            words = next((one for one in self._wordings if metrics.horizontalAdvance(one) < 0.4 * box.width()), "")
            width = metrics.horizontalAdvance(words)
            top = to_pixels.map(QPointF(0, self._height)).y() + 1
            plate = QRectF(box.right() - width - scaled(6), top, width, metrics.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(theme().surface))
            painter.drawRect(plate.adjusted(-scaled(3), 0, scaled(3), 0))
            painter.setPen(pen(theme().muted_text))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


class _FlatStart(OverPlot):
    """A tinted span from update 0 on, with its name below the curve."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-30)
        self._updates, self._words = 0, ("", "")

    def show_flat(self, updates: int, words: tuple[str, str]) -> None:
        if (updates, words) != (self._updates, self._words):
            self._updates, self._words = updates, words
            self.update()

    def named(self) -> tuple[str, ...]:
        """The lines that have room within the span at present."""
        scene = self.sceneTransform()
        width = scene.map(QPointF(self._updates, 0)).x() - scene.map(QPointF(0, 0)).x()
        fonts = (font("strong"), font("notes"))
        rooms = [QFontMetricsF(made).horizontalAdvance(line) for made, line in zip(fonts, self._words, strict=True)]
        return self._words if width >= max(rooms) + scaled(6) else ()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors, lines = theme(), self.named()
        with in_pixels(painter, self) as to_pixels:
            box = to_pixels.mapRect(self.boundingRect())
            left, right = (to_pixels.map(QPointF(x, 0)).x() for x in (0, self._updates))
            span = QRectF(left, box.top(), right - left, box.height())
            if self._updates:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(brush(colors.selection_fill, 0.8))
                painter.drawRect(span)
            bottom = box.bottom() - scaled(6)
            for role, line in reversed(list(zip(("strong", "notes"), lines, strict=False))):
                painter.setFont(font(role))
                painter.setPen(pen(colors.text if role == "strong" else colors.muted_text))
                metrics = QFontMetricsF(painter.font())
                row = QRectF(span.left(), bottom - metrics.height(), span.width(), metrics.height())
                painter.drawText(row, Qt.AlignmentFlag.AlignCenter, line)
                bottom -= metrics.height()


class _LossKey(OverPlot):
    """Which curve is which, and the newest mean, at the right below the line of guessing."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(20)
        self._words, self._value = ("", ""), ""

    def set_words(self, words: tuple[str, str]) -> None:
        self._words = words
        self.update()

    def show_value(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        color = curve_color(_INK)
        with in_pixels(painter, self) as to_pixels:
            box = to_pixels.mapRect(self.boundingRect())
            large, notes = font("headline"), font("notes")
            big, small = QFontMetricsF(large), QFontMetricsF(notes)
            row, right = small.height(), box.right() - scaled(6)
            rows = list(zip(self._words, (1, 2.4), (0.6, 1), strict=True))
            height = big.height() + len(rows) * row
            wide = max(small.horizontalAdvance(word) for word in self._words) + scaled(34)
            tight = height > 0.72 * box.height() or wide > 0.4 * box.width()
            top = box.top() + 0.24 * box.height()
            painter.setFont(large)
            painter.setPen(pen(color))
            painter.drawText(QPointF(right - big.horizontalAdvance(self._value), top + big.ascent()), self._value)
            if tight:
                return
            painter.setFont(notes)
            for number, (word, width, opacity) in enumerate(rows):
                at = top + big.height() + number * row
                left = right - small.horizontalAdvance(word)
                painter.setPen(pen(theme().muted_text))
                painter.drawText(QPointF(left, at + small.ascent()), word)
                painter.setPen(pen(color, width, opacity=opacity))
                painter.drawLine(QPointF(left - scaled(24), at + row / 2), QPointF(left - scaled(6), at + row / 2))
