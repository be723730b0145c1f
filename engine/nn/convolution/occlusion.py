"""Occlusion: a part of a picture is covered, here or everywhere in turn, to find what an answer depends on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def covered(picture: np.ndarray, top: int, left: int, side: int, fill: float) -> np.ndarray:
    """A copy of a picture (H, W) with a square of ``fill`` over it, whose upper left cell is (``top``, ``left``)."""
    made = picture.copy()
    made[top : top + side, left : left + side] = fill
    return made


def covered_everywhere(picture: np.ndarray, side: int, fill: float) -> Iterator[np.ndarray]:
    """All places of the square, row by row: each time pictures (P, H, W), one for each place along that row.

    A picture of H rows has P = H − ``side`` + 1 such rows.
    """
    height, width = picture.shape
    for top in range(height - side + 1):
        yield np.stack([covered(picture, top, left, side, fill) for left in range(width - side + 1)])
