"""Data augmentation: random shifts, turns and noise for the images of a batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MOST_SHIFT, MOST_TURN, MOST_NOISE = 2, 15.0, 0.1
"""The maximum shift in pixels and turn in degrees, and the standard deviation of the noise on pixel values from 0 to 1;
all at strength 1.
"""
_BEFORE, _BEHIND = 1, 2
"""The padding around an image in pixels (before and behind it), from which outside pixels are interpolated."""


@dataclass(frozen=True, eq=False)
class AugmentationDraws:
    """The random movements and noise for N images of S × S pixels.

    Each image is turned by ``turn`` (N,) degrees anticlockwise about its centre, then moved by ``right`` and ``down``
    (N,), whole numbers of pixels; ``noise`` (N, S, S) is added to the pixel values.
    """

    turn: np.ndarray
    right: np.ndarray
    down: np.ndarray
    noise: np.ndarray


def draw_augmentation(random: np.random.Generator, count: int, side: int, strength: float) -> AugmentationDraws:
    """Draws the random changes for ``count`` images: turns and shifts uniformly distributed up to the maximum, noise
    normally distributed.

    All three are proportional to ``strength``. It does not affect how many numbers are taken from ``random``, so that
    later draws stay the same.
    """
    turn, right, down = random.uniform(-1.0, 1.0, (3, count))
    noise = random.standard_normal((count, side, side), dtype=np.float32)
    shift = MOST_SHIFT * strength
    return AugmentationDraws(
        turn=MOST_TURN * strength * turn,
        right=np.rint(shift * right),
        down=np.rint(shift * down),
        noise=np.float32(MOST_NOISE * strength) * noise,
    )


def augmented(pictures: np.ndarray, draws: AugmentationDraws) -> np.ndarray:
    """Alters images (N, S, S) with values from 0 (paper) to 1 (ink), each by its own draws; the result is in the same
    range.

    Each new pixel is interpolated bilinearly at the position that it comes from; pixels from outside the image are 0.
    """
    count, side, _ = pictures.shape
    middle = (side - 1) / 2
    places = np.arange(side, dtype=np.float32) - np.float32(middle)
    angle = np.radians(draws.turn)
    cosine, sine = (one.astype(np.float32)[:, None] for one in (np.cos(angle), np.sin(angle)))
    rows, columns = (places - by.astype(np.float32)[:, None] for by in (draws.down, draws.right))
    # In a turn, old row and column are sums of a term of the new row and one of the new column: (N, S, 1) + (N, 1, S).
    from_row = (cosine * rows)[:, :, None] + (sine * columns)[:, None, :] + np.float32(middle + _BEFORE)
    from_column = (cosine * columns)[:, None, :] - (sine * rows)[:, :, None] + np.float32(middle + _BEFORE)
    wide = side + _BEFORE + _BEHIND
    framed = np.zeros((count, wide, wide), pictures.dtype)
    framed[:, _BEFORE:-_BEHIND, _BEFORE:-_BEHIND] = pictures
    for source in (from_row, from_column):
        np.clip(source, 0, side + _BEFORE, out=source)
    top, left = np.floor(from_row), np.floor(from_column)
    part_down, part_right = from_row - top, from_column - left
    corner = top.astype(np.intp) * wide + left.astype(np.intp)
    corner += (np.arange(count) * wide * wide)[:, None, None]
    ink = framed.ravel()
    upper_left, upper_right = ink.take(corner), ink[1:].take(corner)
    lower_left, lower_right = ink[wide:].take(corner), ink[wide + 1 :].take(corner)
    upper = upper_left + part_right * (upper_right - upper_left)
    lower = lower_left + part_right * (lower_right - lower_left)
    return np.clip(upper + part_down * (lower - upper) + draws.noise, 0.0, 1.0)
