"""The ground of a plane, tinted by the answer there: cut by two lines, or paler where the answer is unsure."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import PlotOverlay, brush, theme
from gui.plots.plane.line_geometry import Line, corners_of, part_on_side
from gui.plots.surface.shades import LEVELS, Table, answer_table
from gui.plots.surface.signed import MapImage, map_of


class RegionItem(PlotOverlay):
    """Fills what the plot shows with the tints of class 0 and class 1."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, Line] | None = None
        self._cells: np.ndarray | None = None
        self._values: np.ndarray | None = None
        self._square = QRectF()
        self._image: MapImage | None = None
        self.setZValue(-50)

    def show_cells(self, lines: tuple[Line, Line], answers: np.ndarray) -> None:
        """``answers[i, j]`` (2, 2) holds where the first line's side is i and the second's j; side 1: w·x + b > 0."""
        self._lines, self._cells, self._values, self._image = lines, answers, None, None
        self.update()

    def show_values(self, values: np.ndarray, square: QRectF) -> None:
        """Probabilities of class 1 in equal cells of ``square``, rows upwards."""
        self._lines, self._cells, self._values, self._square = None, None, values, square
        self._image = _tinted(values)
        self.update()

    def show_shades(self, shades: np.ndarray, table: Table | None, square: QRectF) -> None:
        """A map of bytes (H, W) in ``square``, rows upwards, and nothing beside it."""
        self._lines, self._cells, self._values, self._square = None, None, None, square
        self._image = map_of(shades, table, in_plot=True)
        self.update()

    def restyle(self) -> None:
        """Take colours anew."""
        if self._values is not None:
            self._image = _tinted(self._values)
        self.update()

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
        """All cells with answer 1 as one path, so that no seam shows between neighbours."""
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
    """The tint of the likelier class; it begins at part of its strength, so that the edge at 0.5 can be seen."""
    sure = np.abs(2 * np.clip(values, 0, 1) - 1)
    shades = (values >= 0.5) * LEVELS + np.round(sure * (LEVELS - 1))
    return map_of(shades.astype(np.uint8), answer_table(), in_plot=True)
