"""The first row and its menu: few things, and every command by the menu, a key, or the search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QToolButton

from engine.contract.language import LANGUAGES
from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.typography import set_zoom
from gui.window import words
from gui.window.commands import Actions
from gui.window.keys_dialog import KeysDialog
from tests.gui.window.shown import shown

MOST = 14
_KEYS = {
    "Open session…": "Ctrl+O", "Save session…": "Ctrl+S", "Export…": "Ctrl+E",
    "Export a moving picture…": "Ctrl+Shift+E",
    "Copy picture": "Ctrl+Shift+C", "Undo": "Ctrl+Z", "Redo": "Ctrl+Shift+Z", "Restore defaults": "Ctrl+D",
    "Restart": "Ctrl+R", "Step": "PgDown", "Back": "PgUp", "Put this run on the shelf": "Ctrl+P",
    "Keep this network…": "Ctrl+K", "Table of differences": "Ctrl+T", "Overview": "Ctrl+1",
    "Next experiment": "Ctrl+Tab",
    "Previous experiment": "Ctrl+Shift+Tab", "Larger": "Ctrl++", "Smaller": "Ctrl+-", "Zoom back to 100%": "Ctrl+0",
    "Presentation": "F11", "Guide": "F1", "Keys": "Ctrl+/", "What is this?": "Shift+F1", "Glossary": "Ctrl+F1",
    "Menu": "F10", "Quit": "Ctrl+Q", "Search": "Ctrl+Shift+P", "Stage or guide, where they take turns": "Alt+0",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_has_so_many_entries_at_most_in_groups(window, language):
    set_language(language)
    menu = window.actions_of_window.menu
    entries = [one for one in menu.actions() if not one.isSeparator()]
    assert 10 <= len(entries) <= MOST and all(one.text() for one in entries)
    assert sum(one.isSeparator() for one in menu.actions()) >= 4
    for one in entries:
        if one.menu() is not None:
            assert 2 <= len(one.menu().actions()) <= MOST and not any(each.menu() for each in one.menu().actions())


def test_no_command_lost_its_key(window):
    keys = {command.id: action.shortcut().toString() for command, action in window.actions_of_window.actions}
    assert {name: keys.get(name) for name in _KEYS} == _KEYS
    every = [one.toString() for _, action in window.actions_of_window.actions for one in action.shortcuts()]
    assert len(every) == len(set(every))


def test_macos_keeps_its_own_keys_and_every_command_has_another(window, monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    command = next(one for one, _ in window.actions_of_window.actions if one.id == "Presentation")
    there = Actions(window, [command]).actions[0][1]
    assert there.shortcut().toString() == "Meta+Ctrl+F"
    every = [words.keys_here(keys) for command, _ in window.actions_of_window.actions for keys in command.keys]
    assert len(every) == len(set(every)) and not {"Ctrl+Tab", "Ctrl+Shift+Tab", "F11"} & set(every)
    assert not [keys for keys in every if keys.startswith("Alt+")]  # Option with a digit types a character


def test_the_first_row_has_chapters_search_language_and_menu(window):
    bar = window.top_bar
    row = [bar.layout().itemAt(place).widget() for place in range(bar.layout().count())]
    assert row == [bar.tabs, bar.search, bar.language_button, bar.menu_button]
    outside = [one for one in bar.findChildren(QAbstractButton) if one.parent() is bar]
    assert len(outside) == 2 and all(isinstance(one, QToolButton) and one.accessibleName() for one in outside)


def test_the_theme_is_called_by_the_one_that_it_leads_to(window):
    menu, actions = window.actions_of_window.menu, window.actions_of_window.actions
    action = next(one for command, one in actions if command.name == words.THEME)
    for name, wanted in (("light", "Dark theme"), ("dark", "Light theme")):
        set_theme(name)
        menu.aboutToShow.emit()
        assert action.text() == wanted
        menu.aboutToHide.emit()


def test_the_search_leaves_room_for_the_chapters_at_every_size(qtbot, window):
    shown(qtbot, window, "gates")
    bar = window.top_bar
    for zoomed, width in ((1.0, 1366), (1.0, 640), (2.0, 1366), (2.0, 800)):
        set_zoom(zoomed)
        window.resize(width, 700)
        QCoreApplication.processEvents()
        assert isinstance(bar.search, QLineEdit) and bar.search.width() < bar.width() / 3
        assert bar.tabs.geometry().right() <= bar.search.x() and bar.menu_button.geometry().right() <= bar.width()
        margins = bar.search.textMargins().left() + bar.search.fontMetrics().horizontalAdvance("Search")
        assert margins < bar.search.width()


def test_the_list_of_keys_says_that_a_slash_searches(qtbot, window):
    listed = window.actions_of_window.keys()
    assert (words.SEARCH, "Ctrl+Shift+P") in listed
    window.show_keys()
    dialog = window.findChild(KeysDialog)
    texts = {label.text() for label in dialog.findChildren(type(dialog._grid.itemAt(0).widget()))}
    assert {"Search, where nothing is typed", "/"} <= texts
    dialog.close()
