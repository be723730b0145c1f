"""How an experiment was left, its parameters and seed, so that the next start begins where one was."""

from __future__ import annotations

import json

from engine.contract.experiment import Experiment
from engine.contract.params import Params, fields_of
from engine.contract.plain_json import read_json
from engine.contract.rewriting import rewritten
from engine.contract.text.refusal import Refused
from gui.app.settings import Settings
from gui.form.command import State
from gui.form.editor import DEFAULT_SEED, checked_seed

MOST_WRITTEN = 100_000
"""So many characters are kept of one experiment; five hundred points of one's own take twenty thousand."""
_PARAMS, _SEED = "params", "seed"


class LastParameters:
    """What was set in every experiment, in the settings of this user."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, State] = {}

    def state_of(self, experiment: Experiment) -> State:
        """What an experiment begins with: what it was left with, or else its defaults."""
        self._known[experiment.id] = state = read_state(experiment, self._settings.left(experiment.id))
        return state

    def keep(self, experiment_id: str, state: State) -> None:
        """Keep how an experiment is left; one in which nothing was set since then stays as another window left it."""
        if self._known.get(experiment_id) != state:
            self._known[experiment_id] = state
            self._settings.leave(experiment_id, rewritten_state(self._settings.left(experiment_id), state))


def rewritten_state(text: str, state: State) -> str:
    """How an experiment is left, in place of ``text``; what a newer version wrote there and nobody knows here stays."""
    found, params_type = _found_in(text), type(state.params)
    before = _document(_state_in(params_type, found))
    made = rewritten(found, before, _document(state), frozenset(fields_of(params_type)))
    return "" if made == _document(State(params_type(), DEFAULT_SEED)) else json.dumps(made)


def written(state: State) -> str:
    """What differs from the defaults, as JSON; "" where nothing does. What would take too much room is left out."""
    kept = _document(state)
    return "" if kept == _document(State(type(state.params)(), DEFAULT_SEED)) else json.dumps(kept)


def _document(state: State) -> dict[str, object]:
    defaults = type(state.params)()
    values = state.params.to_settings()
    kept: dict[str, object] = {}
    room = MOST_WRITTEN - len(json.dumps({_PARAMS: {}, _SEED: state.seed}))
    for name in sorted(state.params.differing(defaults), key=lambda name: len(json.dumps(values[name]))):
        room -= len(json.dumps({name: values[name]}))
        if room >= 0:
            kept[name] = values[name]
    return {_PARAMS: kept, _SEED: state.seed}


def read_state(experiment: Experiment, text: str) -> State:
    """What ``written`` was given; whatever is damaged, or fits this version no more, gives way to its default."""
    return _state_in(experiment.params_type, _found_in(text))


def _found_in(text: str) -> dict[str, object]:
    try:
        value = read_json(text) if len(text) <= MOST_WRITTEN else None
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {}


def _state_in(params_type: type[Params], found: dict[str, object]) -> State:
    params = found.get(_PARAMS)
    try:
        seed = checked_seed(found.get(_SEED, DEFAULT_SEED))
    except Refused:
        seed = DEFAULT_SEED
    return State(_params_of(params_type, params if isinstance(params, dict) else {}), seed)


def _params_of(params_type: type[Params], values: dict[str, object]) -> Params:
    known = {}
    for name in values.keys() & fields_of(params_type).keys():
        try:
            known[name] = params_type.of_settings(name, values[name])
        except Refused:
            continue
    try:
        return params_type(**known)
    except Refused:
        # Each is allowed, and together they are not.
        return params_type()
