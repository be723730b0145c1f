"""The first task of a repair: the learner looks for an input that reveals the fault.

The faulty and the right code are run with it and compared. Both are part of the program and trusted: they need no
sandbox.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from engine.contract.numerals import format_real
from engine.contract.text import Refused, Text, notation, untranslated
from engine.exercises.exercise import Check, Exercise, Inputs, Search, inputs_of
from engine.exercises.sentences import told_apart
from engine.exercises.verdict import first_difference
from engine.pieces.edits import edited, edits_of

_TOLERANCE, _DECIMALS = 1e-6, 6
_NUMBER = notation("{name} = {value}")
_ALIKE = Text("{chosen}: both give {cell} = {number}. Nothing is to be seen here.")
_DIFFERS = Text("{chosen}: {one} gives {cell} = {mine}, {other} {theirs}.")
_SHAPES = Text("{chosen}: {one} gives {cell} the shape {mine}, {other} {theirs}.")
_STOPS = Text("{chosen}: Python stops with {words}. That would be noticed. Look for one where it says nothing.")
_WHOLE = Text("{name} is a whole number from {low} to {high}.")
_WITHIN = Text("{name} is a number from {low} to {high}.")


@dataclass(frozen=True)
class Look:
    """The result for one input: whether the fault shows (``shows``), and a sentence about the outputs (``said``)."""

    shows: bool
    said: Text


def look(exercise: Exercise, chosen: Any) -> Look:
    """Runs the faulty and the right code with the chosen value; ``Refused`` if it is out of bounds."""
    search = exercise.search
    assert search is not None
    value = _allowed(search, chosen)
    told: dict[str, Any] = {"chosen": _spelled(search, value)}
    right = exercise.reference if search.beside is None else faulty_of(exercise)
    beside = search.beside or search.inputs
    theirs = _outcome(exercise, right, beside(value))
    try:
        mine = _outcome(exercise, faulty_of(exercise), search.inputs(value))
    except Exception as error:  # whatever becomes of faulty code
        return Look(False, _STOPS(**told, words=untranslated(f"{type(error).__name__}: {error}".strip())))
    one, other = search.sides
    for name in search.quantities or tuple(theirs):
        if np.shape(mine[name]) != np.shape(theirs[name]):
            shapes = {"mine": f"{np.shape(mine[name])}", "theirs": f"{np.shape(theirs[name])}"}
            return Look(True, _SHAPES(**told, cell=exercise.name_of(name), one=one, other=other, **shapes))
        place = first_difference(mine[name], theirs[name], _TOLERANCE)
        if place is not None:
            numbers = told_apart(*(_finite(values[name], place) for values in (mine, theirs)))
            cell = exercise.cell_name(name, place)
            return Look(True, _DIFFERS(**told, cell=cell, mine=numbers[0], theirs=numbers[1], one=one, other=other))
    name = (search.quantities or tuple(theirs))[-1]
    place = (0,) * np.ndim(theirs[name])
    number = format_real(round(float(np.asarray(theirs[name])[place]), _DECIMALS))
    return Look(False, _ALIKE(**told, cell=exercise.cell_name(name, place), number=number))


@cache
def faulty_of(exercise: Exercise) -> Any:
    """The function or class with the fault that is to be mended."""
    source = exercise.right_source
    return exercise.made(edited(source, edits_of(source, exercise.fault)))


def _outcome(exercise: Exercise, written: Any, inputs: Inputs) -> Mapping[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return dict(exercise.use(written, **inputs_of(Check(untranslated(""), lambda: inputs), None)))


def _finite(values: Any, place: tuple[int, ...]) -> float | None:
    number = float(np.asarray(values)[place])
    return number if np.isfinite(number) else None


def _allowed(search: Search, chosen: Any) -> Any:
    if search.choices:
        assert any(chosen == value for value, _ in search.choices)
        return chosen
    low, high = search.bounds
    is_whole = isinstance(low, int) and isinstance(high, int)
    if not low <= chosen <= high or (is_whole and chosen != int(chosen)):
        words = _WHOLE if is_whole else _WITHIN
        raise Refused(words(name=search.name, low=format_real(low), high=format_real(high)))
    return int(chosen) if is_whole else float(chosen)


def _spelled(search: Search, value: Any) -> Text:
    if search.choices:
        return next(words for one, words in search.choices if one == value)
    return _NUMBER(name=search.name, value=format_real(value))
