"""Code opens as wide as its lines ask for, and what is read as prose gets its own width back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from gui.style.typography import font
from tests.gui.window.shown import shown


@pytest.mark.parametrize("size", [(1366, 728), (1440, 860), (1920, 1040)])
def test_code_opens_wide_and_the_guide_as_before(qtbot, window, size):
    window.resize(*size)
    page = shown(qtbot, window, "gates")
    panels = page.panels
    QTest.qWait(0)
    before, stage = panels.width(), page.view.width()
    panels.show_panel(panels.code)
    QTest.qWait(0)
    columns = panels.code.viewport().width() // QFontMetrics(font("code")).horizontalAdvance("x")
    assert columns >= 64 and page.view.width() >= 0.45 * size[0] - page.form.width() * (size[0] > 1600)
    panels.show_panel(panels.guide)
    QTest.qWait(0)
    assert (panels.width(), page.view.width()) == (before, stage)
