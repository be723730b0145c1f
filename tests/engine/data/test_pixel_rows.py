"""Pictures read as rows of numbers: those of the pictures, whichever rows are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.digits import pixels
from engine.data.pixel_rows import PixelRows

_IMAGES = np.random.default_rng(0).integers(0, 256, (9, 4, 3)).astype(np.uint8)


@pytest.mark.parametrize("rows", [slice(2, 5), slice(7, 20), np.array([8, 0, 3]), slice(None)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_are_the_pixels_from_0_to_1(rows, dtype):
    read = PixelRows(_IMAGES, dtype)
    assert read[rows].dtype == dtype and len(read) == 9
    assert read[rows] == pytest.approx(pixels(_IMAGES)[rows], abs=1e-7)
    assert read[:].min() >= 0 and read[:].max() <= 1
