"""Opening, stepping, playing and ending a run."""

from engine.contract.run import Change, Run
from engine.playing import Player
from gui.run.timeline import NEWEST_KEPT
from tests.dummies import (
    Cells,
    CellsParams,
    Counting,
    CountingParams,
    Failing,
    Line,
    Playground,
    PlaygroundParams,
    Slow,
)
from tests.frames import frames_equal


def test_a_new_run_waits_at_its_opening(opened):
    runner = opened(Playground())
    assert runner.state.phase == "paused"
    assert runner.updates[-1] == 30  # a slow machine shows places on the way there
    assert runner.entry.counts == (30, 1)


def test_the_way_to_the_opening_is_on_record(opened, qtbot):
    runner = opened(Cells())
    assert [entry.update for entry in runner.timeline.entries] == [0, 1, 2, 3, 4]
    runner.back()
    assert runner.entry.update == 3


def test_an_opening_shows_the_same_frame_as_the_player(opened):
    runner = opened(Playground(), seed=7)
    expected = Player(Playground(), Run("playground", PlaygroundParams(), 7)).go(30, heavy=True)
    assert frames_equal(runner.entry.frame, expected)


def test_a_picture_is_finished_at_once(opened):
    runner = opened(Line(), slope=3.0)
    assert runner.state.phase == "finished"
    assert runner.entry.frame.y[-1] == 3.0
    runner.play()
    runner.step()
    assert runner.state.phase == "finished"


def test_every_frame_made_while_stepping_is_shown(opened, settle):
    runner = opened(Counting(), last=100)
    runner.updates.clear()
    for _ in range(20):
        runner.step()
    settle()
    assert runner.updates == list(range(1, 21))


def test_a_step_of_a_larger_unit_ends_where_the_unit_does(opened, settle):
    runner = opened(Counting(), last=100)
    runner.step("update")
    runner.step("epoch")
    runner.step("epoch")
    settle()
    assert runner.entry.counts == (10, 2)
    assert [entry.update for entry in runner.timeline.entries] == [0, 1, 5, 10]


def test_without_a_unit_a_step_is_one_of_the_pace(opened, settle):
    runner = opened(Playground())
    runner.step()
    settle()
    assert runner.entry.counts == (40, 2)


def test_n_steps_forward_and_n_back_are_exact(opened, settle):
    runner = opened(Counting(), last=1000)
    for _ in range(64):
        runner.step()
    settle()
    frames = {entry.update: entry.frame for entry in runner.timeline.entries}
    for update in range(63, -1, -1):
        runner.back()
        assert runner.entry.update == update
        assert runner.entry.frame is frames[update]
    runner.back()
    assert runner.entry.update == 0
    for update in range(1, 65):
        runner.step()
        assert runner.entry.update == update
    assert runner.state.at_newest


def test_stepping_steps_on_from_the_newest_only(opened, settle):
    runner = opened(Counting(), last=1000)
    for _ in range(3):
        runner.step()
    settle()
    runner.back()
    runner.step()
    runner.step()
    settle()
    assert runner.entry.update == 4
    assert runner.entry.frame.total == 4


def test_at_the_end_it_says_finished_and_a_step_does_nothing(opened, settle):
    runner = opened(Counting(), last=3)
    for _ in range(5):
        runner.step()
    settle()
    assert runner.state.phase == "finished"
    assert runner.entry.update == 3
    shown = len(runner.updates)
    runner.step()
    runner.play()
    assert runner.state.phase == "finished"
    assert len(runner.updates) == shown


def test_playing_at_pace_shows_every_step_until_the_end(opened, settle):
    runner = opened(Counting(), last=12)
    runner.updates.clear()
    runner.play()
    assert runner.is_running
    settle()
    assert runner.updates == list(range(1, 13))
    assert runner.state.phase == "finished"


def test_the_pace_is_the_experiments_times_what_was_asked_for(opened, settle, qtbot):
    runner = opened(Counting(), last=10**6)
    runner.set_pace(40)  # 2,000 updates a second
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 200)
    runner.pause()
    settle()
    assert len(runner.updates) < runner.state.newest / 4


def test_full_speed_shows_the_last_frame(opened, settle):
    runner = opened(Counting(), last=30_000)
    runner.full_speed(True)
    runner.play()
    settle()
    assert runner.state.phase == "finished"
    assert runner.updates[-1] == runner.entry.update == 30_000
    assert len(runner.timeline) < 30_000


def test_a_pause_shows_where_it_stopped(opened, settle, qtbot):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 500)
    runner.pause()
    assert not runner.is_running
    settle()
    player = Player(Playground(), Run("playground", PlaygroundParams()))
    assert frames_equal(runner.entry.frame, player.go(runner.entry.update, heavy=True))
    shown = runner.updates[-1]
    runner.step("update")
    settle()
    assert runner.updates[-1] == shown + 1


def test_toggling_plays_and_pauses(opened, qtbot):
    runner = opened(Playground())
    runner.toggle()
    assert runner.is_running
    runner.toggle()
    assert not runner.is_running
    runner.toggle()
    assert runner.is_running


def test_a_pause_cuts_a_long_step_short(opened, settle, qtbot):
    runner = opened(Slow(), last=10**6)
    runner.step("epoch")
    runner.step("epoch")
    qtbot.waitUntil(lambda: runner.progresses != [])
    runner.pause()
    settle()
    qtbot.waitUntil(lambda: not runner._display_timer.isActive())
    assert runner.entry.update < 5


def test_progress_is_told_and_is_no_step(opened, settle, qtbot):
    runner = opened(Slow())
    assert runner.progresses
    assert runner.updates == [0]
    assert len(runner.timeline) == 1


def test_no_timer_goes_while_it_waits(opened, settle, qtbot):
    runner = opened(Counting())
    runner.step()
    settle()
    qtbot.waitUntil(lambda: not runner._display_timer.isActive())
    assert not runner._record_timer.isActive()


def test_it_opens_at_an_update_with_the_journal_replayed(opened):
    journal = (Change(2, "step_size", 10), Change(7, "step_size", 1))
    runner = opened(Counting(), update=9, journal=journal)
    assert runner.entry.frame.total == 2 + 50 + 2
    assert runner.run.journal == journal
    assert runner.timeline.flags == (2, 7)
    assert {0, 2, 7, 8, 9} <= {entry.update for entry in runner.timeline.entries}


def test_the_last_64_updates_before_an_opening_can_be_gone_back_exactly(opened):
    runner = opened(Counting(), update=500, last=1000)
    newest = [entry.update for entry in runner.timeline.entries][-NEWEST_KEPT:]
    assert newest == list(range(500 - NEWEST_KEPT + 1, 501))


def test_opening_beyond_the_end_waits_at_the_end(opened):
    runner = opened(Counting(), update=50, last=10)
    assert runner.state.phase == "finished"
    assert runner.entry.update == 10


def test_an_error_of_the_engine_is_told_and_the_program_goes_on(opened, settle):
    runner = opened(Failing(), last=10)
    for _ in range(5):
        runner.step()
    settle()
    assert runner.state.phase == "failed"
    ((text, trace),) = runner.errors
    assert "third update goes wrong" in text.render("en")
    assert "计算" in text.render("zh_CN")
    assert "ZeroDivisionError" in trace
    assert runner.entry.update == 2
    runner.step()
    runner.play()
    runner.back()
    assert runner.entry.update == 1
    opened(Counting())
    runner.step()
    settle()
    assert runner.entry.frame.total == 1


def test_a_run_that_failed_can_be_begun_again(opened, settle, qtbot):
    runner = opened(Failing(), last=10)
    runner.full_speed(True)
    runner.play()
    settle()
    assert runner.state.phase == "failed"
    runner.restart(Run("failing", CountingParams(last=2)))
    qtbot.waitUntil(lambda: runner.state.phase == "paused")
    assert runner.entry.update == 0


def test_heavy_fields_are_there_when_it_waits_and_after_a_step(opened, settle, qtbot):
    runner = opened(Playground())
    assert runner.entry.frame.weights is not None
    runner.step()
    settle()
    assert runner.entry.frame.weights is not None
    runner.back()
    settle()
    assert runner.entry.frame.weights is None
    runner.to_newest()
    assert runner.entry.frame.weights is not None


def test_the_walk_can_be_walked_to_its_end(opened, settle):
    runner = opened(Cells(), cells=8)
    runner.play()
    settle()
    assert runner.entry.frame.square == 49
    assert [entry.update for entry in runner.timeline.entries] == list(range(8))
    assert runner.run == Run("cells", CellsParams(cells=8))
