"""Pictures that leave their plot are cut themselves: many programs that show SVG know no clipping, Qt among them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from gui.export.plain_device import PlainDevice

SIDE = 200
CLIP = QRectF(53, 41, 100, 90)


def _shown(smooth: bool, flipped: bool) -> QImage:
    """A picture of 8 × 8 pixels, left half red and right half blue, over all of an SVG file, clipped to ``CLIP``."""
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    for x in range(4, 8):
        for y in range(8):
            picture.setPixelColor(x, y, QColor("#0000ff"))
    stored = QByteArray()
    buffer = QBuffer(stored)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(SIDE, SIDE))
    generator.setViewBox(QRectF(0, 0, SIDE, SIDE))
    target = QPainter(generator)
    device = PlainDevice(target, SIDE, SIDE)
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setClipRect(CLIP)
    if flipped:
        painter.translate(0, SIDE)
        painter.scale(1, -1)
    painter.scale(2, 2)
    painter.drawImage(QRectF(0, 0, SIDE / 2, SIDE / 2), picture)
    painter.end()
    target.end()
    shown = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    shown.fill(QColor("#ffffff"))
    drawer = QPainter(shown)
    QSvgRenderer(stored).render(drawer)
    drawer.end()
    return shown


@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("flipped", [True, False])
def test_a_picture_ends_with_its_plot_and_its_parts_stay_where_they_were(qapp, smooth, flipped):
    shown = _shown(smooth, flipped)
    colors = {(x, y): shown.pixelColor(x, y).name() for x in range(0, SIDE, 2) for y in range(0, SIDE, 2)}
    for (x, y), color in colors.items():
        if not CLIP.adjusted(-2, -2, 2, 2).contains(x, y):
            assert color == "#ffffff", (x, y)
        elif CLIP.adjusted(2, 2, -2, -2).contains(x, y) and abs(x - 100) > 20:
            assert color == ("#ff0000" if x < 100 else "#0000ff"), (x, y)
