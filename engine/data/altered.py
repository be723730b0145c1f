"""Alters images of digits: turns, scales and shifts them, and adds noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_INK = 255


@dataclass(frozen=True)
class Alteration:
    """How to alter an image; the defaults change nothing.

    First it is turned by ``turn`` degrees anticlockwise and enlarged by the factor ``scale``, both about its centre;
    then it is moved by ``right`` and ``down`` pixels. ``noise`` is the standard deviation of the noise that is added to
    pixel values from 0 to 1.
    """

    turn: float = 0.0
    scale: float = 1.0
    right: int = 0
    down: int = 0
    noise: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether pixels are moved, that is, whether the image is turned, scaled or shifted."""
        return (self.turn, self.scale, self.right, self.down) != (0.0, 1.0, 0, 0)

    @property
    def is_any(self) -> bool:
        """Whether the image is changed at all, by movement or noise."""
        return self.moves or self.noise > 0


def altered(pictures: np.ndarray, by: Alteration, grain: np.ndarray) -> np.ndarray:
    """Alters images (…, S, S) with values from 0 (paper) to 1 (ink) as ``by`` says; the result is in the same range.
    Pixels from outside the image are 0.

    ``grain`` (S, S), random numbers of standard deviation 1, is scaled by ``noise`` and added to every image. If ``by``
    changes nothing, ``pictures`` itself is returned.
    """
    if by.moves:
        pictures = _moved(pictures, by)
    if by.noise > 0:
        pictures = np.clip(pictures + by.noise * grain, 0.0, 1.0)
    return pictures


def altered_bytes(images: np.ndarray, by: Alteration, grain: np.ndarray) -> np.ndarray:
    """Like ``altered``, for images (…, S, S) of bytes."""
    if not by.is_any:
        return images
    return np.rint(altered(images / _INK, by, grain) * _INK).astype(np.uint8)


def _moved(pictures: np.ndarray, by: Alteration) -> np.ndarray:
    """The images after turning, scaling and shifting. Each new pixel is interpolated bilinearly at the position in the
    old image that it comes from.
    """
    side = pictures.shape[-1]
    middle, angle = (side - 1) / 2, np.radians(by.turn)
    rows, columns = np.mgrid[0:side, 0:side] - middle
    rows, columns = rows - by.down, columns - by.right
    across, down = np.cos(angle) / by.scale, np.sin(angle) / by.scale
    source_columns, source_rows = across * columns - down * rows + middle, down * columns + across * rows + middle
    # After a turn by a right angle, a position may miss its pixel by rounding errors of sine and cosine.
    source_rows, source_columns = np.round(source_rows, 9), np.round(source_columns, 9)
    top, left = np.floor(source_rows).astype(int), np.floor(source_columns).astype(int)
    part_down, part_right = source_rows - top, source_columns - left
    made = np.zeros(pictures.shape)
    for more_down, share_down in ((0, 1 - part_down), (1, part_down)):
        for more_right, share_right in ((0, 1 - part_right), (1, part_right)):
            row, column = top + more_down, left + more_right
            inside = (row >= 0) & (row < side) & (column >= 0) & (column < side)
            taken = pictures[..., np.clip(row, 0, side - 1), np.clip(column, 0, side - 1)]
            made += np.where(inside, share_down * share_right, 0.0) * taken
    return np.clip(made, 0.0, 1.0)
