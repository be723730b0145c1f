"""The activations of a network's layers as rows of small cells, the stronger the darker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage

from gui.plots.drawing.api import LEFT, PixelPainter, StageItem, font, px, theme
from gui.plots.pictures.pixel_picture import ink_image


class LayerStrip(StageItem):
    """One thin row a layer, its name in front; values are from 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._layers: list[np.ndarray] = []
        self._images: list[QImage] = []
        self.restyle()

    def show_layers(self, names: Sequence[str], layers: Sequence[np.ndarray]) -> None:
        """Names and activations, layer by layer."""
        self._names = names
        self._layers = [np.round(np.clip(layer, 0, 1) * 255).astype(np.uint8)[None] for layer in layers]
        self._images = [ink_image(layer) for layer in self._layers]
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        self._images = [ink_image(layer) for layer in self._layers]
        self.take_room(px(150), 3 * self._row() + 2, "across")

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        front = max((sketch.width_of(name) for name in self._names), default=0.0) + px(8)
        for number, (name, image) in enumerate(zip(self._names, self._images, strict=True)):
            top = number * self._row()
            sketch.words(name, QRectF(0, top, front, self._row()), color=colors.muted_text, align=LEFT)
            box = QRectF(front, top + px(2), self.size().width() - front - 1, self._row() - px(4))
            sketch.fill(box, colors.raised)
            sketch.picture(box, image)
            sketch.frame(box, colors.hairline)

    def _row(self) -> float:
        return QFontMetricsF(font("notes")).height() + px(3)
