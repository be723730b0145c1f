"""The companion dies at any moment of a restart or a change, also again and again: in the end what is shown is what was
asked for last.
"""

import os
import signal
from contextlib import suppress

import pytest

from engine.contract.run import Run
from engine.playing import Player
from gui.run.player_factory import DEATHS_BORNE
from tests.dummies import Counting, CountingParams, Slow
from tests.frames import frames_equal

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process cannot be made to wait here")


@pytest.fixture
def played():
    """The companion only: it is what dies here."""


@pytest.fixture(autouse=True)
def in_a_companion(two_cores):
    """Every test here begins with two cores."""


@pytest.fixture
def companion(runner):
    """Sends a signal to the companion of now, where there is one."""

    def send(number):
        alive = runner.engine_thread.players.companion
        if alive is not None and alive.process.is_alive():
            with suppress(ProcessLookupError):  # it may end at this very moment
                os.kill(alive.process.pid, number)

    return send


@pytest.fixture
def recovered(runner, qtbot):
    """Waits until the run stands, and has it computed again whenever it was lost."""

    def stands():
        runner.recover()
        return runner.is_settled and runner.state.phase in ("paused", "finished")

    return lambda: qtbot.waitUntil(stands, timeout=20_000)


def _run(**values):
    return Run("slow", CountingParams(parts=20, **values))


def _before_anything_was_heard(runner, qtbot, companion):
    runner.restart(_run(last=11))
    companion(signal.SIGKILL)


def _while_it_begins(runner, qtbot, companion):
    before = len(runner.progresses)
    runner.restart(_run(last=11))
    qtbot.waitUntil(lambda: len(runner.progresses) > before)
    companion(signal.SIGKILL)


def _while_another_restart_is_wanted(runner, qtbot, companion):
    companion(signal.SIGSTOP)
    runner.restart(_run(last=9))
    runner.restart(_run(last=10))
    runner.restart(_run(last=11))
    companion(signal.SIGKILL)


def _after_the_first_frame(runner, qtbot, companion):
    runner.restart(_run(last=11))
    qtbot.waitUntil(lambda: runner.is_settled)
    companion(signal.SIGKILL)
    runner.step()


def _while_it_plays(runner, qtbot, companion):
    runner.restart(_run(last=11))
    runner.play()
    qtbot.waitUntil(lambda: runner.state.newest > 1)
    companion(signal.SIGKILL)
    runner.pause()


def _and_a_restart_follows(runner, qtbot, companion):
    companion(signal.SIGKILL)
    runner.step()
    qtbot.waitUntil(lambda: runner.state.phase == "lost")
    runner.restart(_run(last=11))


def _in_the_middle_of_a_restart_and_another_follows(runner, qtbot, companion):
    runner.restart(_run(last=9))
    companion(signal.SIGKILL)
    runner.restart(_run(last=11))


RESTARTS = (
    _before_anything_was_heard,
    _while_it_begins,
    _while_another_restart_is_wanted,
    _after_the_first_frame,
    _while_it_plays,
    _and_a_restart_follows,
    _in_the_middle_of_a_restart_and_another_follows,
)


def _assert_shown(runner, params):
    assert runner.params == params == runner.run.params
    entry = runner.entry
    assert entry.params == params and runner.timeline.newest.params == params
    assert frames_equal(entry.frame, Player(Slow(), Run("slow", params)).go(entry.update))


@pytest.mark.long
@pytest.mark.parametrize("death", RESTARTS)
def test_a_death_in_a_restart_ends_with_what_was_asked_for(runner, opened, qtbot, companion, recovered, death):
    opened(Slow(), last=7, parts=20)
    death(runner, qtbot, companion)
    recovered()
    _assert_shown(runner, _run(last=11).params)


@pytest.mark.whole
@pytest.mark.parametrize("death", RESTARTS)
def test_deaths_in_a_row_end_with_what_was_asked_for(runner, opened, qtbot, companion, recovered, death):
    opened(Slow(), last=7, parts=20)
    for _ in range(DEATHS_BORNE + 1):
        runner.restart(_run(last=8))
        recovered()
        if runner.engine_thread.players.companion is None:
            break
        death(runner, qtbot, companion)
        recovered()
        _assert_shown(runner, _run(last=11).params)


@pytest.mark.parametrize("more", range(1, DEATHS_BORNE))
def test_the_companions_that_follow_die_too(runner, opened, qtbot, companion, recovered, more):
    """Each while it computes again what the one before took along, with a change that was made meanwhile."""
    players = runner.engine_thread.players
    opened(Counting(), last=10**6)
    runner.step()
    qtbot.waitUntil(lambda: runner.is_settled)
    companion(signal.SIGKILL)
    runner.step()
    asked = 1
    for number in range(more):
        qtbot.waitUntil(lambda: runner.state.phase == "lost" or runner.is_settled)
        if runner.state.phase != "lost":
            break  # one that dies before it is ready is not followed by another
        before, asked = players.companion, 10 + number
        runner.change("step_size", asked)
        qtbot.waitUntil(lambda before=before: players.companion not in (before, None))
        companion(signal.SIGKILL)
    recovered()
    assert runner.params.step_size == asked == runner.entry.params.step_size > 1
    total, at = runner.entry.frame.total, runner.entry.update
    runner.step()
    qtbot.waitUntil(lambda: runner.is_settled)
    assert (runner.entry.update, runner.entry.frame.total) == (at + 1, total + asked)


@pytest.mark.parametrize("stopped", [True, False])
def test_a_change_that_the_companion_took_along_is_put_in_again(runner, opened, qtbot, companion, recovered, stopped):
    opened(Counting(), last=10**6)
    runner.step()
    qtbot.waitUntil(lambda: runner.is_settled)
    if stopped:
        companion(signal.SIGSTOP)
    else:
        companion(signal.SIGKILL)
    runner.change("step_size", 7)
    companion(signal.SIGKILL)
    qtbot.waitUntil(lambda: runner.state.phase == "lost")
    recovered()
    assert runner.params.step_size == 7 == runner.entry.params.step_size
    assert [(one.path, one.value) for one in runner.run.journal] == [("step_size", 7)]
    runner.step()
    qtbot.waitUntil(lambda: runner.is_settled)
    assert runner.entry.frame.total == 8


def test_a_change_that_was_still_waiting_when_the_experiment_was_left_is_put_in_later(runner, opened, qtbot, companion):
    opened(Counting(), last=10**6)
    companion(signal.SIGSTOP)
    runner.step()
    runner.change("step_size", 7)
    runner.suspend()
    companion(signal.SIGCONT)
    assert runner.resume("counting")
    qtbot.waitUntil(lambda: runner.is_settled)
    assert runner.params.step_size == 7 == runner.entry.params.step_size
