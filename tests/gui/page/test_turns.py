"""Where stage and column take turns, and in a lesson, every key of a panel leads to what is then seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.style.typography import set_zoom
from tests.gui.window.shown import shown

_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot, window):
    """A page in letters so large that its stage and its column take turns."""
    set_zoom(2.0)
    window.resize(1200, 768)
    made = shown(qtbot, window, "activations")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def _press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QTest.qWait(30)


def test_the_keys_of_a_panel_bring_the_column_and_no_other_window(page):
    for number in range(1, 6):
        page.turns.setCurrentIndex(0)
        page.view.stage.setFocus()
        _press(Qt.Key(Qt.Key.Key_0 + number), _ALT)
        bar = page.panels.tabBar()
        assert page.panels.isVisible() and page.window().isActiveWindow() and bar.hasFocus(), bar.tabText(number - 1)
    page.turns.setCurrentIndex(0)
    page.view.stage.setFocus()
    _press(Qt.Key.Key_F1)
    assert page.panels.guide.isVisible() and page.panels.has_keys_in_guide


def test_what_has_its_turn_has_the_keys(page):
    page.view.stage.setFocus()
    _press(Qt.Key.Key_0, _ALT)
    assert page.panels.tabBar().hasFocus()
    _press(Qt.Key.Key_0, _ALT)
    assert page.view.stage.hasFocus()


def test_a_panel_that_is_not_there_changes_nothing(qtbot, window):
    set_zoom(2.0)
    window.resize(1200, 768)
    page = shown(qtbot, window, "optimizer_race")
    assert not page.panels._has_derivations
    page.view.stage.setFocus()
    _press(Qt.Key.Key_5, _ALT)
    assert page.view.isVisible() and page.view.stage.hasFocus()


def test_a_question_of_a_result_is_seen(page):
    page.window().show_question("activations", "")
    assert page.panels.guide.isVisible()


def test_in_a_lesson_the_keys_of_the_guide_lead_to_the_lesson(qtbot, window):
    shown(qtbot, window, "gates")
    window.activateWindow()
    window.lessons.open_shipped(0)
    qtbot.waitUntil(lambda: window.page.panels.tabText(0) == "Lesson")
    panels = window.page.panels
    lesson = panels.currentWidget()
    for key, modifier in ((Qt.Key.Key_1, _ALT), (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)):
        panels.setCurrentWidget(panels.data)
        window.page.view.stage.setFocus()
        _press(key, modifier)
        assert panels.currentWidget() is lesson and not panels.guide.isVisible()


def test_after_an_answer_the_stage_is_one_press_away(qtbot, page):
    guide = page.panels.guide
    page.turns.setCurrentIndex(1)
    row = guide.open_row
    assert row is not None and not guide.stage_button.isVisible()
    row.not_sure.click()
    qtbot.waitUntil(guide.stage_button.isVisible)
    guide.stage_button.click()
    assert page.view.isVisible() and page.view.stage.hasFocus() and not guide.isVisible()
    set_zoom(1.0)
    qtbot.waitUntil(lambda: guide.isVisible() and page.view.isVisible())
    assert not guide.stage_button.isVisible()


def test_what_is_seen_on_the_stage_is_what_the_open_question_asked_about(qtbot, page):
    guide = page.panels.guide
    page.turns.setCurrentIndex(1)
    row = guide.open_row
    row.not_sure.click()
    qtbot.waitUntil(guide.stage_button.isVisible)
    wanted = row.asked.run(page.experiment).params
    assert page.editor.params == wanted
    steps = page.editor.undo_stack.index()
    guide.stage_button.click()
    assert page.editor.undo_stack.index() == steps  # it stands there already
    preset = next(one for one in page.experiment.presets if type(wanted)().replaced(one.changes) != wanted)
    page.controller.edit(type(wanted)().replaced(preset.changes).to_json())
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params != wanted)
    page.turns.setCurrentIndex(1)
    guide.stage_button.click()
    qtbot.waitUntil(lambda: page.editor.params == wanted)
    assert page.view.isVisible()


def test_unfolding_the_goal_leaves_the_answer_on_the_stage(qtbot, window):
    page = shown(qtbot, window, "digits")
    guide = page.panels.guide
    wanted = []
    guide.goal_opened.connect(wanted.append)
    guide.goal_button.click()
    assert len(wanted) == 1
    guide.goal_button.click()
    guide.open_row.not_sure.click()
    guide.goal_button.click()
    assert len(wanted) == 1
    qtbot.waitUntil(lambda: guide.open_row.is_told)
    guide.goal_button.click()
    guide.goal_button.click()
    assert len(wanted) == 1
