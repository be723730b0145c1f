"""Occlusion: a cover hides its square and nothing else, and goes to every place once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.nn.conv_network import covered, covered_everywhere


@given(side=st.integers(1, 6), seed=st.integers(0, 9))
def test_the_cover_lies_at_every_place_in_reading_order_and_hides_its_square_alone(side, seed):
    picture = np.random.default_rng(seed).integers(1, 9, (6, 6))
    kept = picture.copy()
    rows = list(covered_everywhere(picture, side, 0))
    assert (len(rows), len(rows[0])) == (7 - side, 7 - side)
    for top, row in enumerate(rows):
        for left, made in enumerate(row):
            expected = [
                [0 if top <= i < top + side and left <= j < left + side else picture[i, j] for j in range(6)]
                for i in range(6)
            ]
            assert made.tolist() == expected == covered(picture, top, left, side, 0).tolist()
    assert (picture == kept).all()
