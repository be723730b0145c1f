"""Data augmentation: shifts, turns and noise at random for the pictures of a batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MOST_SHIFT, MOST_TURN, MOST_NOISE = 2, 15.0, 0.1
"""Pixels, degrees, and the standard deviation of the noise on pixels of 0 to 1: at a strength of 1."""
_BEFORE, _BEHIND = 1, 2
"""Pixels of paper padded around a picture, from which outside pixels are interpolated."""


@dataclass(frozen=True, eq=False)
class AugmentationDraws:
    """The random movements and noise for N pictures of S × S pixels.

    Each is turned by ``turn`` (N,) degrees anticlockwise about its middle, then moved by ``right`` and ``down`` (N,)
    whole pixels; ``noise`` (N, S, S) is added to the pixels.
    """

    turn: np.ndarray
    right: np.ndarray
    down: np.ndarray
    noise: np.ndarray


def draw_augmentation(random: np.random.Generator, count: int, side: int, strength: float) -> AugmentationDraws:
    """Draws for ``count`` pictures: turns and shifts uniformly up to the largest, noise normally distributed.

    All three grow with ``strength``. It does not affect how many numbers are taken from ``random``, so that later draws
    stay the same.
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
    """Pictures (N, S, S) of ink from 0 to 1, each altered by its own draws, and again from 0 to 1.

    Each new pixel is interpolated bilinearly from the place that it comes from; pixels from outside the picture are
    paper.
    """
    count, side, _ = pictures.shape
    middle = (side - 1) / 2
    places = np.arange(side, dtype=np.float32) - np.float32(middle)
    angle = np.radians(draws.turn)
    cosine, sine = (one.astype(np.float32)[:, None] for one in (np.cos(angle), np.sin(angle)))
    rows, columns = (places - by.astype(np.float32)[:, None] for by in (draws.down, draws.right))
    # Of a turn, row and column are sums of what the new row gives and what the new column gives: (N, S, 1) + (N, 1, S).
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
