"""What the learner writes: the exercises, a folder for each experiment and a module for each exercise.

``engine.exercises.layers.affine`` is shown in the experiment ``layers`` and has an ``EXERCISE``. Its id is ``affine``.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.exercises.exercise import Exercise, Inputs


@cache
def exercises_of(experiment_id: str) -> tuple[Exercise, ...]:
    """The exercises of an experiment, in their order; none where it has no folder here."""
    found = [importlib.import_module(name).EXERCISE for name in _names() if name.split(".")[-2] == experiment_id]
    return tuple(sorted(found, key=lambda one: one.order))


def ids_of(experiment_id: str) -> tuple[str, ...]:
    """The ids of an experiment's exercises, without importing them."""
    return tuple(name.rpartition(".")[2] for name in _names() if name.split(".")[-2] == experiment_id)


@cache
def at_work_in(experiment_id: str) -> tuple[Exercise, ...]:
    """The exercises whose code can be put to work in an experiment: its own first, then those of others."""
    able = [one for one in all_exercises() if experiment_id in one.works_in]
    own = exercises_of(experiment_id)
    return tuple(sorted(able, key=lambda one: one not in own))


@cache
def all_exercises() -> tuple[Exercise, ...]:
    """Every exercise, by the experiments' order in the book."""
    from engine.contract.catalogue import entries

    return tuple(one for entry in entries() for one in exercises_of(entry.id))


def experiment_of(exercise: Exercise) -> str:
    """The id of the experiment that an exercise is shown in."""
    return next(name.split(".")[-2] for name in _names() if name.endswith(f".{exercise.id}"))


def load_exercise(exercise_id: str) -> Exercise:
    """An exercise by its id; ``Refused`` names those that there are."""
    for name in _names():
        if name.endswith(f".{exercise_id}"):
            found = importlib.import_module(name).EXERCISE
            assert isinstance(found, Exercise)
            return found
    known = ", ".join(name.rpartition(".")[2] for name in _names())
    raise Refused(Text("There is no exercise “{name}”; there are {known}.")(name=shortened(exercise_id), known=known))


def default_stage(exercise: Exercise) -> Inputs:
    """The numbers that the experiment opens with, where it shows what the exercise is about, else none."""
    from engine.contract.catalogue import load

    found = exercise.on_stage(load(experiment_of(exercise)).params_type().replaced(exercise.stage))
    return {} if found is None else found


@cache
def _names() -> tuple[str, ...]:
    """The modules of the exercises, without importing any of them."""
    return tuple(
        f"{__name__}.{folder.name}.{module.name}"
        for folder in pkgutil.iter_modules(__path__)
        if folder.ispkg
        for module in pkgutil.iter_modules([f"{__path__[0]}/{folder.name}"])
    )
