"""Known slips of the numbers that guides ask for: computed, never right, and told from one another."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asked_number import are_told_apart, is_right, slip_of
from engine.chapter_tests import makers_of
from engine.contract.catalogue import entries, load
from engine.contract.text import LANGUAGES, Refused
from engine.guides.claim import Slip
from engine.guides.guide import load_guide, parse_guide
from engine.playing import opened
from tests.engine.guides.test_guide import GOOD
from tests.offenders import for_each
from tests.shots import verdicts
from tests.walk import EXPERIMENT_IDS

SLIPPED = """- [c](try:b=-0.7) How far?
  - [=?](claim:distances[3] "Distance")
  - slip: `1 + b` That is the sum: b is {b}. Divide
    it by the length of w.
  - slip: `-answer` The sign.
  - variants: b=-0.9
"""


def _asked():
    written = GOOD.replace('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', SLIPPED)
    return parse_guide(written, "gates", "en").tries[-1]


def _gates():
    experiment = load("gates")
    return experiment.params_type(), opened(experiment, experiment.params_type())[1]


def test_slips_are_read_with_their_formulas_and_say_the_numbers_of_the_variant():
    assert [slip.formula for slip in _asked().number.slips] == ["1 + b", "-answer"]
    told = _asked().varied(load("gates"), "en", 0).number.slips[0].why
    assert told == "That is the sum: b is \N{MINUS SIGN}0.9. Divide it by the length of w."


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1e-1*w1", 0.05),
        ("sqrt(correct)", 2**0.5),
        ("weighted_sums[3]/2", 0.4),
        ("log(update)", None),
        ("3*answer", 6.0),
        ("status.kind", None),
    ],
)
def test_a_formula_takes_fields_of_the_frame_parameters_and_functions(formula, value):
    found = Slip(formula, "why").value(*_gates(), 2)
    assert found == (pytest.approx(value) if value is not None else None)


@pytest.mark.parametrize("formula", ["1 +", "nothing", "open(1)", "weighted_sums[9]"])
def test_a_formula_that_cannot_be_read_or_names_what_is_not_there_is_refused(formula):
    with pytest.raises(Refused):
        Slip(formula, "why").value(*_gates(), 2)


# The number itself


@pytest.mark.parametrize(
    ("given", "right", "slips", "found"),
    [
        (4.05, 3.0, [4.0, 5.0], 0),
        (4.0, 3, [4.0], 0),
        (4.05, 3, [4.0], None),
        (3.0, 3.0, [3.0], None),
        (4.0, 3.0, [4.0, 4.0], None),
        (4.0, 3.0, [None, 4.0], 1),
        (float("nan"), 3.0, [4.0], None),
    ],
)
def test_a_slip_is_named_if_it_alone_leads_to_the_number(given, right, slips, found):
    assert slip_of(given, right, slips) == found
    assert slip_of(given, np.array([right])[0], slips) == found


@pytest.mark.parametrize(
    ("right", "slips", "apart"),
    [
        (3.0, [4.0, 5.0], True),
        (3.0, [3.05], False),
        (3.0, [4.0, 4.05], False),
        (300, [301.0, 302.0], True),
        (3, [3], False),
    ],
)
def test_numbers_within_the_tolerance_are_not_told_apart(right, slips, apart):
    assert are_told_apart(right, slips) is apart


# Every guide


@pytest.mark.parametrize("experiment", EXPERIMENT_IDS)
def test_every_number_asked_for_has_a_slip_none_is_right_and_no_two_are_the_same(experiment):
    for asked, verdict in verdicts(experiment, LANGUAGES[0]):
        if asked.number is not None:
            assert any(number is not None for number in verdict.slips), asked.words
            assert are_told_apart(verdict.number, verdict.slips), f"{asked.words}: {verdict.number}, {verdict.slips}"
            for index, number in enumerate(verdict.slips):
                assert number is None or (not is_right(number, verdict.number) and verdict.slip(number) == index)


@for_each([entry.id for entry in entries()])
def test_slips_are_the_same_in_every_language_each_in_its_own_words(experiment):
    for first, *others in zip(*(load_guide(experiment, language).tries for language in LANGUAGES), strict=True):
        formulas = [[slip.formula for slip in one.number.slips] if one.number else [] for one in (first, *others)]
        assert all(one == formulas[0] for one in formulas)
        whys = [slip.why for slip in first.number.slips] if first.number else []
        assert len(set(whys)) == len(whys)


@for_each([entry.id for entry in entries()])
def test_no_test_sends_back_to_what_can_only_be_guessed(experiment):
    guesses = {asked.key for asked in load_guide(experiment, LANGUAGES[0]).tries if asked.guess}
    assert not guesses & {maker.again for maker in makers_of(experiment)}
