"""Our lines put in order: of every exercise they are right by its check, and the two that come along are wrong."""

from __future__ import annotations

import random
import tomllib

from engine.contract.catalogue import RESOURCES
from engine.contract.text import LANGUAGES
from engine.exercises import all_exercises, default_stage, ids, load_exercise
from engine.exercises.checking import check_source
from engine.exercises.exercise import Exercise
from engine.exercises.parsons import (
    WRONG_LINES,
    assembled,
    puzzle_of,
    right_lines,
    steps_of,
    wrong_lines,
)
from engine.exercises.sentences import sentence_of
from tests.offenders import for_each

_EXERCISES = [(one,) for one in all_exercises()]
_LONG = 8
"""An exercise to write with so many lines has its steps named."""


def _id(exercise: Exercise) -> str:
    return exercise.id


def _is_right(exercise: Exercise, lines) -> bool:
    return check_source(exercise, assembled(lines), default_stage(exercise)).is_right


@for_each(_EXERCISES, _id)
def test_the_right_lines_in_their_order_pass_the_check_as_they_are(exercise: Exercise):
    verdict = check_source(exercise, assembled(right_lines(exercise)), default_stage(exercise))
    assert verdict.failure is None, sentence_of(verdict.failure, exercise).render("en")


@for_each(_EXERCISES, _id)
def test_a_wrong_line_is_none_of_ours_and_fails_in_its_place(exercise: Exercise):
    right = right_lines(exercise)
    every = wrong_lines(exercise)
    assert len({one.text for one in every}) == len(every) >= WRONG_LINES
    for one in every:
        assert one.text.strip() not in {line.strip() for line in right}
        assert not _is_right(exercise, [one.text if line == one.instead_of else line for line in right]), one


@for_each(_EXERCISES, _id)
def test_a_puzzle_is_our_lines_and_two_wrong_ones_and_the_same_for_the_same_seed(exercise: Exercise):
    for seed in range(5):
        puzzle = puzzle_of(exercise, seed)
        assert puzzle == puzzle_of(exercise, seed)
        assert len(puzzle.wrong) == WRONG_LINES
        assert puzzle.placed[0] == right_lines(exercise)[0]
        wrong = [one.text for one in puzzle.wrong]
        assert sorted([*puzzle.placed, *puzzle.loose]) == sorted([*right_lines(exercise), *wrong])
        in_order = [line for line in right_lines(exercise) if line in puzzle.loose]
        assert list(puzzle.loose) != [*in_order, *wrong]
        assert not _is_right(exercise, puzzle.placed), "nothing is left to be put in"


@for_each(_EXERCISES, _id)
def test_the_two_wrong_lines_are_of_two_mistakes_where_there_are(exercise: Exercise):
    every = wrong_lines(exercise)
    for seed in range(5):
        one, other = puzzle_of(exercise, seed).wrong
        assert one.mistake != other.mistake or len({line.mistake for line in every}) == 1
        assert one.instead_of != other.instead_of or len({line.instead_of for line in every}) == 1


def test_another_seed_shuffles_otherwise_and_the_program_s_own_random_numbers_are_left_alone():
    exercise = load_exercise("affine")
    random.seed(3)
    before = random.getstate()
    assert len({puzzle_of(exercise, seed).loose for seed in range(20)}) > 15
    assert random.getstate() == before


def test_lines_that_can_be_exchanged_are_right_in_any_order_and_others_are_not():
    exercise = load_exercise("affine")
    lines = list(right_lines(exercise))
    gradients = [number for number, line in enumerate(lines) if line.strip().startswith(("self.dW", "self.db"))]
    one, other = gradients
    lines[one], lines[other] = lines[other], lines[one]
    assert _is_right(exercise, lines)
    assert not _is_right(exercise, [*lines[:-2], lines[-1], lines[-2]])


def test_a_program_is_put_together_with_an_empty_line_before_a_method():
    exercise = load_exercise("affine")
    assert assembled(right_lines(exercise)) == exercise.plain_source
    assert assembled([]) == ""
    assert assembled(["    def f(self):", "class A:"]).splitlines() == ["    def f(self):", "", "", "class A:"]


def test_the_steps_of_the_longer_exercises_are_named_in_each_language():
    written = tomllib.loads((RESOURCES / "exercises" / "steps.toml").read_text(encoding="utf-8"))
    assert written.keys() <= ids()
    for (exercise,) in _EXERCISES:
        steps = steps_of(exercise)
        if not exercise.mends and len(right_lines(exercise)) >= _LONG:
            assert steps, f"resources/exercises/steps.toml names no steps of {exercise.id}"
        assert not steps or 2 <= len(steps) <= 5
        for language in LANGUAGES:
            assert all(one.render(language) for one in steps)
