"""What a click chooses on the stage of `digits` is chosen by keys: a digit of the plane, a count of the table."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.gui.views.hand import opened_view, picture

Key = Qt.Key


@pytest.fixture
def view(qtbot):
    return opened_view(qtbot, "digits")


def _show(view, name, **changed):
    params = view.current.params.replaced({"view": name})
    view.draw(params, dataclasses.replace(view.current.frame, **changed))


def test_arrows_begin_at_a_digit_while_none_is_looked_at(qtbot, view):
    _show(view, "draw", shown=-1)
    view._step_to_point(1, 0)
    assert view.edits[-1][0] == {"index": 0}


def test_the_counts_of_the_table_are_one_stop_of_tab(qtbot, view):
    counts = np.diag([5] * 10)
    counts[4, 9], counts[9, 4] = 3, 2
    _show(view, "test", confusion=counts)
    view.stage.setFocus()
    assert view.keys.stops().count(view.matrix) == 1
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    seen, told = [picture(view)], [view.matrix.words]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Left):
        qtbot.keyClick(view.stage, key)
        told.append(view.matrix.words)
    assert all(one.startswith("label ") for one in told)
    with qtbot.waitSignal(view.matrix.cell_clicked) as clicked:
        qtbot.keyClick(view.stage, Key.Key_Return)
    assert counts[tuple(clicked.args)]
    assert picture(view) != seen[0] and len(set(told)) == len(told)
