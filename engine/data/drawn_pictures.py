"""Two grey images that are drawn from shapes on demand: a house in a landscape, and a test card of edges.

So they are free of other people's rights. Both are drawn four times as large and then reduced, for antialiasing.
"""

from __future__ import annotations

from functools import cache

import numpy as np

SIDE = 112
_FINE = 4


@cache
def house() -> np.ndarray:
    """An image (112, 112) of a house under the sun, with hills, a tree and a fence; grey values from 0 (black) to 100
    (white).
    """
    sheet = _Sheet()
    x, y = sheet.x, sheet.y
    sheet.paint(y < 200, 0.72)
    sheet.paint(_disc(x, y, 88, 19, 10), 1.0)
    for left, top, width in ((14, 20, 9), (23, 17, 11), (33, 20, 8)):
        sheet.paint(((x - left) / width) ** 2 + ((y - top) / 5) ** 2 < 1, 0.95)
    sheet.paint(y > 62 - 16 * np.exp(-(((x - 22) / 22) ** 2)) - 10 * np.exp(-(((x - 92) / 26) ** 2)), 0.52)
    sheet.paint(y > 74 + 3 * np.sin(x / 16), 0.4)
    # The path narrows towards the door.
    sheet.paint((y > 84) & (np.abs(x - 60 - 0.25 * (y - 84)) < 5 + 0.22 * (y - 84)), 0.7)
    sheet.paint(_box(x, y, 66, 26, 73, 48), 0.28)
    sheet.paint(_box(x, y, 38, 54, 80, 86), 0.84)
    sheet.paint((y > 28) & (y < 54) & (np.abs(x - 59) < 1.06 * (y - 28)), 0.2)
    sheet.paint(_disc(x, y, 59, 44, 4), 0.9)
    sheet.paint(_box(x, y, 55, 66, 65, 86), 0.25)
    for left in (42, 68):
        sheet.paint(_box(x, y, left, 61, left + 9, 72), 0.16)
        for bar in (_box(x, y, left + 4, 61, left + 5, 72), _box(x, y, left, 66, left + 9, 67)):
            sheet.paint(bar, 0.92)
    sheet.paint(_box(x, y, 96, 62, 100, 90), 0.22)
    for across, down, radius in ((98, 46, 9), (92, 56, 8), (104, 56, 8)):
        sheet.paint(_disc(x, y, across, down, radius), 0.14)
    for left in range(2, 32, 6):
        sheet.paint(_box(x, y, left, 80, left + 3, 98), 0.96)
    for top in (84, 91):
        sheet.paint(_box(x, y, 0, top, 35, top + 2), 0.96)
    return sheet.picture()


@cache
def edges() -> np.ndarray:
    """A test card (112, 112) for filters, with grey values from 0 to 100: vertical, horizontal and slanting edges, a
    ramp, lines ever closer together, a disc and single dots.
    """
    sheet = _Sheet()
    x, y = sheet.x, sheet.y
    sheet.paint(y < 200, 0.2)
    sheet.paint(_box(x, y, 8, 8, 48, 48), 0.8)
    sheet.paint(np.abs(x - 84) + np.abs(y - 28) < 22, 0.8)
    # A hundredth more from pixel to pixel, so that it is a straight ramp in hundredths too.
    sheet.paint(_box(x, y, 8, 60, 58, 76), 0.2 + 0.01 * (x - 7.5))
    sheet.paint(_disc(x, y, 84, 84, 20), 0.8)
    for left, width in ((8, 5), (18, 4), (26, 3), (32, 2), (36, 1), (38, 1), (40, 1), (42, 1)):
        sheet.paint(_box(x, y, left, 84, left + width, 104), 0.8)
    for column in range(3):
        sheet.paint(_box(x, y, 48 + 4 * column, 90, 49 + 4 * column, 91), 1.0)
    return sheet.picture()


class _Sheet:
    """An enlarged image on which shapes are painted over each other; ``x`` and ``y`` are the coordinates of its points,
    in pixels of the final image.
    """

    def __init__(self) -> None:
        row, column = np.indices((_FINE * SIDE, _FINE * SIDE))
        self.x, self.y = (column + 0.5) / _FINE, (row + 0.5) / _FINE
        self._grey = np.zeros(row.shape)

    def paint(self, where: np.ndarray, grey: float | np.ndarray) -> None:
        """Paints the points where the mask ``where`` is true in this grey, from 0 to 1."""
        self._grey = np.where(where, grey, self._grey)

    def picture(self) -> np.ndarray:
        """The final image (SIDE, SIDE): each pixel is the mean of its block, from 0 to 100."""
        blocks = np.clip(self._grey, 0, 1).reshape(SIDE, _FINE, SIDE, _FINE)
        made = np.rint(100 * blocks.mean(axis=(1, 3))).astype(np.uint8)
        made.setflags(write=False)
        return made


def _box(x: np.ndarray, y: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return (x >= left) & (x < right) & (y >= top) & (y < bottom)


def _disc(x: np.ndarray, y: np.ndarray, across: float, down: float, radius: float) -> np.ndarray:
    return (x - across) ** 2 + (y - down) ** 2 < radius**2
