"""The switches for one's own code show their words whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from engine.contract.catalogue import entries
from engine.contract.text import LANGUAGES
from engine.exercises import at_work_in
from gui.panels.exercises.at_work import AtWork
from gui.style.language import set_language
from gui.style.typography import px, set_zoom


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment_id", [entry.id for entry in entries() if at_work_in(entry.id)])
def test_every_switch_shows_its_words_whole_in_a_narrow_column(qtbot, experiment_id, language, zoom):
    set_language(language)
    set_zoom(zoom)
    panel = AtWork(experiment_id)
    qtbot.addWidget(panel)
    panel.resize(px(220), 4000)
    panel.show()
    for switch in panel.switches.values():
        assert switch.width() <= panel.width()
        lines = switch.fontMetrics().boundingRect(
            QRect(0, 0, switch.width() - px(14) - 8, 10_000), switch.flags, switch.text()
        )
        assert lines.height() <= switch.height(), switch.text()
        assert lines.width() <= switch.width(), switch.text()
        assert switch.hitButton(QPoint(switch.width() - 2, switch.height() - 2))
