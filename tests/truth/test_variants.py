"""A question asked again has the numbers of the variant that is meant, and the answer whose claims then hold."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.guides.guide import load_guide
from engine.guides.tries import check_try


@pytest.mark.parametrize("experiment_id", ["gates", "xor", "graph", "pooling"])
def test_each_variant_sets_its_own_numbers_and_has_its_own_right_answer(experiment_id):
    experiment, seen = load(experiment_id), 0
    for asked in load_guide(experiment_id, "en").tries:
        for number, changes in enumerate(asked.variants):
            one = asked.varied(experiment, "en", number)
            assert dict(one.changes) == dict(changes), f"{asked.words}: variant {number}"
            verdict = check_try(experiment, one)
            for name, spelled in changes.items():
                wanted = experiment.params_type().with_texts({**one.start, name: spelled})
                assert getattr(verdict.params, name) == getattr(wanted, name)
            seen += 1
        verdict = check_try(experiment, asked.varied(experiment, "en"))
        if verdict.answers:
            right = [place for place, found in enumerate(verdict.answers) if all(one.holds for one in found)]
            assert right == [verdict.right_answer], asked.words
    assert seen
