"""Many maps side by side on one scale, one of which is looked at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QKeyEvent

from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import Sketch
from gui.plots.pictures.cells import CellChart
from gui.plots.pictures.tinted_picture import STEPS, draw_box
from gui.plots.surface.shades import signed_table
from gui.style.theme import theme
from gui.style.typography import scaled

_TO_BYTES = 128


class MapSheet(CellChart):
    """Map n lies in row n // columns of the sheet and in the column that is left; its cell (row, column) is 1 wide.

    From one map to the next it is ``pitch`` cells; heights grow upwards, and the sheet's upper left corner is (0, 0).
    ``stepped`` carries (rows, columns) when an arrow key asks for the next map.
    """

    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.vb.setAspectLocked(True)
        self._maps = _Maps(self)
        self.put(self._maps)

    def show_maps(
        self, tints: np.ndarray, columns: int, pitch: float, selected: int, muted: int | None = None
    ) -> None:
        """``tints`` (N, H, H) from −127 to 127; ``selected`` is framed, ``muted`` crossed out."""
        rows, side = -(-len(tints) // columns), tints.shape[1]
        self._maps.show_maps(tints, columns, pitch, selected, muted)
        across, up = (count * pitch - (pitch - side) for count in (columns, rows))
        self.vb.setRange(QRectF(0, -up, across, up), padding=0.02)

    def restyle(self) -> None:
        """Take colours anew."""
        self._maps.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.stepped.emit(*STEPS[event.key()])
        else:
            event.ignore()


class _Maps(OverPlot):
    """The maps as images, and the marks of those that stand out."""

    def __init__(self, sheet: MapSheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._tints: np.ndarray | None = None
        self._images: list[QImage] = []

    def show_maps(self, tints: np.ndarray, *state: object) -> None:
        if tints is not self._tints:
            self._tints = tints
            self.restyle()
        self.show_state(*state)

    def restyle(self) -> None:
        self._images = []
        for tints in () if self._tints is None else self._tints:
            shades = (tints.astype(np.int16) + _TO_BYTES).astype(np.uint8)
            height, width = shades.shape
            image = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
            image.setColorTable(signed_table())
            self._images.append(image.convertToFormat(QImage.Format.Format_RGB32))
        self.redraw()

    def draw(self, sketch: Sketch) -> None:
        if self._tints is None:
            return
        columns, pitch, selected, muted = self.state
        colors, side = theme(), self._tints.shape[1]
        boxes = [
            sketch.area(column * pitch, -row * pitch - side, column * pitch + side, -row * pitch)
            for row, column in (divmod(number, columns) for number in range(len(self._images)))
        ]
        for box, image in zip(boxes, self._images, strict=True):
            sketch.picture(box, image)
            sketch.frame(box, colors.hairline)
        if muted is not None:
            box = boxes[muted]
            sketch.fill(box, colors.surface, 0.6)
            for ends in ((box.topLeft(), box.bottomRight()), (box.topRight(), box.bottomLeft())):
                sketch.line(*ends, colors.text, scaled(2))
        draw_box(sketch, boxes[selected], self._sheet.hasFocus())
