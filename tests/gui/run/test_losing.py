"""The companion process dies, or cannot be had: nothing that was shown is lost, and the work goes on."""

import os
from threading import Condition

import pytest

from engine.contract.run import Run
from engine.playing import Player
from gui.run.player_factory import DEATHS_BORNE, PlayerFactory
from tests.dummies import Cells, Counting, CountingParams, Playground, PlaygroundParams
from tests.frames import frames_equal

pytestmark = pytest.mark.long


@pytest.fixture
def played():
    """The companion only: it is what is lost here."""


@pytest.fixture
def losses(runner):
    """What the runner told of losses."""
    told = []
    runner.lost.connect(told.append)
    return told


@pytest.fixture
def kill(runner, qtbot, losses):
    """Kills the companion, as a system does that has no memory left, and waits until that was noticed."""

    def do():
        before = len(losses)
        runner.engine_thread.players.companion.process.kill()
        runner.step()
        qtbot.waitUntil(lambda: len(losses) > before)

    return do


@pytest.fixture(autouse=True)
def in_a_companion(two_cores):
    """Every test here begins with two cores."""


def test_runs_are_played_by_a_process_beside_the_window_and_nothing_else_is(runner, opened):
    opened(Cells())
    assert runner.engine_thread.players.companion is None
    opened(Counting())
    process = runner.engine_thread.players.companion.process
    opened(Playground())
    assert runner.engine_thread.players.companion.process is process and process.is_alive()
    runner.close()
    assert process.exitcode is not None  # by force, where a slow machine keeps it too long


def test_after_a_death_the_record_stays_and_one_click_computes_it_again(runner, opened, settle, losses, kill):
    opened(Playground())
    runner.change("learning_rate", 0.3)
    for _ in range(5):
        runner.step("update")
    settle()
    entries, shown = runner.timeline.entries, runner.entry
    kill()
    assert (losses, runner.state.phase) == ([True], "lost")
    assert runner.timeline.entries == entries and runner.entry is shown
    runner.back()
    assert runner.entry is entries[-2]
    runner.to_newest()
    runner.recover()
    settle()
    assert runner.state.phase == "paused"
    for one, other in zip(runner.timeline.entries, entries, strict=True):
        assert frames_equal(one.frame, other.frame) and one.stepped == other.stepped
    runner.step("update")
    settle()
    expected = Player(Playground(), runner.run).go(runner.entry.update, heavy=True)
    assert frames_equal(runner.entry.frame, expected)
    assert runner.run.journal[0].value == 0.3


@pytest.mark.parametrize("wish", ["play", "step", "change", "restart"])
def test_any_wish_brings_a_lost_run_back(runner, opened, settle, qtbot, kill, wish):
    opened(Counting(), last=10**6)
    kill()
    at = runner.state.newest
    if wish == "change":
        runner.change("step_size", 7)
    else:
        getattr(runner, wish)()
    qtbot.waitUntil(lambda: runner.state.newest > at or wish in ("change", "restart"))
    runner.pause()
    settle()
    assert runner.state.phase == "paused"
    runner.step("update")
    settle()
    assert runner.entry.frame.total == runner.entry.update * (7 if wish == "change" else 1)


def test_a_death_while_it_runs_is_noticed_at_once(runner, opened, qtbot, losses):
    opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 200)
    runner.engine_thread.players.companion.process.kill()
    qtbot.waitUntil(lambda: losses == [True])
    assert not runner.is_running


def test_a_death_on_the_way_to_an_update_begins_the_way_anew(runner, qtbot, settle, losses):
    runner.open(Playground(), Run("playground", PlaygroundParams()), 40_000)
    qtbot.waitUntil(lambda: runner.entry is not None)
    runner.engine_thread.players.companion.process.kill()
    qtbot.waitUntil(lambda: losses == [True])
    runner.recover()
    settle()
    assert runner.entry.update == 40_000


def test_a_run_that_was_left_comes_back_although_its_process_died(runner, opened, settle, losses, qtbot):
    opened(Counting())
    runner.step("update")
    settle()
    opened(Playground())
    opened(Cells())
    runner.engine_thread.players.companion.process.kill()
    qtbot.waitUntil(lambda: runner.engine_thread.players.companion.is_lost)
    assert runner.resume("counting")
    settle()
    runner.step("update")
    settle()
    assert (runner.entry.frame.total, losses) == (2, [])


def test_after_three_deaths_in_a_row_the_thread_takes_over(runner, opened, settle, losses, kill):
    opened(Counting())
    for _ in range(DEATHS_BORNE):
        kill()
        runner.recover()
        settle()
    assert losses == [True, True, False]
    assert runner.engine_thread.players.companion is None and not runner.engine_thread.players.must_start_for(
        Counting()
    )
    at = runner.entry.update
    runner.step("update")
    settle()
    assert runner.entry.update == at + 1


def test_deaths_far_apart_are_not_in_a_row(runner, opened, settle, losses, kill, monkeypatch):
    monkeypatch.setattr("gui.run.player_factory.LONG_LIFE", 0.0)
    opened(Counting())
    for _ in range(DEATHS_BORNE + 1):
        kill()
        runner.recover()
        settle()
    assert losses == [True] * (DEATHS_BORNE + 1)


@pytest.mark.parametrize("error", [OSError("no process"), RuntimeError("no thread")])
def test_where_no_process_can_be_started_the_thread_does_the_work(runner, opened, settle, losses, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr("engine.companion.companion.Companion.__init__", refuse)
    opened(Counting())
    runner.step("update")
    settle()
    assert (runner.entry.frame.total, losses) == (1, [])
    assert not runner.engine_thread.players.must_start_for(Counting())


def test_a_process_that_dies_before_it_is_ready_is_not_tried_again(runner, opened, settle, losses, monkeypatch):
    monkeypatch.setattr("engine.companion.companion.serve", _die)
    opened(Counting())
    runner.step("update")
    settle()
    assert (runner.entry.frame.total, losses) == (1, [])
    assert not runner.engine_thread.players.must_start_for(Counting())


def test_on_one_core_there_is_no_companion(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    players = PlayerFactory(Condition())
    assert not players.must_start_for(Counting())
    assert isinstance(players.player_for(Counting(), Run("counting", CountingParams()), lambda: True), Player)


def _die(*_):
    raise SystemExit(1)
