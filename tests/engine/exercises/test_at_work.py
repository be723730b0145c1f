"""The learner's code at work: right code gives the frames of ours, wrong code ends the run with a sentence."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from engine.contract.catalogue import entries, load
from engine.contract.frame import frame_fields
from engine.contract.refusal import Refused
from engine.contract.run import Run
from engine.contract.written import Written
from engine.exercises import all_exercises, at_work_in, load_exercise
from engine.exercises.call_watch import CallWatch
from engine.exercises.own_companion import OwnCompanion, OwnPlayer
from engine.playing.player import Player
from engine.sandbox.learner_code import compiled, exercise_of, made_by

ANSWERS = Path(__file__).parent / "answers"
PAIRS = [
    pytest.param(one.id, experiment, marks=[pytest.mark.whole] * (experiment not in one.works_in[:1]))
    for one in all_exercises()
    for experiment in one.works_in
]
SEVERAL = [entry.id for entry in entries() if len(at_work_in(entry.id)) > 1]
"""Experiments in which several things that were written can be at work at once."""
_UPDATES = 3


@pytest.fixture
def played():
    """Plays an experiment with a source for an exercise, as far as asked, and ends the process."""
    companions: list[OwnCompanion] = []

    def play(exercise: str, source: str, experiment_id: str, updates: int = _UPDATES, patience: float = 60.0):
        return play_with(
            (Written(exercise, source),), experiment_id, _params_for(exercise, experiment_id), updates, patience
        )

    def play_with(written, experiment_id, changes, updates=_UPDATES, patience=60.0):
        companions.append(OwnCompanion(threading.Condition(), written))
        dead = time.monotonic() + patience
        assert companions[-1].wait_until_ready(lambda: True)
        experiment = load(experiment_id)
        params = experiment.params_type().replaced(changes)
        player = OwnPlayer(
            companions[-1], experiment, Run(experiment_id, params, written=written), lambda: time.monotonic() < dead
        )
        return player.go(updates)

    play.with_all = play_with
    yield play
    for companion in companions:
        companion.close()


def _params_for(exercise: str, experiment_id: str) -> dict[str, object]:
    """What an experiment has to be set to for the exercise's code to be used in it: its stage, where it has that."""
    if experiment_id in load_exercise(exercise).works_with:
        return dict(load_exercise(exercise).works_with[experiment_id])
    known = {field.name for field in fields(load(experiment_id).params_type)}
    stage = load_exercise(exercise).stage
    return dict(stage) if set(stage) <= known else {}


def _broken(exercise: str) -> str:
    """The right answer, but for raising when it is called."""
    name = load_exercise(exercise).name
    return f"def {name}(*all_of_it, **named):\n    raise ValueError('at work')\n"


@pytest.mark.parametrize(("exercise", "experiment_id"), PAIRS)
def test_right_code_gives_the_frames_that_ours_gives(played, exercise, experiment_id):
    frame = played(exercise, _answer(exercise), experiment_id)
    _same_as_ours(frame, experiment_id, _params_for(exercise, experiment_id))


@pytest.mark.parametrize("experiment_id", SEVERAL)
def test_all_that_is_written_for_an_experiment_works_together(played, experiment_id):
    written = tuple(Written(one.id, _answer(one.id)) for one in at_work_in(experiment_id))
    _same_as_ours(played.with_all(written, experiment_id, {}), experiment_id, {})


def _answer(exercise: str) -> str:
    return (ANSWERS / f"{exercise}.py").read_text(encoding="utf-8")


def _same_as_ours(frame, experiment_id, changes):
    experiment = load(experiment_id)
    params = experiment.params_type().replaced(changes)
    ours = Player(experiment, Run(experiment_id, params)).go(_UPDATES)
    assert experiment.owns(params, frame)
    # Times are measured: no two runs have the same.
    measured = {name for name, data in frame_fields(experiment.frame_type).items() if data.get("measured")}
    for table, other in zip(experiment.main_tables(params, frame), experiment.main_tables(params, ours), strict=True):
        for column, wanted in zip(table.columns, other.columns, strict=True):
            if np.asarray(wanted.values).dtype.kind == "f" and column.name not in measured:
                assert column.values == pytest.approx(wanted.values, rel=1e-3, abs=1e-4, nan_ok=True), column.name


@pytest.mark.parametrize(("exercise", "experiment_id"), PAIRS)
def test_it_is_the_learner_s_code_that_runs_and_its_fault_is_told_with_its_line(played, exercise, experiment_id):
    with pytest.raises(Refused) as refusal:
        played(exercise, _broken(exercise), experiment_id)
    said = refusal.value.text.render("en")
    assert "Line 2" in said and "at work" in said and load_exercise(exercise).name in said


@pytest.mark.parametrize(
    ("inside", "told"),
    [("while True: pass", "did not come to an end in time"), ("10 ** 10 ** 9", "has ended"), ("[0] * 10**11", "memory"),
     ("exit()", "exit()"), ("open('a', 'w')", "not to be had")],
)  # fmt: skip
def test_what_does_not_end_or_is_greedy_ends_the_run_and_not_the_window(played, inside, told):
    source = (ANSWERS / "affine.py").read_text(encoding="utf-8")
    source = source.replace("        self.shape = x.shape\n", f"        {inside}\n        self.shape = x.shape\n")
    with pytest.raises(Refused) as refusal:
        played("affine", source, "layers", patience=8.0)
    assert told in refusal.value.text.render("en")


def test_many_short_calls_are_not_one_long_one_and_a_long_one_is_found_at_its_innermost_line():
    looks: list[object] = []
    watch, clock = CallWatch(5.0), iter(range(1000))
    code = compiled("def inner(look):\n    look()\n\ndef outer(look):\n    inner(look)\n    look()\n", "affine")
    outer = made_by(code, "outer", {})

    def look() -> None:
        looks.append(watch.overdue(sys._getframe(1), float(next(clock))))

    for _ in range(100):
        outer(look)
    assert looks == [None] * 200
    clock = iter([1000.0, 1004.0, 1006.0])
    made_by(code, "inner", {})(lambda: (look(), look(), look()))
    found = looks[-1]
    assert looks[-3:-1] == [None, None]
    assert found is not None and (found.f_lineno, exercise_of(found.f_code)) == (2, "affine")
