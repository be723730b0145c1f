"""Where a run that a change begins anew waits: at its opening, or where the experiment says."""

from __future__ import annotations

import pytest

from engine.contract.experiment import Amount
from engine.contract.run import Run
from tests.dummies import Counting, CountingParams


class Placed(Counting):
    """Keeps the place that is looked at, unless a change moves its end."""

    def reopening(self, before, after, reached):
        return Amount(reached, "update") if before.last == after.last else self.opening_for(after)


def _run(**values):
    return Run("placed", CountingParams(**{"last": 20, **values}))


@pytest.fixture
def far(opened, settle):
    runner = opened(Placed(), last=20)
    for _ in range(7):
        runner.step()
    settle()
    assert runner.entry.update == 7
    return runner


def test_a_change_keeps_the_place(far, settle, qtbot):
    far.restart(_run(parts=6))
    qtbot.waitUntil(lambda: far.run.params.parts == 6 and far.entry.update == 7)
    settle()
    assert far.state.newest == 7 and far.timeline.first.update == 0


def test_several_changes_in_a_row_keep_it_too(far, settle, qtbot):
    for size in range(2, 9):
        far.restart(_run(parts=size))
    qtbot.waitUntil(lambda: far.run.params.parts == 8 and far.entry.update == 7)
    settle()
    assert far.state.newest == 7


def test_the_place_is_the_one_that_is_looked_at(far, settle, qtbot):
    far.seek(3)
    far.restart(_run(parts=6))
    qtbot.waitUntil(lambda: far.run.params.parts == 6 and far.entry.update == 3)
    settle()
    assert far.state.newest == 3


def test_without_a_change_and_with_another_end_it_begins_at_the_opening(far, settle, qtbot):
    far.restart()
    qtbot.waitUntil(lambda: far.entry.update == 0)
    settle()
    for _ in range(4):
        far.step()
    settle()
    far.restart(_run(last=9))
    qtbot.waitUntil(lambda: far.run.params.last == 9 and far.entry.update == 0)
