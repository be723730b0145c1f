"""Reads raster image files of every format that Qt supports, as scaled-down greyscale bytes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from engine.contract.text import Text
from engine.data.plain_file import Unreadable
from gui.style.language import translate

_MOST_PIXELS = 64_000_000
"""Maximum number of pixels of an image: Qt allows 256 MB, at four bytes a pixel."""
_MOST_DEEP_PIXELS = _MOST_PIXELS // 2
"""The same for images with two bytes per channel."""
_VECTORS = ("svg", "svgz", "pdf")
_DRAWN = Text("it is a vector drawing; save it as PNG first")
_TOO_LARGE = Text("{width}×{height} pixels are too many, at most {most:,} are read")


def read_grey(content: bytes, most: int) -> tuple[int, int, bytes] | None:
    """Width, height and grey values (one byte a pixel, row by row) of the image file with this content, scaled down to
    sides of at most ``most`` pixels. Transparency is filled with white. None if Qt cannot read it.

    ``Unreadable`` for too many pixels, and for vector drawings, whose painting may take arbitrarily long.
    """
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    # By what it holds, since its name says nothing here.
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).decode("ascii", "replace") in _VECTORS:
        raise Unreadable(_DRAWN)
    whole = reader.size()
    if whole.isValid():
        if whole.width() * whole.height() > _MOST_PIXELS:
            raise _too_large(whole, _MOST_PIXELS)
        reader.setScaledSize(_within(whole, most))
    image = reader.read()
    if image.isNull():
        if whole.isValid() and whole.width() * whole.height() > _MOST_DEEP_PIXELS:
            raise _too_large(whole, _MOST_DEEP_PIXELS)
        return None
    image = image.scaled(_within(image.size(), most), mode=Qt.TransformationMode.SmoothTransformation)
    if image.hasAlphaChannel():
        image = _on_white(image)
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    # Qt begins each row at a multiple of four bytes.
    width, height, step, rows = image.width(), image.height(), image.bytesPerLine(), bytes(image.constBits())
    return width, height, b"".join(rows[row * step : row * step + width] for row in range(height))


def _too_large(size: QSize, most: int) -> Unreadable:
    return Unreadable(_TOO_LARGE(width=size.width(), height=size.height(), most=most))


def _within(size: QSize, most: int) -> QSize:
    """``size``, scaled down if necessary to sides of at most ``most`` and at least 1 pixel, with its aspect ratio."""
    if max(size.width(), size.height()) <= most:
        return size
    return size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _on_white(image: QImage) -> QImage:
    sheet = QImage(image.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    with QPainter(sheet) as painter:
        painter.drawImage(0, 0, image)
    return sheet


def file_filter(kind: Text, suffixes: Iterable[str]) -> str:
    """A name filter for ``QFileDialog``: ``kind`` with its ``{patterns}`` filled in, as in 'Files (*.csv *.txt)'.

    Parentheses of Chinese text are replaced by ASCII ones, which Qt needs.
    """
    patterns = " ".join(f"*{suffix}" for suffix in suffixes)
    return translate(kind(patterns=patterns)).replace("（", " (").replace("）", ")")
