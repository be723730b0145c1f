"""What stands on the stages can be read in both themes, texts at the usual size and at twice that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtTest import QTest

from gui.style.theme import THEMES, set_theme, theme
from gui.style.typography import set_zoom
from tests.gui.views.hand import opened_view
from tests.walk import EXPERIMENT_IDS
from tools.contrast import faint, written_on
from tools.marks import marks_on


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
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


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_mark_stands_out_from_its_ground(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    for name in THEMES:
        set_theme(name)
        QTest.qWait(0)
        marks = marks_on(view)
        assert marks
        assert [(one.ink, one.ground, round(one.ratio, 2), one.box.getRect()) for one in faint(marks)] == []


def test_a_faint_mark_is_found(qtbot):
    view = opened_view(qtbot, "gates")
    ground = QColor(theme().class_colors[1])
    ground.setAlphaF(0.7)
    view.stage.scene().addRect(0, 0, 300, 200, Qt.PenStyle.NoPen, ground).setZValue(500)
    line = view.stage.scene().addLine(20, 100, 280, 100, QPen(QColor(theme().class_colors[0]), 3))
    line.setZValue(501)
    (found,) = faint(marks_on(view))
    assert found.ink == theme().class_colors[0] and found.ratio < 2
    line.setPen(QPen(QColor(theme().surface), 3))
    assert faint(marks_on(view)) == []
