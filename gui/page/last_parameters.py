"""Stores each experiment's last parameters and seed, for the next start."""

from __future__ import annotations

import json
from typing import Any

from engine.contract.experiment import Experiment
from engine.contract.params import Params, fields_of
from engine.contract.plain_json import read_json, rewritten
from engine.contract.text import Refused
from gui.app.settings import Settings
from gui.form.command import FormState
from gui.form.editor import DEFAULT_SEED, checked_seed

MOST_WRITTEN = 100_000
"""Maximum number of characters stored for one experiment; five hundred points set by hand take twenty thousand."""
_PARAMS, _SEED = "params", "seed"


class LastParameters:
    """The stored parameters and seeds of all experiments, in this user's settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, FormState] = {}

    def state_of(self, experiment: Experiment) -> FormState:
        """The stored parameters and seed of an experiment, or its defaults."""
        self._known[experiment.id] = state = read_state(experiment, self._settings.left(experiment.id))
        return state

    def keep(self, experiment_id: str, state: FormState) -> None:
        """Store an experiment's parameters and seed, unless they are as last read or stored here: then what another
        window may have stored since stays.
        """
        if self._known.get(experiment_id) != state:
            self._known[experiment_id] = state
            self._settings.leave(experiment_id, rewritten_state(self._settings.left(experiment_id), state))


def rewritten_state(text: str, state: FormState) -> str:
    """``state`` as JSON that replaces ``text``; entries of ``text`` that only a newer version knows are kept."""
    found, params_type = _found_in(text), type(state.params)
    before = _document(_state_in(params_type, found))
    made = rewritten(found, before, _document(state), frozenset(fields_of(params_type)))
    return "" if made == _document(FormState(params_type(), DEFAULT_SEED)) else json.dumps(made)


def written(state: FormState) -> str:
    """The differences of ``state`` from the defaults, as JSON; "" if there are none. The largest values are left out if
    all would take more than ``MOST_WRITTEN`` characters.
    """
    kept = _document(state)
    return "" if kept == _document(FormState(type(state.params)(), DEFAULT_SEED)) else json.dumps(kept)


def _document(state: FormState) -> dict[str, object]:
    defaults = type(state.params)()
    values = state.params.to_settings()
    kept: dict[str, object] = {}
    room = MOST_WRITTEN - len(json.dumps({_PARAMS: {}, _SEED: state.seed}))
    for name in sorted(state.params.differing(defaults), key=lambda name: len(json.dumps(values[name]))):
        room -= len(json.dumps({name: values[name]}))
        if room >= 0:
            kept[name] = values[name]
    return {_PARAMS: kept, _SEED: state.seed}


def read_state(experiment: Experiment, text: str) -> FormState:
    """The state that ``written`` encoded; values that are damaged or no longer valid become defaults."""
    return _state_in(experiment.params_type, _found_in(text))


def _found_in(text: str) -> dict[str, object]:
    try:
        value = read_json(text) if len(text) <= MOST_WRITTEN else None
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {}


def _state_in(params_type: type[Params], found: dict[str, object]) -> FormState:
    params = found.get(_PARAMS)
    try:
        seed = checked_seed(found.get(_SEED, DEFAULT_SEED))
    except Refused:
        seed = DEFAULT_SEED
    return FormState(_params_of(params_type, params if isinstance(params, dict) else {}), seed)


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


class PageState:
    """Mixin of a part of a page whose state is handed to the part that replaces it when the page is built again.

    ``left`` names the attributes that form the state.
    """

    left: tuple[str, ...] = ()

    def state(self) -> tuple[Any, ...]:
        """The values of the attributes named in ``left``, for ``take_state``."""
        return tuple(getattr(self, name) for name in self.left)

    def take_state(self, state: tuple[Any, ...]) -> None:
        """Set the attributes named in ``left`` to the ``state()`` of the part that this one replaces."""
        for name, value in zip(self.left, state, strict=True):
            setattr(self, name, value)
