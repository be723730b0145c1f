"""What a step is divided by, as squares: the area of each is a sum of squares, and its side the root of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.drawing.api import PixelPainter, StageItem, font, px, theme

_GAP, _LEAST = 14, 1.5


class DivisorSquares(StageItem):
    """``show_roots`` draws a square for each direction, or only words where nothing is divided."""

    def __init__(self) -> None:
        super().__init__()
        self._state: tuple = ((), None, 1.0, (), "")
        self.take_room(px(100), px(64))

    def show_roots(
        self, wordings: Sequence[str], roots: np.ndarray | None, largest: float, labels: Sequence[str], color: str
    ) -> None:
        """Sides (N,) with a label each, in the room that one of the ``largest`` needs; the fullest wording above."""
        self._state = tuple(wordings), None if roots is None else roots.tolist(), largest, tuple(labels), color
        self.update()

    def restyle(self) -> None:
        """Take fonts anew."""
        self.take_room(px(100), px(64))

    def boxes(self) -> list[QRectF]:
        """Where the squares are drawn, in the item's coordinates, each in the middle of its share."""
        _, roots, largest, *_ = self._state
        shares, line = self._shares(), QFontMetricsF(font("notes")).height()
        found = []
        for root, share in zip(roots or (), shares, strict=True):
            room = max(0.0, min(share.height() - line - px(6), share.width() - px(_GAP)))
            side = max(_LEAST, room * min(1.0, root / largest if largest > 0 else 0.0))
            bottom = share.bottom() - line - px(2)
            found.append(QRectF(share.center().x() - side / 2, bottom - side, side, side))
        return found

    def draw(self, sketch: PixelPainter) -> None:
        wordings, _, _, labels, color = self._state
        box, line = sketch.box, sketch.height_of()
        heading = QRectF(box.left(), box.top(), box.width(), line)
        sketch.words(sketch.fitting(wordings, box.width()), heading, color=theme().muted_text)
        for square, share, label in zip(self.boxes(), self._shares(), labels, strict=True):
            sketch.panel(square, color, color, 1.5, opacity=0.35)
            below = QRectF(share.left(), square.bottom() + px(1), share.width(), line)
            sketch.words(sketch.elided(label, share.width()), below)

    def _shares(self) -> list[QRectF]:
        """Equal parts of the room below the heading, one above the other."""
        box, line, count = self.boundingRect(), QFontMetricsF(font("notes")).height(), len(self._state[1] or ())
        height = (box.height() - line) / max(1, count)
        return [QRectF(box.left(), box.top() + line + index * height, box.width(), height) for index in range(count)]
