"""SVG: the figure as shapes and text."""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from engine.export.record import Export
from gui.export.figure import Figure
from gui.style.fonts import text_families

SUFFIX = ".svg"
_FAMILY = re.compile(r'font-family="([^"]*)"')
_SIZE = re.compile(r'<svg width="[^"]*" height="[^"]*"')


def write(export: Export, figure: Figure, name: str) -> dict[str, bytes]:
    """One file, UTF-8; text stays text."""
    return {name: svg_bytes(export, figure)}


def svg_bytes(export: Export, figure: Figure) -> bytes:
    """The file's content, measured in pixels."""
    size = figure.size
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Only SVG 1.1 keeps clipping; Qt writes Tiny 1.2 unless told.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX())
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(export.title)
    generator.setDescription(export.caption)
    painter = QPainter(generator)
    figure.paint(painter)
    painter.end()
    return _finished(bytes(buffer.data()).decode(), size.width(), size.height()).encode()


def _finished(text: str, width: int, height: int) -> str:
    """Sizes in pixels instead of millimetres, and other fonts to fall back on where the first is not installed."""
    text = _SIZE.sub(f'<svg width="{width}" height="{height}"', text, count=1)
    others = [*text_families("en"), *text_families("zh_CN")]

    def with_others(found: re.Match[str]) -> str:
        families = dict.fromkeys([found[1], *others])
        # One quoted name each: a family may have spaces or begin with a digit.
        return 'font-family="' + ", ".join(f"'{family}'" for family in families) + ', sans-serif"'

    return _FAMILY.sub(with_others, text)
