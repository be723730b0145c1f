"""A small greyscale image shown pixel by pixel, with a line of words below it; and the base of tiles."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.drawing.api import PixelPainter, StageItem, font, px, theme
from gui.plots.drawing.ink_image import ink_image
from gui.plots.drawing.stage_item import Control


def draw_grid(sketch: PixelPainter, square: QRectF, count: int) -> None:
    """Draw lines between the pixels of an image of ``count`` by ``count`` pixels, if there is room for them."""
    if square.width() / count < 4:
        return
    for number in range(1, count):
        # On whole pixels, where a thin line is not blurred.
        x, y = (int(start + number * square.width() / count) for start in square.topLeft().toTuple())
        upright = QPointF(x, square.top()), QPointF(x, square.bottom())
        level = QPointF(square.left(), y), QPointF(square.right(), y)
        for ends in (upright, level):
            sketch.line(*ends, theme().hairline, 0.6, opacity=0.7)


class PixelPicture(StageItem):
    """An image in a square as large as fits, with words below and, if ``grid``, lines between its pixels."""

    def __init__(self, grid: bool = True) -> None:
        super().__init__()
        self._grid = grid
        self._ink: np.ndarray | None = None
        self._image: QImage | None = None
        self._wordings: tuple[str, ...] = ()
        self.restyle()

    def show_picture(self, ink: np.ndarray, *wordings: str) -> None:
        """Show the image ``ink`` (H, W) of bytes, and words about it, the fullest wording first."""
        self._ink, self._wordings = ink, wordings
        self._image = ink_image(ink)
        self.update()

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self._image = ink_image(self._ink) if self._ink is not None else None
        self.take_room(px(72), px(84))

    def square(self) -> QRectF:
        """The square of the image, in item coordinates."""
        line = self._line()
        side = max(1.0, min(self.size().width(), self.size().height() - line) - 2)
        return QRectF((self.size().width() - side) / 2, (self.size().height() - line - side) / 2, side, side)

    def draw(self, sketch: PixelPainter) -> None:
        if self._image is None or self._ink is None:
            return
        colors, square, count = theme(), self.square(), len(self._ink)
        sketch.fill(square, colors.raised)
        sketch.picture(square, self._image)
        if self._grid:
            draw_grid(sketch, square, count)
        sketch.frame(square, colors.control_outline)
        below = QRectF(0, square.bottom() + 1, self.size().width(), self._line())
        words = sketch.fitting(self._wordings, below.width()) or sketch.elided(self._wordings[-1], below.width())
        sketch.words(words, below, color=colors.muted_text)

    def _line(self) -> float:
        return QFontMetricsF(font("notes")).height() + px(3)


class Tiles(Control):
    """The base of selectable tiles; ``chosen`` carries the index chosen by click or arrow key.

    A subclass gives the number of tiles (``count``) and of tiles in a row (``columns``), the rectangle of each
    (``tile``), and the selected one (``looked_at``).
    """

    chosen = Signal(int)

    def count(self) -> int:
        """The number of tiles."""
        raise NotImplementedError

    def columns(self) -> int:
        """The number of tiles in a row."""
        raise NotImplementedError

    def looked_at(self) -> int:
        """The index of the selected tile."""
        raise NotImplementedError

    def tile(self, index: int) -> QRectF:
        """The rectangle of a tile, in item coordinates."""
        raise NotImplementedError

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for index in range(self.count()):
            if self.tile(index).adjusted(-2, -2, 2, 2).contains(event.pos()):
                self.chosen.emit(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.columns() if self.count() else 0
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -row, Qt.Key.Key_Down: row}
        index = self.looked_at() + steps.get(event.key(), 0)
        if event.key() not in steps or not self.count():
            event.ignore()
        elif 0 <= index < self.count():
            self.chosen.emit(index)
