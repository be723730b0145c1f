"""What one move of a drag costs, in calls of the program's own functions: a count is the same on every machine."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.window.shown import shown

_MOST = 1_500
_ROOT = Path(__file__).resolve().parents[3]
_FOLDERS = tuple(f"{_ROOT / folder}/" for folder in ("engine", "gui", "resources", "start"))
_WARM, _MOVES = 5, 20
_QUIET = 0.05
"""Seconds without a call after which nothing more is to come: what is put off in a drag is put off by less."""


class _Calls:
    """Counts, in the GUI thread, the calls of functions that are defined in the program; tests are none of it."""

    def __init__(self):
        self.counts = Counter()

    def __enter__(self):
        sys.setprofile(self._noted)

    def __exit__(self, *_):
        sys.setprofile(None)

    def _noted(self, frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(_FOLDERS):
            self.counts[frame.f_code] += 1


def _painted(qtbot, window, calls):
    """Events until the frame of what was asked for is on the stage, and nothing of the program is called any more."""
    page, runner = window.page, window.runner
    before, since = -1, monotonic()

    def rests():
        nonlocal before, since
        with calls:
            QApplication.processEvents()
        if before != calls.counts.total():
            before, since = calls.counts.total(), monotonic()
        shows = page.controller.snapshot.params == page.editor.params
        return runner.is_settled and shows and monotonic() - since > _QUIET

    qtbot.waitUntil(rests)


def test_one_move_of_the_line_of_gates_takes_few_calls(qtbot, window):
    page = shown(qtbot, window, "gates")
    calls = _Calls()
    _painted(qtbot, window, calls)
    stage = page.view.stage
    start = stage.mapFromScene(page.view.handle_items["line"].scenePos())
    QTest.mousePress(stage.viewport(), Qt.MouseButton.LeftButton, pos=start)
    # To and fro, so that every move is one of some pixels and the line stays on the plane.
    places = [start + (8 + 3 * abs(7 - (number + 2) % 14)) * QPoint(1, -1) for number in range(_WARM + _MOVES)]
    stood = [page.editor.params.b]
    for number, place in enumerate(places):
        if number == _WARM:
            calls.counts.clear()
        with calls:
            QTest.mouseMove(stage.viewport(), place)
        _painted(qtbot, window, calls)
        stood.append(page.controller.snapshot.params.b)
    QTest.mouseRelease(stage.viewport(), Qt.MouseButton.LeftButton, pos=places[-1])
    assert all(before != after for before, after in pairwise(stood)), "the line did not follow"
    mean = calls.counts.total() / _MOVES
    most = [f"{count / _MOVES:.0f} {code.co_qualname}" for code, count in calls.counts.most_common(20)]
    assert mean <= _MOST, f"{mean:.0f} calls a move, most of them {', '.join(most)}"
