"""The stage of `batch_norm`: a pair of curves, all pairs as small plots that are chosen by hand, and one batch."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtTest import QTest

from engine.contract.run import Run
from engine.experiments.ch6_techniques.batch_norm import BatchNorm
from engine.experiments.ch6_techniques.batch_norm.params import EPOCHS, UPDATES, BatchNormParams
from engine.playing import Player
from gui.plots.learning.small_curves import SmallCurves, SmallPlot
from gui.stage.view import Snapshot
from gui.views.ch6_techniques.batch_norm import BatchNormView
from tests.gui.views.hand import brought_up, draw

NORM = BatchNorm()


@cache
def _frame(updates, **values):
    return Player(NORM, Run(NORM.id, BatchNormParams(**values))).go(updates)


def _shot(updates=UPDATES, **values):
    return Snapshot(BatchNormParams(**values), _frame(updates, **values))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, BatchNormView(NORM), _shot())


def test_the_curves_are_those_of_the_selected_pair_over_all_epochs(view):
    for one, line in enumerate(view.curves.lines[:2]):
        epochs, heights = line.getData()
        assert epochs.tolist() == list(range(EPOCHS + 1))
        assert heights == pytest.approx(_frame(UPDATES).curves[8, one])


def test_a_click_on_a_small_plot_selects_its_pair(view):
    asked = []
    view.edited.connect(lambda changes, gesture: asked.append(changes))
    for value in ("2", "15"):
        view.multiples.choose(value)
    view.multiples.choose("8")
    assert asked == [{"selected": (0, 2)}, {"selected": (3, 3)}]


def test_a_pair_that_has_not_learned_yet_invites_to_run(view):
    assert not view.go_on.isVisible()
    draw(view, _shot(0))
    assert view.go_on.isVisible()


def test_the_two_histograms_have_one_axis_and_hold_the_whole_batch(view):
    before, after = view.histograms._shown
    assert (before.low, before.high) == (after.low, after.high) == (-after.high, after.high)
    assert np.sum(before.shares) == pytest.approx(1) and np.sum(after.shares) == pytest.approx(1)


def test_scale_and_shift_are_called_learned_only_when_they_are(view):
    told = []
    for shot in (view.current, _shot(0)):
        draw(view, shot)
        told.append(view.histograms._shown[1].notes[1])
    assert "learned" in told[0][0] and told[1] == ("γ 1, β 0",)


def test_the_bars_of_the_bench_are_its_numbers_and_can_be_pulled(view):
    draw(view, _shot(0, view="bench"))
    assert [bar.value for bar in view.z_bars.bars.state[0]] == pytest.approx(_frame(0, view="bench").z)
    asked = []
    view.edited.connect(lambda changes, gesture: asked.append(changes))
    view.move_handle("x5", (4.0, 7.0))
    assert asked == [{"x": (1.0, 2.0, 3.0, 4.0, 7.0)}]


@pytest.fixture
def small(view):
    item = SmallCurves()
    view.stage.scene().addItem(item)
    item.resize(400, 300)
    curve = np.array([[0.0, 1.0, np.nan]])
    item.show_plots([SmallPlot(str(n), (str(n),), curve) for n in range(6)], 3, [QPen()], "1")
    return item


def test_small_plots_fill_rows_and_are_found_where_they_are_drawn(small):
    boxes = [small.box(str(number)) for number in range(6)]
    assert boxes[0].top() == boxes[2].top() < boxes[3].top() and boxes[0].left() == boxes[3].left()
    assert [small.option_at(box.center()) for box in boxes] == [str(number) for number in range(6)]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [(Qt.Key.Key_Down, ["4"]), (Qt.Key.Key_Up, []), (Qt.Key.Key_Right, ["2"]), (Qt.Key.Key_Left, ["0"])],
)
def test_arrow_keys_go_to_the_neighbour_and_to_the_next_row(view, small, key, wanted):
    asked = []
    small.chosen.connect(asked.append)
    small.setFocus()
    QTest.keyClick(view.stage.viewport(), key)
    assert asked == wanted
