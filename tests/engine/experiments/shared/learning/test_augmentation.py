"""Augmentation in a run: labels stay with their pictures, the plain network sees none of it, a replay is the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.catalogue import load
from engine.contract.protocol import RandomStreams
from engine.contract.run import Run
from engine.data.digits import load_digits
from engine.experiments.shared.learning.augmentation import SHOWN, AugmentedExamples
from engine.playing import Player
from tests.frames import frames_equal

_SMALL = {"overfitting": {"samples": "100", "layers": 1, "hidden": 5}, "cnn": {"filters": 2, "hidden": 5}}
TRAIN = load_digits("train")


def _played(experiment_id, updates, seed=4, **values):
    experiment = load(experiment_id)
    params = experiment.params_type().replaced({**_SMALL[experiment_id], **values})
    return experiment, params, Player(experiment, Run(experiment_id, params, seed)).go(updates)


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_labels_stay_with_their_pictures_and_the_table_and_the_headline_say_how_these_were_altered(experiment_id):
    experiment, params, frame = _played(experiment_id, 2, augmentation=1.0)
    batch = frame.augmented
    assert len(batch.labels) == len(batch.before) == len(batch.pictures) == SHOWN
    known = {image.tobytes(): label for image, label in zip(TRAIN.images, TRAIN.labels.tolist(), strict=True)}
    assert [known[one.tobytes()] for one in batch.before] == batch.labels.tolist()
    assert not np.array_equal(batch.before, batch.pictures) and batch.pictures.dtype == np.uint8
    (table,) = (one for one in experiment.main_tables(params, frame) if one.name == "augmentation")
    columns = {column.name: list(column.values) for column in table.columns}
    assert columns["turn"] == batch.turn.tolist() and columns["label"] == batch.labels.tolist()
    assert "augmented" in experiment.headline(params, frame).render("en")


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.integers(0, 59), min_size=1, max_size=20), as_image=st.booleans(), seed=st.integers(0, 99))
def test_as_augmentation_goes_to_nothing_each_picture_is_the_image_whose_label_stands_beside_it(rows, as_image, seed):
    """Of images of which no two are alike, in any order and as often as they come."""
    images = TRAIN.images[:60]
    order = np.random.default_rng(seed).permutation(784)
    shape = (1, 28, 28) if as_image else (784,)
    examples = AugmentedExamples(images, np.arange(60), 1e-6, np.random.default_rng(seed), shape, order)
    made = examples[np.array(rows)]
    plain = images.reshape(60, -1)[:, order] / 255
    assert made.reshape(len(rows), -1) == pytest.approx(plain[rows], abs=1e-4)
    batch = examples.newest()
    assert batch.labels.tolist() == rows[:SHOWN] and len(batch.turn) == len(batch.pictures) == min(SHOWN, len(rows))
    assert np.array_equal(batch.before, images[batch.labels])
    assert np.array_equal(batch.pictures.reshape(len(batch.labels), -1), batch.before.reshape(-1, 784)[:, order])


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_in_a_run_that_is_hardly_augmented_each_picture_is_the_image_it_is_made_of(experiment_id):
    _, _, frame = _played(experiment_id, 1, augmentation=1e-6)
    batch = frame.augmented
    known = {image.tobytes(): label for image, label in zip(TRAIN.images, TRAIN.labels.tolist(), strict=True)}
    assert [known[one.tobytes()] for one in batch.pictures] == batch.labels.tolist()
    assert np.array_equal(batch.pictures, batch.before)


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_a_replay_is_the_same_and_without_augmentation_nothing_is_said_of_it(experiment_id):
    _, _, one = _played(experiment_id, 3, augmentation=0.5)
    _, _, same = _played(experiment_id, 3, augmentation=0.5)
    assert frames_equal(one, same)
    experiment, params, off = _played(experiment_id, 3)
    assert off.augmented is None and "augmented" not in experiment.headline(params, off).render("en")
    assert all(table.name != "augmentation" for table in experiment.main_tables(params, off))


def test_the_plain_network_sees_the_pictures_as_they_are():
    off = {"layers": 6, "hidden": 100, "samples": "100"}
    _, _, plain = _played("overfitting", 30, **off)
    _, _, both = _played("overfitting", 30, augmentation=1.0, **off)
    assert plain.learners == ("plain",) and both.learners == ("regularized", "plain")
    assert np.array_equal(both.sample_test[1], plain.sample_test[0])
    assert np.array_equal(both.loss_mean[1], plain.loss_mean[0])
    assert not np.array_equal(both.sample_test[0], plain.sample_test[0])


def test_both_networks_of_the_comparison_see_the_same_and_permuted_pixels_are_altered_before_that():
    order = np.random.default_rng(0).permutation(784)
    rows = np.arange(30)
    plain, permuted = (
        AugmentedExamples(TRAIN.images, TRAIN.labels, 1.0, RandomStreams(2).augmentation, (1, 28, 28), one)
        for one in (None, order)
    )
    made = plain[rows]
    assert np.array_equal(permuted[rows].reshape(30, -1), made.reshape(30, -1)[:, order])
    assert made.shape == (30, 1, 28, 28) and not np.array_equal(made, plain[rows])
    _, _, alone = _played("cnn", 2, augmentation=1.0)
    _, _, beside = _played("cnn", 2, augmentation=1.0, compare=True)
    assert np.array_equal(alone.loss_mean[0], beside.loss_mean[0])
