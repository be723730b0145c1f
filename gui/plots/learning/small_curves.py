"""Small multiples: many small plots on equal axes, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainterPath, QPen

from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.api import LEFT, PixelPainter, font, px, theme

_GAP, _LEAST = 6, 22
_ROWS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, eq=False)
class SmallPlot:
    """A small plot: ``curves`` (C, N) of heights from 0 to 1, NaN where unknown; ``words`` are wordings of its
    title.
    """

    value: str
    words: Sequence[str]
    curves: np.ndarray


class SmallCurves(ChoosingItem):
    """Selectable small plots in rows of ``columns``, with a pen for each curve. The left and right arrow keys choose
    the previous and next plot, up and down that of the row above or below.
    """

    def __init__(self) -> None:
        super().__init__()
        self._plots: tuple[SmallPlot, ...] = ()
        self._pens: tuple[QPen, ...] = ()
        self._columns = 1

    def show_plots(self, plots: Sequence[SmallPlot], columns: int, pens: Sequence[QPen], chosen: str) -> None:
        """Show the small plots, row by row, with a pen for each curve, and the value of the chosen one."""
        self._plots, self._columns, self._pens = tuple(plots), columns, tuple(pens)
        self.value = chosen
        values = [(one.value, one.words[0]) for one in plots]
        if values != list(self.options):
            self.set_options(values)
        self.update()

    @property
    def plots(self) -> tuple[SmallPlot, ...]:
        """The small plots shown, row by row."""
        return self._plots

    def box(self, value: str) -> QRectF:
        place = next((place for place, one in enumerate(self._plots) if one.value == value), None)
        return QRectF() if place is None else self._box(*divmod(place, self._columns))

    def measure(self) -> None:
        rows = -(-len(self.options) // self._columns)
        side = px(_LEAST) + px(_GAP)
        self.take_room(self._columns * side, rows * (side + self._line()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self.options]
        if event.key() not in _ROWS or self.value not in values:
            super().keyPressEvent(event)
            return
        index = values.index(self.value) + _ROWS[event.key()] * self._columns
        if 0 <= index < len(values):
            self.choose(values[index])

    def draw(self, sketch: PixelPainter) -> None:
        colors, line = theme(), self._line()
        for place, one in enumerate(self._plots):
            box = self._box(*divmod(place, self._columns))
            chosen = one.value == self.value
            if chosen:
                sketch.fill(box, colors.selection_fill, radius=px(4))
            frame = colors.selection if chosen else colors.hairline
            sketch.frame(box, frame, 2 if chosen else 1, radius=px(4))
            if chosen and self.hasFocus():
                sketch.focus(box.adjusted(-2, -2, 2, 2), px(5))
            room = QRectF(box.left() + px(4), box.top() + 1, box.width() - px(8), line)
            words = sketch.fitting(one.words, room.width(), bold=chosen)
            sketch.words(words, room, color=colors.text if chosen else colors.muted_text, align=LEFT, bold=chosen)
            plot = box.adjusted(px(4), line + px(2), -px(4), -px(4))
            for curve, ink in zip(one.curves, self._pens, strict=True):
                _draw_curve(sketch, plot, curve, ink)

    def _box(self, row: int, column: int) -> QRectF:
        rows, gap = -(-len(self._plots) // self._columns), px(_GAP)
        width, height = self.size().width() / self._columns, self.size().height() / rows
        return QRectF(column * width + gap / 2, row * height + gap / 2, width - gap, height - gap)

    @staticmethod
    def _line() -> float:
        return QFontMetricsF(font("notes")).height()


def _draw_curve(sketch: PixelPainter, plot: QRectF, curve: np.ndarray, ink: QPen) -> None:
    """Draw a curve over the width of a plot, as far as it is known; a single height as a dot."""
    known = np.flatnonzero(np.isfinite(curve))
    across = plot.left() + known / max(len(curve) - 1, 1) * plot.width()
    places = [QPointF(x, plot.bottom() - float(curve[at]) * plot.height()) for x, at in zip(across, known, strict=True)]
    if len(places) == 1:
        sketch.dot(places[0], px(2), ink.color().name())
    elif places:
        path = QPainterPath(places[0])
        for place in places[1:]:
            path.lineTo(place)
        sketch.painter.strokePath(path, ink)
