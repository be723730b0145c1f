"""What was before is fainter than what is now, wherever it is drawn, and makes nothing of that smaller."""

from __future__ import annotations

from dataclasses import replace

import pyqtgraph as pg
import pytest

from engine.contract.catalogue import load
from gui.plots.curves.curves import CurvesPlot
from gui.plots.curves.powers import PowerCurves
from gui.plots.learning.run_plot import RunPlot
from gui.stage.view import Snapshot
from gui.style.theme import theme
from gui.views import load_view
from tests.gui.views.hand import brought_up
from tests.shots import openings

_WITH_GHOSTS = ("activations", "training", "playground", "batch_norm", "descent", "cnn")


def _ghosts(plot: pg.PlotItem) -> list[pg.PlotCurveItem]:
    """The curves of before that a plot shows."""
    if isinstance(plot, RunPlot | PowerCurves):
        found = [plot.ghost]
    elif isinstance(plot, CurvesPlot):
        found = plot.ghosts
    else:
        found = []
    return [one for one in found if one.isVisible() and one.getData()[0] is not None and len(one.getData()[0])]


@pytest.mark.parametrize("experiment_id", _WITH_GHOSTS)
def test_a_ghost_is_as_faint_as_the_theme_says(qtbot, experiment_id):
    first, *others = openings(experiment_id)
    view = brought_up(qtbot, load_view(experiment_id)(load(experiment_id)), Snapshot(first.params, first.frame))
    seen = 0
    for other in others:
        view.draw(other.params, other.frame, Snapshot(first.params, first.frame))
        for plot in vars(view).values():
            if isinstance(plot, pg.PlotItem) and plot.scene() is not None:
                for ghost in _ghosts(plot):
                    seen += 1
                    assert ghost.opts["pen"].color().alphaF() == pytest.approx(theme().ghost_opacity, abs=0.01)
    assert seen


@pytest.mark.parametrize("experiment_id", ["training", "playground", "cnn", "overfitting", "optimizer_race"])
def test_a_longer_run_of_before_leaves_the_axis_to_the_run_that_is_shown(qtbot, experiment_id):
    first, *_ = openings(experiment_id)
    view = brought_up(qtbot, load_view(experiment_id)(load(experiment_id)), Snapshot(first.params, first.frame))
    plots = [plot for plot in vars(view).values() if isinstance(plot, RunPlot) and plot.scene() is not None]
    alone = [plot.vb.viewRange()[0] for plot in plots]
    far = replace(first.frame, update=50_000, counts=tuple(50_000 for _ in first.frame.counts))
    view.draw(first.params, first.frame, Snapshot(first.params, far))
    assert plots and [plot.vb.viewRange()[0] for plot in plots] == alone
