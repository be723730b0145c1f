"""Maps of signed numbers: what is negative is striped, as negative lines are dashed, which leaves the sign in grey."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from gui.plots.surface.shades import Table, image_of, signed_table
from gui.style.theme import theme
from gui.style.typography import scaled

STRIPED_FROM = 0.2
"""From which share of the full colour what is negative is striped: noise about 0 would be nothing but stripes."""
_PERIOD = 4
"""Pixels from one stripe to the next, across and down; a stripe is a pixel wide, at twice the size two."""
_CLEAR = QImage.Format.Format_ARGB32_Premultiplied
_Mode = QPainter.CompositionMode


@dataclass(frozen=True, eq=False)
class MapImage:
    """A map as an image; ``ground`` has the colour of the ground where the map is striped, None where it is not."""

    image: QImage
    ground: QImage | None = None

    def paint(self, painter: QPainter, box: QRectF, smooth: bool = False) -> None:
        """Fill a box with the map, its pixels as squares unless it is to be ``smooth``."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(box, self.image)
        if self.ground is not None:
            _paint_cut(painter, box, self.ground, _Mode.CompositionMode_DestinationIn, smooth)


def map_of(shades: np.ndarray, table: Table | None = None, in_plot: bool = False) -> MapImage:
    """Bytes (H, W) whose rows go upwards, to be drawn in pixels or, as they are, ``in_plot`` coordinates.

    They have the colours of a table, or, without one, those of both signs: 1 to 255 as negative to positive, 128 as 0.
    """
    if table is not None:
        return MapImage(image_of(shades, table, in_plot))
    return MapImage(image_of(shades, signed_table(), in_plot), ground_below(shades if in_plot else shades[::-1]))


def ground_below(shades: np.ndarray) -> QImage | None:
    """The ground's colour where bytes (H, W), 1 to 255 with 0 at 128, are negative; None where none of them is."""
    striped = np.ascontiguousarray((shades > 0) & (shades < 128 - 127 * STRIPED_FROM))
    if not striped.any():
        return None
    height, width = striped.shape
    image = QImage(striped.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([0, QColor(theme().surface).rgb()])
    return image.convertToFormat(_CLEAR)


def paint_striped(painter: QPainter, box: QRectF, image: QImage) -> None:
    """Fill a box with an image of what is negative, its pixels as squares, but for stripes that show what is below."""
    _paint_cut(painter, box, image, _Mode.CompositionMode_DestinationOut, smooth=False)


def _paint_cut(painter: QPainter, box: QRectF, image: QImage, mode: QPainter.CompositionMode, smooth: bool) -> None:
    """Only the stripes of an image, or all but them; they are in pixels of the device, whatever the plot's scale."""
    place, device = painter.transform().mapRect(box), painter.device()
    whole = place.toAlignedRect() & QRect(0, 0, device.width(), device.height())
    if whole.isEmpty():
        return
    ratio = device.devicePixelRatioF()
    cut = QImage(round(whole.width() * ratio), round(whole.height() * ratio), _CLEAR)
    cut.setDevicePixelRatio(ratio)
    cut.fill(Qt.GlobalColor.transparent)
    into = QPainter(cut)
    into.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    into.setTransform(painter.transform() * QTransform.fromTranslate(-whole.left(), -whole.top()))
    into.drawImage(box, image)
    into.resetTransform()
    into.setCompositionMode(mode)
    into.fillRect(QRectF(0, 0, whole.width(), whole.height()), QBrush(_tile(scaled(_PERIOD), scaled(1))))
    into.end()
    painter.save()
    painter.resetTransform()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QPointF(whole.topLeft()), cut)
    painter.restore()


@lru_cache(maxsize=8)
def _tile(period: int, width: int) -> QImage:
    """A piece of the stripes, which lead up to the right."""
    tile = QImage(period, period, _CLEAR)
    tile.fill(Qt.GlobalColor.transparent)
    for x in range(period):
        for step in range(width):
            tile.setPixel(x, (period - 1 - x + step) % period, 0xFFFFFFFF)
    return tile
