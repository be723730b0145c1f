"""Smaller pictures: means of blocks, rounded to bytes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.preprocessing import block_means

IMAGES = np.random.default_rng(4).integers(0, 256, (5, 28, 28)).astype(np.uint8)


@pytest.mark.parametrize("side", [14, 7, 4, 2, 1])
def test_every_pixel_is_the_mean_of_its_block(side):
    block, small = 28 // side, block_means(IMAGES, side)
    assert small.shape == (5, side, side) and small.dtype == np.uint8
    for number, row, column in np.ndindex(small.shape):
        part = IMAGES[number, row * block : (row + 1) * block, column * block : (column + 1) * block]
        assert abs(float(small[number, row, column]) - part.mean()) <= 0.5


def test_plain_pictures_stay_plain():
    for ink in (0, 1, 254, 255):
        plain = np.full((2, 28, 28), ink, dtype=np.uint8)
        for side in (14, 7):
            assert (block_means(plain, side) == ink).all()


def test_the_whole_side_changes_nothing_and_one_that_does_not_divide_is_refused():
    assert block_means(IMAGES, 28) is IMAGES
    with pytest.raises(ValueError, match="divide"):
        block_means(IMAGES, 9)
