"""Reads picture files in every format that Qt knows, as grey bytes and not larger than is needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

_MOST_PIXELS = 100_000_000


def read_grey(path: Path, most: int) -> tuple[int, int, bytes] | None:
    """Width, height and greys, row by row, of a picture whose sides are brought down to ``most`` pixels; None for a
    file that Qt cannot read. What can be seen through lies on white.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    # By what it holds, whatever its name says.
    reader.setDecideFormatFromContent(True)
    whole = reader.size()
    if whole.isValid():
        if whole.width() * whole.height() > _MOST_PIXELS:
            return None
        reader.setScaledSize(_within(whole, most))
    image = reader.read()
    if image.isNull():
        return None
    image = image.scaled(_within(image.size(), most), mode=Qt.TransformationMode.SmoothTransformation)
    if image.hasAlphaChannel():
        image = _on_white(image)
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    # Qt begins each row at a multiple of four bytes.
    width, height, step, rows = image.width(), image.height(), image.bytesPerLine(), bytes(image.constBits())
    return width, height, b"".join(rows[row * step : row * step + width] for row in range(height))


def _within(size: QSize, most: int) -> QSize:
    """The same shape with no side longer than ``most``, and none of no length."""
    if max(size.width(), size.height()) <= most:
        return size
    return size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _on_white(image: QImage) -> QImage:
    sheet = QImage(image.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, image)
    painter.end()
    return sheet
