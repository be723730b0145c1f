"""Parsons puzzles: the lines of a right program, shuffled, with two wrong lines among them, and the steps in words.

The right program is the file in ``resources/exercises/answers``. Wrong lines come from the beginners' programs beside
it that differ from it in one line by a known mistake.
"""

from __future__ import annotations

import ast
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from engine.contract.catalogue import RESOURCES
from engine.contract.language import ENGLISH
from engine.contract.text import Text, text_of
from engine.exercises import experiment_of
from engine.exercises.exercise import Exercise

WRONG_LINES = 2
_FOLDER = RESOURCES / "exercises"


@dataclass(frozen=True)
class WrongLine:
    """A line with a known ``mistake`` in it, the id of that mistake, and the right line that it takes the place of."""

    text: str
    instead_of: str
    mistake: str


@dataclass(frozen=True)
class Puzzle:
    """The lines of a puzzle with their indentation.

    ``placed`` are given in place; ``loose`` are to be put in order, shuffled, with the texts of the ``wrong`` ones
    among them.
    """

    placed: tuple[str, ...]
    loose: tuple[str, ...]
    wrong: tuple[WrongLine, ...]


def right_source(exercise: Exercise) -> str:
    """The source of a right solution as a learner would write it."""
    return (_FOLDER / "answers" / f"{exercise.id}.py").read_text(encoding="utf-8")


def right_lines(exercise: Exercise) -> tuple[str, ...]:
    """The lines of that solution, without docstrings and empty lines."""
    source = right_source(exercise)
    documented = {
        number
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None
        for number in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    lines = enumerate(source.splitlines(), start=1)
    return tuple(line for number, line in lines if line.strip() and number not in documented)


def puzzle_of(exercise: Exercise, seed: int) -> Puzzle:
    """Makes the puzzle of an exercise; the same seed gives the same puzzle.

    The first line and the lines that the exercise's blank already contains are placed. In a repair, whose blank
    contains nearly all lines, only the first one is.
    """
    drawn = random.Random(f"{exercise.id} {seed}")
    right, wrong = right_lines(exercise), _drawn_wrong(exercise, drawn)
    given = _given(exercise, right)
    loose = [line for number, line in enumerate(right) if number not in given]
    loose += [one.text for one in wrong]
    in_order = list(loose)
    while loose == in_order and len(set(loose)) > 1:
        drawn.shuffle(loose)
    return Puzzle(tuple(line for number, line in enumerate(right) if number in given), tuple(loose), wrong)


def assembled(lines: Sequence[str]) -> str:
    """The program made of these lines, with an empty line before a method and two before a top-level definition."""
    source = ""
    for before, line in zip(("", *lines), lines, strict=False):
        opens = line.lstrip().startswith(("def ", "class "))
        is_first = not before or before.lstrip().startswith("class ")
        if opens and not is_first:
            source += "\n" if line.startswith(" ") else "\n\n"
        source += f"{line}\n"
    return source


def wrong_lines(exercise: Exercise) -> tuple[WrongLine, ...]:
    """All wrong lines for an exercise that differ from every right line in more than their indentation."""
    right = right_lines(exercise)
    kept = {line.strip() for line in right}
    found = {one.text: one for one in _lines_of_beginners(exercise) if one.text.strip() not in kept}
    return tuple(one for one in found.values() if one.instead_of in right[1:])


def steps_of(exercise: Exercise) -> tuple[Text, ...]:
    """The steps of the exercise in words, in order; empty if its program is too short to have steps."""
    steps = _all_steps().get(exercise.id)
    if steps is None:
        return ()
    return tuple(text_of(dict(zip(steps, said, strict=True))) for said in zip(*steps.values(), strict=True))


@cache
def _all_steps() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "steps.toml").read_text(encoding="utf-8"))


def _given(exercise: Exercise, right: Sequence[str]) -> set[int]:
    """The indices of the right lines that are placed: the first, and those that the blank contains."""
    if exercise.mends:
        return {0}
    blank = [line.rstrip() for line in exercise.blank.render(ENGLISH.id).splitlines() if line.strip()]
    alike = SequenceMatcher(None, blank, list(right), autojunk=False).get_matching_blocks()
    return {0} | {block.b + step for block in alike for step in range(block.size)}


def _drawn_wrong(exercise: Exercise, drawn: random.Random) -> tuple[WrongLine, ...]:
    """Two randomly chosen wrong lines, for different right lines and with different mistakes where possible."""
    left = list(wrong_lines(exercise))
    chosen: list[WrongLine] = []
    drawn.shuffle(left)
    while left and len(chosen) < WRONG_LINES:
        used = {one.instead_of for one in chosen}, {one.mistake for one in chosen}
        best = min(left, key=lambda one: (one.instead_of in used[0], one.mistake in used[1]))
        left.remove(best)
        chosen.append(best)
    return tuple(chosen)


def _lines_of_beginners(exercise: Exercise) -> Iterator[WrongLine]:
    """Yields a wrong line for each beginner's program that makes a known mistake and differs from ours in one line."""
    path = _FOLDER / "beginners" / f"{experiment_of(exercise)}.toml"
    known = {mistake.id for mistake in exercise.mistakes}
    ours = right_source(exercise)
    for told in tomllib.loads(path.read_text(encoding="utf-8")).get(exercise.id, {}).values():
        for mistake, programs in told.items():
            for program in programs if mistake in known else ():
                pairs = list(zip(ours.splitlines(), _changed(ours, program).splitlines(), strict=False))
                apart = [(our, line) for our, line in pairs if our != line]
                if len(apart) == 1 and len(_changed(ours, program).splitlines()) == len(pairs):
                    yield WrongLine(apart[0][1], apart[0][0], mistake)


def _changed(source: str, program: str | dict[str, str]) -> str:
    """The source of a beginner's program, which is given in full or as replacements {old: new} in ours."""
    if isinstance(program, str):
        return program
    for old, new in program.items():
        source = source.replace(old, new)
    return source
