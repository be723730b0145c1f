"""Who goes back in a run finds the axes where they were, and a mark at the place that is looked at."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount
from engine.contract.run import Run
from engine.playing import Player
from gui.plots.plane.vector_sum import VectorSum
from gui.stage.view import Snapshot
from gui.views import load_view
from tests.gui.views.hand import brought_up
from tests.walk import EXPERIMENT_IDS

FARTHEST = {"training": 1300}
"""Updates until the axis has grown, where twice the usual way does not come so far."""
LIMITS = {"perceptron_rule": 150}
"""Updates after which old rounds leave the axis of the mistakes; looked at, they come back."""
LONG = {"optimizer_race": 300, "overfitting": 300}
"""Updates of runs whose usual way takes long, and whose axes widen on the first part of it too."""
SLOW = {("training", preset.id) for preset in load("training").presets if "numerical" in preset.changes.values()}
"""Runs that take minutes."""
RUNS = [
    (experiment_id, preset and preset.id)
    for experiment_id in EXPERIMENT_IDS
    for preset in (None, *load(experiment_id).presets)
    if load(experiment_id).has_course(load(experiment_id).params_type().replaced(preset.changes if preset else {}))
    and (experiment_id, preset and preset.id) not in SLOW
]


def _played(experiment, preset):
    """A dozen moments of a run, from its start until well beyond where it usually waits."""
    changes = next((one.changes for one in experiment.presets if one.id == preset), {})
    params = experiment.params_type().replaced(changes)
    last = LONG.get(experiment.id)
    if last is None:
        player = Player(experiment, Run(experiment.id, params))
        player.go_by(experiment.default_steps_for(params) or Amount(100, experiment.units[0].id))
        last = max(0 if preset else FARTHEST.get(experiment.id, 0), 2 * player.update)
        last = min(last, LIMITS.get(experiment.id, last))
    again = Player(experiment, Run(experiment.id, params))
    found = {}
    for number in range(12):
        frame = again.go(round(last * number / 11) - again.update)
        found[frame.update] = Snapshot(params, frame)
        if again.finished:
            break
    return list(found.values())


def _axes(view):
    """The part of the plane that each plot on the stage shows, and the lens' scale, which follows what it magnifies."""
    plots = [item for item in view.stage.scene().items() if isinstance(item, pg.PlotItem)]
    lenses = [plot for plot in plots if isinstance(plot, VectorSum)]
    plots = [plot for plot in plots if plot not in lenses]
    sizes = {id(lens): round(lens.square.width(), 9) for lens in lenses}
    return sizes | {id(plot): [tuple(round(end, 9) for end in ends) for ends in plot.vb.viewRange()] for plot in plots}


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", dict.fromkeys(experiment_id for experiment_id, _ in RUNS))
def test_no_axis_moves_on_the_way_back_to_the_start(qtbot, experiment_id):
    _scrub_back(qtbot, experiment_id, None)


@pytest.mark.whole
@pytest.mark.parametrize(("experiment_id", "preset"), [run for run in RUNS if run[1] is not None])
def test_no_axis_moves_on_the_way_back_in_any_preset(qtbot, experiment_id, preset):
    _scrub_back(qtbot, experiment_id, preset)


def _scrub_back(qtbot, experiment_id, preset):
    experiment = load(experiment_id)
    moments = _played(experiment, preset)
    newest = moments[-1]
    view = brought_up(qtbot, load_view(experiment_id)(experiment), newest)
    before = _axes(view)
    for moment in reversed(moments):
        view.draw(moment.params, moment.frame, newest=newest)
        assert _axes(view) == before, f"at {moment.frame.update}"


def test_a_line_marks_the_place_in_a_training_and_the_rest_of_its_curves_is_faint(qtbot):
    experiment = load("training")
    moments = _played(experiment, None)
    view = brought_up(qtbot, load_view("training")(experiment), moments[-1])
    assert not view.loss.place.isVisible() and not view.loss.later.isVisible()
    for moment in moments[1:-1]:
        view.draw(moment.params, moment.frame, newest=moments[-1])
        for plot in (view.loss, view.accuracy):
            assert plot.place.isVisible() and plot.place.value() == moment.frame.update
            assert np.nanmin(plot.later.xData) >= moment.frame.update
            assert np.nanmax(plot.later.xData) > moment.frame.update
    view.draw(moments[-1].params, moments[-1].frame)
    assert not view.loss.place.isVisible() and not view.accuracy.later.isVisible()


def test_a_round_that_has_left_the_axis_comes_back_when_it_is_looked_at(qtbot):
    experiment = load("perceptron_rule")
    params = experiment.params_type().replaced(next(one.changes for one in experiment.presets if one.id == "XOR"))
    player = Player(experiment, Run(experiment.id, params))
    early, late = Snapshot(params, player.go(10)), Snapshot(params, player.go(990))
    view = brought_up(qtbot, load_view("perceptron_rule")(experiment), late)
    view.draw(params, early.frame, newest=late)
    low, high = view.bars.vb.viewRange()[0]
    assert low < early.frame.first_epoch + len(early.frame.mistakes) < high
