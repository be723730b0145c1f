"""Pictures in two rows that belong together one by one: as they are kept, and below what a network saw of them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from engine.contract.text.text import Text
from gui.plots.board.fitting_words import FittingWords
from gui.plots.drawing.api import PixelPainter, StageItem, px, theme
from gui.plots.pictures.pixel_picture import ink_image

PAIRS = "pairs_words", "pairs"
"""What views call the words and the pictures."""
_WORDS = (
    Text("From the newest batch: as kept, and below as learned from"),
    Text("Newest batch: kept above, altered below"),
    Text("Above kept, below altered"),
    Text("Newest batch"),
)


class Pairs(Protocol):
    """What is drawn of a batch, as the engine's frames hold it."""

    @property
    def before(self) -> np.ndarray: ...  # (M, S, S)

    @property
    def pictures(self) -> np.ndarray: ...  # (M, S, S)


class PicturePairs(StageItem):
    """As large as the room allows, at the left, with room for ``places`` pairs; ``words`` say above what they are."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.words = FittingWords()
        self._places = places
        self._shown: Pairs | None = None
        self._images: list[list[QImage]] = []
        self.restyle()

    def show_pairs(self, pairs: Pairs | None) -> None:
        """The pictures; none before the first batch."""
        self.words.show_words(*_WORDS, color="muted_text")
        if pairs is not self._shown:
            self._shown = pairs
            self.restyle()

    def restyle(self) -> None:
        """Take colours anew."""
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
