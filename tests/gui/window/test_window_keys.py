"""The keys of the window: they work from every number box, each panel has one, and the menu is used by letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.form.widgets.number_box import NumberBox
from gui.panels.guide.answers import NumberEntry
from gui.window import words
from gui.window.regions import takes_keys
from tests.gui.window.shown import shown

_OF_THE_BOX = (QKeySequence("PgUp"), QKeySequence("PgDown"))
"""Ten notches, as the page of keys tells."""


def _takes(box, keys: QKeySequence) -> bool:
    """Whether a box has a key for itself, before the window's shortcut."""
    one = keys[0]
    # Without its text, as Qt sends what is pressed with Control.
    event = QKeyEvent(QEvent.Type.ShortcutOverride, one.key(), one.keyboardModifiers())
    event.ignore()
    QCoreApplication.sendEvent(box, event)
    return event.isAccepted()


def test_every_shortcut_of_the_window_works_from_a_number_box(qtbot, window):
    page = shown(qtbot, window, "training")
    entry = NumberEntry()
    qtbot.addWidget(entry)
    boxes = [page.form.findChild(NumberBox), entry.box]
    assert None not in boxes
    # What is saved by such a key is said above the line of the run.
    window.notice.show_text(words.LEAVE_PRESENTATION)
    line = page.transport
    assert window.notice.geometry().bottom() <= line.mapTo(window.notice.parentWidget(), QPoint(0, 0)).y()
    line.setFixedHeight(line.height() + 30)
    QCoreApplication.processEvents()
    window.notice.show_text(words.LEAVE_PRESENTATION)
    assert window.notice.geometry().bottom() <= line.mapTo(window.notice.parentWidget(), QPoint(0, 0)).y()
    # A run that is pinned while a notice is there lifts the line, and the notice.
    page.pin()
    qtbot.waitUntil(page.shelf_row.isVisible)
    QCoreApplication.processEvents()
    place = line.rect().translated(line.mapTo(window.notice.parentWidget(), QPoint()))
    assert not window.notice.geometry().intersects(place)
    for box in boxes:
        taken = {
            keys.toString()
            for command, action in window.actions_of_window.actions
            for keys in action.shortcuts()
            if keys not in _OF_THE_BOX
            and command.name not in (words.UNDO, words.REDO)
            and _takes(box, keys)
            # Where nothing is typed it searches, and a letter asks the room.
            and keys not in (QKeySequence("/"), QKeySequence("V"), QKeySequence("Shift+V"))
        }
        assert not taken
        assert _takes(box, QKeySequence("Ctrl+A")) and _takes(box, QKeySequence("Ctrl+V"))


def _after(menu, key) -> str:
    """The entry of a menu that a key goes to."""
    QTest.keyClick(menu, key)
    return menu.activeAction().text()


def test_each_panel_has_a_key_and_the_menu_is_used_by_letters(qtbot, window, monkeypatch):
    page = shown(qtbot, window, "layers")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
    tabs = page.panels.tabBar()
    assert page.panels.state()[0] == 0
    for number, (name, keys) in enumerate(words.PANEL_KEYS, start=1):
        page.view.stage.setFocus()
        QTest.keyClick(page.view.stage, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
        index = tabs.currentIndex()
        assert (tabs.tabText(index), tabs.hasFocus()) == (name.render("en"), True)
        assert tabs.tabToolTip(index).endswith(f"({keys})")
    # F10 opens the menu at its first entry, and a letter goes on to the next one that begins with it.
    menu = window.actions_of_window.menu
    opened = []
    monkeypatch.setattr(menu, "popup", opened.append)
    QTest.keyClick(tabs, Qt.Key.Key_F10)
    assert opened and menu.activeAction().text() == "Open session…"
    assert all(one.isShortcutVisibleInContextMenu() for one in menu.actions() if not one.shortcut().isEmpty())
    assert {"Open session…", "Overview"} == {_after(menu, Qt.Key.Key_O) for _ in range(2)}
    assert [_after(menu, Qt.Key.Key_R) for _ in range(2)] == ["Redo", "Runs and networks"]
    below = menu.activeAction().menu()
    exports = [_after(below, Qt.Key.Key_E) for _ in range(2)]
    assert exports == ["Export a moving picture…"] * 2
    assert _after(below, Qt.Key.Key_K) == "Keep this network…"


@pytest.mark.parametrize("experiment_id", ["cnn", "training"])
def test_tab_goes_through_the_line_of_the_run_as_the_eye_does(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    # The buttons about a run come with the first one.
    page.controller.step()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    window.activateWindow()
    for width in (1366, 900, 1700):
        window.resize(width, 800)
        QCoreApplication.processEvents()
        page.set_presenting(True)
        page.set_presenting(False)
        QCoreApplication.processEvents()
        page.view.stage.setFocus()
        while QApplication.focusWidget() is page.view.stage:
            QTest.keyClick(page.view.stage, Qt.Key.Key_Tab)
        found = []
        while page.transport.isAncestorOf(focus := QApplication.focusWidget()):
            found.append(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        seen = [one for one in page.transport.findChildren(QWidget) if takes_keys(one)]
        # Where there is little room the line stands above the buttons.
        rows, height = page.transport._has_two_rows, page.transport.height()
        ordered = sorted(seen, key=lambda one: (rows and one.geometry().center().y() > height / 2, one.x()))
        assert len(seen) >= 6 and found == ordered
        page.regions._last.clear()
        page.view.stage.setFocus()
        page.regions.go(-1)
        assert QApplication.focusWidget() is found[0]
