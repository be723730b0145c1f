"""The stage of `pooling`: a stroke over the picture is one gesture, however fast the hand and the frames are."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.views.hand import drag, opened_view


@pytest.fixture
def view(qtbot):
    return opened_view(qtbot, "pooling")


def _place(view, row, column) -> QPoint:
    grid = next(grid for grid in view.board.grids if grid.painted)
    return view.stage.mapFromScene(view.board.cell_box(grid, row, column).center())


def test_a_drag_inks_the_cells_on_its_way_as_one_step_of_undo(view):
    ended, before = [], view.current.frame.picture
    view.gesture_ended.connect(lambda: ended.append(True))
    assert not before[0, 0]
    drag(view, _place(view, 0, 0), _place(view, 0, 7))
    changes, _ = view.edits[-1]
    assert changes["source"] == "own"
    assert np.array_equal(np.array(changes["numbers"]), np.vstack((np.full((1, 8), 9), before[1:])))
    assert {gesture for _, gesture in view.edits} == {"stroke"} and ended == [True]


def test_a_drag_that_begins_on_ink_takes_ink_away(view):
    before = view.current.frame.picture
    row, column = np.argwhere(before == 9)[0].tolist()
    drag(view, _place(view, row, column), _place(view, row, 0))
    after = np.array(view.edits[-1][0]["numbers"])
    assert not after[row, : column + 1].any() and np.array_equal(after[row + 1 :], before[row + 1 :])


def test_a_click_inks_one_cell(view):
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=_place(view, 0, 3))
    ((changes, _),) = view.edits
    assert np.argwhere(np.array(changes["numbers"]) != view.current.frame.picture).tolist() == [[0, 3]]
