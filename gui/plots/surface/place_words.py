"""Words on a small plate beside a place of a plot, always wholly inside the plot."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from gui.plots.drawing.api import PixelPainter, PlotOverlay, px, sketch_of, theme

_GAP = 13


class PlaceWords(PlotOverlay):
    """Drawn in pixels; the plate stands above or below its place, towards the middle of the plot."""

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self.setZValue(z)
        self.hide()

    def show_words(self, place: np.ndarray, words: str | None, color: str) -> None:
        """The words, if there are any, beside the place (1, 2); left out where the plot is too narrow for them."""
        self.setVisible(words is not None)
        if words is not None:
            self.show_state(tuple(place[0].tolist()), words, color)

    def plate(self) -> QRectF:
        """Where the plate lies, in pixels of the scene; empty where there is no room."""
        return self._plate(sketch_of(self))

    def draw(self, sketch: PixelPainter) -> None:
        box = self._plate(sketch)
        if not box.isEmpty():
            _, words, color = self.state
            sketch.fill(box, theme().surface, 0.86, px(4))
            sketch.words(words, box, color=color)

    def _plate(self, sketch: PixelPainter) -> QRectF:
        place, words, _ = self.state
        whole, at, gap = sketch.box.adjusted(2, 2, -2, -2), sketch.at(*place), px(_GAP)
        width, height = sketch.width_of(words) + px(8), sketch.height_of() + px(4)
        if not words or width > whole.width() or height > whole.height():
            return QRectF()
        left = at.x() - px(4) if at.x() < whole.center().x() else at.x() + px(4) - width
        top = at.y() + gap if at.y() < whole.center().y() else at.y() - gap - height
        left = min(max(left, whole.left()), whole.right() - width)
        top = min(max(top, whole.top()), whole.bottom() - height)
        return QRectF(left, top, width, height)
