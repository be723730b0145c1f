"""SVG: the figure as shapes and text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from engine.contract.language import LANGUAGES
from gui.export.figure import Described, Painted
from gui.style.typography import text_families

SUFFIX = ".svg"
_FAMILY = re.compile(r'font-family="([^"]*)"')
_SIZE = re.compile(r'<svg width="[^"]*" height="[^"]*"')


def write(export: Described, figure: Painted, name: str) -> dict[str, bytes]:
    """One file, by its name, in UTF-8; text is kept as text."""
    return {name: svg_bytes(export, figure)}


def svg_bytes(export: Described, figure: Painted) -> bytes:
    """The content of the SVG file, with sizes in pixels."""
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
    with QPainter(generator) as painter:
        figure.paint(painter)
    return _finished(bytes(buffer.data().data()).decode(), size.width(), size.height()).encode()


def _finished(text: str, width: int, height: int) -> str:
    """The SVG with sizes in pixels instead of millimetres, and fallback fonts."""
    text = _SIZE.sub(f'<svg width="{width}" height="{height}"', text, count=1)
    families = dict.fromkeys(
        [*_FAMILY.findall(text), *(family for language in LANGUAGES for family in text_families(language))]
    )
    rules = [
        f'text[font-family="{first}"] {{ font-family: {_css_list(first, families)}; }}'
        for first in dict.fromkeys(_FAMILY.findall(text))
    ]
    # As a style sheet: Qt's own SVG viewer takes a list in the attribute for one long name. It knows no @media.
    sheet = "<style>@media all { " + " ".join(rules) + " }</style>\n"
    return text.replace("<defs>", sheet + "<defs>", 1)


def _css_list(first: str, families: Iterable[str]) -> str:
    return ", ".join(f"'{family}'" for family in dict.fromkeys([first, *families])) + ", sans-serif"
