"""One neuron with two inputs and a bias, and the signals that flow through it."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.contract.numerals import format_real
from gui.plots.drawing.ink import brush, pen, sign_color
from gui.style.theme import theme
from gui.style.typography import font, scaled


@dataclass(frozen=True)
class Signals:
    """Everything that is written into the drawing, in the engine's numbers; ``right`` None where nothing is wanted."""

    inputs: tuple[float, float]
    weights: tuple[float, float]
    bias: float
    weighted_sum: float
    output: float
    right: bool | None


class NeuronItem(pg.GraphicsWidget):
    """Inputs on the left, the sum in the middle, the output on the right; an edge's width is the signal's size."""

    def __init__(self) -> None:
        super().__init__()
        self._signals: Signals | None = None
        self._activation = self._title = self._note = ""
        self.restyle()

    def show_signals(self, signals: Signals, activation: str, title: str = "", note: str = "") -> None:
        """Draw these numbers; ``activation`` is the short name written into the neuron, ``note`` stands below it."""
        self._signals, self._activation, self._title, self._note = signals, activation, title, note
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        self.setMinimumSize(QSizeF(scaled(210), scaled(130)))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        signals = self._signals
        if signals is None:
            return
        line = scaled(20)
        width, room = self.size().width(), self.size().height() - 2 * line
        height = min(room, scaled(420))
        top = 1.5 * line + (room - height) / 2
        self._words(painter, 0, line)
        radius = min(scaled(19), height / 8)
        middle, right = width * 0.58, width - radius - 2
        words = [f"x1 = {format_real(signals.inputs[0], 3)}", f"x2 = {format_real(signals.inputs[1], 3)}", "1"]
        metrics = QFontMetricsF(font("number"))
        pill = QSizeF(max(map(metrics.horizontalAdvance, words)) + scaled(14), metrics.height() + scaled(8))
        center = QPointF(middle, top + height / 2)
        words_width = QFontMetricsF(font("strong")).horizontalAdvance(_sum_words(signals))
        body = QSizeF(max(radius * 1.6, words_width / 2 + scaled(12)), max(radius * 1.3, scaled(20)))
        sources = (
            ("w1", signals.inputs[0], signals.weights[0]),
            ("w2", signals.inputs[1], signals.weights[1]),
            ("b", 1.0, signals.bias),
        )
        for row, (name, value, weight) in enumerate(sources):
            box = QRectF(QPointF(1, top + height * (row + 0.5) / 3 - pill.height() / 2), pill)
            start = QPointF(box.right(), box.center().y())
            self._edge(painter, start, center - QPointF(body.width() * 0.8, 0), value, weight, name)
            self._node(painter, box, words[row])
        end = QPointF(right, center.y())
        colors = theme()
        painter.setPen(pen(colors.muted_text, 1.5))
        painter.drawLine(center + QPointF(body.width(), 0), end - QPointF(radius, 0))
        self._body(painter, center, body, signals)
        self._output(painter, end, radius, signals)

    def _words(self, painter: QPainter, top: float, line: float) -> None:
        """Title and note, both above the drawing, left and right."""
        colors = theme()
        box = QRectF(0, top, self.size().width(), line)
        painter.setFont(font("strong"))
        painter.setPen(pen(colors.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(font("number"))
        painter.setPen(pen(colors.muted_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._note)

    def _edge(self, painter: QPainter, first: QPointF, last: QPointF, value: float, weight: float, name: str) -> None:
        colors = theme()
        product = value * weight
        alive = product != 0
        thickness = min(7.0, 1.0 + 5.0 * abs(product) ** 0.5) if alive else 1.0
        style = Qt.PenStyle.SolidLine if alive else Qt.PenStyle.DotLine
        painter.setPen(pen(sign_color(product) if alive else colors.control_outline, thickness, style))
        painter.drawLine(first, last)
        words = f"{name} = {format_real(weight, 4)}"
        self._label(painter, first + (last - first) * 0.4, words, sign_color(weight) if weight else colors.muted_text)

    def _label(self, painter: QPainter, middle: QPointF, words: str, color: str) -> None:
        type_face = font("number")
        painter.setFont(type_face)
        metrics = QFontMetricsF(type_face)
        size = QSizeF(metrics.horizontalAdvance(words) + scaled(8), metrics.height() + 2)
        box = QRectF(QPointF(middle.x() - size.width() / 2, middle.y() - size.height() / 2), size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().surface))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(pen(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _node(self, painter: QPainter, box: QRectF, words: str) -> None:
        colors = theme()
        painter.setPen(pen(colors.control_outline, 1.5))
        painter.setBrush(brush(colors.raised))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(font("number"))
        painter.setPen(pen(colors.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _body(self, painter: QPainter, center: QPointF, half: QSizeF, signals: Signals) -> None:
        colors = theme()
        box = QRectF(center.x() - half.width(), center.y() - half.height(), 2 * half.width(), 2 * half.height())
        painter.setPen(pen(colors.text, 1.5))
        painter.setBrush(brush(colors.surface))
        painter.drawRoundedRect(box, half.height(), half.height())
        painter.setFont(font("strong"))
        painter.setPen(pen(sign_color(signals.weighted_sum)))
        painter.drawText(
            box.adjusted(0, half.height() * 0.2, 0, -half.height()), Qt.AlignmentFlag.AlignCenter, _sum_words(signals)
        )
        painter.setFont(font("notes"))
        painter.setPen(pen(colors.muted_text))
        painter.drawText(
            box.adjusted(0, half.height(), 0, -half.height() * 0.2), Qt.AlignmentFlag.AlignCenter, self._activation
        )

    def _output(self, painter: QPainter, middle: QPointF, radius: float, signals: Signals) -> None:
        colors = theme()
        fired = signals.output >= 0.5
        painter.setPen(pen(colors.class_colors[1 if fired else 0], 2))
        painter.setBrush(brush(colors.region_fills[1 if fired else 0]))
        painter.drawEllipse(middle, radius, radius)
        box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        painter.setFont(font("strong"))
        painter.setPen(pen(colors.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, format_real(signals.output, 2))
        if signals.right is None:
            return
        painter.setFont(font("strong"))
        painter.setPen(pen(colors.right if signals.right else colors.wrong))
        words = "y ✓" if signals.right else "y ×"
        below = QRectF(middle.x() - radius, middle.y() + radius + 2, 2 * radius, scaled(20))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _sum_words(signals: Signals) -> str:
    return f"a = {format_real(signals.weighted_sum, 3)}"
