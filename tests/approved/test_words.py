"""What an experiment says is what somebody has read and approved: tests/approved/words/."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from tests.approved.approved_words import check_words, other_languages, path_of
from tests.approved.digest import alike_but_for_numbers, nearly
from tests.approved.kept import Part, read, written
from tests.walk import EXPERIMENT_IDS


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_it_says_what_was_approved(request, experiment_id):
    check_words(experiment_id, quick=request.node.get_closest_marker("openings") is not None)


def test_there_are_words_of_every_experiment_and_no_others():
    for language in (None, *other_languages()):
        assert sorted(path_of("*", language).parent.glob("*.txt")) == sorted(
            path_of(one, language) for one in EXPERIMENT_IDS
        )


def test_the_pointer_is_told_something_in_every_experiment():
    silent = []
    for experiment_id in EXPERIMENT_IDS:
        if type(load(experiment_id)).probe is Experiment.probe:
            continue
        parts = read(path_of(experiment_id).read_text(encoding="utf-8"))
        said = {words for part in parts for key, words in part.lines.items() if key.startswith("probe ")}
        if len(said) < 8:
            silent.append(experiment_id)
    assert not silent


def test_a_part_that_is_like_another_has_only_what_differs():
    one = Part("one", {"reading en": "Ten: 10.", "table x": "1", "table y": "2"})
    other = Part("other", {"reading en": "Ten: 11.", "table x": "1", "probe · (0, 1) en": ""}, like="one")
    text = written("numbers", [one, other])
    assert text.endswith("## other (else like one)\nwithout table y\nreading en: Ten: 11.\n\nprobe · (0, 1) en:\n")
    assert read(text) == [one, other]


def test_rounding_is_no_difference_and_anything_else_is():
    assert nearly("sum 0.333333, at 12", "sum 0.333334, at 12")
    assert nearly("scores: -9.2456e-08, 0.004", "scores: -9.2528e-08, 0.004")
    assert not nearly("100000 values: 0.12, 0.13", "100000 values: 0.12, 0.14")
    assert nearly("nan, inf", "nan, inf")
    assert not nearly("nan, inf", "inf, nan")
    assert not nearly("sum 0.3333, at 12", "sum 0.3334, at 12")
    assert not nearly("sum 0.333333, at 12", "sum 0.333334, at 13")
    assert not nearly("sum 1, 2", "sum 1, 2, 3")
    assert not nearly("w1: 0.5", "w2: 0.5")


def test_on_a_computer_that_rounds_otherwise_numbers_may_differ_and_words_not():
    assert alike_but_for_numbers("h = 10⁻⁴: 4.5e−5 and 12", "h = 10⁻⁵: 2.6e−14 and −1.5")
    assert not alike_but_for_numbers("forward 4.5e−5", "central 4.5e−5")
