"""Pairs of images in two rows: the stored image above, and below the altered one from which the network learned."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from engine.contract.text import Text
from gui.plots.board.table import FittingWords
from gui.plots.drawing.api import PixelPainter, StageItem, px, theme
from gui.plots.drawing.ink_image import ink_image

PAIRS = "pairs_words", "pairs"
"""The names under which views keep the line of words and the images."""
_WORDS = (
    Text("From the newest batch: as kept, and below as learned from"),
    Text("Newest batch: kept above, altered below"),
    Text("Above kept, below altered"),
    Text("Newest batch"),
)


class Pairs(Protocol):
    """Protocol of the attributes of an engine's batch that are drawn."""

    @property
    def before(self) -> np.ndarray: ...  # (M, S, S)

    @property
    def pictures(self) -> np.ndarray: ...  # (M, S, S)


class PicturePairs(StageItem):
    """Pairs of images, as large as fits, left-aligned, with room for ``places`` pairs; ``words`` stand above."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.words = FittingWords()
        self._places = places
        self._shown: Pairs | None = None
        self._images: list[list[QImage]] = []
        self.restyle()

    def show_pairs(self, pairs: Pairs | None) -> None:
        """Show the images of a batch; None before the first batch."""
        self.words.show_words(*_WORDS, color="muted_text")
        if pairs is not self._shown:
            self._shown = pairs
            self.restyle()

    def restyle(self) -> None:
        """Apply the current colours."""
        rows = (self._shown.before, self._shown.pictures) if self._shown is not None else ()
        self._images = [[ink_image(one) for one in row] for row in rows]
        self.take_room(px(120), px(44))

    def draw(self, sketch: PixelPainter) -> None:
        gap = px(4)
        side = max(4.0, min(self.size().width() / self._places, self.size().height() / 2) - gap)
        for row, images in enumerate(self._images):
            for column, image in enumerate(images):
                square = QRectF(column * (side + gap), row * (side + gap), side, side)
                sketch.fill(square, theme().raised)
                sketch.picture(square, image)
                sketch.frame(square, theme().hairline)
