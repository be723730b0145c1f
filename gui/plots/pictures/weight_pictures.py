"""The weights of many neurons as small images on one scale, with a colour for each sign."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, qRgb

from gui.plots.drawing.api import PixelPainter, StageItem, px, theme
from gui.plots.drawing.points import rgb
from gui.plots.pictures.pixel_picture import Tiles
from gui.plots.surface.signed import MapImage, ground_below

_LEVELS = 127
_NEARLY = 0.7


class WeightPictures(StageItem):
    """Images of weights, drawn as one image with a colour table, so that drawing new weights is fast."""

    def __init__(self) -> None:
        super().__init__()
        self.weights: np.ndarray = np.zeros((0, 1, 1), dtype=np.int8)
        """The weights shown as bytes (N, H, W); N is 0 at first."""
        self._each = False
        self._image: QImage | None = None
        self._ground: QImage | None = None
        self._columns = 0
        self.restyle()

    def show_weights(self, weights: np.ndarray, each: bool = False) -> None:
        """Show weights as bytes (N, H, W) from −127 to 127; 0 has the middle colour. With ``each``, every image is
        scaled to its own largest weight.
        """
        if weights is not self.weights or each != self._each:
            self.weights, self._each = weights, each
            self._build()

    def restyle(self) -> None:
        """Apply the current colours."""
        self.take_room(px(120), px(60))
        colors = theme()
        ends = np.array([rgb(one) for one in (colors.negative, colors.zero, colors.positive)])
        levels = np.arange(-_LEVELS, _LEVELS + 1)
        mixed = [np.rint(np.interp(levels, (-_LEVELS, 0, _LEVELS), channel)).astype(int).tolist() for channel in ends.T]
        self._table = [QColor(colors.surface).rgb(), *(qRgb(*color) for color in zip(*mixed, strict=True))]
        self._build()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if len(self.weights) and self._best_columns() != self._columns:
            self._build()

    def mosaic(self) -> QRectF:
        """The rectangle of all images together, in item coordinates."""
        if self._image is None:
            return QRectF()
        width, height = self._image.width(), self._image.height()
        scale = min(self.size().width() / width, self.size().height() / height)
        return QRectF((self.size().width() - scale * width) / 2, 0, scale * width, scale * height)

    def grid(self) -> tuple[int, int]:
        """The number of rows and columns of images."""
        return -(-len(self.weights) // self._columns), self._columns

    def gap(self) -> int:
        """The width of the gap between two images, in cells of these."""
        return max(1, self.weights.shape[1] // 9)

    def draw(self, sketch: PixelPainter) -> None:
        if self._image is not None:
            MapImage(self._image, self._ground).paint(sketch.painter, self.mosaic())

    def _build(self) -> None:
        if not len(self.weights):
            return
        _, height, width = self.weights.shape
        gap = self.gap()
        self._columns = self._best_columns()
        rows, columns = self.grid()
        # Index 0 is the ground between the pictures, 128 the middle of the colours.
        sheet = np.zeros((rows * (height + gap) - gap, columns * (width + gap) - gap), dtype=np.uint8)
        sizes = np.abs(self.weights.astype(float)).max(axis=(1, 2), keepdims=True)
        shown = np.rint(self.weights * (_LEVELS / np.maximum(sizes, 1))) if self._each else self.weights
        values = (shown.astype(np.int16) + _LEVELS + 1).astype(np.uint8)
        for index, picture in enumerate(values):
            row, column = divmod(index, columns)
            top, left = row * (height + gap), column * (width + gap)
            sheet[top : top + height, left : left + width] = picture
        self._image = QImage(sheet.data, sheet.shape[1], sheet.shape[0], sheet.shape[1], QImage.Format.Format_Indexed8)
        self._image = self._image.copy()
        self._image.setColorTable(self._table)
        self._ground = ground_below(sheet)
        self.update()

    def _best_columns(self) -> int:
        """The number of columns that leaves the fewest empty places, among those with nearly the largest images."""
        count, height, width = self.weights.shape
        across, up = max(1.0, self.size().width()), max(1.0, self.size().height())
        scales = {
            columns: min(across / (columns * width), up / (-(-count // columns) * height))
            for columns in range(1, count + 1)
        }
        enough = _NEARLY * max(scales.values())
        fitting = [columns for columns, scale in scales.items() if scale >= enough]
        return min(fitting, key=lambda columns: (-count % columns, -scales[columns]))


class FilterPictures(Tiles, WeightPictures):
    """Selectable images of filters; the selected one is framed."""

    def __init__(self) -> None:
        self.selected = 0
        super().__init__()

    def show_selected(self, index: int) -> None:
        """Select the image with this index."""
        self.selected = index
        self.update()

    def count(self) -> int:
        return len(self.weights)

    def columns(self) -> int:
        return self.grid()[1]

    def looked_at(self) -> int:
        return self.selected

    def tile(self, index: int) -> QRectF:
        _, height, width = self.weights.shape
        mosaic, (_, columns), gap = self.mosaic(), self.grid(), self.gap()
        scale = mosaic.width() / (columns * (width + gap) - gap)
        row, column = divmod(index, columns)
        left, top = mosaic.left() + column * (width + gap) * scale, mosaic.top() + row * (height + gap) * scale
        return QRectF(left, top, width * scale, height * scale)

    def draw(self, sketch: PixelPainter) -> None:
        super().draw(sketch)
        if len(self.weights):
            tile = self.tile(self.selected).adjusted(-1, -1, 1, 1)
            sketch.frame(tile, theme().selection, 2)
            if self.hasFocus():
                sketch.focus(tile.adjusted(-2, -2, 2, 2))
