"""Parsons puzzles: the lines of a right program, shuffled, with two wrong lines among them, and the steps in words.

The right program is the piece of the book. Wrong lines come from the mistakes that change one line of it.
"""

from __future__ import annotations

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
from engine.exercises import default_stage
from engine.exercises.exercise import Exercise
from engine.exercises.naming import candidates, explanations_of
from engine.pieces.edits import edited
from engine.pieces.piece import bare

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


def right_lines(exercise: Exercise) -> tuple[str, ...]:
    """The lines of a right solution, without docstrings, comments and empty lines."""
    return tuple(line for line in bare(exercise.right_source).splitlines() if line.strip())


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
    """The wrong lines for an exercise that differ from every right line in more than their indentation: of mistakes
    written by hand, and only if these are too few, of all.
    """
    right = right_lines(exercise)
    kept = {line.strip() for line in right}
    lines = {one.text: one for one in _lines_of_mistakes(exercise) if one.text.strip() not in kept}
    found = [one for one in lines.values() if one.instead_of in right[1:]]
    own = {one.id for one in exercise.mistakes}
    by_hand = [one for one in found if one.mistake in own]
    return tuple(by_hand if len(by_hand) >= WRONG_LINES else found)


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


def _lines_of_mistakes(exercise: Exercise) -> Iterator[WrongLine]:
    """Yields a wrong line for each mistake that changes one line and with it a result; generated ones come last."""
    source, explanations = exercise.right_source, explanations_of(exercise, default_stage(exercise))
    for mistake in candidates(exercise):
        if not explanations.changes(mistake.edits) or explanations.raises(mistake.edits):
            continue
        changed = edited(source, mistake.edits)
        pairs = list(zip(source.splitlines(), changed.splitlines(), strict=False))
        apart = [(our, line) for our, line in pairs if our != line]
        if len(apart) == 1 and len(changed.splitlines()) == len(source.splitlines()):
            yield WrongLine(apart[0][1], apart[0][0], mistake.key)
