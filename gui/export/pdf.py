"""PDF: the figure as one page of shapes and text."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from engine.version import PROGRAM
from gui.export.figure import Described, Painted

SUFFIX = ".pdf"
_POINTS_AN_INCH = 72


def write(export: Described, figure: Painted, name: str) -> dict[str, bytes]:
    """One file, by its name, with a single page as large as the figure."""
    return {name: pdf_bytes(export, figure)}


def pdf_bytes(export: Described, figure: Painted) -> bytes:
    """The content of the PDF file."""
    size = figure.size
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(export.title)
    writer.setCreator(PROGRAM)
    # The screen's resolution, so that one unit is one pixel and type sizes mean the same.
    dots = QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX()
    writer.setResolution(dots)
    page = QSizeF(size) * (_POINTS_AN_INCH / dots)
    paper = QPageSize(page, QPageSize.Unit.Point, "Figure", QPageSize.SizeMatchPolicy.ExactMatch)
    # Portrait only means that the custom size is not turned: the page may still be wider than high.
    writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    with QPainter(writer) as painter:
        figure.paint(painter)
    return bytes(buffer.data().data())
