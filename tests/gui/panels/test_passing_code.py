"""Whoever comes to code by keys goes on by keys, and has changed nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from gui.panels.code.code_editor import CodeEditor

_CODE = "def f(x):\n    return x"
Key = Qt.Key


@pytest.fixture
def editor(qtbot):
    page = QWidget()
    layout = QVBoxLayout(page)
    made = CodeEditor()
    for part in (QLineEdit(), made, QLineEdit()):
        layout.addWidget(part)
    made.setPlainText(_CODE)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=20_000)
    yield made


@pytest.mark.parametrize(("key", "reason"), [
    (Key.Key_Tab, Qt.FocusReason.TabFocusReason), (Key.Key_Backtab, Qt.FocusReason.BacktabFocusReason),
])  # fmt: skip
def test_tab_goes_through_code_to_which_it_has_come(editor, key, reason):
    cursor = editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    editor.setFocus(reason)
    QTest.keyClick(editor, Key.Key_Shift)
    QTest.keyClick(editor, key)
    assert not editor.hasFocus() and editor.toPlainText() == _CODE
    # Back to it with the other one, and it is the same.
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab if key == Key.Key_Backtab else Key.Key_Backtab)
    assert editor.hasFocus() and editor.toPlainText() == _CODE


def test_tab_indents_once_something_was_done_in_the_code(editor):
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(editor, Key.Key_Home)
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.hasFocus() and editor.toPlainText() == "    " + _CODE
    QTest.keyClick(editor, Key.Key_Backtab)
    assert editor.toPlainText() == _CODE
    QTest.keyClick(editor, Key.Key_Escape)
    QTest.keyClick(editor, Key.Key_Tab)
    assert not editor.hasFocus()
    editor.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.hasFocus() and editor.toPlainText() != _CODE


def test_code_that_is_only_read_is_left_by_tab_and_stays(editor):
    editor.setReadOnly(True)
    editor.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(editor, Key.Key_Tab)
    assert not editor.hasFocus() and editor.toPlainText() == _CODE
