"""What was done to every MNIST picture before anyone saw it, and is done here to a drawing: fit a box, then centre."""

from __future__ import annotations

import numpy as np

SIDE = 28
BOX = 20
"""The longer side of a digit after fitting, in pixels."""
_FAINT = 0.1
_LARGEST_SCALE = 1.0


def preprocessed(picture: np.ndarray) -> np.ndarray:
    """A picture of ink (S, S), 0 to 1, as MNIST would have it: (28, 28), the digit 20 pixels tall or wide, its centre
    of mass in the middle.
    """
    rows, columns = np.nonzero(picture > _FAINT)
    if rows.size == 0:
        return np.zeros((SIDE, SIDE))
    longer = max(np.ptp(rows), np.ptp(columns)) + 1
    scale = min(BOX / longer, _LARGEST_SCALE)
    mass = picture.sum()
    middle = np.arange(len(picture)) + 0.5
    down = _coverage(len(picture), scale, middle @ picture.sum(axis=1) / mass)
    across = _coverage(len(picture), scale, middle @ picture.sum(axis=0) / mass)
    return np.clip(down @ picture @ across.T, 0, 1)  # (28, S) (S, S) (S, 28) -> (28, 28)


def only_shrunk(picture: np.ndarray) -> np.ndarray:
    """A picture of ink (S, S) with S a multiple of 28, shrunk to (28, 28) by averaging and nothing else."""
    each = len(picture) // SIDE
    return picture.reshape(SIDE, each, SIDE, each).mean(axis=(1, 3))  # (28, k, 28, k) -> (28, 28)


def moved(picture: np.ndarray, right: int, down: int) -> np.ndarray:
    """Pictures (…, S, S) moved by whole pixels; what leaves the paper is lost, what comes in is empty."""
    side = picture.shape[-1]
    right, down = (min(max(way, -side), side) for way in (right, down))
    made = np.zeros_like(picture)
    made[..., max(0, down) : side + min(0, down), max(0, right) : side + min(0, right)] = picture[
        ..., max(0, -down) : side + min(0, -down), max(0, -right) : side + min(0, -right)
    ]
    return made


def _coverage(side: int, scale: float, middle: float) -> np.ndarray:
    """(28, side): how much of each new pixel each old one covers when ``middle`` comes to the middle.

    In MNIST's own pictures the centre of mass lies in the middle of the pixel 14, half a pixel beyond the middle.
    """
    edges = (np.arange(side + 1) - middle) * scale + (SIDE + 1) / 2
    new = np.arange(SIDE)[:, None]
    return np.clip(np.minimum(edges[1:], new + 1) - np.maximum(edges[:-1], new), 0, None)
