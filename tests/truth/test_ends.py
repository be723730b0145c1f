"""At the ends of what can be set a headline says nothing that the numbers beside it deny."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import Player
from tests.truth.cases import by_experiment
from tests.truth.ends import moments_at_ends
from tests.truth.verdicts import contradictions, load_rules, moment_of

load_rules()


@by_experiment
def test_no_headline_at_the_ends_of_a_number_is_denied_by_what_was_computed(experiment_id):
    wrong = []
    for name, moment in moments_at_ends(experiment_id):
        said = moment.experiment.headline(moment.params, moment.frame).render("en")
        spoke, found = contradictions(moment, said)
        wrong += [f"{name}: {one}, in {said!r}" for one in found]
        if not spoke:
            wrong.append(f"{name}: no rule of tests/truth/verdicts… speaks of {said!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("rate", [1.34, 1.86, 3.01, 8.42])
@pytest.mark.parametrize("start", [(-7.0, 2.0), (-7.0, 0.0)], ids=["beside the valley", "along the valley"])
def test_a_descent_is_said_not_to_diverge_only_while_f_falls(rate, start):
    experiment = load("descent")
    params = experiment.params_type().replaced({"learning_rate": rate, "start": start})
    player = Player(experiment, Run("descent", params))
    for _ in range(100):
        moment = moment_of(experiment, params, player.go(1))
        said = experiment.headline(params, moment.frame).render("en")
        assert not contradictions(moment, said)[1], said
