"""Runs with one number at an end of what is allowed, looked at in their beginning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from engine.contract.catalogue import load
from engine.contract.experiment import Amount, Experiment
from engine.contract.params import Params, fields_of
from engine.contract.run import Run
from engine.contract.text import Refused
from engine.playing import Player
from tests.truth.verdicts import Moment, moment_of

_FAR = {"optimizer_race": 4, "cnn": 2, "hyperparameters": 20, "overfitting": 10, "batch_norm": 30}
_USUALLY = 60
"""Updates after which a run is looked at, and after half of them."""
_MORE = {
    "descent": {
        "along the valley, too fast": {"start": (-7.0, 0.0), "learning_rate": 1.34},
        # Far out at update 30, and not yet at infinity.
        "down the cube": {"function": "cubic", "start": (1.0, 0.0), "learning_rate": 0.007},
    }
}
"""Edges at which two numbers meet."""


@lru_cache(maxsize=2)
def moments_at_ends(experiment_id: str) -> tuple[tuple[str, Moment], ...]:
    """Moments with what was set and where they are, as in "bias=9.0, update 30"."""
    experiment = load(experiment_id)
    at_ends = (one for name, params in _ends(experiment) for one in _played(experiment, name, params))
    return (*at_ends, *_between_updates(experiment))


def _between_updates(experiment: Experiment) -> Iterator[tuple[str, Moment]]:
    """In the middle of an update, where one is shown phase by phase: Adam has corrected its rate there."""
    if experiment.units[0].id == "phase":
        player = Player(experiment, Run(experiment.id, experiment.params_type()))
        frame = player.go_by(Amount(3, "phase"))
        yield "3 phases", moment_of(experiment, player.params, frame)


def _ends(experiment: Experiment) -> Iterator[tuple[str, Params]]:
    """The defaults with one number at an end of what is allowed."""
    defaults = experiment.params_type()
    for name, changes in _MORE.get(experiment.id, {}).items():
        yield name, defaults.replaced(changes)
    for name, field in fields_of(experiment.params_type).items():
        if field.kind in ("real", "integer"):
            for value in (field.minimum, field.maximum):
                try:
                    yield f"{name}={value}", defaults.replaced(experiment.settle(defaults, {name: value}))
                except Refused:  # not beside the other defaults
                    continue


def _played(experiment: Experiment, name: str, params: Params) -> Iterator[tuple[str, Moment]]:
    player = Player(experiment, Run(experiment.id, params))
    far = _FAR.get(experiment.id, _USUALLY)
    for way in (0, far // 2, far - far // 2) if experiment.has_course(params) else (0,):
        moment = moment_of(experiment, params, player.go(way))
        yield f"{name}, update {moment.frame.update}", moment
