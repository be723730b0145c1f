"""Looking back in the record, playing it, and going on from an earlier place."""

import pytest

from engine.contract.run import Change, Run
from engine.playing import Player
from tests.dummies import Counting, CountingParams, Playground, PlaygroundParams
from tests.frames import frames_equal


@pytest.fixture
def stepped(opened, settle):
    """A run of which ten steps were made."""

    def make(experiment=None, **values):
        runner = opened(experiment or Counting(), **(values or {"last": 1000}))
        for _ in range(10):
            runner.step("update")
        settle()
        return runner

    return make


def replayed(runner):
    """The frame that a fresh player gives for the run and the update shown."""
    run = runner.run
    return Player(runner.experiment, run).go(runner.entry.update, heavy=True)


def test_seeking_goes_to_the_nearest_kept_entry_and_pauses(stepped):
    runner = stepped()
    runner.seek(4)
    assert runner.entry.update == 4
    assert not runner.state.at_newest
    assert runner.state.newest == 10
    runner.seek(99)
    assert runner.entry.update == 10
    assert runner.state.at_newest


def test_seeking_while_it_runs_stops_it_and_stays_there(opened, qtbot, settle):
    runner = opened(Playground())
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 300)
    runner.seek(0)
    settle()
    assert runner.entry.update == 0
    assert runner.updates[-1] == 0
    assert runner.state.newest > 300


def test_back_to_newest(stepped):
    runner = stepped()
    runner.seek(3)
    runner.to_newest()
    assert runner.entry.update == 10
    assert runner.state.at_newest


def test_back_and_step_by_unit(stepped):
    runner = stepped()
    runner.back("epoch")
    assert runner.entry.update == 5
    runner.back("epoch")
    assert runner.entry.update == 0
    runner.step("epoch")
    assert runner.entry.update == 5


def test_a_step_within_the_record_is_one_update_though_few_are_kept(opened, qtbot, settle):
    runner = opened(Counting(), last=1000)
    for _ in range(4):
        runner.step("epoch")
    settle()
    assert runner.timeline.at(7) is None, "an epoch is one step, of which the updates are not kept"
    runner.seek(5)
    shown = []
    for _ in range(3):
        before = runner.entry.update
        runner.step("update")
        qtbot.waitUntil(lambda before=before: runner.entry.update != before)
        shown.append(runner.entry.update)
        assert frames_equal(runner.entry.frame, replayed(runner))
    assert shown == [6, 7, 8]
    runner.step("epoch")
    assert runner.entry.update == 10
    runner.back("update")
    runner.step("update")
    runner.step("update")
    qtbot.waitUntil(lambda: runner.entry.update == 11)


def test_scrubbed_back_playing_shows_the_record_and_then_goes_on(stepped, qtbot, settle):
    runner = stepped(last=14)
    runner.seek(2)
    runner.updates.clear()
    runner.play()
    assert runner.is_running
    qtbot.waitUntil(lambda: runner.state.phase == "finished")
    assert runner.updates == list(range(3, 15))


def test_playing_the_record_of_a_finished_run_ends_finished(stepped, qtbot, settle):
    runner = stepped(last=10)
    assert runner.state.phase == "finished"
    runner.seek(6)
    assert runner.state.phase == "paused"
    runner.play()
    qtbot.waitUntil(lambda: runner.state.phase == "finished")
    assert runner.entry.update == 10
    assert not runner._record_timer.isActive()


def test_pausing_the_record_stays_where_it_is(stepped, qtbot):
    runner = stepped()
    runner.seek(0)
    runner.play()
    qtbot.waitUntil(lambda: runner.entry.update >= 2)
    runner.pause()
    at = runner.entry.update
    assert not runner._record_timer.isActive()
    assert not runner.state.at_newest
    assert runner.entry.update == at


def test_parameters_are_as_of_what_is_shown(stepped, settle):
    runner = stepped()
    runner.change("step_size", 5)
    runner.step()
    settle()
    assert runner.params.step_size == 5
    runner.seek(4)
    assert runner.params.step_size == 1
    runner.to_newest()
    assert runner.params.step_size == 5


def test_continuing_from_here_drops_what_came_later(stepped, settle):
    runner = stepped()
    runner.change("step_size", 100)
    runner.step()
    settle()
    runner.seek(6)
    assert runner.continue_from_here() is not None
    settle()
    assert runner.state.at_newest
    assert runner.state.newest == runner.entry.update == 6
    assert runner.run.journal == ()
    assert runner.params.step_size == 1
    runner.step()
    settle()
    assert runner.entry.frame.total == 7


def test_at_the_newest_there_is_nothing_to_drop(stepped):
    runner = stepped()
    assert runner.continue_from_here() is None


def test_edits_up_to_the_place_are_kept(stepped, settle):
    runner = stepped()
    runner.change("step_size", 10)
    for _ in range(5):
        runner.step()
    settle()
    runner.seek(12)
    runner.continue_from_here()
    settle()
    assert runner.run.journal == (Change(10, "step_size", 10),)
    assert runner.entry.frame.total == 30
    runner.step()
    settle()
    assert runner.entry.frame.total == 40


def test_what_was_dropped_can_be_restored_and_dropped_again(stepped, settle):
    runner = stepped(Playground(), samples=50)
    runner.change("learning_rate", 0.5)
    for _ in range(3):
        runner.step("update")
    settle()
    before = runner.run, [entry.update for entry in runner.timeline.entries], runner.entry.frame, runner.timeline.flags
    runner.seek(35)
    memento = runner.continue_from_here()
    settle()
    runner.change("weights[0][0,1]", 1.5)
    runner.step("update")
    settle()
    branch = runner.run, runner.entry.frame
    redo = runner.restore(memento)
    settle()
    assert runner.run == before[0]
    assert [entry.update for entry in runner.timeline.entries] == before[1]
    assert frames_equal(runner.entry.frame, before[2])
    assert runner.timeline.flags == before[3]
    assert runner.params.learning_rate == 0.5
    assert frames_equal(runner.entry.frame, replayed(runner))
    undo = runner.restore(redo)
    settle()
    assert runner.run == branch[0]
    assert runner.entry.update == 36
    assert frames_equal(runner.entry.frame, branch[1])
    assert undo.newest == before[2].update


def test_what_is_restored_goes_on_as_if_nothing_had_been(stepped, settle):
    runner = stepped(Playground(), samples=50)
    runner.seek(33)
    memento = runner.continue_from_here()
    settle()
    runner.restore(memento)
    runner.step("update")
    settle()
    expected = Player(Playground(), Run("playground", PlaygroundParams(samples=50))).go(41, heavy=True)
    assert frames_equal(runner.entry.frame, expected)


def test_after_a_restart_what_was_dropped_is_computed_again(stepped, settle, qtbot):
    runner = stepped()
    runner.change("step_size", 3)
    runner.step()
    settle()
    run = runner.run
    runner.seek(5)
    memento = runner.continue_from_here()
    settle()
    runner.restart(Run("counting", CountingParams(last=50)))
    qtbot.waitUntil(lambda: runner.entry.update == 0)
    settle()
    assert runner.restore(memento) is None
    settle()
    assert runner.run == run
    assert runner.entry.update == 11
    assert runner.entry.frame.total == 13


def test_a_change_made_back_there_continues_from_there(stepped, settle):
    runner = stepped()
    runner.seek(4)
    memento = runner.change("step_size", 10)
    assert memento.newest == 10
    settle()
    assert runner.run.journal == (Change(4, "step_size", 10),)
    assert runner.timeline.flags == (4,)
    runner.step()
    settle()
    assert runner.entry.update == 5
    assert runner.entry.frame.total == 14
    runner.restore(memento)
    settle()
    assert runner.entry.update == 10
    assert runner.entry.frame.total == 10
    assert runner.params.step_size == 1


def test_steps_asked_for_right_after_continuing_are_done(stepped, settle):
    runner = stepped()
    runner.seek(3)
    runner.continue_from_here()
    runner.step()
    runner.step()
    settle()
    assert [entry.update for entry in runner.timeline.entries] == [0, 1, 2, 3, 4, 5]


@pytest.fixture
def unhurried(monkeypatch):
    """As much time for playing again as a busy machine takes."""
    monkeypatch.setattr("gui.run.worker.PLAYED_AGAIN", 60.0)


def _thinned(runner, settle, qtbot, updates=400):
    """A run at full speed, of which only the beginning, the newest and every fiftieth update are kept."""
    runner.full_speed(True)
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > updates)
    runner.pause()
    settle()
    timeline = runner.timeline
    timeline._drop([index for index, one in enumerate(timeline.entries[:-1]) if one.update % 50])
    return runner.entry.update


def test_back_is_one_update_where_most_are_not_kept(unhurried, opened, settle, qtbot):
    runner = opened(Playground())
    newest = _thinned(runner, settle, qtbot)
    for away in range(1, 71):
        runner.back("update")
        settle()
        assert runner.entry.update == newest - away and not runner.state.at_newest
        assert runner.state.newest == newest and runner.state.back_is_exact
    assert frames_equal(runner.entry.frame, Player(runner.experiment, runner.run).go(runner.entry.update))
    runner.step("update")
    settle()
    assert runner.entry.update == newest - 69


def test_steps_back_that_follow_one_another_wait_for_each(unhurried, opened, settle, qtbot):
    runner = opened(Playground())
    newest = _thinned(runner, settle, qtbot)
    for _ in range(5):
        runner.back("update")
    qtbot.waitUntil(lambda: runner.entry.update == newest - 5)


def test_back_over_changes_plays_them_as_they_were(unhurried, opened, settle, qtbot):
    runner = opened(Playground())
    for rate in (0.5, 0.01, 0.2):
        runner.full_speed(True)
        runner.play()
        before = runner.state.newest
        qtbot.waitUntil(lambda before=before: runner.state.newest > before + 60)
        runner.pause()
        settle()
        runner.change("learning_rate", rate)
        settle()
    newest = _thinned(runner, settle, qtbot, runner.state.newest + 30)
    # What is kept is thinned, so that many updates are played again; some of them are compared.
    while runner.entry.update > newest - 120:
        for _ in range(5):
            runner.back("update")
            settle()
        again = Player(runner.experiment, runner.run)
        assert frames_equal(runner.entry.frame, again.go(runner.entry.update))
        assert runner.entry.params == again.params


def test_a_run_that_takes_long_goes_back_to_a_kept_update_and_says_so(opened, settle, qtbot, monkeypatch):
    monkeypatch.setattr("gui.run.worker.PLAYED_AGAIN", 0.0)
    runner = opened(Playground())
    newest = _thinned(runner, settle, qtbot)
    kept, said = runner.timeline.previous(newest), []
    runner.said.connect(said.append)
    runner.back("update")
    qtbot.waitUntil(lambda: runner.entry.update < newest)
    assert runner.entry.update == kept.update < newest - 1
    assert all(f"{update:,}" in said[0].render("en") for update in (kept.update, newest - 1)) and len(said) == 1
    runner.seek(newest - 1)
    assert len(said) == 1, "what is near is shown without a word"
    monkeypatch.setattr("gui.run.runner._FAR", 0.0)
    runner.seek(newest - 1)
    assert f"{newest - 1:,}" in said[1].render("en") and len(said) == 2
    runner.to_newest()
    assert not runner.state.back_is_exact
