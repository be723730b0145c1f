"""Images of bytes that are converted to a network's input on access: bytes take a quarter of the memory of float32."""

from __future__ import annotations

from typing import Any

import numpy as np


class PixelRows:
    """Images (N, H, W) of bytes that can be indexed by rows or slices like an array (N, H·W) of ``dtype``, from 0
    to 1.
    """

    def __init__(self, images: np.ndarray, dtype: type[np.floating] = np.float32) -> None:
        self._images, self._dtype = images.reshape(len(images), -1), dtype

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, rows: Any) -> np.ndarray:
        return np.multiply(self._images[rows], self._dtype(1 / 255), dtype=self._dtype)


class PixelPictures(PixelRows):
    """Like ``PixelRows``, but an array of images with one channel, (N, 1, H, W); ``order`` (H·W,) permutes the pixels
    of every image.
    """

    def __init__(
        self, images: np.ndarray, order: np.ndarray | None = None, dtype: type[np.floating] = np.float32
    ) -> None:
        super().__init__(images, dtype)
        self._shape, self._order = images.shape[1:], order

    def __getitem__(self, rows: Any) -> np.ndarray:
        found = super().__getitem__(rows)
        if self._order is not None:
            found = found[:, self._order]
        return found.reshape(-1, 1, *self._shape)
