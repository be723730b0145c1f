"""A fair race: the same batches for all, no learner touches another, and each learns as it would alone."""

from __future__ import annotations

import numpy as np
import pytest

from engine.experiments.batches import Batches
from engine.experiments.race import LEARNS, Learner, Race
from engine.nn import SGD, Adam, he
from engine.nn.deep_network import deep_network
from engine.nn.weight_decay import add_decay

COUNT, SIZE = 57, 10


def _data(seed=3):
    random = np.random.default_rng(seed)
    return random.normal(size=(COUNT, 8)).astype(np.float32), random.integers(0, 3, COUNT)


def _learner(name="a", optimizer=None, seed=5, decay=0.0):
    network = deep_network((8, 6, 3), "relu", he, np.random.default_rng(seed))
    return Learner(name, network, (optimizer or SGD(0.1)).update, decay)


def _race(*learners, seed=7):
    return Race(*_data(), SIZE, learners, np.random.default_rng(seed))


def _run(race, updates):
    for _ in range(updates):
        race.advance()
    return race.fields()


def test_learners_with_the_same_settings_have_the_same_curves():
    fields = _run(_race(_learner("a"), _learner("b")), 40)
    for name in ("loss_minimum", "loss_maximum", "loss_mean"):
        assert np.array_equal(fields[name][0], fields[name][1])


@pytest.mark.parametrize("decay", [0.0, 0.2])
def test_each_learns_as_it_would_alone(decay):
    race = _race(_learner("a", Adam(0.01), decay=decay), _learner("b", SGD(0.5)))
    _run(race, 30)
    alone, optimizer = _learner("a").network, Adam(0.01)
    x, t = _data()
    batches = Batches(COUNT, SIZE, np.random.default_rng(7))
    for _ in range(30):
        rows = batches.rows
        _, grads = alone.gradients(x[rows], t[rows])
        add_decay(grads, alone.params, decay)
        optimizer.update(alone.params, grads)
        batches.done()
    for name, values in alone.params.items():
        assert np.array_equal(values, race.learners[0].network.params[name])


def test_every_example_comes_once_an_epoch_and_the_last_batch_has_what_is_left():
    batches, seen, sizes = Batches(COUNT, SIZE, np.random.default_rng(1)), [], []
    for number in range(1, batches.per_epoch + 1):
        seen += batches.rows.tolist()
        sizes.append(len(batches.rows))
        assert ("epoch" in batches.done()) == (number == batches.per_epoch)
    assert sorted(seen) == list(range(COUNT))
    assert sizes == [10, 10, 10, 10, 10, 7]


def test_a_learner_that_is_lost_keeps_its_state_and_touches_no_other():
    alone = _run(_race(_learner("b")), 30)
    race = _race(_learner("wild", SGD(1e38)), _learner("b"))
    events = [race.advance() for _ in range(30)]
    fields = race.fields()
    assert sum("lost" in one for one in events) == 1
    assert fields["lost_at"][0] != LEARNS and fields["lost_at"][1] == LEARNS
    assert np.isnan(fields["loss_mean"][0, -1]) and np.isnan(fields["losses"][0])
    assert all(np.isfinite(values).all() for values in race.learners[0].network.params.values())
    assert np.array_equal(fields["loss_mean"][1], alone["loss_mean"][0])
    assert not race.all_lost


def test_accuracies_are_those_of_the_networks_and_are_kept():
    race, (x, t) = _race(_learner("a"), _learner("b", SGD(0.3))), _data()
    _run(race, 10)
    found = race.accuracies(x, t)
    assert found.tolist() == [learner.network.accuracy(x, t) for learner in race.learners]
    race.sampled(found, found / 2)
    fields = race.fields()
    assert fields["sample_updates"].tolist() == [10]
    assert fields["sample_train"][:, 0].tolist() == found.tolist()
    assert fields["sample_test"][:, 0].tolist() == (found / 2).tolist()
