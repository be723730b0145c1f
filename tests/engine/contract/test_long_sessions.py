"""A session of very many changes is read change by change: none of them has all parameters made and checked anew."""

from __future__ import annotations

import json

import pytest

from engine.contract.catalogue import load
from engine.contract.params import Params, fields_of
from engine.contract.run import Run, Session, read_session
from engine.playing import Player
from tests.walk import EXPERIMENT_IDS

_MANY = 500


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_only_what_a_change_changes_is_checked(monkeypatch, experiment_id):
    experiment = load(experiment_id)
    params = experiment.params_type()
    saved = json.loads(Session(Run(experiment_id, params)).to_json())
    live = [name for name, field in fields_of(type(params)).items() if field.effect == "live"]
    saved["journal"] = [[update, name, saved["params"][name]] for update in range(_MANY) for name in live]
    text, made = json.dumps(saved), []
    check = Params.__post_init__
    monkeypatch.setattr(Params, "__post_init__", lambda one: made.append(one) or check(one))
    session = read_session(text, load)
    assert len(session.run.journal) == _MANY * len(live)
    assert [change.value for change in session.run.journal[: len(live)]] == [saved["params"][name] for name in live]
    assert len(made) < 10


def test_a_player_takes_from_a_long_journal_only_what_is_due():
    experiment = load("perceptron_rule")
    saved = json.loads(Session(Run("perceptron_rule", experiment.params_type())).to_json())
    saved["journal"] = [[10**6, "learning_rate", 0.5]] * 50_000
    player = Player(experiment, read_session(json.dumps(saved), load).run)
    looked_at = []

    class Counted(list):
        def __iter__(self):
            looked_at.append(len(self))
            return super().__iter__()

    player._due = Counted(player._due)
    player.go(3)
    assert looked_at == []
