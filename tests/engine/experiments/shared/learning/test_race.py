"""A fair race: the same batches for all, no learner touches another, and each learns as it would alone."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contract.frame import frame_fields
from engine.experiments.shared.learning.batches import Batches
from engine.experiments.shared.learning.race import LEARNS, Learner, Race, RaceFrame, Races
from engine.nn import SGD, Adam, he
from engine.nn.deep_network import deep_network
from engine.nn.parameters import add_decay

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


# Several seeds


def _races(*seeds, rate=0.1):
    return Races([_race(_learner("a", SGD(rate), seed), _learner("b", Adam(0.01), seed), seed=seed) for seed in seeds])


def _run_all(races, updates):
    for _ in range(updates):
        for _ in races.advance():
            pass
    return races.fields()


def test_several_seeds_are_drawn_as_their_mean_between_the_least_and_the_largest():
    races, data = _races(1, 2, 3), _data()
    fields = _run_all(races, 30)
    for _ in races.look(data, data):
        pass
    each = [_run(_race(_learner("a", seed=seed), _learner("b", Adam(0.01), seed), seed=seed), 30) for seed in (1, 2, 3)]
    curves = np.array([one["loss_mean"] for one in each])
    assert fields["seeds"] == 3 and fields["seed_losses"].tolist() == curves[:, :, -1].tolist()
    assert fields["loss_mean"] == pytest.approx(curves.mean(axis=0))
    assert np.array_equal(fields["loss_minimum"], curves.min(axis=0))
    assert np.array_equal(fields["loss_maximum"], curves.max(axis=0))
    fields = races.fields()
    shares = np.array([race.fields()["sample_test"] for race in races.races])
    assert np.array_equal(fields["test_minimum"], shares.min(axis=0))
    assert np.array_equal(fields["test_maximum"], shares.max(axis=0))
    assert fields["sample_test"] == pytest.approx(shares.mean(axis=0))


def test_a_single_race_among_races_is_told_as_itself():
    alone, races = _run(_race(_learner("a", seed=4), _learner("b", Adam(0.01), 4), seed=4), 25), _races(4)
    fields = _run_all(races, 25)
    assert fields.keys() == alone.keys() and fields["seeds"] == 1
    assert all(np.array_equal(fields[name], alone[name]) for name in ("loss_minimum", "loss_maximum", "loss_mean"))


def test_who_is_lost_with_one_seed_has_no_mean_any_more():
    races = Races([_race(_learner("a", SGD(rate)), _learner("b", SGD(0.1))) for rate in (0.1, 1e38)])
    fields = _run_all(races, 10)
    assert fields["lost_at"][0] >= 0 and fields["lost_at"][1] == LEARNS
    assert np.isnan(fields["mean_losses"][0]) and np.isfinite(fields["mean_losses"][1])
    assert not races.all_lost and races.counts == (10, 1)


def test_the_seconds_of_every_learner_only_grow_and_are_measured():
    fields = _run(_race(_learner("a"), _learner("b")), 20)
    assert fields["seconds"].shape == fields["loss_mean"].shape
    assert (fields["seconds"] > 0).all() and (np.diff(fields["seconds"]) > 0).all()
    assert frame_fields(RaceFrame)["seconds"]["measured"]
