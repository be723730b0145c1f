"""Copies a figure to the clipboard as image, PNG and SVG, with its caption as text."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from engine.export.record import Export
from gui.export.figure import Figure
from gui.export.png import figure_image, png_bytes
from gui.export.svg import svg_bytes


def copy_figure(export: Export, figure: Figure) -> None:
    """Put the figure on the clipboard as image, PNG and SVG, with its caption as text."""
    QGuiApplication.clipboard().setMimeData(figure_mime(export, figure))


def figure_mime(export: Export, figure: Figure) -> QMimeData:
    """The figure as MIME data for clipboard or drag; the PNG contains the run as metadata."""
    data = QMimeData()
    data.setImageData(figure_image(figure))
    data.setData("image/png", png_bytes(export, figure))
    data.setData("image/svg+xml", svg_bytes(export, figure))
    data.setText(export.caption)
    return data
