"""Pictures that become a network's numbers when they are asked for: bytes take a quarter of the room of float32."""

from __future__ import annotations

from typing import Any

import numpy as np


class PixelRows:
    """Pictures (N, H, W) as bytes, read like an array (N, H·W) from 0 to 1 in ``dtype``, by rows or slices."""

    def __init__(self, images: np.ndarray, dtype: type[np.floating] = np.float32) -> None:
        self._images, self._dtype = images.reshape(len(images), -1), dtype

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, rows: Any) -> np.ndarray:
        return np.multiply(self._images[rows], self._dtype(1 / 255), dtype=self._dtype)
