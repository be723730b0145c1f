"""A field that can be changed while a run goes on changes it from there on, and nothing that was before."""

from __future__ import annotations

from functools import lru_cache

from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.run import Run
from engine.playing import Player
from tests.frames import frames_equal
from tests.other_values import other_values
from tests.truth.cases import by_experiment

_BEFORE, _AFTER = 3, 4
"""Updates that are played before a live change, and after it."""
_MUCH_AFTER = {("hyperparameters", "stop"): 40}
"""As many more where a field matters late: trials are stopped once others are far better."""


def _bases(experiment, field):
    """Parameters with which a field may matter: the defaults, the presets, and those that show it."""
    defaults = experiment.params_type()
    found = [defaults, *(defaults.replaced(preset.changes) for preset in experiment.presets)]
    if field.visible is not None:
        found = [base.replaced({field.visible.field: value}) for base in found for value in field.visible.values]
    return list(dict.fromkeys(found))


def _played(experiment, params, after, name=None, value=None):
    """The frames of a run in which a field is changed after a few updates, or of one without a change."""
    player = Player(experiment, Run(experiment.id, params))
    frames = [player.go(_BEFORE)]
    if name is not None:
        player.change(name, fields_of(experiment.params_type)[name].to_json(value))
    frames += [player.go(1) for _ in range(after)]
    player.close()
    return frames


@lru_cache(maxsize=16)
def _plain(experiment_id, params, after):
    return _played(load(experiment_id), params, after)


@by_experiment
def test_every_live_field_changes_the_run_from_there_on(experiment_id):
    experiment = load(experiment_id)
    live = {name: field for name, field in fields_of(experiment.params_type).items() if field.effect == "live"}
    wrong = []
    for name, field in live.items():
        for base in _bases(experiment, field):
            after = _MUCH_AFTER.get((experiment_id, name), _AFTER)
            plain = _plain(experiment_id, base, after)
            values = list(other_values(field, getattr(base, name)))[:2]
            changed = [_played(experiment, base, after, name, value) for value in values]
            assert all(frames_equal(one[0], plain[0]) for one in changed), f"{name} changes what was before it"
            if any(not frames_equal(one[-1], plain[-1]) for one in changed):
                break
        else:
            wrong.append(f"{name} changes nothing in {after} updates of any preset")
    assert not wrong, wrong
