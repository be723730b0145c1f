"""Accuracy over the updates of a training: training data solid, test data dashed, the gap between them shaded."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.plots.learning.update_plot import UpdatePlot
from gui.style.theme import theme
from gui.style.typography import font, scaled

_TRAIN, _TEST = 1, 2


class AccuracyPlot(UpdatePlot):
    """From 0 to 1. Curves are of a fixed sample, dots of all samples; both newest numbers stand large at the right."""

    def __init__(self) -> None:
        super().__init__(names_epochs=False)
        self.setYRange(0, 1.03, padding=0)
        self.getAxis("left").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")], []])
        self.gap = QGraphicsPathItem()
        self.ghost, self.train, self.test = pg.PlotCurveItem(), pg.PlotCurveItem(), pg.PlotCurveItem()
        self.train_dots, self.test_dots = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.key = _AccuracyKey()
        self.put(self.gap, self.ghost, self.train, self.test, self.train_dots, self.test_dots, self.key)

    def set_words(self, across: str, up: str, epoch: str, key: tuple[str, str]) -> None:
        """Names of the axes and of an epoch, and of the two curves; takes colours and fonts anew."""
        self.set_names(across, up, epoch)
        colors = theme()
        self.gap.setPen(Qt.PenStyle.NoPen)
        self.gap.setBrush(brush(curve_color(_TEST), 0.2))
        self.train.setPen(pen_of_training(2.2))
        self.test.setPen(pen_of_test(2.2))
        self.ghost.setPen(pen(colors.text, 2, opacity=colors.ghost_opacity))
        for dots, number in ((self.train_dots, _TRAIN), (self.test_dots, _TEST)):
            dots.setPen(pen(curve_color(number), 1.6))
            # Where both lie on one another the ring is still seen around the dot.
            dots.setBrush(brush(curve_color(number), 1.0 if number == _TRAIN else 0.0))
            dots.setSize(scaled(6 if number == _TRAIN else 12))
        self.key.set_words(key)

    def show_accuracy(self, updates: np.ndarray, train: np.ndarray, test: np.ndarray) -> None:
        """The curves (N,), taken on samples."""
        self.train.setData(updates, train)
        self.test.setData(updates, test)
        there_and_back = np.concatenate([updates, updates[::-1]]).astype(float)
        self.gap.setPath(pg.arrayToQPath(there_and_back, np.concatenate([train, test[::-1]]), connect="all"))

    def show_epochs(self, updates: np.ndarray, train: np.ndarray, test: np.ndarray) -> None:
        """The dots (M,), taken on all samples."""
        self.train_dots.setData(updates, train)
        self.test_dots.setData(updates, test)

    def show_ghost(self, updates: np.ndarray, test: np.ndarray) -> None:
        """The test accuracy of the run before."""
        self.ghost.setData(updates, test)

    def show_numbers(self, train: str, test: str, notes: tuple[str, ...]) -> None:
        """Both numbers in words, and what the curves are, the fullest wording first."""
        self.key.show_numbers(train, test, notes)


def pen_of_training(width: float) -> QPen:
    """The pen of what is measured on training data."""
    return pen(curve_color(_TRAIN), width, Qt.PenStyle[theme().train_line])


def pen_of_test(width: float) -> QPen:
    """The pen of what is measured on test data."""
    return pen(curve_color(_TEST), width, Qt.PenStyle[theme().test_line])


class _AccuracyKey(OverPlot):
    """The numbers with a piece of their curves, at the lower right, where accuracies hardly ever are."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._numbers, self._notes = ("", ""), ("", ""), ("",)
        self.setZValue(20)

    def set_words(self, words: tuple[str, str]) -> None:
        self._words = words
        self.update()

    def show_numbers(self, train: str, test: str, notes: tuple[str, ...]) -> None:
        if ((train, test), notes) != (self._numbers, self._notes):
            self._numbers, self._notes = (train, test), notes
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with in_pixels(painter, self) as to_pixels:
            box = to_pixels.mapRect(self.boundingRect())
            large, text, notes = font("headline"), font("text"), font("notes")
            big, middle, small = (QFontMetricsF(made) for made in (large, text, notes))
            right, bottom = box.right() - scaled(6), box.bottom() - scaled(4)
            number_room = big.horizontalAdvance("100.0 %")
            word_room = max(middle.horizontalAdvance(word) for word in self._words) + scaled(8)
            if number_room + word_room + scaled(34) > 0.6 * box.width() or 2 * big.height() > 0.62 * box.height():
                self._paint_numbers_only(painter, right, bottom)
                return
            note = next((one for one in self._notes if small.horizontalAdvance(one) <= box.width() - scaled(12)), "")
            if note and 2 * big.height() + small.height() < 0.62 * box.height():
                painter.setFont(notes)
                painter.setPen(pen(theme().muted_text))
                painter.drawText(QPointF(right - small.horizontalAdvance(note), bottom - small.descent()), note)
                bottom -= small.height()
            for number in (1, 0):
                painter.setFont(large)
                painter.setPen(pen(curve_color((_TRAIN, _TEST)[number])))
                left = right - big.horizontalAdvance(self._numbers[number])
                painter.drawText(QPointF(left, bottom - big.descent()), self._numbers[number])
                painter.setFont(text)
                left = right - number_room - word_room
                painter.drawText(QPointF(left, bottom - big.descent()), self._words[number])
                painter.setPen((pen_of_training, pen_of_test)[number](2.2))
                line = bottom - big.height() / 2
                painter.drawLine(QPointF(left - scaled(34), line), QPointF(left - scaled(8), line))
                bottom -= big.height()

    def _paint_numbers_only(self, painter: QPainter, right: float, bottom: float) -> None:
        """Where there is little room: both numbers in one row, in the inks of their curves."""
        painter.setFont(font("notes"))
        metrics = QFontMetricsF(painter.font())
        for number in (1, 0):
            right -= metrics.horizontalAdvance(self._numbers[number])
            painter.setPen(pen(curve_color((_TRAIN, _TEST)[number])))
            painter.drawText(QPointF(right, bottom - metrics.descent()), self._numbers[number])
            right -= scaled(6)
