"""A plot of curves stands still from its first painting on, and can be gripped only where a view has asked for it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtTest import QTest

from engine.contract.text import LANGUAGES
from gui.plots.bars.count_bars import CountBars
from gui.plots.curves.curves import Curve, CurvesPlot
from gui.plots.drawing.ink import pen
from gui.plots.drawing.stage_item import Grip
from gui.plots.learning.run_plot import RunPlot, Series
from gui.stage.stage import Stage
from gui.style.language import set_language
from gui.style.typography import px, set_zoom
from tests.gui.views.hand import opened_view, picture

RANGES = [(0.0, 1.0), (-1.0, 1.0), (-0.07, 0.02), (0.0, 4000.0), (-3e-7, 2e-7), (99.5, 100.5), (-12.0, 3.0)]


def _shown(qtbot, made, size=(700, 460)):
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(*size)
    stage.ci.addItem(made)
    stage.show()
    (made.set_words if isinstance(made, CountBars) else made.set_names)("step", "w")
    return stage


def _left(stage, plot):
    QTest.qWait(0)
    stage.grab()
    return plot.vb.sceneBoundingRect().left()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize(("low", "high"), RANGES)
def test_the_left_axis_has_room_for_its_numbers_before_they_are_painted(qtbot, low, high, zoom):
    set_zoom(zoom)
    plot = CurvesPlot(0.0, 30.0)
    stage = _shown(qtbot, plot)
    plot.show_range(low, high)
    plot.show_curves([Curve(1, np.arange(31.0), np.linspace(low, high, 31))])
    room = plot.getAxis("left").maximumWidth()
    edge = _left(stage, plot)
    assert plot.getAxis("left").maximumWidth() == room and _left(stage, plot) == edge
    # What pyqtgraph measured of the numbers that it painted.
    assert 0 < plot.getAxis("left").textWidth < room - px(20)


@pytest.mark.parametrize(("values", "is_line"), [([0.1], False), ([0.1, np.nan], False), ([0.1, 0.2], True)])
def test_the_key_names_the_run_before_only_where_a_line_of_it_is_drawn(qtbot, values, is_line):
    plot = RunPlot([1.0], "0.00")
    stage = _shown(qtbot, plot)
    plot.show_series([])
    plot.show_ghost(Series("", pen("#000000", 2), np.arange(len(values)), np.array(values)))
    assert plot.ghost.isVisible() == is_line
    assert stage.isVisible() and [row[0] for row in plot.key.state[0]] == ["before"] * is_line


def test_bars_of_counts_stand_still_while_their_numbers_change(qtbot):
    plot = CountBars()
    stage = _shown(qtbot, plot, (300, 200))
    before = _left(stage, plot)  # painted with what pyqtgraph shows at first
    for most in (4, 12, 60, 12, 4):
        plot.show_counts(1, [most, 1], None, most)
        assert _left(stage, plot) == before


def test_another_range_and_the_same_again_leave_the_edge_where_it_was(qtbot):
    plot = CurvesPlot(0.0, 1.0)
    stage = _shown(qtbot, plot)
    plot.show_range(0.0, 1.0)
    before = _left(stage, plot)
    plot.show_range(-4000.0, 4000.0)
    assert _left(stage, plot) > before
    plot.show_range(0.0, 1.0)
    assert _left(stage, plot) == before


def test_ticks_with_words_of_their_own_have_room_and_a_room_that_was_told_stays(qtbot):
    plot = CurvesPlot(0.0, 1.0)
    stage = _shown(qtbot, plot)
    narrow = _left(stage, plot)
    plot.set_ticks([], [(0.5, "a half of it all")])
    assert _left(stage, plot) > narrow + 40
    plot.set_room("00")
    told = _left(stage, plot)
    plot.show_range(-4000.0, 4000.0)
    assert _left(stage, plot) == told


def test_only_a_plot_that_was_asked_for_a_cursor_can_be_gripped(qtbot):
    for asked in (False, True):
        plot = CurvesPlot(0.0, 1.0, with_cursor=asked)
        stage = _shown(qtbot, plot)
        assert any(isinstance(item, Grip) for item in stage.scene().items()) == asked


_OVER_A_RUN = ("training", "playground", "optimizer_race", "batch_norm", "overfitting", "hyperparameters", "cnn")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment_id", _OVER_A_RUN)
def test_every_curve_over_a_run_is_named_beside_it_in_a_small_window_too(qtbot, experiment_id, language):
    set_language(language)
    view = opened_view(qtbot, experiment_id, size=(606, 470))
    picture(view)
    plots = [one for one in vars(view).values() if isinstance(one, RunPlot) and one.scene() is not None]
    assert plots
    for plot in plots:
        names = [name for name, _, value in (plot.key.state[0] if plot.key.state else ()) if name and value]
        assert set(names) <= set(plot.key.named), names
