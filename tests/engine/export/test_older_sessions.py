"""What another version of the program has saved opens, and is said to be of another version."""

from __future__ import annotations

import json

import pytest

from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.run import Run, Session, read_session
from engine.contract.text import LANGUAGES, Refused
from engine.version import PROGRAM
from tests.walk import EXPERIMENT_IDS


def _saved(experiment_id: str) -> dict:
    experiment = load(experiment_id)
    return json.loads(Session(Run(experiment_id, experiment.params_type()), 3).to_json())


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
@pytest.mark.parametrize("program", [None, "Layerwise 0.1.0", 7, "x" * 500])
def test_it_opens_with_its_parameters_and_names_those_that_are_gone_or_new(experiment_id: str, program: object) -> None:
    saved = _saved(experiment_id)
    here = read_session(json.dumps(saved), load)
    assert here.notes == ()
    new = next(iter(saved["params"]))
    del saved["params"][new]
    saved["params"]["gone"] = {"any": [1]}
    saved["journal"] = [[0, "gone", 1]]
    saved["program"] = program
    if program is None:
        del saved["program"]
    other = read_session(json.dumps(saved), load)
    assert other == here
    for language in LANGUAGES:
        (said,) = (note.render(language) for note in other.notes)
        label = fields_of(load(experiment_id).params_type)[new].label.render(language)
        assert PROGRAM in said and "gone" in said and label in said
        assert (program in said) == (program == "Layerwise 0.1.0") if isinstance(program, str) else True
        assert "\n" not in said and len(said) < 400


def test_one_of_this_version_may_name_no_parameter_that_there_is_not() -> None:
    saved = _saved("gates")
    saved["params"]["gone"] = 1
    with pytest.raises(Refused, match="gone"):
        read_session(json.dumps(saved), load)


def test_a_value_that_is_not_allowed_is_refused_whichever_version_saved_it() -> None:
    saved = _saved("gates")
    del saved["program"]
    saved["params"]["w1"] = 1e9
    with pytest.raises(Refused, match="w1"):
        read_session(json.dumps(saved), load)
