"""Names the mistakes that explain what a learner's code gives: all of its numbers, in every check.

A mistake is a text: the piece with an edit. Tried are every known and generated one, and then two at once. Several
that give the same numbers everywhere are told as alternatives; what none explains is told by its first difference.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

from engine.contract.text import Text, sentences
from engine.exercises.exercise import Check, Exercise, Inputs, inputs_of
from engine.exercises.returned import NoEntry
from engine.pieces.edits import Edits, can_be_joined, edited
from engine.sandbox.values import Unsent

MOST_ALTERNATIVES = 4
"""So many explanations are told; if more give the same numbers, none is."""
LONGEST_SEARCH = 1.5
"""Seconds after which the search for two mistakes at once ends."""
_CLOSEST, _FARTHEST, _IN_SINGLE = 1e-9, 1e-3, 1e-4
"""How near to each other numbers are alike: by the check's tolerance within the first two, in float32 by the last."""
_SEVERAL = Text("These numbers have more than one explanation.")
_OR = Text("Or: {sentence}")
_TWO = Text("Two faults come together.")

Outcome = Mapping[str, Any]
"""What a code gives in one check: its quantities by name, as far as it came; ``RAISED`` is among them if it raised."""
RAISED = "raised"
Place = tuple[int, str]
"""The index of a check, and the name of a quantity in it."""
_DIGITS, _MOST_TRIES = 7, 6


@dataclass(frozen=True)
class Candidate:
    """A mistake that can be tried: its key, its edits, the sentence about it, and whether it was written by hand."""

    key: str
    edits: Edits
    words: Text
    by_hand: bool


Named = tuple[tuple[str, ...], ...]
"""The faults that together explain a result, none, one or two; each by the keys of the mistakes that it may be."""


@cache
def candidates(exercise: Exercise) -> tuple[Candidate, ...]:
    """The mistakes of an exercise: those written by hand first, then the generated ones whose text is another."""
    own = [Candidate(one.id, exercise.edits_of(one), one.hint, True) for one in exercise.mistakes]
    known = {edited(exercise.right_source, one.edits) for one in own}
    generated = [
        Candidate(one.key, one.edits, one.words, False)
        for one in exercise.generated()
        if edited(exercise.right_source, one.edits) not in known
    ]
    return (*own, *generated)


def words_of(exercise: Exercise, named: Named) -> Text:
    """The sentences that tell these mistakes."""
    words = {one.key: one.words for one in candidates(exercise)}
    told: list[Text] = [] if len(named) == 1 else [_TWO]
    for first, *others in named:
        told += [words[first], *(_OR(sentence=words[key]) for key in others)]
    if len(told) == 1:
        return told[0]
    return sentences(told if len(named) > 1 else (_SEVERAL, *told))


def outcome_of(exercise: Exercise, check: Check, written: Any, stage: Inputs | None) -> dict[str, Any]:
    """What a function or class gives for a check's inputs, as far as it comes, of what the check asks for."""
    found: dict[str, Any] = {}
    try:
        with np.errstate(all="ignore"):
            for name, value in exercise.use(written, **inputs_of(check, stage)):
                found[name] = value
                if check.quantities and found.keys() >= set(check.quantities):
                    break
    except Exception:
        found[RAISED] = True
    asked = {*check.quantities, RAISED}
    return {name: value for name, value in found.items() if name in asked} if check.quantities else found


class Explanations:
    """What the mistakes of an exercise give in its checks, computed when it is asked for, and kept."""

    def __init__(self, exercise: Exercise, stage: Inputs | None) -> None:
        self._exercise, self._stage = exercise, stage
        self._outcomes: dict[tuple[Edits, int], Outcome] = {}
        self._made: dict[Edits, Any] = {}
        self._changes: dict[Edits, frozenset[Place]] = {}
        self._tolerances = [_tolerance_of(check, stage) for check in exercise.checks]
        self._every = range(len(exercise.checks))

    def explain(self, mine: Sequence[Outcome]) -> Named:
        """The mistakes that give ``mine``, what the learner's code gives in each check; none if nothing explains it."""
        ran = [index for index in self._every if RAISED not in mine[index]]
        first = next((index for index in ran if self._apart(index, mine[index])), None)
        if first is None:
            return ()
        order = [first, *(index for index in self._every if index != first)]
        found = [one for one in candidates(self._exercise) if self._explains(one.edits, mine, order)]
        if not found:
            return self._pair(mine, order)
        told = _told(found)
        return (told,) if told else ()

    def outcome(self, edits: Edits, index: int) -> Outcome:
        """What the piece with these edits gives in the check with this index."""
        key = edits, index
        if key not in self._outcomes:
            written = self._written(edits)
            is_made = not isinstance(written, Exception)
            check = self._exercise.checks[index]
            found = outcome_of(self._exercise, check, written, self._stage) if is_made else {RAISED: True}
            self._outcomes[key] = found
        return self._outcomes[key]

    def changes(self, edits: Edits) -> frozenset[Place]:
        """The quantities, in which check, that are other ones than those of the right code."""
        if edits not in self._changes:
            found = (self._apart(index, self.outcome(edits, index)) for index in self._every)
            self._changes[edits] = frozenset().union(*found)
        return self._changes[edits]

    def raises(self, edits: Edits) -> bool:
        """Whether the piece with these edits raises an exception in every check."""
        return all(RAISED in self.outcome(edits, index) for index in self._every)

    def _apart(self, index: int, outcome: Outcome) -> frozenset[Place]:
        right, near = self.outcome((), index), self._tolerances[index]
        return frozenset(
            (index, name)
            for name in {**right, **outcome}
            if name not in outcome or name not in right or not _alike(outcome[name], right[name], near)
        )

    def _written(self, edits: Edits) -> Any:
        if edits not in self._made:
            try:
                self._made[edits] = self._exercise.made_with(edits)
            except Exception as error:  # a text that Python cannot read, or that does not run
                self._made[edits] = error
        return self._made[edits]

    def _explains(self, edits: Edits, mine: Sequence[Outcome], order: Sequence[int]) -> bool:
        for index in order:
            check, tries = self._exercise.checks[index], 1
            found = self.outcome(edits, index)
            while not self._agrees(mine[index], found, index):
                if not check.by_chance or tries == _MOST_TRIES or isinstance(self._written(edits), Exception):
                    return False
                found, tries = outcome_of(self._exercise, check, self._written(edits), self._stage), tries + 1
        return True

    def _agrees(self, one: Outcome, other: Outcome, index: int) -> bool:
        near = self._tolerances[index]
        return one.keys() == other.keys() and all(_alike(value, other[name], near) for name, value in one.items())

    def _pair(self, mine: Sequence[Outcome], order: Sequence[int]) -> Named:
        """Two mistakes that together explain it; none if no pair does, or if several pairs do that say other things."""
        end = time.monotonic() + LONGEST_SEARCH
        wrong = frozenset[Place]().union(*(self._apart(index, mine[index]) for index in order))
        alike: dict[bytes, list[Candidate]] = {}
        for one in candidates(self._exercise):
            if time.monotonic() > end:
                return ()
            # What raises leaves nothing to be seen of another mistake.
            if self.raises(one.edits) or not self.changes(one.edits):
                continue
            alike.setdefault(self._print(one.edits), []).append(one)
        found = list[Named]()
        for group, others in combinations(alike.values(), 2):
            one, other = group[0], others[0]
            if not wrong <= self.changes(one.edits) | self.changes(other.edits):
                continue
            if not self._can_come_together(one, other, mine):
                continue
            if time.monotonic() > end:
                return ()
            if self._explain_together(one, other, mine, order):
                firsts = [like for like in group if self._explain_together(like, other, mine, order)]
                seconds = [like for like in others if self._explain_together(one, like, mine, order)]
                found.append((_told(firsts), _told(seconds)))
        return found[0] if len(found) == 1 and all(found[0]) else ()

    def _explain_together(
        self, one: Candidate, other: Candidate, mine: Sequence[Outcome], order: Sequence[int]
    ) -> bool:
        if not can_be_joined(one.edits, other.edits):
            return False
        return self._explains(tuple(sorted((*one.edits, *other.edits))), mine, order)

    def _print(self, edits: Edits) -> bytes:
        """A mark of all that a mistake gives, equal for two that give the same."""
        parts = []
        for index in self._every:
            for name, value in self.outcome(edits, index).items():
                with suppress(TypeError, ValueError):
                    numbers = np.asarray(np.nan if value is None else value, dtype=float)
                    parts.append(
                        f"{index} {name} {numbers.shape}".encode() + (np.round(numbers, _DIGITS) + 0.0).tobytes()
                    )
        return b"".join(parts)

    def _can_come_together(self, one: Candidate, other: Candidate, mine: Sequence[Outcome]) -> bool:
        """Whether each of two mistakes agrees with the result where only it changes something."""
        for mistake, second in ((one, other), (other, one)):
            for index, name in self.changes(mistake.edits) - self.changes(second.edits):
                alone = self.outcome(mistake.edits, index)
                if RAISED in alone or RAISED in mine[index]:
                    continue
                is_there = name in alone and name in mine[index]
                if not is_there or not _alike(alone[name], mine[index][name], self._tolerances[index]):
                    return False
        return True


_explanations: dict[tuple[Exercise, str], Explanations] = {}
_MOST_KEPT = 8


def explanations_of(exercise: Exercise, stage: Inputs | None) -> Explanations:
    """The explanations of an exercise with these numbers of the stage; the latest ones are kept."""
    key = exercise, repr(stage)
    if key not in _explanations:
        if len(_explanations) >= _MOST_KEPT:
            _explanations.pop(next(iter(_explanations)))
        _explanations[key] = Explanations(exercise, stage)
    return _explanations[key]


def _told(alike: list[Candidate]) -> tuple[str, ...]:
    """Of mistakes that give the same those to be told, by their keys: written by hand, since they say more, or else
    all; one for each sentence, and none if there are too many.
    """
    best = [one for one in alike if one.by_hand] or alike
    told = {one.words: one.key for one in reversed(best)}
    return tuple(told.values())[::-1] if len(told) <= MOST_ALTERNATIVES else ()


def _tolerance_of(check: Check, stage: Inputs | None) -> float:
    with suppress(AssertionError):
        inputs = inputs_of(check, stage)
        if any(getattr(one, "dtype", None) == np.float32 for one in inputs.values()):
            return _IN_SINGLE
    return min(max(check.tolerance, _CLOSEST), _FARTHEST)


def _alike(one: Any, other: Any, tolerance: float) -> bool:
    if isinstance(one, bool) and isinstance(other, bool):
        return one == other
    if one is None or other is None or isinstance(one, NoEntry | Unsent) or isinstance(other, NoEntry | Unsent):
        return one is None and other is None
    try:
        if np.shape(one) != np.shape(other):
            return False
        mine, theirs = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    except (TypeError, ValueError):  # of a type that holds no numbers
        return False
    with np.errstate(all="ignore"):
        near = np.isfinite(theirs) & (np.abs(mine - theirs) <= tolerance * np.maximum(1.0, np.abs(theirs)))
    return bool(np.all(near | (mine == theirs) | (np.isnan(mine) & np.isnan(theirs))))
