"""The background of a plane, tinted by the answer at each point: in regions between two lines, or paler where
unsure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import PixelPainter, PlotOverlay, brush, px, theme
from gui.plots.plane.line_geometry import Line, corners_of, part_on_side
from gui.plots.surface.shades import LEVELS, Table, answer_table
from gui.plots.surface.signed import MapImage, map_of
from gui.style.painting import tells_faults


class RegionItem(PlotOverlay):
    """An overlay that tints the visible part of the plot by class; the data are set by one of the ``show_`` methods."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, Line] | None = None
        self._cells: np.ndarray | None = None
        self._values: np.ndarray | None = None
        self._square = QRectF()
        self._image: MapImage | None = None
        self.setZValue(-50)

    def show_cells(self, lines: tuple[Line, Line], answers: np.ndarray) -> None:
        """Show the four regions between two lines; ``answers[i, j]`` (2, 2) is the answer on side i of the first and
        side j of the second line, where side 1 is w·x + b > 0.
        """
        self._lines, self._cells, self._values, self._image = lines, answers, None, None
        self.update()

    def show_values(self, values: np.ndarray, square: QRectF) -> None:
        """Show probabilities of class 1 in equal cells of ``square``, rows upwards."""
        self._lines, self._cells, self._values, self._square = None, None, values, square
        self._image = _tinted(values)
        self.update()

    def show_shades(self, shades: np.ndarray, table: Table | None, square: QRectF) -> None:
        """Show a map of bytes (H, W) in ``square``, rows upwards, and nothing outside."""
        self._lines, self._cells, self._values, self._square = None, None, None, square
        self._image = map_of(shades, table, in_plot=True)
        self.update()

    def restyle(self) -> None:
        """Apply the current colours."""
        if self._values is not None:
            self._image = _tinted(self._values)
        self.update()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        shown = self.boundingRect()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.region_fills[0]))
        if self._image is None or self._values is not None:
            painter.drawRect(shown)
        if self._image is not None:
            self._image.paint(painter, self._square, smooth=True)
        elif self._lines is not None and self._cells is not None:
            painter.setBrush(brush(colors.region_fills[1]))
            painter.drawPath(self._positive(shown, self._lines, self._cells))

    def _positive(self, shown: QRectF, lines: tuple[Line, Line], cells: np.ndarray) -> QPainterPath:
        """The regions with answer 1 as one path, so that no gap shows between neighbouring regions."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        corners = corners_of(shown)
        for sides in np.argwhere(cells >= 0.5):
            part = corners
            for (w, b), side in zip(lines, sides, strict=True):
                part = part_on_side(part, w, b, 1.0 if side else -1.0)
            if len(part) > 2:
                path.addPolygon(QPolygonF([QPointF(*corner) for corner in [*part, part[0]]]))
        return path


def _tinted(values: np.ndarray) -> MapImage:
    """An image with the tint of the more probable class, paler where the probability is near 0.5. Even there the tint
    is visible, so that the boundary can be seen.
    """
    sure = np.abs(2 * np.clip(values, 0, 1) - 1)
    shades = (values >= 0.5) * LEVELS + np.round(sure * (LEVELS - 1))
    return map_of(shades.astype(np.uint8), answer_table(), in_plot=True)


_COARSE = 25
"""The number of rows and columns of the coarse grid on which places for names are looked for."""
_WIDE, _NARROW = 3, 2
"""How many cells a region must extend around a place for its whole name, and for its number alone."""
_DEEP_ENOUGH, _CROWD = 4, 3


class RegionNames(PlotOverlay):
    """Names of regions: the full name where there is room for it, otherwise the class number, or nothing. They stand
    where they cover no point.
    """

    def __init__(self) -> None:
        super().__init__()
        self._points = np.empty((0, 2))
        self.setZValue(-15)

    def show_regions(self, classes: np.ndarray, names: Sequence[str], square: QRectF, points: np.ndarray) -> None:
        """Show the names of the regions given by the class (H, W) in each cell of ``square``, rows upwards. Names avoid
        the points (N, 2).
        """
        rows, columns = (np.linspace(0, size - 1, _COARSE).round().astype(int) for size in classes.shape)
        coarse = classes[np.ix_(rows, columns)]
        crowd = _crowd(points, square)
        shown, self._points = [], points
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
        """Remove the names of all regions from the plot."""
        self.show_state(())

    def draw(self, sketch: PixelPainter) -> None:
        for number, words, x, y in self.state[0] if self.state else ():
            boxes = ((one, self._box(sketch, one, sketch.at(x, y))) for one in dict.fromkeys((words, str(number))))
            free = next(((one, box) for one, box in boxes if not self._is_covered(sketch, box)), None)
            if free is not None:
                sketch.plate(*free, theme().class_inks[number], bold=True)

    def _box(self, sketch: PixelPainter, words: str, middle: QPointF) -> QRectF:
        width, height = sketch.width_of(words, bold=True) + px(8), sketch.height_of() + 2
        box = QRectF(0, 0, width, height)
        box.moveCenter(middle)
        # In large letters a name is wider than the cells in which it has room.
        box.moveLeft(max(sketch.box.left(), min(box.left(), sketch.box.right() - width)))
        return box

    def _is_covered(self, sketch: PixelPainter, box: QRectF) -> bool:
        """Whether a point would be covered by words in this box, in scene coordinates."""
        start, end = sketch.at(0, 0), sketch.at(1, 1)
        across = start.x() + (end.x() - start.x()) * self._points[:, 0]
        up = start.y() + (end.y() - start.y()) * self._points[:, 1]
        words = box.adjusted(-px(3), -px(2), px(3), px(2))  # a point is a mark of some pixels
        inside = (across > words.left()) & (across < words.right()) & (up > words.top()) & (up < words.bottom())
        return bool(np.any(inside))


def _depths(where: np.ndarray) -> np.ndarray:
    """For each cell (H, W) of a region, the distance in cells from the region's border; 0 outside the region."""
    depths = np.zeros(where.shape, int)
    layer = where
    while layer.any():
        depths += layer
        around = np.pad(layer, 1)
        up = around[:-2] & around[1:-1] & around[2:]
        layer = up[:, :-2] & up[:, 1:-1] & up[:, 2:]
    return depths


def _crowd(points: np.ndarray, square: QRectF) -> np.ndarray:
    """The number of points in and next to each cell of the coarse grid, as an array (rows, columns)."""
    ends = ((square.top(), square.bottom()), (square.left(), square.right()))
    counts = np.pad(np.histogram2d(points[:, 1], points[:, 0], _COARSE, ends)[0], 1)
    up = counts[:-2] + counts[1:-1] + counts[2:]
    return up[:, :-2] + up[:, 1:-1] + up[:, 2:]


def _place(depths: np.ndarray, crowd: np.ndarray) -> tuple[int, int] | None:
    """The (row, column) of a cell deep inside a region with few points nearby; None if the region is narrow
    everywhere.
    """
    worth = np.where(depths >= _NARROW, np.minimum(depths, _DEEP_ENOUGH) / (1 + crowd / _CROWD), 0.0)
    if not worth.any():
        return None
    row, column = np.unravel_index(int(worth.argmax()), worth.shape)
    return int(row), int(column)
