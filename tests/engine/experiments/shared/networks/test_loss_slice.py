"""Slices in a run: of the network of the update that they name, taken when due or asked for; nothing else is moved."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.handle import ProbePoint
from engine.contract.run import Change, Run
from engine.experiments.shared.networks.loss_slice import LossSlices
from engine.nn.deep_network import deep_network
from engine.playing import Player
from tests.frames import frames_equal

_SMALL = {
    "training": {"hidden": 5, "image_side": "7", "samples": "100", "learning_rate": 1.0},
    "cnn": {"filters": 2, "hidden": 5, "batch_size": 20},
}


def _played(experiment_id, updates, journal=(), **values):
    experiment = load(experiment_id)
    params = experiment.params_type().replaced({**_SMALL[experiment_id], **values})
    player = Player(experiment, Run(experiment_id, params, 2, journal))
    return experiment, player, player.go(updates)


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_it_changes_nothing_of_the_run_and_goes_with_the_switch(experiment_id):
    _, _, off = _played(experiment_id, 7)
    _, _, on = _played(experiment_id, 7, loss_slice=True)
    assert off.slice is None and on.slice.update == {"training": 0, "cnn": 5}[experiment_id]
    assert frames_equal(off, dataclasses.replace(on, slice=None))
    _, _, again = _played(experiment_id, 7, (Change(6, "loss_slice", False),), loss_slice=True)
    assert frames_equal(off, again)


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_switched_on_it_is_of_the_network_as_it_is_then_whatever_was_asked_for_on_the_way(experiment_id):
    journal = (Change(3, "loss_slice", True),)
    _, _, frame = _played(experiment_id, 4, journal)
    assert frame.slice.update == 3
    _, player, _ = _played(experiment_id, 2, journal)
    player.go(1)
    assert frames_equal(frame, player.go(1))


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_headline_table_and_pointer_tell_the_same_numbers(experiment_id):
    experiment, player, frame = _played(experiment_id, 2, loss_slice=True)
    found = frame.slice
    assert len(found.steps) == 51 and found.steps[25] == 0 and found.here == found.losses[25]
    assert found.lowest == found.losses.min() and found.losses[found.steps == found.lowest_at] == found.lowest
    (table,) = (one for one in experiment.main_tables(player.params, frame) if one.name == "slice")
    assert [list(column.values) for column in table.columns] == [
        found.steps.tolist(), found.losses.tolist(), found.accuracies.tolist()
    ]  # fmt: skip
    said = experiment.headline(player.params, frame).render("en")
    assert f"Slice at update 0, on {found.digits:,} training digits" in said and f"{found.here:.3f} here" in said
    probe = experiment.probe(player.params, frame, ProbePoint(0.52, 1.0, "slice_loss"))
    assert "α = 0.52" in probe.text.render("en")


def test_the_training_slice_goes_through_the_loss_of_the_sample_and_is_taken_anew_every_300_updates():
    _, player, frame = _played("training", 300, loss_slice=True)
    assert frame.slice.update == 300
    assert frame.slice.accuracies[25] == frame.sample_train[-1]
    assert player.go(5).slice is frame.slice or np.array_equal(player.go(0).slice.losses, frame.slice.losses)


def test_a_direction_is_drawn_once_and_scaled_by_the_weights_of_now():
    """Neuron by neuron: each part of the direction is as long as that neuron's weights when the slice is taken."""
    network = deep_network((6, 5, 3), "relu", 0.5, np.random.default_rng(1), dtype=np.float64)
    chance = np.random.default_rng(2)
    x, t = chance.normal(size=(12, 6)), chance.integers(0, 3, 12)
    slices, expected_draws = LossSlices(network, x, t, np.random.default_rng(3)), np.random.default_rng(3)
    drawn = {name: expected_draws.standard_normal(values.shape) for name, values in network.params.items()
             if values.ndim > 1}  # fmt: skip
    for update, growth in enumerate((1.0, 3.0, 0.2)):
        for values in network.params.values():
            values *= growth * chance.uniform(0.5, 2.0, values.shape[-1])
        for _ in slices.take(update):
            pass
        own = {name: values.copy() for name, values in network.params.items()}
        for place in (0, 10, 25, 50):
            for name, numbers in drawn.items():
                longer = np.sqrt((own[name] ** 2).sum(axis=0) / (numbers**2).sum(axis=0))
                network.params[name][...] = own[name] + slices.newest.steps[place] * longer * numbers
            assert slices.newest.losses[place] == pytest.approx(network.loss(x, t), rel=1e-9)
        for name, values in network.params.items():
            values[...] = own[name]
