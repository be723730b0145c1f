"""Pieces cut out of images, each with a box around the relevant area and words below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from gui.plots.drawing.api import PixelPainter, StageItem, px, theme
from gui.plots.drawing.ink_image import ink_image
from gui.plots.pictures.tinted_picture import draw_box


class PieceSheet(StageItem):
    """Tiles with pieces of images, in as many columns as make the tiles largest; all rows are full."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[np.ndarray, int, Sequence[Sequence[str]]] | None = None
        self.restyle()

    def show_pieces(self, ink: np.ndarray, frame: int, wordings: Sequence[Sequence[str]]) -> None:
        """Show images ``ink`` (N, S, S) of bytes, each with a box ``frame`` pixels from its edge and wordings, fullest
        first.
        """
        self._shown = ink, frame, wordings
        self.restyle()

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self._images = [ink_image(one) for one in self._shown[0]] if self._shown is not None else []
        self.take_room(px(120), px(120))

    def draw(self, sketch: PixelPainter) -> None:
        if self._shown is None:
            return
        ink, frame, wordings = self._shown
        size, gap, line, count = self.size(), px(8), sketch.height_of() + 1, len(ink)
        side, columns = max(
            (max(4.0, min(size.width() / one - gap, size.height() / (count // one) - line - gap)), one)
            for one in range(1, count + 1)
            if count % one == 0
        )
        width, height = size.width() / columns, size.height() / (count // columns)
        for number, (image, words) in enumerate(zip(self._images, wordings, strict=True)):
            row, column = divmod(number, columns)
            box = QRectF(column * width, row * height + (height - side - line) / 2, side, side)
            box.moveLeft(box.left() + (width - side) / 2)
            sketch.fill(box, theme().raised)
            sketch.picture(box, image)
            sketch.frame(box, theme().hairline)
            inset = frame * side / len(ink[0])
            draw_box(sketch, box.adjusted(inset, inset, -inset, -inset))
            below = QRectF(column * width, box.bottom() + 2, width, line)
            sketch.words(sketch.fitting(words, width - px(4)), below, color=theme().muted_text)
