"""Weights of neurons or filters as small pictures, one of which is looked at: by a click or by arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from gui.plots.drawing.api import PixelPainter, px, theme
from gui.plots.pictures.tiles import Tiles
from gui.plots.pictures.weight_pictures import WeightPictures


class FilterPictures(Tiles, WeightPictures):
    """The one that is ``selected`` is framed."""

    def __init__(self) -> None:
        self.selected = 0
        super().__init__()

    def show_selected(self, index: int) -> None:
        """Frame this one."""
        self.selected = index
        self.update()

    def count(self) -> int:
        return len(self.weights)

    def columns(self) -> int:
        return self.grid()[1]

    def looked_at(self) -> int:
        return self.selected

    def tile(self, index: int) -> QRectF:
        _, height, width = self.weights.shape
        mosaic, (_, columns), gap = self.mosaic(), self.grid(), self.gap()
        scale = mosaic.width() / (columns * (width + gap) - gap)
        row, column = divmod(index, columns)
        left, top = mosaic.left() + column * (width + gap) * scale, mosaic.top() + row * (height + gap) * scale
        return QRectF(left, top, width * scale, height * scale)

    def draw(self, sketch: PixelPainter) -> None:
        super().draw(sketch)
        if len(self.weights):
            tile = self.tile(self.selected).adjusted(-1, -1, 1, 1)
            sketch.frame(tile, theme().selection, px(2))
            if self.hasFocus():
                sketch.focus(tile.adjusted(-2, -2, 2, 2))
