"""The names of regions, each where its region is widest: their tints are all as light as one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from gui.plots.drawing.api import PixelPainter, PlotOverlay, px, theme

_COARSE = 25
"""Cells across and up among which a place is looked for."""
_WIDE, _NARROW = 3, 2
"""How many cells a region reaches around a place for its whole name, and for its number alone."""
_DEEP_ENOUGH, _CROWD = 4, 3


class RegionNames(PlotOverlay):
    """Names a region that has room for its name, or else its number; one that is narrower has neither."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-15)

    def show_regions(self, classes: np.ndarray, names: Sequence[str], square: QRectF, points: np.ndarray) -> None:
        """The class (H, W) in each cell of ``square``, rows upwards, and the points (N, 2) to keep clear of."""
        rows, columns = (np.linspace(0, size - 1, _COARSE).round().astype(int) for size in classes.shape)
        coarse = classes[np.ix_(rows, columns)]
        crowd = _crowd(points, square)
        shown = []
        for number, name in enumerate(names):
            depths = _depths(coarse == number)
            place = _place(depths, crowd)
            if place is not None:
                row, column = (part + 0.5 for part in place)
                x = square.left() + square.width() * column / _COARSE
                y = square.top() + square.height() * row / _COARSE
                shown.append((number, name if depths[place] >= _WIDE else str(number), x, y))
        self.show_state(tuple(shown))

    def show_none(self) -> None:
        """There are no regions."""
        self.show_state(())

    def draw(self, sketch: PixelPainter) -> None:
        for number, words, x, y in self.state[0] if self.state else ():
            width, height = sketch.width_of(words, bold=True) + px(8), sketch.height_of() + 2
            box = QRectF(0, 0, width, height)
            box.moveCenter(sketch.at(x, y))
            # In large letters a name is wider than the cells in which it has room.
            box.moveLeft(max(sketch.box.left(), min(box.left(), sketch.box.right() - width)))
            sketch.plate(words, box, theme().class_inks[number], bold=True)


def _depths(where: np.ndarray) -> np.ndarray:
    """By how many cells each place (H, W) of a region lies within it, 0 outside; what is not shown is outside."""
    depths = np.zeros(where.shape, int)
    layer = where
    while layer.any():
        depths += layer
        around = np.pad(layer, 1)
        up = around[:-2] & around[1:-1] & around[2:]
        layer = up[:, :-2] & up[:, 1:-1] & up[:, 2:]
    return depths


def _crowd(points: np.ndarray, square: QRectF) -> np.ndarray:
    """How many points lie in and right beside each cell."""
    ends = ((square.top(), square.bottom()), (square.left(), square.right()))
    counts = np.pad(np.histogram2d(points[:, 1], points[:, 0], _COARSE, ends)[0], 1)
    up = counts[:-2] + counts[1:-1] + counts[2:]
    return up[:, :-2] + up[:, 1:-1] + up[:, 2:]


def _place(depths: np.ndarray, crowd: np.ndarray) -> tuple[int, int] | None:
    """Where a region is deep and empty; None where it is narrow everywhere."""
    worth = np.where(depths >= _NARROW, np.minimum(depths, _DEEP_ENOUGH) / (1 + crowd / _CROWD), 0.0)
    if not worth.any():
        return None
    row, column = np.unravel_index(int(worth.argmax()), worth.shape)
    return int(row), int(column)
