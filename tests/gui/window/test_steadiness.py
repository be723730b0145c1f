"""Nothing moves under the hand: the stage stays where it is whatever is said, and the timeline keeps its length."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from engine.contract.frame import Remedy, Status
from engine.contract.text import untranslated
from gui.style.typography import set_zoom
from tests.bilingual import both
from tests.gui.window.shown import lead, shown


def _place(widget, window):
    """Where a widget lies in the window once everything that was asked to be laid out is."""
    for _ in range(4):
        QApplication.processEvents()
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", [(640, 560), (1366, 768)])
def test_room_once_taken_is_kept(qtbot, window, size):
    window.resize(*size)
    page = shown(qtbot, window, "gates")
    long = both("word {n} " * 40, "词 {n} " * 40)(n=1)
    remedy = Status("x", long, Remedy(untranslated("Do it"), {"b": 1.0}))
    page.headline.show_reading(long, remedy)
    before = _place(page.view, window)
    for reading, status in (
        (untranslated("short"), None),
        (untranslated("short"), remedy),
        (long, None),
        (long, remedy),
    ):
        page.headline.show_reading(reading, status)
        assert _place(page.view, window) == before


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("size", [(640, 560), (1366, 768)])
def test_what_was_changed_takes_no_room_however_long_it_is(qtbot, window, size, zoom):
    window.resize(*size)
    set_zoom(zoom)
    page = shown(qtbot, window, "forward")
    before = _place(page.view, window)
    params = page.editor.params
    page.headline.show_changes(params, params.replaced({"x": ((0.5, 0.5),)}))
    note = page.headline.note
    assert _place(page.view, window) == before
    assert note.text() == "the only difference from before: x1 1 → 0.5" and note.toolTip() == ""
    changed = params.replaced({"x": ((0.5, 1.5),), "hidden": "relu", "weights1": ((0.3, 0.3, 1.5), (0.2, 0.5, 0.6))})
    page.headline.show_changes(params, changed)
    assert _place(page.view, window) == before
    words = note.text().removesuffix("…")
    assert words.startswith("different from before: x1 1 → 0.5") and (note.toolTip() or note.text()).startswith(words)
    assert note.heightForWidth(note.width()) <= note.parentWidget().height()


def test_on_a_large_screen_nothing_of_what_was_changed_is_left_out(qtbot, window):
    window.resize(1366, 768)
    page = shown(qtbot, window, "forward")
    params = page.editor.params
    page.headline.show_changes(params, params.replaced({"x": ((0.5, 1.5),), "hidden": "relu"}))
    page.headline.show_reading(untranslated("short"), Status("x", untranslated("a word"), None))
    wanted = "a word  different from before: x1 1 → 0.5, x2 0.5 → 1.5, Hidden layers sigmoid → ReLU"
    assert page.headline.note.text() == wanted


@pytest.mark.parametrize("size", [(640, 560), (1366, 768)])
def test_running_and_going_back_leave_every_part_of_the_transport_where_it_is(qtbot, window, size):
    window.resize(*size)
    page = shown(qtbot, window, "perceptron_rule")
    for _ in range(4):
        page.controller.step()
    qtbot.waitUntil(lambda: window.runner.state.newest == 5 and window.runner.is_settled)
    transport = page.transport
    before = [_place(part, window) for part in (*transport._buttons.values(), transport.line)]
    transport._running = True
    transport._restyle_run()
    assert [_place(part, window) for part in (*transport._buttons.values(), transport.line)] == before
    transport.line.sought.emit(2)
    assert transport._newest.isVisible()
    assert [_place(part, window) for part in (*transport._buttons.values(), transport.line)] == before


def test_where_there_is_nothing_to_run_there_is_no_transport_and_no_key_runs_anything(qtbot, window):
    page = shown(qtbot, window, "digits")
    assert page.editor.params.view == "draw" and not page.transport.isVisible()
    page.view.stage.setFocus()
    qtbot.keyClick(page.view.stage, Qt.Key.Key_Space)
    page.controller.step()
    assert window.runner.state.phase == "paused"
    page.editor.change({"view": "test"})
    assert page.transport.isVisible()
    page.controller.toggle()
    assert window.runner.is_running
    page.editor.change({"view": "draw"})
    assert not page.transport.isVisible() and not window.runner.is_running


def test_the_button_above_all_controls_restores_the_defaults(qtbot, window):
    page = shown(qtbot, window, "gates")
    button = page.form.header.restore_button
    assert not button.isVisible()
    page.form.header.all_button.click()
    assert button.isVisible() and not button.isEnabled()
    page.editor.change({"b": 0.5})
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.editor.is_default() and not button.isEnabled()


def test_an_answer_moves_no_border(qtbot, window):
    page = shown(qtbot, window, "forward")
    _place(page.view, window)
    before = page.side.sizes()
    lead(page.panels.guide.rows[0])
    qtbot.waitUntil(lambda: page.panels.guide.rows[0].verdict is not None)
    page.editor.change({"x": ((0.3, 0.2),)})
    _place(page.view, window)
    assert page.side.sizes() == before
