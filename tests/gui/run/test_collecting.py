"""Cycles are collected in the GUI thread only, while a worker thread is there."""

from __future__ import annotations

import gc
import threading

import pytest

from gui.run.collecting import Collecting
from gui.run.runner import Runner


class _Cycle:
    def __init__(self, died_in: list[int]) -> None:
        self.me = self
        self.died_in = died_in

    def __del__(self) -> None:
        self.died_in.append(threading.get_ident())


def test_a_cycle_is_never_collected_by_another_thread(qtbot):
    collecting = Collecting(lambda: False)
    collecting.begin()
    died_in: list[int] = []
    try:
        thread = threading.Thread(target=lambda: [_Cycle(died_in) for _ in range(5000)])
        thread.start()
        thread.join()
        assert not died_in
        qtbot.waitUntil(lambda: bool(died_in))
        assert set(died_in) == {threading.get_ident()}
    finally:
        collecting.end()


@pytest.fixture
def automatic():
    """Automatic collection is on, as in the program and other than in the tests."""
    gc.enable()
    yield
    gc.disable()


def test_a_runner_takes_the_collector_over_and_gives_it_back(qtbot, automatic):
    first, second = Runner(), Runner()
    assert not gc.isenabled()
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()
    first.deleteLater()
    second.deleteLater()


def test_a_collector_that_was_off_stays_off(qtbot):
    collecting = Collecting(lambda: False)
    collecting.begin()
    collecting.end()
    assert not gc.isenabled()
