"""`digits` in the window: drawing while the run stands, undo stroke by stroke, and a start without its files."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.data import digits
from engine.data.plain_digits import LID
from engine.experiments.ch3_networks.digits import process as digits_process
from tests.gui.window.shown import lead, shown


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
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.answer == 9)
    assert window.runner.state.update == 10
    assert len(page.editor.params.drawing) == 3 and page.editor.undo_stack.count() == 1
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.answer == 4)
    assert page.editor.params.drawing == page.experiment.params_type().drawing


def _stroke_by_hand(qtbot, page, *places):
    """Draw, and wait until the answer to all of it is shown."""
    _draw(page.view, *places)
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)


def test_a_stroke_is_compared_with_the_picture_just_before_it(qtbot, window):
    page = shown(qtbot, window, "digits")
    qtbot.waitUntil(lambda: bool(page.panels.guide.rows))
    lead(page.panels.guide.rows[0])  # the first try of the guide is compared with the open 4
    qtbot.waitUntil(lambda: page.view.ghost is not None and page.controller.snapshot.params == page.editor.params)
    for number, height in enumerate((0.6, 0.9)):
        before = page.controller.snapshot.frame
        _stroke_by_hand(qtbot, page, (0.1, height), (0.9, height))
        assert page.view.ghost.frame.probabilities.tolist() == before.probabilities.tolist()
        assert page.headline.note.text() == "the only difference from before: 1 stroke added", number


def test_what_the_rubber_took_is_called_erased(qtbot, window):
    page = shown(qtbot, window, "digits")
    _stroke_by_hand(qtbot, page, (0.1, 0.9), (0.9, 0.9))
    before = page.controller.snapshot.frame
    page.view.tools.pressed.emit("tool")
    _stroke_by_hand(qtbot, page, (0.5, 0.9), (0.52, 0.9))
    assert page.headline.note.text() == "the only difference from before: partly erased"
    assert page.view.ghost.frame.probabilities.tolist() == before.probabilities.tolist()


def test_a_stroke_taken_back_is_compared_with_nothing(qtbot, window):
    page = shown(qtbot, window, "digits")
    _stroke_by_hand(qtbot, page, (0.1, 0.9), (0.9, 0.9))
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)
    assert page.view.ghost is None and page.headline.note.text() == ""


def test_a_place_of_the_pen_is_answered_quickly(qtbot, window):
    page = shown(qtbot, window, "digits")
    waits = []
    for step in range(12):
        stroke = tuple((0.2 + 0.04 * n, 0.9) for n in range(step + 1))
        began = time.perf_counter()
        page.view.change({"drawing": (stroke,)}, "stroke 1")
        qtbot.waitUntil(lambda wanted=(stroke,): page.controller.snapshot.params.drawing == wanted)
        waits.append(time.perf_counter() - began)
    # The median alone says something: other processes take their turns, and waitUntil looks every 10 ms.
    assert sorted(waits)[len(waits) // 2] < 0.05


def test_the_test_set_goes_on_being_read_while_it_is_drawn(qtbot, window):
    page = shown(qtbot, window, "digits")
    window.runner.play()
    _draw(page.view, *LID)
    qtbot.waitUntil(lambda: window.runner.state.update > 14)
    window.runner.pause()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.answer == 9)
    assert page.controller.snapshot.frame.evaluated >= 1400


def test_another_image_is_seen_though_all_were_read(qtbot, window):
    page = shown(qtbot, window, "digits")
    page.editor.change({"view": "test"})
    window.runner.set_speed(1000)
    window.runner.play()
    qtbot.waitUntil(lambda: window.runner.state.update == 100 and window.runner.is_settled)
    page.editor.change({"index": 9})
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.shown == 9)
    assert page.headline.note.text() == ""


@pytest.fixture
def wrong_ones(qtbot, window):
    """The page of `digits` where only wrong images are looked at."""
    page = shown(qtbot, window, "digits")
    page.editor.change({"view": "test", "only_wrong": True, "index": 9})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.only_wrong)
    return page


def test_the_control_shows_the_number_of_the_image_that_is_shown_without_a_step_of_undo(wrong_ones):
    count = wrong_ones.editor.undo_stack.count()
    frame = wrong_ones.controller.snapshot.frame
    assert frame.shown != 9 and wrong_ones.form.controls["index"].value == frame.shown
    assert wrong_ones.editor.undo_stack.count() == count and wrong_ones.editor.params.index == 9


@pytest.mark.parametrize(("key", "wanted"), [(Qt.Key.Key_Up, "following"), (Qt.Key.Key_Down, "previous")])
def test_a_step_of_the_control_goes_to_the_next_image_that_the_filters_leave(qtbot, wrong_ones, key, wanted):
    control = wrong_ones.form.controls["index"]
    before = wrong_ones.controller.snapshot.frame
    wrong_ones.editor.change({"index": before.following})
    qtbot.waitUntil(lambda: wrong_ones.controller.snapshot.frame.shown == before.following)
    target = getattr(wrong_ones.controller.snapshot.frame, wanted)
    qtbot.keyClick(control.slider, key)
    qtbot.waitUntil(lambda: wrong_ones.controller.snapshot.frame.shown == target)
    assert control.value == target


def test_a_filter_that_is_taken_away_gives_the_control_its_own_value_back(qtbot, wrong_ones):
    wrong_ones.editor.change({"only_wrong": False})
    qtbot.waitUntil(lambda: wrong_ones.controller.snapshot.frame.shown == 9)
    assert wrong_ones.form.controls["index"].value == 9


def test_a_cell_of_the_matrix_leads_to_an_image_wherever_the_run_is_played(qtbot, window, monkeypatch):
    page = shown(qtbot, window, "digits")
    page.editor.change({"view": "test", "index": 0})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.view == "test")
    # In the window another process has loaded the data.
    monkeypatch.setattr(digits_process, "_known", [])
    page.view.matrix.cell_clicked.emit(5, 6)
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.shown == 8)
    assert page.editor.params.index == 8


def test_without_the_data_it_says_so_and_the_rest_of_the_program_works(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(digits_process, "_known", [])
    monkeypatch.setattr(digits, "FILE", tmp_path / "mnist.npz")
    window.show_experiment("digits")
    window.show()
    qtbot.waitUntil(lambda: window.runner.state.phase == "failed")
    assert window.notice.isVisible()
    assert "mnist.npz is missing or damaged" in window.notice.findChild(QLabel).text()
    assert shown(qtbot, window, "gates").controller.snapshot.frame.correct == 2
