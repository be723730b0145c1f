"""The neurons of a network's hidden layers as dots: full where one takes part, a small ring where it is left out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.drawing.api import LEFT, PixelPainter, StageItem, font, px, theme

_LARGEST = 7


class NeuronDots(StageItem):
    """A block for every layer with its name in front; the dots of a block fill it row by row."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._left_out = np.zeros((0, 0), dtype=bool)
        self.restyle()

    def show_neurons(self, names: Sequence[str], left_out: np.ndarray) -> None:
        """The names of the layers, and which neurons (layers, neurons) are left out."""
        self._names, self._left_out = tuple(names), left_out
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
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
