"""The preprocessing of MNIST images, applied to a drawing: scale to a box, then centre."""

from __future__ import annotations

import numpy as np

SIDE = 28
BOX = 20
"""The longer side of a digit after scaling, in pixels."""
_FAINT = 0.1
_LARGEST_SCALE = 1.0


def preprocessed(picture: np.ndarray) -> np.ndarray:
    """Preprocesses an image (S, S) from 0 (paper) to 1 (ink) like MNIST: (28, 28), the digit 20 pixels tall or wide,
    its centre of mass in the middle.
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
    """An image (S, S), with S a multiple of 28, reduced to (28, 28) by averaging, without any centring."""
    each = len(picture) // SIDE
    return picture.reshape(SIDE, each, SIDE, each).mean(axis=(1, 3))  # (28, k, 28, k) -> (28, 28)


def moved(picture: np.ndarray, right: int, down: int) -> np.ndarray:
    """Images (…, S, S) moved by whole pixels; pixels that leave the image are lost, and new ones are 0."""
    side = picture.shape[-1]
    right, down = (min(max(way, -side), side) for way in (right, down))
    made = np.zeros_like(picture)
    made[..., max(0, down) : side + min(0, down), max(0, right) : side + min(0, right)] = picture[
        ..., max(0, -down) : side + min(0, -down), max(0, -right) : side + min(0, -right)
    ]
    return made


def _coverage(side: int, scale: float, middle: float) -> np.ndarray:
    """The resampling matrix (28, side): the share of each new pixel that every old pixel covers, when the position
    ``middle`` in the old image is moved to the centre of the new one.

    In MNIST's own images the centre of mass lies in the middle of pixel 14, half a pixel beyond the centre of the
    image.
    """
    edges = (np.arange(side + 1) - middle) * scale + (SIDE + 1) / 2
    new = np.arange(SIDE)[:, None]
    return np.clip(np.minimum(edges[1:], new + 1) - np.maximum(edges[:-1], new), 0, None)


def block_means(images: np.ndarray, side: int) -> np.ndarray:
    """Images (N, S, S) of bytes reduced to (N, side, side): each pixel is the mean of its block, rounded to a byte.

    ValueError if ``side`` does not divide S. If ``side`` is S, ``images`` itself is returned.
    """
    count, size, _ = images.shape
    if size % side:
        raise ValueError(f"side {side}: must divide {size}")
    if side == size:
        return images
    block = size // side
    blocks = images.reshape(count, side, block, side, block)  # (N, S, S) -> (N, side, block, side, block)
    sums = blocks.sum(axis=(2, 4), dtype=np.uint32)
    # Half a block is added so that whole division rounds instead of cutting off.
    return ((sums + block * block // 2) // (block * block)).astype(np.uint8)
