"""Pictures that are turned, scaled, shifted and made noisy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.altered import Alteration, altered, altered_bytes
from engine.data.digits import load_digits
from engine.data.preprocessing import moved

IMAGES = load_digits("test").images[:4]
PICTURES = IMAGES / 255
GRAIN = np.random.default_rng(0).standard_normal((28, 28))

alterations = st.builds(
    Alteration,
    turn=st.floats(-180, 180),
    scale=st.floats(0.5, 2.0),
    right=st.integers(-28, 28),
    down=st.integers(-28, 28),
    noise=st.floats(0, 1),
)


def test_no_change_leaves_them_bit_for_bit():
    assert altered(PICTURES, Alteration(), GRAIN) is PICTURES
    assert altered_bytes(IMAGES, Alteration(), GRAIN) is IMAGES


@settings(max_examples=40, deadline=None)
@given(by=alterations)
def test_ink_stays_from_0_to_1(by):
    made = altered(PICTURES, by, GRAIN)
    assert made.shape == PICTURES.shape and made.min() >= 0 and made.max() <= 1
    assert altered_bytes(IMAGES, by, GRAIN).dtype == np.uint8


@settings(max_examples=20, deadline=None)
@given(right=st.integers(-30, 30), down=st.integers(-30, 30))
def test_a_shift_by_whole_pixels_moves_them_and_paper_comes_in(right, down):
    by = Alteration(right=right, down=down)
    assert altered(PICTURES, by, GRAIN) == pytest.approx(moved(PICTURES, right, down), abs=1e-12)
    assert np.array_equal(altered_bytes(IMAGES, by, GRAIN), moved(IMAGES, right, down))
    rolled = np.roll(PICTURES, (down, right), axis=(1, 2))
    kept = np.s_[:, max(0, down) : 28 + min(0, down), max(0, right) : 28 + min(0, right)]
    if abs(right) < 28 and abs(down) < 28:
        assert altered(PICTURES, by, GRAIN)[kept] == pytest.approx(rolled[kept], abs=1e-12)


@pytest.mark.parametrize("quarters", [-2, -1, 1, 2, 4])
def test_a_right_angle_turns_the_array(quarters):
    made = altered(PICTURES, Alteration(turn=90.0 * quarters), GRAIN)
    assert made == pytest.approx(np.rot90(PICTURES, quarters, axes=(1, 2)), abs=1e-7)


def test_half_the_size_has_a_quarter_of_the_ink_in_the_middle():
    square = np.zeros((28, 28))
    square[6:22, 6:22] = 1
    small, large = (altered(square, Alteration(scale=scale), GRAIN) for scale in (0.5, 1.5))
    assert small.sum() == pytest.approx(64) and small[10:18, 10:18].sum() == pytest.approx(64)
    assert large.sum() == pytest.approx(576, rel=0.01)


def test_noise_is_the_grain_on_each_as_strong_as_was_said():
    grey = np.full((2, 28, 28), 0.5)
    made = altered(grey, Alteration(noise=0.1), GRAIN)
    assert made == pytest.approx(np.broadcast_to(0.5 + 0.1 * GRAIN, made.shape))
