"""Which of the functions that an experiment shows as its code are not called when it runs.

``python -m tests.code_at_work ID`` prints their names as JSON: in a process of its own, in which nothing has been
computed and kept before, so that what is computed once a process is seen too.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType

from engine.contract.catalogue import load
from engine.contract.experiment import Amount, Experiment
from engine.contract.params import Params, fields_of
from engine.contract.run import Run
from engine.playing import Player
from tests.other_values import other_values

_AT_ONCE, _MORE = 10, 3
"""So many units of an opening are gone through at most, and so many updates from there."""
_SETTINGS = {
    "cnn": ({"augmentation": 1.0},),
    "digits": ({"turn": 20.0},),
    "overfitting": ({"dropout": 0.5, "dropout_scaling": "wrong"},),
    "graph": (
        {"graph": "own", "own": "(x - y) ** 2"},
        {"graph": "own", "own": "max(x, y) * exp(x)"},
        {"graph": "own", "own": "-x / y"},
    ),
}
"""What neither a preset nor another choice shows."""


def idle(experiment_id: str) -> list[str]:
    """The names of the functions in an experiment's ``code`` that no run calls."""
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    sys.setprofile(note)
    experiment = load(experiment_id)
    rest = {one: _codes_of(one) for one in experiment.code}
    for params in _settings(experiment):
        _play(experiment, params)
        rest = {one: codes for one, codes in rest.items() if not codes & called}
        if not rest:
            break
    sys.setprofile(None)
    return [one.__qualname__ for one in rest]


def _play(experiment: Experiment, params: Params) -> None:
    """Open a run, go on a little, and say what is said of the frame."""
    player = Player(experiment, Run(experiment.id, params))
    opening = experiment.way_to_opening(params)
    frame = player.go_by(Amount(min(opening.count, _AT_ONCE), opening.unit))
    for _ in range(_MORE):
        frame = frame if player.finished else player.go(1)
    experiment.headline(player.params, frame)
    experiment.tables(player.params, frame)


def _settings(experiment: Experiment) -> Iterator[Params]:
    """The defaults and the presets, then the defaults with another choice, then what is listed above."""
    defaults = experiment.params_type()
    yield defaults
    for preset in experiment.presets:
        yield defaults.replaced(preset.changes)
    for name, field in fields_of(experiment.params_type).items():
        if field.kind in ("choice", "switch"):
            shown = {field.visible.field: field.visible.values[0]} if field.visible else {}
            for value in other_values(field, getattr(defaults, name)):
                yield defaults.replaced({**shown, name: value})
    for changes in _SETTINGS.get(experiment.id, ()):
        yield defaults.replaced(changes)


def _codes_of(one: Callable[..., object]) -> set[CodeType]:
    """Of a class, those of all its own methods: it is at work when one of them is."""
    if inspect.isclass(one):
        return {member.__code__ for member in vars(one).values() if inspect.isfunction(member)}
    return {inspect.unwrap(one).__code__}


if __name__ == "__main__":
    json.dump(idle(sys.argv[1]), sys.stdout)
