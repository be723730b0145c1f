"""Greyscale images in the theme's colours; apart from ``ink.py``, which is needed before NumPy is imported."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.style.theme import theme


def ink_image(ink: np.ndarray) -> QImage:
    """Greyscale bytes (H, W), 0 for paper and 255 for full ink, as an image in the theme's text colour on transparent
    paper.
    """
    made = QColor(theme().text)
    pixels = np.empty((*ink.shape, 4), dtype=np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = made.blue(), made.green(), made.red()
    pixels[..., 3] = ink
    height, width = ink.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
