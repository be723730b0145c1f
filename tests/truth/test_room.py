"""Words on the stage have the room that their letters take, at every zoom."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF

from gui.plots.board.fitting_words import FittingWords
from gui.style.typography import font, set_zoom
from tests.gui.views.hand import opened_view, picture
from tests.walk import EXPERIMENT_IDS


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_caption_is_as_high_as_its_letters(qtbot, experiment_id, zoom):
    set_zoom(zoom)
    view = opened_view(qtbot, experiment_id, size=(round(900 * zoom), round(560 * zoom)))
    picture(view)
    needed = QFontMetricsF(font("strong")).height()
    for name, item in vars(view).items():
        if isinstance(item, FittingWords) and item.scene() is not None and item.shown_words():
            assert item.size().height() >= needed - 1, f"{name} is {item.size().height()} px high for {needed} px"
            width = QFontMetricsF(font("strong")).horizontalAdvance(item.shown_words())
            assert width <= item.size().width() + 1, f"{name} is too narrow for {item.shown_words()!r}"
