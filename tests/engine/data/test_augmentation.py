"""Augmented pictures: each is altered as its draws say, they stay ink from 0 to 1, and strength 0 leaves them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.altered import Alteration, altered
from engine.data.augmentation import MOST_SHIFT, MOST_TURN, augmented, draw_augmentation
from engine.data.digits import load_digits

PICTURES = load_digits("test").images[:12].astype(np.float32) / 255


def drawn(seed, strength, count=12):
    return draw_augmentation(np.random.default_rng(seed), count, 28, strength)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), strength=st.floats(0, 2))
def test_ink_stays_from_0_to_1_and_nothing_goes_further_than_the_strength_allows(seed, strength):
    draws = drawn(seed, strength)
    made = augmented(PICTURES, draws)
    assert made.shape == PICTURES.shape and made.dtype == np.float32
    assert made.min() >= 0 and made.max() <= 1
    assert np.abs(draws.turn).max() <= MOST_TURN * strength
    assert max(np.abs(draws.right).max(), np.abs(draws.down).max()) <= np.rint(MOST_SHIFT * strength)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_strength_of_0_leaves_every_bit(dtype):
    pictures = PICTURES.astype(dtype)
    assert np.array_equal(augmented(pictures, drawn(3, 0.0)), pictures)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), strength=st.floats(0, 2))
def test_each_picture_is_altered_as_its_draws_say_and_by_no_other_picture(seed, strength):
    draws = drawn(seed, strength)
    for picture, made, turn, right, down, noise in zip(
        PICTURES, augmented(PICTURES, draws), draws.turn, draws.right, draws.down, draws.noise, strict=True
    ):
        by = Alteration(turn=float(turn), right=int(right), down=int(down))
        alone = np.clip(altered(picture.astype(np.float64), by, np.zeros((28, 28))) + noise, 0, 1)
        # A place near a whole pixel may be rounded to either side of it, where both means are nearly the same.
        assert made == pytest.approx(alone, abs=2e-4)


def test_whole_pixels_bring_ink_from_one_side_and_paper_from_the_other():
    ones, nothing = np.ones((2, 28, 28), np.float32), np.zeros(2)
    draws = dataclasses.replace(drawn(0, 0.0, 2), right=np.array([2.0, 0.0]), down=np.array([0.0, -3.0]), turn=nothing)
    made = augmented(ones, draws)
    assert not made[0, :, :2].any() and np.all(made[0, :, 2:] == 1)
    assert not made[1, -3:].any() and np.all(made[1, :-3] == 1)


def test_the_same_seed_gives_the_same_pictures_and_another_one_others():
    one, same, other = (augmented(PICTURES, drawn(seed, 1.0)) for seed in (5, 5, 6))
    assert np.array_equal(one, same) and not np.array_equal(one, other)


def test_a_larger_strength_goes_further_in_the_same_directions():
    weak, strong = drawn(8, 0.5), drawn(8, 2.0)
    assert strong.turn == pytest.approx(4 * weak.turn) and strong.noise == pytest.approx(4 * weak.noise)
