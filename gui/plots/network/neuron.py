"""A neuron with two inputs and a bias, with its values; and the dropped neurons of layers as dots."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from engine.contract.numerals import format_real
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, StageItem, font, px, theme
from gui.plots.drawing.ink import NEGATIVE, sign_color, sign_ink


@dataclass(frozen=True)
class Signals:
    """The values of a neuron to be drawn; ``right`` tells whether its answer is right, None if there is no right
    answer.
    """

    inputs: tuple[float, float]
    weights: tuple[float, float]
    bias: float
    weighted_sum: float
    output: float
    right: bool | None


class NeuronItem(StageItem):
    """A drawing of a neuron: inputs on the left, the sum in the middle, the output on the right.

    An edge's width shows the size of the signal along it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._signals: Signals | None = None
        self._activation = self._title = self._note = ""
        self.restyle()

    def show_signals(self, signals: Signals, activation: str, title: str = "", note: str = "") -> None:
        """Show these values; ``activation`` is the short name of the activation function, ``title`` and ``note`` stand
        above.
        """
        self._signals, self._activation, self._title, self._note = signals, activation, title, note
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self.take_room(px(210), px(130))

    def draw(self, sketch: PixelPainter) -> None:
        signals, colors = self._signals, theme()
        if signals is None:
            return
        sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = px(20)
        width, room = self.size().width(), self.size().height() - 2 * line
        height = min(room, px(420))
        top = 1.5 * line + (room - height) / 2
        above = QRectF(0, 0, width, line)
        sketch.words(self._title, above, "strong", align=LEFT)
        sketch.words(self._note, above, "number", colors.muted_text, RIGHT)
        radius = min(px(19), height / 8)
        center, end = QPointF(width * 0.58, top + height / 2), QPointF(width - radius - 2, top + height / 2)
        total = f"a = {format_real(signals.weighted_sum, 3)}"
        half = QSizeF(max(radius * 1.6, sketch.width_of(total, "strong") / 2 + px(12)), max(radius * 1.3, px(20)))
        inputs = [f"x{number} = {format_real(value, 3)}" for number, value in enumerate(signals.inputs, start=1)]
        widest = max(sketch.width_of(words, "number") for words in inputs)
        pill = QSizeF(widest + px(14), sketch.height_of("number") + px(8))
        sources = (
            (inputs[0], "w1", signals.inputs[0], signals.weights[0]),
            (inputs[1], "w2", signals.inputs[1], signals.weights[1]),
            ("1", "b", 1.0, signals.bias),
        )
        body = QRectF(center.x() - half.width(), center.y() - half.height(), 2 * half.width(), 2 * half.height())
        for row, (words, name, value, weight) in enumerate(sources):
            box = QRectF(QPointF(1, top + height * (row + 0.5) / 3 - pill.height() / 2), pill)
            start = QPointF(box.right(), box.center().y())
            last = center - QPointF(half.width() * 0.8, 0)
            _draw_edge(sketch, start, last, value, f"{name} = {format_real(weight, 4)}", weight, (box, body))
            sketch.panel(box, colors.raised, colors.control_outline, 1.5, box.height() / 2)
            sketch.words(words, box, "number")
        sketch.line(center + QPointF(half.width(), 0), end - QPointF(radius, 0), colors.muted_text, 1.5)
        sketch.panel(body, colors.surface, colors.text, 1.5, half.height())
        upper, lower = (body.adjusted(0, half.height() * a, 0, half.height() * b) for a, b in ((0.2, -1), (1, -0.2)))
        sketch.words(total, upper, "strong", sign_ink(signals.weighted_sum))
        sketch.words(self._activation, lower, color=colors.muted_text)
        _draw_output(sketch, end, radius, signals)


def _draw_edge(
    sketch: PixelPainter,
    first: QPointF,
    last: QPointF,
    value: float,
    words: str,
    weight: float,
    ends: tuple[QRectF, QRectF],
) -> None:
    """Draw an edge with its signal, and the text of its weight on a plate. The plate stands on the edge, or above it if
    there is no room between the boxes ``ends``.
    """
    colors, product = theme(), value * weight
    if product:
        dashes = NEGATIVE if product < 0 else ()
        sketch.line(first, last, sign_color(product), min(7.0, 1.0 + 5.0 * abs(product) ** 0.5), dashes=dashes)
    else:
        sketch.line(first, last, colors.control_outline, 1.0, Qt.PenStyle.DotLine)
    box = QRectF(0, 0, sketch.width_of(words, "number") + px(8), sketch.height_of("number") + 2)
    box.moveCenter(first + (last - first) * 0.4)
    if any(map(box.intersects, ends)):
        box.moveBottom(min(end.top() for end in ends) - 1)
    sketch.fill(box, colors.surface, radius=4)
    sketch.words(words, box, "number", sign_ink(weight))


def _draw_output(sketch: PixelPainter, middle: QPointF, radius: float, signals: Signals) -> None:
    """Draw the output as a disc in the colour of the answer's class, and below it whether the answer is right."""
    colors, fired = theme(), int(signals.output >= 0.5)
    sketch.dot(middle, radius, colors.region_fills[fired], colors.class_colors[fired])
    disc = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    sketch.words(format_real(signals.output, 2), disc, "strong")
    if signals.right is not None:
        words, color = ("y ✓", colors.right) if signals.right else ("y ×", colors.wrong)
        sketch.words(words, QRectF(disc.left(), disc.bottom() + 2, disc.width(), px(20)), "strong", color)


_LARGEST = 7


class NeuronDots(StageItem):
    """The neurons of layers as dots: a block for each layer with its name in front, filled row by row; dropped ones are
    rings.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._left_out = np.zeros((0, 0), dtype=bool)
        self.restyle()

    def show_neurons(self, names: Sequence[str], left_out: np.ndarray) -> None:
        """Show the layers' names, and which neurons are dropped, as a mask (layers, neurons)."""
        self._names, self._left_out = tuple(names), left_out
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self.take_room(px(180), 6 * QFontMetricsF(font("notes")).height())

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        front = max((sketch.width_of(name) for name in self._names), default=0.0) + px(10)
        height = sketch.box.height() / max(1, len(self._names))
        for number, (name, left_out) in enumerate(zip(self._names, self._left_out, strict=True)):
            block = QRectF(0, number * height, sketch.box.width(), height)
            sketch.words(name, block, color=colors.muted_text, align=LEFT)
            block = block.adjusted(front, px(2), -px(2), -px(2))
            if number:
                sketch.line(block.topLeft(), block.topRight(), colors.hairline)
            self._draw_block(sketch, block.adjusted(0, px(2), 0, 0), left_out)

    def _draw_block(self, sketch: PixelPainter, block: QRectF, left_out: np.ndarray) -> None:
        colors, count = theme(), len(left_out)
        # Cells as nearly square as the block allows, and rows that are equally full.
        rows = max(1, min(count, round(math.sqrt(count * block.height() / max(1.0, block.width())))))
        columns = -(-count // rows)
        wide, high = block.width() / columns, block.height() / rows
        radius = min(0.38 * wide, 0.38 * high, px(_LARGEST))
        for place, gone in enumerate(left_out.tolist()):
            row, column = divmod(place, columns)
            at = QPointF(block.left() + (column + 0.5) * wide, block.top() + (row + 0.5) * high)
            if gone:
                sketch.ring(at, 0.55 * radius, colors.control_outline, 1.2)
            else:
                sketch.dot(at, radius, colors.accent)
