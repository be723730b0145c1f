"""The two sides of a line, tinted, with the line between them; the line can be gripped anywhere."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath

from gui.plots.drawing.api import PixelPainter, brush, px, theme
from gui.plots.drawing.grip import GRIP, Grip
from gui.plots.plane.line_geometry import Line, positive_part, strip_along, visible_ends


class HalfPlanesItem(Grip):
    """Where w·x + b > 0 the plane has the tint of class 1, elsewhere that of class 0; fills what the plot shows."""

    def __init__(self) -> None:
        super().__init__()
        self._line: tuple[np.ndarray, float] | None = None
        self._ghost: tuple[np.ndarray, float] | None = None
        self.setZValue(-50)

    def show_line(self, w: np.ndarray, b: float, ghost: tuple[np.ndarray, float] | None = None) -> None:
        """The line w·x + b = 0, and where it was before."""
        self._line = (np.asarray(w, dtype=float), float(b))
        self._ghost = ghost
        self.redraw()

    def shape(self) -> QPainterPath:
        pixel = self.pixelVectors()[0]
        return strip_along(self._ends(self._line), px(GRIP) * (pixel.x() if pixel is not None else 0.001))

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        sketch.fill(sketch.box, colors.region_fills[0])
        if self._line is None:
            return
        positive = self.sceneTransform().map(positive_part(self.boundingRect(), *self._line))
        sketch.painter.setBrush(brush(colors.region_fills[1]))
        sketch.painter.drawPolygon(positive)
        before = (self._ghost, 2, Qt.PenStyle.DashLine, colors.ghost_opacity)
        for line, width, style, opacity in (before, (self._line, 2.5, Qt.PenStyle.SolidLine, 1.0)):
            ends = self._ends(line)
            if ends is not None:
                start, end = (sketch.at(end.x(), end.y()) for end in ends)
                sketch.line(start, end, colors.text, width, style, opacity)

    def _ends(self, line: Line | None) -> tuple[QPointF, QPointF] | None:
        return None if line is None else visible_ends(self.boundingRect(), *line)
