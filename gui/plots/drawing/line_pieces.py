"""Very many straight pieces that are drawn as one item, such as the contours of a map."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.plots.drawing.ink import with_square_ends


class LinePieces(pg.PlotCurveItem):
    """Each piece is drawn for itself, with square ends; only an opaque pen, whose pieces may overlap, looks the same.

    As one path, thousands of pieces under a pen wider than a pixel take hundreds of milliseconds to paint; with round
    ends they take ten times as long as with square ones.
    """

    def __init__(self) -> None:
        super().__init__(connect="pairs")
        self.setSegmentedLineMode("on")
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def setPen(self, pen: QPen) -> None:
        super().setPen(with_square_ends(pen))

    def show_pieces(self, pieces: np.ndarray) -> None:
        """The pieces (K, 4), each from (x, y) to (x, y)."""
        self.setData(pieces[:, 0::2].ravel(), pieces[:, 1::2].ravel())
