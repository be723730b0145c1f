"""Getting about by keys: chapters, experiments, the overview, help, and that every stop of Tab can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget

from engine.contract.catalogue import chapters
from engine.contract.language import LANGUAGES
from gui.style.foreground import contrast
from gui.style.language import set_language
from gui.style.typography import set_zoom, zoom
from gui.window import words
from gui.window.keys_dialog import KeysDialog
from tests.gui.views.hand import on_screen, turn
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    window.activateWindow()
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_control_and_a_chapters_number_shows_that_chapter(qtbot, window):
    shown(qtbot, window, "gates")
    for chapter in reversed(chapters()):
        _press(qtbot, window, Qt.Key(Qt.Key.Key_0 + chapter.number), _CONTROL)
        assert window.top_bar.tabs.tabData(window.top_bar.tabs.currentIndex()) == chapter.number
        index = window.top_bar.tabs.currentIndex()
        assert f"Ctrl+{chapter.number})" in window.top_bar.tabs.tabToolTip(index)


@pytest.mark.whole
def test_control_tab_goes_through_all_experiments_and_round(qtbot, window):
    shown(qtbot, window, EXPERIMENT_IDS[0])
    for wanted in (*EXPERIMENT_IDS[1:], EXPERIMENT_IDS[0]):
        _press(qtbot, window, Qt.Key.Key_Tab, _CONTROL)
        assert window.page.experiment.id == wanted
    for wanted in reversed(EXPERIMENT_IDS):
        _press(qtbot, window, Qt.Key.Key_Backtab, _CONTROL | _SHIFT)
        assert window.page.experiment.id == wanted


def test_the_overview_is_used_by_keys_alone(qtbot, window):
    shown(qtbot, window, "xor")
    _press(qtbot, window, Qt.Key.Key_1, _CONTROL)
    cards = window.overview.cards
    assert QApplication.focusWidget() is cards["xor"]
    _press(qtbot, window, Qt.Key.Key_Escape)
    assert window.page.experiment.id == "xor" and not window.overview.isVisible()
    _press(qtbot, window, Qt.Key.Key_1, _CONTROL)
    _press(qtbot, window, Qt.Key.Key_Right)
    focused = QApplication.focusWidget().property("experiment")
    assert focused == EXPERIMENT_IDS[EXPERIMENT_IDS.index("xor") + 1]
    _press(qtbot, window, Qt.Key.Key_Return)
    assert window.page.experiment.id == focused and not window.overview.isVisible()


def test_arrows_reach_every_card_of_the_overview(qtbot, window):
    shown(qtbot, window, EXPERIMENT_IDS[0])
    window.show_overview()
    for key, order in ((Qt.Key.Key_Right, EXPERIMENT_IDS), (Qt.Key.Key_Left, tuple(reversed(EXPERIMENT_IDS)))):
        for experiment_id in order:
            assert QApplication.focusWidget().property("experiment") == experiment_id
            _press(qtbot, window, key)
    _press(qtbot, window, Qt.Key.Key_Down)
    first, below = window.overview.cards[EXPERIMENT_IDS[0]], QApplication.focusWidget()
    qtbot.waitUntil(lambda: first.y() + first.height() < below.y())


@pytest.mark.parametrize("language", LANGUAGES)
def test_f1_twice_lists_every_key_of_the_window(qtbot, window, language):
    set_language(language)
    page = shown(qtbot, window, "gates")
    _press(qtbot, window, Qt.Key.Key_F1)
    assert page.panels.currentWidget() is page.panels.guide
    _press(qtbot, window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog)
    assert isinstance(dialog, KeysDialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for command, action in window.actions_of_window.actions:
        if command.keys:
            assert command.name.render(language) in texts and action.shortcut().toString() in texts
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    places = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(dialog, key)
        places.append(bar.value())
    assert 0 < places[0] <= places[1] == bar.maximum() and places[2] == 0
    dialog.close()


@pytest.mark.parametrize(
    ("language", "readme", "wanted"),
    [("en", "README.md", ("pen", "lower", "lift")), ("zh_CN", "README.zh_CN.md", ("画笔", "落笔", "提笔"))],
)
def test_the_keys_that_draw_are_listed_in_the_window_and_beside_it(qtbot, language, readme, wanted):
    set_language(language)
    parent = QWidget()
    qtbot.addWidget(parent)
    listed = " ".join(label.text() for label in KeysDialog([], parent).findChildren(QLabel))
    table = (Path(__file__).parents[3] / readme).read_text(encoding="utf-8")
    assert all(word in listed and word in table for word in wanted)


def test_the_menu_shows_what_can_be_undone_and_keys_work_all_the_same(qtbot, window):
    page = shown(qtbot, window, "gates")
    menu = window.actions_of_window.menu
    actions = {command.name: action for command, action in window.actions_of_window.actions}
    menu.aboutToShow.emit()
    assert not any(actions[name].isEnabled() for name in (words.UNDO, words.REDO, words.RESTORE_DEFAULTS))
    menu.aboutToHide.emit()
    page.editor.change({"b": 0.5})
    _press(qtbot, window, Qt.Key.Key_Z, _CONTROL)
    assert page.editor.is_default()
    menu.aboutToShow.emit()
    assert (actions[words.UNDO].isEnabled(), actions[words.REDO].isEnabled()) == (False, True)
    menu.aboutToHide.emit()


def test_focus_on_a_slider_is_plain_to_see(qtbot, window):
    page = shown(qtbot, window, "perceptron_rule")
    slider = page.form.controls["learning_rate"].slider
    before = slider.grab().toImage()
    slider.setFocus()
    after = slider.grab().toImage()
    changed = [
        contrast(before.pixelColor(x, y).name(), after.pixelColor(x, y).name())
        for x in range(before.width())
        for y in range(before.height())
    ]
    assert sum(one >= 3 for one in changed) >= 16


def test_control_0_gives_type_and_maps_their_usual_size(qtbot, window):
    page = shown(qtbot, window, "descent")
    QApplication.processEvents()
    turn(page.view, on_screen(page.view, page.view.plane, -4, 1.5), 360)
    assert page.view.magnified()
    set_zoom(1.5)
    _press(qtbot, window, Qt.Key.Key_0, _CONTROL)
    assert zoom() == 1.0 and not page.view.magnified()
