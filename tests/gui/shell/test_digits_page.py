"""`digits` in the window: drawing while the run stands, undo stroke by stroke, and a start without its files."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.data import digits
from engine.data.plain_digits import LID
from engine.experiments.ch3_networks.parts import digits_process
from tests.gui.shell.shown import shown


def _draw(view, *places):
    port, canvas = view.stage.viewport(), view.canvas
    spots = [view.stage.mapFromScene(canvas.mapToScene(canvas._point(place))) for place in places]
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(port, spot)
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=spots[-1])


@pytest.mark.parametrize("size", [(1366, 768), (640, 560)])
def test_the_lid_is_answered_while_the_run_stands_and_is_one_step_of_undo(qtbot, window, size):
    window.resize(*size)
    page = shown(qtbot, window, "digits")
    QTest.qWait(50)
    assert window.runner.state.update == 10
    _draw(page.view, *LID)
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.answer == 9, timeout=5000)
    assert window.runner.state.update == 10
    assert len(page.editor.params.drawing) == 3 and page.editor.undo_stack.count() == 1
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.answer == 4, timeout=5000)
    assert page.editor.params.drawing == page.experiment.params_type().drawing


def test_a_place_of_the_pen_is_answered_quickly(qtbot, window):
    page = shown(qtbot, window, "digits")
    waits = []
    for step in range(12):
        stroke = tuple((0.2 + 0.04 * n, 0.9) for n in range(step + 1))
        began = time.perf_counter()
        page.view.change({"drawing": (stroke,)}, "stroke 1")
        qtbot.waitUntil(lambda wanted=(stroke,): page.conductor.snapshot.params.drawing == wanted, timeout=5000)
        waits.append(time.perf_counter() - began)
    # The median alone says something: other processes take their turns, and waitUntil looks every 10 ms.
    assert sorted(waits)[len(waits) // 2] < 0.05


def test_the_test_set_goes_on_being_read_while_it_is_drawn(qtbot, window):
    page = shown(qtbot, window, "digits")
    window.runner.play()
    _draw(page.view, *LID)
    qtbot.waitUntil(lambda: window.runner.state.update > 14, timeout=5000)
    window.runner.pause()
    qtbot.waitUntil(lambda: page.conductor.snapshot.frame.answer == 9, timeout=5000)
    assert page.conductor.snapshot.frame.evaluated >= 1400


def test_without_the_data_it_says_so_and_the_rest_of_the_program_works(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(digits_process, "_known", [])
    monkeypatch.setattr(digits, "FILE", tmp_path / "mnist.npz")
    window.show_experiment("digits")
    window.show()
    qtbot.waitUntil(lambda: window.runner.state.phase == "failed", timeout=5000)
    assert window.notice.isVisible()
    assert "mnist.npz is missing or damaged" in window.notice.findChild(QLabel).text()
    assert shown(qtbot, window, "gates").conductor.snapshot.frame.correct == 2
