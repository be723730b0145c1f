"""Programs as beginners write them: none passes, and nearly all are told what is wrong with them, rightly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from engine.exercises import all_exercises, default_stage, experiment_of
from engine.exercises.checking import check_source
from engine.exercises.exercise import Exercise
from engine.exercises.sentences import explanation_of, sentence_of
from engine.exercises.verdict import Failure
from tests.offenders import for_each

_FOLDER = Path(__file__).parent / "beginners"
_KINDS = {"sign", "axis", "missing", "order", "aliasing", "function", "constant", "names"}
"""Which fault a program has: also a term that is missing, an input that is written into, another base or constant."""
_EACH, _SHARE = 8, 0.9
_EXERCISES = all_exercises()


@dataclass(frozen=True, eq=False)
class _Program:
    """A wrong program. ``told`` is what it is told: the mistake that it made, several joined by +, ``generated``,
    ``two`` faults at once, or else the kind of its failure.
    """

    exercise: Exercise
    kind: str
    told: str
    source: str

    def __str__(self) -> str:
        return f"{self.exercise.id}, {self.kind}, {self.told}:\n{self.source}"


@cache
def _programs() -> tuple[_Program, ...]:
    return tuple(program for exercise in _EXERCISES for program in _programs_of(exercise))


def _programs_of(exercise: Exercise) -> Iterator[_Program]:
    """A file of an experiment has, by exercise, kind and what is told, programs: a source, or changes of the answer."""
    collected = tomllib.loads((_FOLDER / f"{experiment_of(exercise)}.toml").read_text(encoding="utf-8"))
    for kind, told_ones in collected[exercise.id].items():
        for told, written in told_ones.items():
            for one in written:
                yield _Program(exercise, kind, told, one if isinstance(one, str) else _changed(exercise, one))


def _changed(exercise: Exercise, changes: dict[str, str]) -> str:
    source = exercise.plain_source
    for old, new in changes.items():
        assert old in source, f"{exercise.id}: no {old!r} in the piece"
        source = source.replace(old, new)
    return source


@cache
def _failure_of(program: _Program) -> Failure | None:
    return check_source(program.exercise, program.source, default_stage(program.exercise)).failure


@for_each([(one,) for one in _EXERCISES], lambda exercise: exercise.id)
def test_eight_programs_of_several_kinds_are_known_of_each_exercise(exercise: Exercise):
    programs = list(_programs_of(exercise))
    kinds = {one.kind for one in programs}
    assert len({one.source for one in programs}) == len(programs) >= _EACH, len(programs)
    assert len(kinds) >= 4 and kinds <= _KINDS, kinds


def test_none_passes_and_each_is_told_what_is_wrong_with_it():
    offenders = []
    for program in _programs():
        failure = _failure_of(program)
        told = _told(program.exercise, failure) if failure is not None else "passed"
        if told != program.told:
            said = sentence_of(failure, program.exercise).render("en") if failure is not None else ""
            offenders.append(f"{program}-> {told}: {said}\n")
    assert not offenders, f"{len(offenders)} of {len(_programs())}\n" + "\n".join(offenders)


def _told(exercise: Exercise, failure: Failure) -> str:
    known = {one.id for one in exercise.mistakes}
    if len(failure.mistakes) == 2:
        return "two"
    return "+".join(key if key in known else "generated" for one in failure.mistakes for key in one) or failure.kind


def _is_bare(failure: Failure) -> bool:
    """Whether two numbers are all that is told, or Python's words alone."""
    if failure.kind == "raised":
        return explanation_of(failure.words) is None
    return failure.kind == "value" and not failure.mistakes


def test_nine_of_ten_are_told_more_than_two_numbers():
    failures = [failure for one in _programs() if (failure := _failure_of(one)) is not None]
    assert sum(map(_is_bare, failures)) <= (1 - _SHARE) * len(failures)


def test_an_error_that_is_explained_is_told_by_its_first_line():
    """NumPy tells the whole history of np.int, as the book writes it, which would be cut in the middle of a word."""
    exercise = next(one for one in _EXERCISES if one.id == "step_function")
    failure = check_source(exercise, "def step_function(x):\n    return (x > 0).astype(np.int)\n").failure
    assert failure is not None and "deprecated" in failure.words
    told = sentence_of(failure, exercise).render("en")
    assert told == (
        "Line 2: Python stopped with AttributeError: module 'numpy' has no attribute 'int'. "
        "np.int was taken out of NumPy: write int in its place. What came in: x = [-3.0, 0.0, 2.0, 0.25, -0.5]."
    )


@pytest.mark.parametrize(
    ("quantity", "cell"), [("y", "y[0,1]"), ("dX·(1−M)", "(dX·(1−M))[0,1]"), ("y+y", "(y+y)[0,1]")]
)
def test_a_cell_of_a_sum_is_not_written_as_one_of_its_last_part(quantity, cell):
    assert _EXERCISES[0].cell_name(quantity, (0, 1)).render("en") == cell
