"""Pictures of digits turned, scaled, shifted and made noisy, as nobody wrote them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_INK = 255


@dataclass(frozen=True)
class Alteration:
    """By how much pictures are changed; as it stands, by nothing.

    ``turn`` in degrees anticlockwise, ``scale`` as a factor, both about the middle of the picture; then ``right``
    and ``down`` by so many pixels; ``noise`` is the standard deviation of what is added to each pixel of 0 to 1.
    """

    turn: float = 0.0
    scale: float = 1.0
    right: int = 0
    down: int = 0
    noise: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether anything comes to another place."""
        return (self.turn, self.scale, self.right, self.down) != (0.0, 1.0, 0, 0)

    @property
    def is_any(self) -> bool:
        """Whether there is any change at all."""
        return self.moves or self.noise > 0


def altered(pictures: np.ndarray, by: Alteration, grain: np.ndarray) -> np.ndarray:
    """Pictures (…, S, S) of ink from 0 to 1, changed and again from 0 to 1; what comes in from outside is paper.

    ``grain`` (S, S), draws of standard deviation 1, is the noise on each of them. Without any change they are given
    back as they are.
    """
    if by.moves:
        pictures = _moved(pictures, by)
    if by.noise > 0:
        pictures = np.clip(pictures + by.noise * grain, 0.0, 1.0)
    return pictures


def altered_bytes(images: np.ndarray, by: Alteration, grain: np.ndarray) -> np.ndarray:
    """The same of pictures (…, S, S) in bytes."""
    if not by.is_any:
        return images
    return np.rint(altered(images / _INK, by, grain) * _INK).astype(np.uint8)


def _moved(pictures: np.ndarray, by: Alteration) -> np.ndarray:
    """Each new pixel asks where it comes from, and takes the mean of the four pixels there by their nearness."""
    side = pictures.shape[-1]
    middle, angle = (side - 1) / 2, np.radians(by.turn)
    rows, columns = np.mgrid[0:side, 0:side] - middle
    rows, columns = rows - by.down, columns - by.right
    across, down = np.cos(angle) / by.scale, np.sin(angle) / by.scale
    source_columns, source_rows = across * columns - down * rows + middle, down * columns + across * rows + middle
    # Turned by a right angle, a place may miss its pixel by the rounding of sine and cosine.
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
