"""The two sides of a line named in words, each where its side has most room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.plots.drawing.api import font, px, theme

_REACH = 26
"""Pixels around a handle that are left free: its ring, and the name of its arrow."""
_LINES = 6
"""How many lines from a corner words stand at most."""
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
        self._clear_of: tuple[tuple[float, float], ...] = ()
        self._shown: tuple[Sequence[str], np.ndarray, float] | None = None
        plot.vb.sigRangeChanged.connect(self._place)
        plot.vb.sigResized.connect(self._place)

    def show_sides(
        self, words: Sequence[str], w: np.ndarray, b: float, clear_of: Sequence[tuple[float, float]] = ()
    ) -> None:
        """Name the side where w·x + b ≤ 0 ``words[0]`` and the other ``words[1]``, in its deepest corner that no handle
        lies in; these lie at ``clear_of``.
        """
        self._shown, self._clear_of = (words, w, b), tuple(clear_of)
        self._place()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        for side, text in enumerate(self._texts):
            text.setFont(font("strong"))
            text.setColor(theme().class_inks[side])

    def _place(self, *_: object) -> None:
        if self._shown is None or self._box.rect().isEmpty():  # nothing lies anywhere on a plot without room
            return
        words, w, b = self._shown
        view, pixels = self._box.viewRect(), self._box.rect()
        corners = np.array([(view.left() + fx * view.width(), view.top() + fy * view.height()) for fx, fy in _CORNERS])
        values = corners @ w + b
        for side, text in enumerate(self._texts):
            depth = values if side else -values
            deepest = int(np.argmax(depth))
            text.setVisible(bool(depth[deepest] > 0 or (side == 0 and np.all(values <= 0))))
            text.setText(words[side])
            size = text.boundingRect().size()
            order = np.argsort(-depth, kind="stable").tolist()
            on_side = [one for one in order if depth[one] > 0] or [deepest]
            places = ((corner, lines * size.height()) for corner in on_side for lines in range(_LINES))
            free = (place for place in places if self._is_free(*place, size, w, b, 2 * side - 1))
            corner, away = next(free, (deepest, 0.0))
            fx, fy = _CORNERS[corner]
            # The view's y axis points up, the box's down; 6 pixels keep the words off the edge.
            text.setAnchor((fx, 1 - fy))
            y = away if fy else pixels.height() - 8 - away
            text.setPos(6 + fx * (pixels.width() - 12), 4 + y)

    def _is_free(self, corner: int, away: float, size: QSizeF, w: np.ndarray, b: float, sign: int) -> bool:
        """Whether words in a corner, or so many pixels from it up or down, lie on their side and clear of handles."""
        pixels, reach, (fx, fy) = self._box.rect(), px(_REACH), _CORNERS[corner]
        x = fx * (pixels.width() - size.width())
        box = QRectF(QPointF(x, away if fy else pixels.height() - size.height() - away), size)
        middle = self._box.mapToView(box.center())
        near = box.adjusted(-reach, -reach, reach, reach)
        on_side = away == 0 or sign * (w @ (middle.x(), middle.y()) + b) > 0
        return bool(on_side) and not any(near.contains(self._box.mapFromView(QPointF(*one))) for one in self._clear_of)
