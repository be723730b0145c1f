"""A run that nobody has opened yet is brought to its opening while the open one rests, and is then what it would be."""

import pytest

from engine.contract.run import Run
from engine.playing import Player
from tests.dummies import Counting, CountingParams, Line, Playground, PlaygroundParams, Slow, Wordy
from tests.frames import frames_equal


def fresh(experiment, **values):
    return Run(experiment.id, experiment.params_type(**values))


def prepare(runner, qtbot, experiment, run=None):
    runner.prepare(experiment, run or fresh(experiment))
    qtbot.waitUntil(lambda: not runner.is_preparing)


@pytest.mark.parametrize("other", [Counting, Line])
def test_it_is_the_run_that_it_would_be_and_nothing_is_told_before(opened, settle, qtbot, other):
    runner = opened(other())
    entry, told = runner.entry, (list(runner.updates), list(runner.phases))
    experiment = Playground()
    prepare(runner, qtbot, experiment)
    assert runner.is_settled and runner.entry is entry and (runner.updates, runner.phases) == told
    runner.open(experiment, fresh(experiment))
    settle()
    assert runner.state.phase == "paused" and runner.entry.update == 30
    kept = runner.timeline.entries
    assert kept[-1].update == 30  # how many there are on the way depends on the machine
    for one in kept:
        expected = Player(Playground(), fresh(experiment)).go(one.update, heavy=one.update == 30)
        assert frames_equal(one.frame, expected)


def test_the_engine_is_not_asked_for_the_opening_again(opened, settle, qtbot, monkeypatch):
    runner = opened(Counting())
    experiment = Playground()
    prepare(runner, qtbot, experiment)
    asked = []
    worker = type(runner.engine_thread.worker)
    monkeypatch.setattr(worker, "_take_up", lambda *given: asked.append(given))
    monkeypatch.setattr(worker, "_snapshot", lambda *given, **named: asked.append(given))
    runner.open(experiment, fresh(experiment))
    settle()
    assert runner.entry.update == 30 and not asked
    monkeypatch.undo()
    runner.step()
    settle()
    assert runner.entry.update == 40


def test_another_run_than_was_prepared_is_computed_anew(opened, settle, qtbot):
    runner = opened(Counting())
    experiment = Playground()
    prepare(runner, qtbot, experiment)
    runner.open(experiment, fresh(experiment, samples=50))
    settle()
    expected = Player(Playground(), Run("playground", PlaygroundParams(samples=50))).go(30, heavy=True)
    assert frames_equal(runner.entry.frame, expected)


def test_whoever_does_something_meanwhile_waits_for_nothing(opened, settle, qtbot):
    runner = opened(Counting())
    slow = Slow()
    runner.prepare(slow, Run(slow.id, CountingParams(parts=50)))
    qtbot.waitUntil(lambda: runner.is_preparing)
    runner.step()
    settle()
    assert runner.entry.update == 1 and not runner.is_preparing
    runner.open(slow, Run(slow.id, CountingParams(parts=50)))
    settle()
    assert runner.entry.update == 0 and runner.experiment is slow


def test_it_may_be_opened_while_it_is_being_prepared(opened, settle, qtbot):
    runner = opened(Counting())
    experiment = Playground()
    runner.prepare(experiment, fresh(experiment))
    runner.open(experiment, fresh(experiment))
    settle()
    expected = Player(Playground(), fresh(experiment)).go(30, heavy=True)
    assert frames_equal(runner.entry.frame, expected)
    assert runner.resume("counting")
    settle()
    assert runner.entry.update == 0


def test_what_fails_is_told_only_when_it_is_opened(opened, settle, qtbot):
    runner = opened(Counting())
    failing = Wordy()
    prepare(runner, qtbot, failing)
    assert not runner.errors and runner.state.phase == "paused"
    runner.open(failing, fresh(failing))
    qtbot.waitUntil(lambda: runner.state.phase == "failed")
    assert "word word" in runner.errors[0][0].render("en")


@pytest.mark.parametrize("played", ["process"], indirect=True)
def test_a_prepared_run_that_is_lost_is_computed_again(opened, settle, qtbot):
    runner = opened(Counting())
    experiment = Playground()
    prepare(runner, qtbot, experiment)
    runner.engine_thread.players.companion.end()
    runner.open(experiment, fresh(experiment))
    settle()
    assert runner.entry.update == 30 and not runner.errors


def test_it_is_not_prepared_twice_and_not_what_was_left(opened, settle, qtbot):
    runner = opened(Counting())
    experiment = Playground()
    prepare(runner, qtbot, experiment)
    runner.prepare(experiment, fresh(experiment))
    assert not runner.is_preparing
    runner.open(experiment, fresh(experiment))
    settle()
    runner.prepare(Counting(), Run("counting", CountingParams()))
    assert runner.resume("counting")
    settle()
    runner.prepare(experiment, fresh(experiment))
    assert not runner.is_preparing
