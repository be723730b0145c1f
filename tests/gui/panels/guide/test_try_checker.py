"""What a try comes to is computed beside the window: however long one step of it takes, the window goes on."""

import threading

import pytest
from PySide6.QtCore import QTimer

from engine.contract.text import Refused
from gui.panels.guide import try_checker
from gui.panels.guide.try_checker import TryChecker
from tests.bilingual import both

_LONG = 5.0
"""Seconds after which a step gives up waiting for a window that stands still."""


@pytest.fixture
def checker(qapp, qtbot):
    checker = TryChecker()
    yield checker
    checker.forget()
    qtbot.waitUntil(lambda: not checker.is_at_work)


@pytest.fixture
def steps(monkeypatch):
    """Has the steps of a try be those of a generator."""

    def take(generator):
        monkeypatch.setattr(try_checker, "checking", lambda *_, **__: generator)

    return take


def _told(signal):
    told = []
    signal.connect(lambda *given: told.append(given))
    return told


def test_the_window_goes_on_in_the_middle_of_one_long_step(qtbot, checker, steps):
    goes_on, seen = threading.Event(), []

    def generator():
        seen.append(goes_on.wait(_LONG))
        yield
        return "verdict"

    steps(generator())
    judged = _told(checker.judged)
    checker.check(None, "try")
    QTimer.singleShot(0, lambda: QTimer.singleShot(1, goes_on.set))
    qtbot.waitUntil(lambda: bool(judged), timeout=2 * int(1000 * _LONG))
    assert (judged, seen, checker.is_checking) == ([("try", "verdict")], [True], False)


def test_many_short_steps_come_to_their_end_in_order(qtbot, checker, steps):
    done = []

    def generator():
        for number in range(5000):
            done.append(number)
            yield
        return len(done)

    steps(generator())
    judged = _told(checker.judged)
    checker.check(None, "try")
    qtbot.waitUntil(lambda: bool(judged))
    assert judged == [("try", 5000)] and done == list(range(5000))


def test_what_is_refused_is_told_and_what_is_raised_is_raised_in_the_window(qtbot, checker, steps):
    refusal = both("There is none.", "没有。")

    def refusing():
        yield
        raise Refused(refusal)

    def raising():
        yield
        raise ZeroDivisionError("step")

    refused = _told(checker.refused)
    steps(refusing())
    checker.check(None, "try")
    qtbot.waitUntil(lambda: bool(refused))
    assert refused == [(refusal,)]
    steps(raising())
    with qtbot.captureExceptions() as raised:
        checker.check(None, "try")
        qtbot.waitUntil(lambda: bool(raised))
    assert [one[0] for one in raised] == [ZeroDivisionError] and not checker.is_checking


def test_a_try_that_is_left_in_the_middle_of_a_step_is_closed_and_another_begun(qtbot, checker, steps):
    begun, goes_on, closed = threading.Event(), threading.Event(), []

    def left():
        try:
            begun.set()
            goes_on.wait(_LONG)
            yield
            closed.append("not reached")
            yield
        finally:
            closed.append(True)

    def other():
        yield
        return "other"

    judged = _told(checker.judged)
    steps(left())
    checker.check(None, "left")
    qtbot.waitUntil(begun.is_set)
    steps(other())
    checker.check(None, "other")
    qtbot.waitUntil(lambda: bool(judged))
    goes_on.set()
    qtbot.waitUntil(lambda: bool(closed) and not checker.is_at_work)
    assert (judged, closed) == ([("other", "other")], [True])
