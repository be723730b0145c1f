"""The drawn formulas as pictures in the colour and size of the text around them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "formulas"
SCHEME = "formula"

# The drawings give one em this many units (`EM` in tools/formulas.py; a test compares the two).
EM = 32

# Beside sans-serif text of the same nominal size, the letters of the drawings look small.
_OPTICAL_SCALE = 1.25


def formula_ids() -> list[str]:
    """The ids of all formulas, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def formula_size(formula_id: str, text_px: float) -> QSizeF:
    """Width and height in pixels of the formula beside text of ``text_px`` pixels."""
    box = _renderer(formula_id).viewBoxF()
    return QSizeF(box.width(), box.height()) * (text_px * _OPTICAL_SCALE / EM)


def formula_pixmap(formula_id: str, height_px: float, color: QColor | str, device_pixel_ratio: float = 1.0) -> QPixmap:
    """The formula ``height_px`` pixels high, on transparent ground; raises ValueError for an unknown id."""
    renderer = _renderer(formula_id)
    box = renderer.viewBoxF()
    height = max(1, round(height_px * device_pixel_ratio))
    width = max(1, round(height * box.width() / box.height()))
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, width, height))
        # The drawing is black: everything that it covers takes the colour, soft edges included.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), QColor(color))
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    return pixmap


@lru_cache(maxsize=256)
def _renderer(formula_id: str) -> QSvgRenderer:
    path = FOLDER / f"{formula_id}.svg"
    # Compared with the folder's names, so that an id can never lead out of the folder.
    if formula_id not in formula_ids():
        raise ValueError(f"formula {formula_id!r}: must be one of {', '.join(formula_ids())}")
    return QSvgRenderer(str(path))
