"""A small picture of ink shown pixel by pixel, with a line of words under it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage

from gui.plots.drawing.api import PixelPainter, StageItem, font, px, theme


def ink_image(ink: np.ndarray) -> QImage:
    """Ink (H, W) of bytes, 0 for paper, as an image in the theme's ink that lets the paper through."""
    made = QColor(theme().text)
    pixels = np.empty((*ink.shape, 4), dtype=np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = made.blue(), made.green(), made.red()
    pixels[..., 3] = ink
    height, width = ink.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def draw_grid(sketch: PixelPainter, square: QRectF, count: int) -> None:
    """Thin lines between the pixels of a square picture with so many on each side, where there is room for them."""
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
    """The picture fills a square as large as the room allows, words below; a grid shows its pixels."""

    def __init__(self, grid: bool = True) -> None:
        super().__init__()
        self._grid = grid
        self._ink: np.ndarray | None = None
        self._image: QImage | None = None
        self._wordings: tuple[str, ...] = ()
        self.restyle()

    def show_picture(self, ink: np.ndarray, *wordings: str) -> None:
        """Ink (H, W) of bytes, and what it is, the fullest wording first."""
        self._ink, self._wordings = ink, wordings
        self._image = ink_image(ink)
        self.update()

    def restyle(self) -> None:
        """Take colours and fonts anew."""
        self._image = ink_image(self._ink) if self._ink is not None else None
        self.take_room(px(72), px(84))

    def square(self) -> QRectF:
        """Where the picture is, in the item's coordinates."""
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
