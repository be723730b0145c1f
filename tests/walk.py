"""What the walks over the catalogue share: every experiment, opened and played."""

from __future__ import annotations

from engine.contract.catalogue import entries, load
from engine.contract.experiment import Amount, Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.player import Player
from engine.contract.run import Run

EXPERIMENT_IDS = [entry.id for entry in entries()]
FIELDS = [(entry.id, name) for entry in entries() for name in fields_of(load(entry.id).params_type)]


def opened(experiment: Experiment, params: Params | None = None, seed: int = 0) -> tuple[Player, Frame]:
    """A player that has come to the experiment's opening, and the frame there."""
    player = Player(experiment, Run(experiment.id, params or experiment.params_type(), seed))
    return player, player.go_by(experiment.opening_for(player.params) or Amount(0, experiment.units[0].id))


def some_frames(experiment: Experiment, params: Params | None = None, steps: int = 40) -> list[Frame]:
    """The first frames of a run, one an update, at most ``steps`` + 1."""
    player = Player(experiment, Run(experiment.id, params or experiment.params_type()))
    frames = [player.go()]
    while not player.finished and len(frames) <= steps:
        frames.append(player.go(1))
    return frames
