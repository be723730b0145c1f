"""Programming exercises: a folder for each experiment and a module for each exercise.

``engine.exercises.layers.affine`` is shown in the experiment ``layers`` and has an ``EXERCISE``. Its id is ``affine``.
"""

from __future__ import annotations

import importlib
import pkgutil
from difflib import get_close_matches
from functools import cache

from engine.contract.text import Refused, Text, shortened
from engine.exercises.exercise import Exercise, Inputs

_UNKNOWN = Text("There is no exercise “{name}”; of the {all} that there are the nearest are {near}.")
_NEAR, _LONGEST_ID = 5, 60


@cache
def exercises_of(experiment_id: str) -> tuple[Exercise, ...]:
    """The exercises shown in an experiment, in their order; an empty tuple if it has none."""
    found = [importlib.import_module(name).EXERCISE for name in _names() if name.split(".")[-2] == experiment_id]
    return tuple(sorted(found, key=lambda one: one.order))


def ids() -> frozenset[str]:
    """The ids of all exercises, which are module names; no module is imported."""
    return frozenset(name.rpartition(".")[2] for name in _names())


def ids_of(experiment_id: str) -> tuple[str, ...]:
    """The ids of an experiment's exercises, which are module names; no module is imported."""
    return tuple(name.rpartition(".")[2] for name in _names() if name.split(".")[-2] == experiment_id)


@cache
def at_work_in(experiment_id: str) -> tuple[Exercise, ...]:
    """The exercises whose code can replace the engine's in this experiment; those shown in it come first."""
    able = [one for one in all_exercises() if experiment_id in one.works_in]
    own = exercises_of(experiment_id)
    return tuple(sorted(able, key=lambda one: one not in own))


@cache
def all_exercises() -> tuple[Exercise, ...]:
    """All exercises, in the order of their experiments in the book."""
    from engine.contract.catalogue import entries

    return tuple(one for entry in entries() for one in exercises_of(entry.id))


def experiment_of(exercise: Exercise) -> str:
    """The id of the experiment that an exercise is shown in."""
    return next(name.split(".")[-2] for name in _names() if name.endswith(f".{exercise.id}"))


def load_exercise(exercise_id: str) -> Exercise:
    """Returns the exercise with this id; ``Refused``, naming the most similar ids, if there is none."""
    for name in _names():
        if name.endswith(f".{exercise_id}"):
            found = importlib.import_module(name).EXERCISE
            assert isinstance(found, Exercise)
            return found
    known = [name.rpartition(".")[2] for name in _names()]
    near = get_close_matches(exercise_id[:_LONGEST_ID], known, _NEAR, cutoff=0)
    raise Refused(_UNKNOWN(name=shortened(exercise_id), all=len(known), near=", ".join(near)))


def default_stage(exercise: Exercise) -> Inputs:
    """The inputs of an exercise as the experiment shows them with its default parameters and the changes
    ``exercise.stage``.

    An empty mapping if the experiment then shows something else.
    """
    from engine.contract.catalogue import load

    found = exercise.on_stage(load(experiment_of(exercise)).params_type().replaced(exercise.stage))
    return {} if found is None else found


@cache
def _names() -> tuple[str, ...]:
    """The dotted module names of all exercises, without importing any of them."""
    return tuple(
        f"{__name__}.{folder.name}.{module.name}"
        for folder in pkgutil.iter_modules(__path__)
        if folder.ispkg
        for module in pkgutil.iter_modules([f"{__path__[0]}/{folder.name}"])
    )
