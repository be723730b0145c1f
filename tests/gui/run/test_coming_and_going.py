"""Leaving experiments and coming back, and ending."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from engine.contract.run import Run
from engine.playing import Player
from gui.run.runner import SUSPENDED_PLAYERS, Runner
from gui.run.timeline import RunState
from gui.run.worker_commands import NOBODY
from tests.dummies import Counting, CountingParams, Playground, PlaygroundParams, Slow, Stubborn
from tests.frames import frames_equal

ROOT = Path(__file__).resolve().parents[3]


def test_nothing_is_open_at_first(runner):
    assert runner.state == RunState()
    assert runner.entry is runner.run is runner.params is runner.timeline is runner.experiment is None
    with pytest.raises(RuntimeError, match="no experiment is open"):
        runner.play()


def test_one_comes_back_paused_where_one_left(opened, settle, qtbot):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 300)
    left_at, kept = runner.state.newest, len(runner.timeline)
    opened(Counting())
    runner.step()
    settle()
    assert runner.resume("playground")
    assert runner.entry.update >= left_at
    settle()
    assert runner.state.phase == "paused"
    assert len(runner.timeline) >= kept
    at = runner.entry.update
    expected = Player(Playground(), Run("playground", PlaygroundParams())).go(at, heavy=True)
    assert frames_equal(runner.entry.frame, expected)
    assert runner.resume("counting")
    settle()
    assert runner.entry.update == 1


def test_who_comes_back_gets_no_frame_a_second_time(opened, settle):
    runner = opened(Playground())
    opened(Counting())
    for experiment_id in ("playground", "counting", "playground"):
        runner.updates.clear()
        assert runner.resume(experiment_id)
        settle()
        assert runner.updates == [runner.entry.update]
    assert runner.entry.frame.weights is not None


def test_who_comes_back_and_changes_something_does_not_wait_for_a_frame(opened, settle, monkeypatch):
    monkeypatch.setattr("gui.run.display.PATIENCE", 10**8)
    runner = opened(Playground())
    opened(Counting())
    assert runner.resume("playground")
    runner.restart(Run("playground", PlaygroundParams(samples=50)))
    settle()
    assert runner.state.phase == "paused" and runner.entry.params.samples == 50


def test_coming_back_shows_the_picture_at_once(opened, settle):
    runner = opened(Playground())
    runner.back()
    entry = runner.entry
    runner.suspend()
    assert runner.state == RunState(full_speed=False)
    assert runner.resume("playground")
    assert runner.entry is entry
    settle()
    assert runner.entry is entry
    assert not runner.state.at_newest


def test_there_is_no_coming_back_to_what_was_never_open(opened):
    runner = opened(Counting())
    assert not runner.resume("playground")
    assert runner.experiment.id == "counting"


def test_opening_again_forgets_the_earlier_visit(opened, settle):
    runner = opened(Counting())
    runner.step()
    settle()
    opened(Counting(), last=5)
    assert runner.entry.update == 0
    assert not runner.resume("counting")


def test_only_the_run_that_is_open_computes(opened, qtbot):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 300)
    playing = runner._visit.playing
    runner.suspend()
    opened(Counting())
    at = playing.player.update
    runner.step()
    qtbot.waitUntil(lambda: runner.entry.update == 1)
    assert playing.player.update == at
    assert runner.state.full_speed


def test_one_that_is_left_while_it_begins_comes_back_and_begins(runner, settle, qtbot):
    runner.open(Slow(), Run("slow", CountingParams(parts=100)))
    qtbot.waitUntil(lambda: runner.progresses != [])
    runner.open(Counting(), Run("counting", CountingParams()))
    settle()
    assert runner.resume("slow")
    assert runner.entry is None
    settle()
    assert runner.entry.update == 0
    runner.step()
    settle()
    assert runner.entry.frame.total == 1


def test_a_restart_that_had_no_chance_before_leaving_is_made_on_coming_back(runner, settle):
    runner.open(Counting(), Run("counting", CountingParams()))
    runner.restart(Run("counting", CountingParams(last=3)))
    runner.suspend()
    runner.resume("counting")
    settle()
    assert runner.run.params.last == 3


def test_of_many_experiments_the_oldest_are_computed_again_on_coming_back(opened, settle):
    runner = opened(Counting())
    for _ in range(7):
        runner.step()
    settle()
    runner.change("step_size", 10)
    runner.step()
    settle()
    old = runner._visit
    player = old.playing.player
    for index in range(SUSPENDED_PLAYERS + 1):
        another = Counting()
        another.id = f"another{index}"
        opened(another)
    assert old.playing.player is None
    assert runner.resume("counting")
    assert runner.entry.frame.total == 17
    settle()
    assert runner._visit.playing.player is not player
    runner.step()
    settle()
    assert runner.entry.frame.total == 27
    assert [entry.update for entry in runner.timeline.entries] == list(range(10))


def test_leaving_stops_a_running_loop_within_a_slice(opened, qtbot):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 200)
    began = perf_counter()
    runner.close()
    assert perf_counter() - began < 0.5
    assert runner.engine_thread.control.is_current(NOBODY)


def test_closing_twice_is_harmless(runner):
    runner.close()
    runner.close()


def test_closing_in_the_middle_of_a_slow_beginning(qtbot):
    runner = Runner()
    runner.open(Slow(), Run("slow", CountingParams()))
    runner.close()
    assert runner.engine_thread._thread.isFinished()


def test_the_end_of_the_application_closes_it(qapp):
    runner = Runner()
    qapp.aboutToQuit.emit()
    assert runner.engine_thread._thread.isFinished()


STUBBORN = """
import sys
from time import perf_counter
from PySide6.QtCore import QCoreApplication
from engine.contract.run import Run
from gui.run import player_factory
from gui.run.runner import Runner
from tests.dummies import CountingParams, Stubborn

if __name__ == "__main__":
    player_factory.has_a_core_for_it = lambda: sys.argv[1] == "process"
    application = QCoreApplication([])
    runner = Runner(before_exit=lambda: print("saved", flush=True))
    begun = []
    runner.progressed.connect(begun.append)
    runner.open(Stubborn(), Run("stubborn", CountingParams()))
    runner.step()
    while not begun:
        application.processEvents()
    told = perf_counter()  # before it computes: until then it can be stopped
    while perf_counter() - told < 0.5:
        application.processEvents()
    began = perf_counter()
    runner.close()
    assert perf_counter() - began < 1
    print("closed", flush=True)
"""


@pytest.mark.parametrize(("place", "said"), [("thread", "saved"), ("process", "closed")])
def test_a_computation_that_does_not_stop_is_ended_after_saving(place, said):
    """On the thread it ends with the whole process, in the companion with that one."""
    assert Stubborn.seconds > 2
    done = subprocess.run(
        [sys.executable, "-c", STUBBORN, place], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.split()) == (0, [said]), done.stderr
    assert ("did not stop within 1000 ms" in done.stderr) == (place == "thread")


def test_on_a_long_way_one_can_stay_at_what_is_reached(qtbot, runner, settle):
    assert not runner.stay_here()
    runner.open(Playground(), Run("playground", PlaygroundParams()), 10**9)
    qtbot.waitUntil(lambda: any("left" in progress.text.render("en") for progress in runner.progresses))
    assert all(progress.stoppable for progress in runner.progresses)
    assert runner.stay_here()
    settle()
    assert runner.state.phase == "paused" and 0 < runner.state.update < 10**9
    assert not runner.stay_here()
