"""Restarts, live changes and changes of the view."""

import pytest

from engine.contract.run import Change, Run
from engine.contract.text import Refused
from engine.playing import Player
from tests.dummies import Counting, CountingParams, Line, LineParams, Playground, PlaygroundParams, Slow
from tests.frames import frames_equal


def line(slope):
    return Run("line", LineParams(slope=slope))


def test_a_restart_begins_with_the_opening_again(opened, settle, qtbot):
    runner = opened(Playground())
    runner.step()
    settle()
    runner.restart(Run("playground", PlaygroundParams(samples=50)))
    qtbot.waitUntil(lambda: runner.entry.update == 30)
    settle()
    assert runner.run.params.samples == 50
    assert runner.timeline.first.update == 0
    assert runner.state.newest == 30


def test_a_restart_without_a_run_keeps_the_parameters_and_forgets_the_journal(opened, settle, qtbot):
    runner = opened(Counting())
    runner.step()
    runner.change("step_size", 7)
    settle()
    runner.restart()
    qtbot.waitUntil(lambda: runner.entry.update == 0)
    settle()
    assert runner.run == Run("counting", CountingParams(step_size=7))


def test_restarts_coalesce_and_the_newest_wins(opened, settle, qtbot):
    runner = opened(Line())
    shown = []
    runner.frame_changed.connect(lambda entry: shown.append(entry.frame.y[-1]))
    for slope in range(10):
        runner.restart(line(slope))
    qtbot.waitUntil(lambda: shown[-1:] == [9.0])
    settle()
    assert len(shown) == 2
    assert runner.run == line(9.0)


def test_a_restart_follows_as_soon_as_the_first_frame_of_the_last_was_taken(opened, settle, qtbot):
    """However fast restarts come, one after the other is shown: nothing waits for the last of them."""
    runner = opened(Line())
    shown = []

    def go_on(entry):
        shown.append(entry.frame.y[-1])
        if len(shown) < 6:
            runner.restart(line(len(shown)))
            runner.restart(line(len(shown) + 0.5))

    runner.frame_changed.connect(go_on)
    runner.restart(line(0.5))
    qtbot.waitUntil(lambda: len(shown) >= 6)
    settle()
    assert shown[-1] == 5.5
    assert len(set(shown)) == len(shown)


def test_a_slow_beginning_does_not_hold_a_restart_up(runner, settle, qtbot):
    runner.open(Slow(), Run("slow", CountingParams(parts=500)))
    qtbot.waitUntil(lambda: runner.progresses != [])
    runner.restart(Run("slow", CountingParams(last=7)))
    settle()
    assert runner.run.params.last == 7


def test_a_run_that_plays_goes_on_playing_after_a_restart(opened, qtbot):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 200)
    runner.restart(Run("playground", PlaygroundParams(samples=50)))
    qtbot.waitUntil(lambda: runner.entry.params.samples == 50 and runner.state.newest > 200)
    assert runner.is_running


def test_steps_asked_for_right_after_a_restart_are_made_in_the_new_run(runner, settle):
    runner.open(Counting(), Run("counting", CountingParams()))
    runner.restart(Run("counting", CountingParams(step_size=2)))
    for _ in range(3):
        runner.step()
    runner.restart(Run("counting", CountingParams(step_size=5)))
    for _ in range(4):
        runner.step()
    settle()
    assert runner.entry.frame.total == 20


def test_a_change_right_after_a_restart_is_meant_for_the_new_run(runner, settle):
    runner.open(Counting(), Run("counting", CountingParams()))
    runner.restart(Run("counting", CountingParams(last=9)))
    runner.change("step_size", 4)
    runner.step()
    settle()
    assert runner.entry.frame.total == 4
    assert runner.params == CountingParams(last=9, step_size=4)


def test_frames_of_another_run_are_dropped(opened, qtbot, settle):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: not runner.engine_thread.mailbox.is_free())
    (foreign, *_) = runner.engine_thread.mailbox._snapshots
    runner.pause()
    settle()
    opened(Counting())
    runner.updates.clear()
    runner.engine_thread.mailbox.put([foreign])
    runner.engine_thread.worker.posted.emit()
    runner.step()
    settle()
    assert runner.updates == [1]
    assert [entry.update for entry in runner.timeline.entries] == [0, 1]


def test_what_another_run_reports_is_dropped(opened):
    runner = opened(Counting())
    phases, state = list(runner.phases), runner.state
    runner._on_rested(runner._visit.number - 1, runner.engine_thread.control.serial, True)
    runner._on_failed(runner._visit.number - 1, None, "")
    runner._on_progressed(runner._visit.number - 1, None)
    assert (runner.phases, runner.state) == (phases, state)
    assert runner.errors == runner.progresses == []


def test_a_live_change_is_shown_at_once_when_paused(opened, settle, qtbot):
    runner = opened(Playground())
    runner.change("learning_rate", 0.5)
    qtbot.waitUntil(lambda: runner.entry.frame.learning_rate == 0.5)
    settle()
    assert runner.entry.update == 30
    assert runner.entry.edited
    assert runner.entry.params.learning_rate == runner.params.learning_rate == 0.5
    assert runner.run.journal == (Change(30, "learning_rate", 0.5),)
    assert runner.run.params.learning_rate == 0.1


def test_a_live_change_reaches_a_run_that_plays(opened, settle, qtbot):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 100)
    runner.change("learning_rate", 0.5)
    assert runner.params.learning_rate == 0.5
    qtbot.waitUntil(lambda: runner.entry.frame.learning_rate == 0.5)
    qtbot.waitUntil(lambda: runner.state.newest > runner.run.journal[0].at_update + 100)
    runner.pause()
    settle()
    (change,) = runner.run.journal
    assert change.path == "learning_rate" and change.at_update > 30
    assert runner.timeline.flags == (change.at_update,)
    expected = Player(Playground(), runner.run).go(runner.entry.update, heavy=True)
    assert frames_equal(runner.entry.frame, expected)


def test_a_run_paused_at_full_speed_shows_where_it_stands(opened, settle, qtbot):
    runner = opened(Counting(), last=10**6)
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 50)
    runner.pause()
    settle()
    shown = runner.entry.update
    runner.change("step_size", 2)
    settle()
    assert runner.entry.update == shown == runner.run.journal[-1].at_update


def test_an_edit_by_hand_is_in_the_journal_and_replays(opened, settle, qtbot):
    runner = opened(Playground())
    runner.change("weights[0][1,2]", 2.0)
    qtbot.waitUntil(lambda: runner.run.journal != ())
    runner.step("epoch")
    settle()
    assert runner.run.journal == (Change(30, "weights[0][1,2]", 2.0),)
    assert frames_equal(runner.entry.frame, Player(Playground(), runner.run).go(40, heavy=True))


def test_of_many_changes_the_newest_holds(opened, settle, qtbot):
    runner = opened(Playground())
    for step in range(1, 60):
        runner.change("learning_rate", step / 100)
    qtbot.waitUntil(lambda: runner.entry.frame.learning_rate == 0.59)
    settle()
    assert len(runner.run.journal) < 59


def test_a_value_that_is_not_allowed_is_refused_and_changes_nothing(opened, settle):
    runner = opened(Playground())
    with pytest.raises(Refused, match="learning_rate"):
        runner.change("learning_rate", -1.0)
    assert runner.params.learning_rate == 0.1
    assert runner.state.phase == "paused"


def test_a_parameter_that_asks_for_a_restart_cannot_be_changed_live(opened):
    runner = opened(Playground())
    with pytest.raises(ValueError, match="samples"):
        runner.change("samples", 20)


def test_a_change_of_the_view_is_shown_without_the_engine(opened, settle):
    runner = opened(Playground())
    entry, serial = runner.entry, runner.engine_thread.control.serial
    shown = []
    runner.frame_changed.connect(shown.append)
    runner.change("view", "graph")
    assert [each.params.view for each in shown] == ["graph"]
    assert shown[0].frame is entry.frame
    assert runner.engine_thread.control.serial == serial
    assert runner.run.params.view == runner.params.view == "graph"
    assert runner.run.journal == ()
    runner.back()
    assert runner.entry.params.view == "graph"
    assert not runner.state.at_newest


def test_applying_parameters_does_what_their_fields_declare(opened, settle, qtbot):
    runner = opened(Playground())
    runner.apply(PlaygroundParams(view="graph", learning_rate=0.2))
    qtbot.waitUntil(lambda: runner.entry.frame.learning_rate == 0.2)
    settle()
    assert runner.entry.update == 30
    runner.apply(PlaygroundParams(view="map", learning_rate=0.3, samples=50))
    qtbot.waitUntil(lambda: runner.entry.frame.learning_rate == 0.3)
    settle()
    assert runner.run == Run("playground", PlaygroundParams(learning_rate=0.3, samples=50))
    assert runner.apply(runner.params) is None


def test_applying_back_there_gives_one_memento(opened, settle):
    runner = opened(Playground())
    runner.back()
    at = runner.entry.update
    memento = runner.apply(PlaygroundParams(view="graph", learning_rate=0.2))
    settle()
    assert memento.branched_at == at < 30
    assert runner.run.journal == (Change(at, "learning_rate", 0.2),)


def test_a_change_that_nobody_understands_is_told_as_a_failure(opened, settle, qtbot):
    runner = opened(Counting())
    runner.change("nonsense", 1)
    qtbot.waitUntil(lambda: runner.state.phase == "failed")
    assert "nonsense" in runner.errors[0][0].render("en")
