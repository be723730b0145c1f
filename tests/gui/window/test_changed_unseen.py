"""What is changed of an experiment while it is not seen is in its run when it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.window.shown import shown


@pytest.mark.parametrize("cover", ["overview", "test", "summary", "another experiment"])
def test_what_is_undone_while_something_else_is_shown_is_in_the_picture_that_comes_back(qtbot, window, cover):
    page = shown(qtbot, window, "gates")
    page.editor.change({"w1": -1.0})
    qtbot.waitUntil(lambda: window.runner.is_settled and window.runner.params == page.editor.params)
    {
        "overview": window.show_overview,
        "test": lambda: window.show_test(2),
        "summary": lambda: window.show_summary(2),
        "another experiment": lambda: window.show_experiment("xor"),
    }[cover]()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    page.editor.undo_stack.undo()
    page = shown(qtbot, window, "gates")
    qtbot.waitUntil(lambda: window.runner.is_settled)
    assert window.runner.params == page.editor.params
    assert page.controller.snapshot is not None and page.controller.snapshot.params == page.editor.params
