"""A small picture of ink shown pixel by pixel, with a line of words under it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled


def ink_image(ink: np.ndarray) -> QImage:
    """Ink (H, W) of bytes, 0 for paper, as an image in the theme's ink that lets the paper through."""
    made = QColor(theme().text)
    pixels = np.empty((*ink.shape, 4), dtype=np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = made.blue(), made.green(), made.red()
    pixels[..., 3] = ink
    height, width = ink.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


class PixelPicture(pg.GraphicsWidget):
    """The picture fills a square as large as the room allows, words below; a grid shows its pixels."""

    def __init__(self, grid: bool = True) -> None:
        super().__init__()
        self._grid = grid
        self._ink: np.ndarray | None = None
        self._image: QImage | None = None
        self._words = ""
        self.restyle()

    def show_picture(self, ink: np.ndarray, words: str) -> None:
        """Ink (H, W) of bytes, and what it is."""
        self._ink, self._words = ink, words
        self._image = ink_image(ink)
        self.update()

    def restyle(self) -> None:
        """Take colours and fonts anew."""
        self.setMinimumSize(QSizeF(scaled(72), scaled(88)))
        self._image = ink_image(self._ink) if self._ink is not None else None
        self.update()

    def square(self) -> QRectF:
        """Where the picture is, in the item's coordinates."""
        line = self._line()
        side = max(1.0, min(self.size().width(), self.size().height() - line) - 2)
        return QRectF((self.size().width() - side) / 2, (self.size().height() - line - side) / 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._image is None:
            return
        colors, square = theme(), self.square()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.raised))
        painter.drawRect(square)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(square, self._image)
        count = len(self._ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._grid and square.width() / count >= 4:
            painter.setPen(pen(colors.hairline, 0.6, opacity=0.7))
            for number in range(1, count):
                at = number * square.width() / count
                painter.drawLine(square.left() + at, square.top(), square.left() + at, square.bottom())
                painter.drawLine(square.left(), square.top() + at, square.right(), square.top() + at)
        painter.setPen(pen(colors.control_outline))
        painter.drawRect(square)
        painter.setFont(font("notes"))
        painter.setPen(pen(colors.muted_text))
        box = QRectF(0, square.bottom() + 1, self.size().width(), self._line())
        words = QFontMetricsF(painter.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _line(self) -> float:
        return QFontMetricsF(font("notes")).height() + scaled(3)
