"""PNG: two pixels for each pixel of the figure, pens as wide as on the screen, and the run as metadata."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from engine.export.png_text import RUN_KEY, with_texts
from engine.version import PROGRAM
from gui.export.figure import Described, Painted
from gui.style.theme import theme

SUFFIX = ".png"
SCALE = 2
_INCH = 0.0254


def write(export: Described, figure: Painted, name: str) -> dict[str, bytes]:
    """One file, by its name. Its text chunks hold the session as JSON (`Layerwise-Run`), title, caption and the
    program.
    """
    return {name: png_bytes(export, figure)}


def png_bytes(export: Described, figure: Painted) -> bytes:
    """The content of the PNG file; MemoryError if the image does not fit into memory."""
    image = figure_image(figure)
    # The resolution, so that it is printed as large as on the screen.
    dots = round(SCALE * 96 / _INCH)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload] # its stub asks for bytes
        raise MemoryError("the picture cannot be written as PNG")
    return with_texts(bytes(buffer.data().data()), texts_for(export))


def texts_for(export: Described) -> dict[str, str]:
    """The metadata texts of a figure, by their PNG keys."""
    texts = {
        "Title": export.title,
        "Description": export.caption,
        "Software": PROGRAM,
        RUN_KEY: export.session.to_json(),
    }
    if export.when:
        texts["Creation Time"] = export.when
    return texts


def figure_image(figure: Painted) -> QImage:
    """The figure as an image, ``SCALE`` pixels for each of its own; MemoryError if it does not fit into memory."""
    image = QImage(figure.size * SCALE, QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError(f"no memory for a picture of {figure.size.width()} by {figure.size.height()}")
    image.fill(QColor(theme().surface))
    with QPainter(image) as painter:
        painter.scale(SCALE, SCALE)
        figure.paint(painter)
    return image
