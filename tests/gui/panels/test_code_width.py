"""All panels have one width, so that nothing moves from one to the other; a button gives code more."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from gui.style.typography import font
from tests.gui.window.shown import shown


@pytest.mark.parametrize("size", [(1366, 728), (1440, 860), (1920, 1040)])
def test_code_gets_more_width_by_a_press_and_gives_it_back(qtbot, window, size):
    window.resize(*size)
    page = shown(qtbot, window, "gates")
    panels = page.panels
    QTest.qWait(0)
    before, stage = panels.width(), page.view.width()
    assert not panels.wide_button.isVisible()
    panels.show_panel(panels.code)
    QTest.qWait(0)
    assert (panels.width(), page.view.width()) == (before, stage)
    panels.wide_button.click()
    QTest.qWait(0)
    columns = panels.code.viewport().width() // QFontMetrics(font("code")).horizontalAdvance("x")
    assert columns >= 64 and page.view.width() >= 0.45 * size[0]
    panels.wide_button.click()
    QTest.qWait(0)
    assert (panels.width(), page.view.width()) == (before, stage)
