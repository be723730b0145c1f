"""Pieces cut out of pictures, each with the part that is meant in a box and with words under it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from gui.plots.drawing.piece import Piece
from gui.plots.drawing.sketch import Sketch
from gui.plots.pictures.pixel_picture import ink_image
from gui.plots.pictures.tinted_picture import draw_box
from gui.style.theme import theme
from gui.style.typography import scaled

_GAP = 8


class PieceSheet(Piece):
    """As many columns as make the pieces largest, all rows full."""

    def __init__(self) -> None:
        super().__init__()
        self._ink: np.ndarray | None = None
        self._images: list[QImage] = []
        self._frame = 0
        self._wordings: Sequence[Sequence[str]] = ()
        self.restyle()

    def show_pieces(self, ink: np.ndarray, frame: int, wordings: Sequence[Sequence[str]]) -> None:
        """Ink (N, S, S) of bytes; the box leaves out ``frame`` pixels on each side. Words fullest first, one each."""
        if ink is not self._ink:
            self._ink = ink
            self._images = [ink_image(one) for one in ink]
        self._frame, self._wordings = frame, wordings
        self.update()

    def restyle(self) -> None:
        """Take colours and fonts anew."""
        self._images = [ink_image(one) for one in self._ink] if self._ink is not None else []
        self.take_room(scaled(120), scaled(120))

    def draw(self, sketch: Sketch) -> None:
        if not self._images:
            return
        colors, count, line = theme(), len(self._images), sketch.height_of() + 1
        size, gap = self.size(), scaled(_GAP)
        side, columns = max(
            (min(size.width() / one - gap, size.height() / (count // one) - line - gap), one)
            for one in range(1, count + 1)
            if count % one == 0
        )
        side = max(4.0, side)
        width, height = size.width() / columns, size.height() / (count // columns)
        for number, (image, wordings) in enumerate(zip(self._images, self._wordings, strict=True)):
            row, column = divmod(number, columns)
            left, top = column * width + (width - side) / 2, row * height + (height - side - line) / 2
            box = QRectF(left, top, side, side)
            sketch.fill(box, colors.raised)
            sketch.picture(box, image)
            sketch.frame(box, colors.hairline)
            inset = self._frame * side / len(self._ink[0])
            draw_box(sketch, box.adjusted(inset, inset, -inset, -inset))
            below = QRectF(column * width, box.bottom() + 1, width, line)
            sketch.words(sketch.fitting(wordings, width - scaled(4)), below, color=colors.muted_text)
