"""An image or map of values in greys or in a colour for each sign, with frames around windows."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import PixelPainter, PlotOverlay, px, theme
from gui.plots.pictures.cells import CellGrid, CellIndex
from gui.plots.surface.signed import MapImage, map_of
from gui.style.painting import tells_faults

_GREYS = np.array([0xFF000000 | shade << 16 | shade << 8 | shade for shade in range(256)], dtype=np.uint32)
_SMALLEST = 9
"""The smallest side in pixels of the frame around a single cell, so that it can be found."""
Window = tuple[int, int, int, int]
"""A window of cells: top row, left column, number of rows, number of columns."""


class MapPlot(CellGrid):
    """A grid of cells drawn as one image, with frames around a window of cells and around the selected one."""

    def __init__(self) -> None:
        super().__init__()
        self.window: Window | None = None
        self._image, self._frames = _Image(), _Frames(self)
        self.put(self._image, self._frames)

    def show_map(
        self,
        values: np.ndarray,
        *,
        signed: bool = False,
        margin: int = 0,
        selected: CellIndex | None = None,
        window: Window | None = None,
    ) -> None:
        """Show values (rows, columns) from 0 to 1 as greys, or ``signed`` from −1 to 1 in one colour for each sign.

        ``margin`` is the number of free cells around them: the border that is lost when a window slides over an image
        without padding. ``window`` and the cell ``selected`` get frames.
        """
        self.values, self.selected, self.window = values, selected, window
        shades = 128 + 127 * np.clip(values, -1, 1) if signed else 255 * np.clip(values, 0, 1)
        self._image.show_shades(np.rint(shades).astype(np.uint8), signed)
        self._frames.show_state(selected, window, margin, values.shape)
        rows, columns = values.shape
        self.vb.setRange(QRectF(-margin, -margin, columns + 2 * margin, rows + 2 * margin), padding=0.01)

    def restyle(self) -> None:
        """Apply the current colours."""
        self._image.restyle()
        self._frames.redraw()


class _Image(PlotOverlay):
    """The overlay that draws the cells as one image."""

    def __init__(self) -> None:
        super().__init__()
        self._shades: np.ndarray | None = None
        self._signed = False
        self._made: MapImage | None = None
        self.setZValue(-50)

    def show_shades(self, shades: np.ndarray, signed: bool) -> None:
        if self._shades is not None and signed == self._signed and np.array_equal(shades, self._shades):
            return
        self._shades, self._signed = shades, signed
        self.restyle()

    def restyle(self) -> None:
        if self._shades is None:
            return
        self._made = map_of(self._shades, None if self._signed else _GREYS, in_plot=True)
        self.redraw()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._made is None:
            return
        self._made.paint(painter, QRectF(0, 0, self._made.image.width(), self._made.image.height()))


class _Frames(PlotOverlay):
    """The outline of the map with its margin, and the frames of window and selected cell."""

    def __init__(self, plot: MapPlot) -> None:
        super().__init__()
        self._plot = plot

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        selected, window, margin, (rows, columns) = self.state
        colors = theme()
        sketch.frame(sketch.area(0, 0, columns, rows), colors.control_outline)
        if margin:
            whole = sketch.area(-margin, -margin, columns + margin, rows + margin)
            sketch.frame(whole, colors.control_outline, 1, Qt.PenStyle.DotLine)
        for box in (window, None if selected is None else (*selected, 1, 1)):
            if box is not None:
                top, left, height, width = box
                self._draw_frame(sketch, sketch.area(left, top, left + width, top + height))

    def _draw_frame(self, sketch: PixelPainter, box: QRectF) -> None:
        """Draw a frame around a box, or around a larger one if the box is small."""
        grow = max(0.0, (px(_SMALLEST) - box.width()) / 2) + 1
        box = box.adjusted(-grow, -grow, grow, grow)
        sketch.seen_frame(box, theme().text, 2)
        if self._plot.hasFocus():
            sketch.focus(box.adjusted(-4, -4, 4, 4))
