"""The colour scale of a map: a strip from the lowest to the highest value; both and the middle are written."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient

from gui.plots.drawing.api import LEFT, PixelPainter, StageItem, font, px, theme
from gui.plots.surface.signed import map_of

_STRIP, _SHORTEST = 84, 20
_EVERY = np.arange(1, 256, dtype=np.uint8)[np.newaxis]


class ShadeScale(StageItem):
    """A colour strip between two values, with words on its left."""

    def __init__(self) -> None:
        super().__init__()
        self._state: tuple[tuple[str, ...], str, str, bool] = ((), "", "", False)
        self.restyle()

    def show_scale(self, wordings: tuple[str, ...], low: str, high: str, signed: bool) -> None:
        """Show the map's name, the fullest wording first, and the values at the ends of its colours; ``signed`` chooses
        a colour for each sign instead of greys.
        """
        if (wordings, low, high, signed) != self._state:
            self._state = (wordings, low, high, signed)
            self.update()

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self.take_room(px(100), round(QFontMetricsF(font("strong")).height()) + px(4), "across")

    def draw(self, sketch: PixelPainter) -> None:
        wordings, low, high, signed = self._state
        colors, gap = theme(), px(6)
        ends = sketch.width_of(low), sketch.width_of(high)
        # Large letters leave less room to the strip.
        strip = max(px(_SHORTEST), min(px(_STRIP), round(sketch.box.width() - sum(ends) - 3 * gap)))
        words = sketch.fitting(wordings, sketch.box.width() - sum(ends) - strip - 4 * gap, "strong")
        x = sketch.box.left()
        if words:
            width = sketch.width_of(words, "strong")
            sketch.words(words, QRectF(x, sketch.box.top(), width + 1, sketch.box.height()), "strong", align=LEFT)
            x += width + 2 * gap
        sketch.words(low, QRectF(x, sketch.box.top(), ends[0] + 1, sketch.box.height()), color=colors.muted_text)
        x += ends[0] + gap
        height = px(9)
        box = QRectF(x, sketch.box.center().y() - height / 2, strip, height)
        if signed:
            map_of(_EVERY).paint(sketch.painter, box)
        else:
            sketch.painter.fillRect(box, _greys(box))
        sketch.frame(box, colors.control_outline)
        number = QRectF(box.right() + gap, sketch.box.top(), ends[1] + 1, sketch.box.height())
        sketch.words(high, number, color=colors.muted_text)


def _greys(box: QRectF) -> QLinearGradient:
    made = QLinearGradient(box.left(), 0, box.right(), 0)
    for share in np.linspace(0, 1, 9):
        grey = round(255 * share)
        made.setColorAt(share, QColor(grey, grey, grey))
    return made
