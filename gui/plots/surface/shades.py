"""Images of maps given as bytes, and their colour tables from the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.plots.drawing.points import rgb
from gui.style.theme import theme

Table = np.ndarray
"""The colour of each byte value, as 0xAARRGGBB in uint32."""
_STRONGEST = 0.85
"""The share of colour, rather than background, at the ends of a signed map."""
_PALEST = 0.45
"""The smallest share of a class's tint in its region, so that the border between regions can be seen."""
LEVELS = 64


def image_of(shades: np.ndarray, table: Table, in_plot: bool = False) -> QImage:
    """An image of a map of bytes (H, W), row 0 at the bottom, to be drawn in pixels or, if ``in_plot``, in plot
    coordinates.
    """
    upright = shades if in_plot else shades[::-1]
    pixels = table[upright]
    height, width = upright.shape
    # A copy, since an image does not keep what it was made from.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def signed_table() -> Table:
    """A colour table for signed maps: bytes from 1 to 255 are values from negative to positive, 128 is 0, the
    background.
    """
    colors = theme()
    return _signed(colors.negative, colors.surface, colors.positive)


def class_table(number: int) -> Table:
    """A colour table from the background (byte 0) to the colour of a class (byte 255)."""
    return _fading(theme().surface, theme().class_colors[number])


def answer_table(certain: bool = False) -> Table:
    """A colour table of 64 levels for each of four classes, from pale to full; if ``certain``, all levels are full."""
    colors = theme()
    return _answers(colors.surface, colors.region_fills, certain)


@lru_cache(maxsize=4)
def _signed(negative: str, ground: str, positive: str) -> Table:
    shares = (np.arange(256) - 128) / 127
    return _colors(
        _between(ground, negative if share < 0 else positive, min(1, abs(share)) * _STRONGEST) for share in shares
    )


@lru_cache(maxsize=16)
def _fading(ground: str, color: str) -> Table:
    return _colors(_between(ground, color, shade / 255 * _STRONGEST) for shade in range(256))


@lru_cache(maxsize=4)
def _answers(ground: str, fills: tuple[str, ...], certain: bool) -> Table:
    steps = [1.0 if certain else _PALEST + (1 - _PALEST) * level / (LEVELS - 1) for level in range(LEVELS)]
    return _colors(_between(ground, fill, step) for fill in fills for step in steps)


def _colors(values: Iterable[int]) -> Table:
    table = np.fromiter(values, dtype=np.uint32)
    table.flags.writeable = False
    return table


def _between(ground: str, color: str, share: float) -> int:
    parts = zip(rgb(ground), rgb(color), strict=True)
    return QColor(*(round(low + share * (high - low)) for low, high in parts)).rgb()
