"""A number is typed into a cell of the stage by keys, a negative one too, and Escape gives it up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.gui.window.shown import shown


@pytest.fixture
def cell(qtbot, window):
    """The page of 7.2, with the keys at the filter's first cell, and its box for a number."""
    page = shown(qtbot, window, "filters")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.view.stage.setFocus()
    page.view.focus_handle(next(one.id for one in page.view.handles() if getattr(one, "stays", False)))
    return page


def _box(page):
    return page.view.stage.viewport().findChild(QLineEdit)


def _number(page):
    return page.editor.params.kernel[0][0]


def test_a_negative_number_begins_with_its_sign(qtbot, cell):
    qtbot.keyClicks(cell.view.stage, "-")
    assert _box(cell).isVisible() and _box(cell).text() == "-"
    qtbot.keyClicks(_box(cell), "2")
    qtbot.keyClick(_box(cell), Qt.Key.Key_Return)
    assert _number(cell) == -2 and not _box(cell).isVisible()


def test_escape_gives_it_up_and_nothing_else(qtbot, window, cell):
    before = _number(cell)
    qtbot.keyClicks(cell.view.stage, "7")
    qtbot.keyClick(_box(cell), Qt.Key.Key_Escape)
    assert not _box(cell).isVisible() and _number(cell) == before
    assert cell.view.focused_handle() is not None


def test_what_was_begun_is_given_up_when_the_keys_go_elsewhere(qtbot, window, cell):
    before = _number(cell)
    qtbot.keyClicks(cell.view.stage, "7")
    window.top_bar.search.setFocus()
    assert not _box(cell).isVisible() and _number(cell) == before and window.top_bar.search.hasFocus()
