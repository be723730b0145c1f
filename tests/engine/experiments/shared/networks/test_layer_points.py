"""Layers as points: near neighbours, what lies at a place, and where an arrow key goes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.digits import load_digits
from engine.experiments.ch3_networks.digits.readers import untrained
from engine.experiments.shared.networks.layer_points import COUNT, found_once, layer_points
from tests.kept_networks import convolutional, dense

POINTS = layer_points(
    np.random.default_rng(3).standard_normal((60, 12)), np.arange(60) % 10, np.eye(10)[np.arange(60) % 7] * 3.0
)


def test_the_share_of_those_beside_their_own_class_is_counted():
    alike = 0
    for number, place in enumerate(POINTS.places.astype(float)):
        apart = np.linalg.norm(POINTS.places - place, axis=1)
        apart[number] = np.inf
        alike += POINTS.labels[apart.argmin()] == POINTS.labels[number]
    assert POINTS.alike == pytest.approx(alike / 60)


def test_answers_are_those_of_the_highest_score():
    assert POINTS.answers.tolist() == (np.arange(60) % 7).tolist()
    assert POINTS.chances.sum(axis=1) == pytest.approx(np.ones(60))


def test_a_point_is_found_where_it_lies_and_none_where_there_is_none():
    for number, (x, y) in enumerate(POINTS.places.tolist()):
        assert POINTS.point_at(x, y) == number
    assert POINTS.point_at(*(POINTS.places.max(axis=0) + 1)) is None


@pytest.mark.parametrize("way", [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_an_arrow_leads_on_its_way_until_there_is_nothing_more(way):
    number, seen = 0, []
    while number not in seen:
        seen.append(number)
        number = POINTS.beside(number, *way)
    along = POINTS.places[seen] @ np.array(way)
    assert (np.diff(along) > 0).all() and number == seen[-1]


def test_arrows_reach_nearly_every_point():
    reached, rest = {0}, [0]
    while rest:
        here = rest.pop()
        for way in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = POINTS.beside(here, *way)
            if there not in reached:
                reached.add(there)
                rest.append(there)
    assert len(reached) >= 0.9 * 60


def test_points_that_were_found_once_are_there_at_once_and_cannot_be_written_to():
    asked = []

    def layer(images):
        asked.append(len(images))
        return images.reshape(len(images), -1)[:, 300:340], np.zeros((len(images), 10))

    key, test = ("a test of layer points",), load_digits("test")
    for _ in range(2):
        work = found_once(key, test, layer)
        with pytest.raises(StopIteration) as done:
            while True:
                next(work)
    assert sum(asked) == COUNT
    points = done.value.value
    assert points.labels.tolist() == test.labels[:COUNT].tolist() and points.numbers == 40
    assert not any(one.flags.writeable for one in (points.places, points.labels, points.chances, points.shares))


@pytest.mark.parametrize("kept", [convolutional(batch_norm=True), dense()], ids=["conv", "dense"])
def test_a_network_before_it_learned_has_the_same_sizes_and_other_weights(kept):
    fresh = untrained(kept)
    assert fresh.layers == kept.layers and set(fresh.arrays) == set(kept.arrays)
    for name, array in fresh.arrays.items():
        assert array.shape == kept.arrays[name].shape and array.dtype == kept.arrays[name].dtype
        assert not np.array_equal(array, kept.arrays[name]) or not name.startswith("W")
    weights = max((array for name, array in fresh.arrays.items() if name.startswith("W")), key=np.size)
    inputs = weights.shape[0] if weights.ndim == 2 else weights[0].size
    assert weights.std() == pytest.approx(inputs**-0.5, rel=0.1)
    assert all(np.array_equal(array, fresh.arrays[name]) for name, array in untrained(kept).arrays.items())
