"""The measures that all rows of the form share."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from gui.style.typography import font, px


def line_height() -> int:
    """The height in pixels of one line of the form: number boxes, lists, segments and the labels beside them."""
    return max(px(28), QFontMetrics(font("number")).height() + px(6))
