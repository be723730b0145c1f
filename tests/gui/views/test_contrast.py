"""What is written on the stages can be read in both themes, at the usual size and at twice that."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from gui.style.theme import THEMES, set_theme
from gui.style.typography import set_zoom
from tests.gui.views.hand import opened_view
from tests.walk import one_a_chapter
from tools.contrast import faint, written_on


@pytest.mark.parametrize("experiment_id", one_a_chapter())
def test_every_text_stands_out_from_its_ground(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    for name in THEMES:
        set_theme(name)
        for factor in (1.0, 2.0):
            set_zoom(factor)
            QTest.qWait(0)
            texts = written_on(view)
            assert len(texts) >= 5
            assert [(one.words, one.ink, one.ground, round(one.ratio, 2)) for one in faint(texts)] == []
