"""The legend of inks is written alike for all, and a row of the opened step has a name or a letter, at any width."""

from __future__ import annotations

import pytest

from gui.plots.drawing.api import sketch_of
from tests.gui.views.hand import draw, opened_view
from tests.shots import openings


@pytest.mark.long
@pytest.mark.parametrize("width", [640, 760, 840, 930, 1100, 1500])
def test_all_inks_have_the_same_wording_below_their_names(qtbot, width):
    view = opened_view(qtbot, "optimizers", size=(width, 600))
    for shot in openings("optimizers"):
        draw(view, shot)
        told = view.inks.wordings(sketch_of(view.inks))
        assert len(told) == len(shot.params.drawn)
        assert len({words.startswith("f = ") for words in told}) == 1, told


@pytest.mark.long
@pytest.mark.parametrize("width", [640, 760, 840, 930, 1100, 1500])
def test_no_row_of_the_opened_step_is_nameless(qtbot, width):
    view = opened_view(qtbot, "optimizers", size=(width, 600))
    for shot in openings("optimizers"):
        draw(view, shot)
        if view.table.scene() is None or view.table.shows(0):
            continue
        nameless = [row for row in view.table.rows if not row[1].text and any(cell.text for cell in row[2:])]
        assert not nameless, f"{shot.name}: {[[cell.text for cell in row] for row in nameless]}"
