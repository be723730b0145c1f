"""The two sides of a line named in words, each where its side has most room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from gui.plots.drawing.pieces import font, theme

# Corners of the plot's rectangle as fractions of width and height, and the matching anchors of the text.
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


class SideLabels:
    """Two words in the corners of a plot that lie deepest in each half plane; none where a side is out of sight."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._box = plot.vb
        self._texts = (pg.TextItem(), pg.TextItem())
        for text in self._texts:
            text.setParentItem(plot.vb)
            text.setZValue(50)
        self._shown: tuple[Sequence[str], np.ndarray, float] | None = None
        plot.vb.sigRangeChanged.connect(self._place)
        plot.vb.sigResized.connect(self._place)

    def show_sides(self, words: Sequence[str], w: np.ndarray, b: float) -> None:
        """Name the side where w·x + b ≤ 0 ``words[0]`` and the other ``words[1]``."""
        self._shown = (words, w, b)
        self._place()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        for side, text in enumerate(self._texts):
            text.setFont(font("strong"))
            text.setColor(theme().class_colors[side])

    def _place(self, *_: object) -> None:
        if self._shown is None:
            return
        words, w, b = self._shown
        view, pixels = self._box.viewRect(), self._box.rect()
        corners = np.array([(view.left() + fx * view.width(), view.top() + fy * view.height()) for fx, fy in _CORNERS])
        values = corners @ w + b
        for side, text in enumerate(self._texts):
            depth = values if side else -values
            corner = int(np.argmax(depth))
            text.setVisible(bool(depth[corner] > 0 or (side == 0 and np.all(values <= 0))))
            text.setText(words[side])
            fx, fy = _CORNERS[corner]
            # The view's y axis points up, the box's down; 6 pixels keep the words off the edge.
            text.setAnchor((fx, 1 - fy))
            text.setPos(6 + fx * (pixels.width() - 12), 4 + (1 - fy) * (pixels.height() - 8))
