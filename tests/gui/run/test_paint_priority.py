"""The worker waits while the window draws, and never for good."""

import sys
from time import perf_counter

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.run.paint_priority import SWITCH_INTERVAL, PaintPriority, shorten_switch_interval


class Canvas(QWidget):
    def __init__(self, gate):
        super().__init__()
        self.gate = gate
        self.painted_behind_closed_gate = []

    def paintEvent(self, event):
        self.painted_behind_closed_gate.append(not self.gate.is_open)


def test_it_is_closed_while_drawing_and_open_again_when_the_event_loop_is_done(qtbot):
    gate = PaintPriority()
    assert gate.is_open
    with gate.drawing():
        assert not gate.is_open
    assert not gate.is_open
    qtbot.waitUntil(lambda: gate.is_open)


def test_it_stays_closed_until_what_was_drawn_is_painted(qtbot):
    gate = PaintPriority()
    canvas = Canvas(gate)
    qtbot.addWidget(canvas)
    with qtbot.waitExposed(canvas):
        canvas.show()
    qtbot.waitUntil(lambda: canvas.painted_behind_closed_gate != [])
    canvas.painted_behind_closed_gate.clear()
    with gate.drawing():
        canvas.update()
    qtbot.waitUntil(lambda: gate.is_open)
    assert canvas.painted_behind_closed_gate == [True]


def test_drawing_inside_drawing_opens_it_only_at_the_end(qtbot):
    gate = PaintPriority()
    opened_early = []
    with gate.drawing():
        with gate.drawing():
            pass
        QTimer.singleShot(0, lambda: opened_early.append(gate.is_open))
        qtbot.waitUntil(lambda: opened_early != [])
    assert opened_early == [False]
    qtbot.waitUntil(lambda: gate.is_open)


def test_a_closed_gate_lets_through_after_a_while():
    gate = PaintPriority()
    with gate.drawing():
        began = perf_counter()
        gate.wait(0.02)
        assert 0.02 <= perf_counter() - began < 1


def test_an_open_gate_costs_no_time():
    gate = PaintPriority()
    began = perf_counter()
    for _ in range(100):
        gate.wait(10)
    assert perf_counter() - began < 1


def test_an_error_while_drawing_does_not_leave_it_closed(qtbot):
    gate = PaintPriority()
    try:
        with gate.drawing():
            raise ValueError
    except ValueError:
        pass
    qtbot.waitUntil(lambda: gate.is_open)


def test_threads_take_turns_often(monkeypatch):
    intervals = []
    monkeypatch.setattr(sys, "setswitchinterval", intervals.append)
    shorten_switch_interval()
    assert intervals == [SWITCH_INTERVAL]
