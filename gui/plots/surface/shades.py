"""Maps given as bytes: images of them, and colour tables from the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.plots.drawing.points import rgb
from gui.style.theme import theme

Table = np.ndarray
"""0xAARRGGBB of each byte, in 32 bits without a sign."""
_STRONGEST = 0.85
"""How much of a signed map is colour where it is farthest from 0."""
_PALEST = 0.45
"""With how much of a class's tint its region begins, so that the border can be seen."""
LEVELS = 64


def image_of(shades: np.ndarray, table: Table, in_plot: bool = False) -> QImage:
    """An image of bytes (H, W) with rows upwards, to be drawn in pixels or, if ``in_plot``, in plot coordinates."""
    upright = shades if in_plot else shades[::-1]
    pixels = table[upright]
    height, width = upright.shape
    # A copy, since an image does not keep what it was made from.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def signed_table() -> Table:
    """A colour table for signed maps: 1 to 255 from negative to positive, 128 is the background."""
    colors = theme()
    return _signed(colors.negative, colors.surface, colors.positive)


def class_table(number: int) -> Table:
    """A colour table from the background, 0, to the colour of a class, 255."""
    return _fading(theme().surface, theme().class_colors[number])


def answer_table(certain: bool = False) -> Table:
    """A colour table of 64 steps for each of four classes, from pale to full; if ``certain``, all steps are full."""
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
