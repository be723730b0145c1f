"""Every repair: its faulty code fails for its own reason, and where the fault is hidden one has to look for it."""

from __future__ import annotations

import pytest

from engine.contract.text import LANGUAGES, Refused
from engine.exercises import all_exercises, default_stage, load_exercise
from engine.exercises.checking import check_source
from engine.exercises.exercise import Exercise
from engine.exercises.searching import look
from engine.exercises.sentences import sentence_of
from engine.guides.mistakes import mistakes
from engine.pieces.piece import bare
from tests.offenders import for_each

_REPAIRS = [one for one in all_exercises() if one.mends]
_SEARCHED = [one for one in _REPAIRS if one.search is not None]
_WIDEST = 72
_SHOWS = {
    "mend_accuracy": 250, "mend_axis": 2, "mend_check": 3, "mend_class_numbers": "three", "mend_cross_entropy": 3,
    "mend_dropout": 0.2, "mend_epochs": 128, "mend_integers": "whole", "mend_nesterov": 0.9,
    "mend_output_size": 8, "mend_padding": 1, "mend_scores": "y", "mend_upstream": 2,
}  # fmt: skip
"""With what each fault shows that has to be looked for."""
_SAYS_NOTHING_OF = {"mend_check": (1, 2), "mend_integers": ("floats", "halves"), "mend_scores": ("accuracy", "class")}
_STOPS = {"mend_cross_entropy": (2, 4, 5, 6), "mend_class_numbers": ("two",)}


@for_each([(one, two) for one in _REPAIRS for two in LANGUAGES], lambda exercise, language: f"{exercise.id} {language}")
def test_faulty_code_fails_with_what_is_wrong_with_it_and_not_by_accident(exercise: Exercise, language: str):
    source = exercise.blank.render(language)
    failure = check_source(exercise, source, default_stage(exercise)).failure
    assert failure is not None
    # Either its numbers are told as those of this fault, or that it wrote into what it was given.
    own = [one.id for one in exercise.mistakes if one.changes == exercise.fault]
    assert (failure.kind, failure.mistakes) in (("value", tuple((one,) for one in own)), ("changed", ()))
    assert sentence_of(failure, exercise).render(language)
    assert max(map(len, source.splitlines())) <= _WIDEST


@for_each([(one,) for one in _REPAIRS], lambda exercise: exercise.id)
def test_a_mended_line_is_one_of_few_and_both_languages_have_the_same_code(exercise: Exercise):
    codes = {bare(exercise.blank.render(language)) for language in LANGUAGES}
    assert len(codes) == 1
    assert 0 < len(set(exercise.plain_source.splitlines()) ^ set(codes.pop().splitlines())) <= 8
    assert exercise.heading != exercise.title


@for_each([(one,) for one in _SEARCHED], lambda exercise: exercise.id)
def test_what_one_would_take_first_shows_nothing_and_something_else_does(exercise: Exercise):
    search = exercise.search
    assert search is not None
    assert not look(exercise, search.start).shows
    assert look(exercise, _SHOWS[exercise.id]).shows
    for value in _SAYS_NOTHING_OF.get(exercise.id, ()):
        assert not look(exercise, value).shows
    if search.choices:
        assert search.start == search.choices[0][0]
    for language in LANGUAGES:
        assert look(exercise, _SHOWS[exercise.id]).said.render(language)


@for_each([(one,) for one in _SEARCHED], lambda exercise: exercise.id)
def test_a_number_that_cannot_be_taken_is_refused(exercise: Exercise):
    search = exercise.search
    assert search is not None
    if search.choices:
        return
    low, high = search.bounds
    for number in (low - 1, high + 1, *((low + 0.5,) if isinstance(low, int) else ())):
        with pytest.raises(Refused, match=search.name):
            look(exercise, number)


@pytest.mark.parametrize(("exercise_id", "values"), _STOPS.items())
def test_code_that_stops_is_no_fault_that_has_been_looked_for(exercise_id, values):
    for value in values:
        found = look(load_exercise(exercise_id), value)
        assert not found.shows and "ValueError" in found.said.render("en")


def test_faults_that_have_to_be_looked_for_are_known_and_mended_ones_are_listed():
    assert {one.id for one in _SEARCHED} == set(_SHOWS)
    assert {one.mends for one in _REPAIRS} <= {one.id for one in mistakes()}


def test_two_samples_hide_a_wrong_batch_normalization_and_three_do_not():
    exercise = load_exercise("mend_check")
    told = [look(exercise, samples).said.render("en") for samples in (1, 2, 3)]
    assert "difference = 0" in told[0] and "difference = 0" in told[1] and "the wrong layer gives" in told[2]
