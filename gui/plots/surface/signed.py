"""Maps of signed values: negative areas are striped, as negative lines are dashed, so that no colour is needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from gui.plots.surface.shades import Table, image_of, signed_table
from gui.style.theme import theme
from gui.style.typography import px

STRIPED_FROM = 0.2
"""The share of the full colour from which negative values are striped; noise about 0 would be nothing but stripes."""
_PERIOD = 4
"""Pixels from one stripe to the next, horizontally and vertically. A stripe is a pixel wide, at 200 % zoom two."""
_CLEAR = QImage.Format.Format_ARGB32_Premultiplied
_Mode = QPainter.CompositionMode


@dataclass(frozen=True, eq=False)
class MapImage:
    """A map as an image; ``ground`` is an image of the background colour where the map is striped, None if nowhere."""

    image: QImage
    ground: QImage | None = None

    def paint(self, painter: QPainter, box: QRectF, smooth: bool = False) -> None:
        """Paint the map into a box, its pixels as squares unless ``smooth``."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(box, self.image)
        if self.ground is not None:
            _paint_cut(painter, box, self.ground, _Mode.CompositionMode_DestinationIn, smooth)


def map_of(shades: np.ndarray, table: Table | None = None, in_plot: bool = False) -> MapImage:
    """A map of bytes (H, W), row 0 at the bottom, to be drawn in pixels or, if ``in_plot``, in plot coordinates.

    Its colours are taken from ``table``; without one, there is a colour for each sign: bytes from 1 to 255 are values
    from negative to positive, 128 is 0.
    """
    if table is not None:
        return MapImage(image_of(shades, table, in_plot))
    return MapImage(image_of(shades, signed_table(), in_plot), ground_below(shades if in_plot else shades[::-1]))


def ground_below(shades: np.ndarray) -> QImage | None:
    """An image of the background colour where the bytes (H, W) are negative values (below 128, which is 0), to be shown
    between stripes; None if there are none.
    """
    striped = (shades > 0) & (shades < 128 - 127 * STRIPED_FROM)
    if not striped.any():
        return None
    pixels = striped * np.uint32(QColor(theme().surface).rgb())
    height, width = striped.shape
    return QImage(pixels.data, width, height, 4 * width, _CLEAR).copy()


@dataclass(frozen=True, eq=False)
class TintImage:
    """A tint of signed values in two images: the striped part, and the rest."""

    plain: QImage
    striped: QImage

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint the tint into a box, its pixels as squares; the background shows between stripes."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(box, self.plain)
        _paint_cut(painter, box, self.striped, _Mode.CompositionMode_DestinationOut, smooth=False)


def tint_of(tint: np.ndarray, strongest: float) -> TintImage:
    """A tint for values (H, W) from −1 to 1: a colour for each sign, transparent at 0, of opacity ``strongest`` at
    ±1.
    """
    colors = theme()
    pixels = np.empty((*tint.shape, 4), dtype=np.uint8)
    for where, color in ((tint > 0, QColor(colors.positive)), (tint <= 0, QColor(colors.negative))):
        pixels[where, :3] = color.blue(), color.green(), color.red()
    pixels[..., 3] = np.rint(np.minimum(np.abs(tint), 1) * (strongest * 255))
    is_striped = tint < -STRIPED_FROM
    return TintImage(_image_where(~is_striped, pixels), _image_where(is_striped, pixels))


def _image_where(shown: np.ndarray, pixels: np.ndarray) -> QImage:
    """The pixels (H, W, 4) where ``shown`` (H, W) is True, and transparency elsewhere."""
    left = np.where(shown[..., np.newaxis], pixels, np.uint8(0))
    height, width = shown.shape
    return QImage(left.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _paint_cut(painter: QPainter, box: QRectF, image: QImage, mode: QPainter.CompositionMode, smooth: bool) -> None:
    """Paint only the stripes of an image, or everything but the stripes. The stripes are in device pixels, whatever the
    plot's scale.
    """
    place, device = painter.transform().mapRect(box), painter.device()
    whole = place.toAlignedRect() & QRect(0, 0, device.width(), device.height())
    if whole.isEmpty():
        return
    ratio = device.devicePixelRatioF()
    cut = QImage(round(whole.width() * ratio), round(whole.height() * ratio), _CLEAR)
    cut.setDevicePixelRatio(ratio)
    cut.fill(Qt.GlobalColor.transparent)
    with QPainter(cut) as into:
        into.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        into.setTransform(painter.transform() * QTransform.fromTranslate(-whole.left(), -whole.top()))
        into.drawImage(box, image)
        into.resetTransform()
        into.setCompositionMode(mode)
        into.fillRect(QRectF(0, 0, whole.width(), whole.height()), QBrush(_tile(px(_PERIOD), px(1))))
    painter.save()
    painter.resetTransform()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QPointF(whole.topLeft()), cut)
    painter.restore()


@lru_cache(maxsize=8)
def _tile(period: int, width: int) -> QImage:
    """One tile of the pattern of stripes, which rise to the right."""
    tile = QImage(period, period, _CLEAR)
    tile.fill(Qt.GlobalColor.transparent)
    for x in range(period):
        for step in range(width):
            tile.setPixel(x, (period - 1 - x + step) % period, 0xFFFFFFFF)
    return tile
