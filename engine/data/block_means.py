"""Smaller pictures: each pixel is the mean of a block of pixels."""

from __future__ import annotations

import numpy as np


def block_means(images: np.ndarray, side: int) -> np.ndarray:
    """Pictures (N, S, S) of bytes as (N, side, side), each pixel the mean of its block, rounded to a byte.

    ValueError where ``side`` does not divide S. With the whole side nothing is changed, and nothing copied.
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
