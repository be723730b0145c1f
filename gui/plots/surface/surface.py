"""A map of a function on a plane: its height as pale colours, with contour lines."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.geometry.surface_map import SurfaceMap
from gui.plots.drawing.ink import mixed, pen
from gui.plots.drawing.long_lines import LinePieces
from gui.plots.drawing.points import rgb
from gui.style.painting import tells_faults
from gui.style.theme import theme

_STRENGTH = 0.3
"""The share of viridis in the map's colours; they are pale, so that paths and arrows stand out."""
_LINES = 0.42
"""The share of the text colour in the contour lines."""


class SurfaceItem:
    """A colour map of a function f(x, y) with contour lines, as two graphics items: ``ground`` has the colours,
    ``lines`` the contours.
    """

    def __init__(self) -> None:
        self.ground, self.lines = _Ground(), LinePieces()
        self._shown: SurfaceMap | None = None

    def add_to(self, plane: pg.PlotItem) -> None:
        """Add the map to a plot, below everything else."""
        for depth, item in ((-20, self.ground), (-19, self.lines)):
            item.setZValue(depth)
            plane.addItem(item, ignoreBounds=True)

    def restyle(self) -> None:
        """Apply the theme's colours."""
        self.ground.setLookupTable(height_table())
        # Opaque: where see-through pieces of a line meet, dots would show.
        lines = pen(line_color(), 1)
        lines.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.lines.setPen(lines)

    def show_map(self, shown: SurfaceMap) -> None:
        """Show this map; does nothing if it is shown already."""
        if shown is self._shown:
            return
        self._shown = shown
        self.ground.setImage(shown.shades, autoLevels=False, levels=(0, 255))
        half_x, half_y = (shown.x[1] - shown.x[0]) / 2, (shown.y[1] - shown.y[0]) / 2
        width, height = shown.x[-1] - shown.x[0] + 2 * half_x, shown.y[-1] - shown.y[0] + 2 * half_y
        self.ground.setRect(QRectF(shown.x[0] - half_x, shown.y[0] - half_y, width, height))
        self.lines.show_pieces(shown.lines)


class _Ground(pg.ImageItem):
    """The graphics item of the map's colours, interpolated smoothly."""

    def __init__(self) -> None:
        super().__init__(axisOrder="row-major")
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        super().paint(painter, option, widget)


def line_color() -> str:
    """The colour of contour lines."""
    return mixed(theme().text, _LINES)


def height_table() -> np.ndarray:
    """256 RGBA colours (256, 4) of heights: viridis blended with the background; index 0, no value, is transparent."""
    table = np.full((256, 4), 255, dtype=np.uint8)
    for shade, color in enumerate(pg.colormap.get("viridis").getLookupTable(nPts=256).tolist()):
        table[shade, :3] = rgb(mixed(QColor(*color[:3]).name(), _STRENGTH))
    table[0, 3] = 0
    return table
