"""What was pinned is drawn behind the run that is shown, point by point as its record has it, and named at its end."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.run import Run
from engine.contract.table import series_of
from engine.geometry.heights import power_heights, signed_heights
from engine.playing import Player
from gui.plots.curves.powers import PowerCurves
from gui.plots.drawing.api import sketch_of
from gui.plots.learning.curve_key import curve_in_pixels, runs_through
from gui.stage.pinned_runs import PinnedRun
from gui.views import load_view
from tests.bilingual import both
from tests.other_values import other_values
from tests.walk import EXPERIMENT_IDS

KEEPS = [one for one in EXPERIMENT_IDS if load(one).keeps_runs]
DRAWN = {
    "descent": ("path.f", "path.gradient_norm"),
    "perceptron_rule": (),  # the mistakes of epochs are bars
    "training": ("loss.mean_of_20", "accuracy.train", "accuracy.test"),
    "playground": ("curves.train_loss", "curves.test_loss"),
    "optimizers": ("paths.f",),
    "optimizer_race": ("loss",),
    "initialization": ("loss", "test_accuracy"),
    "batch_norm": ("curves.normalized", "curves.plain"),
    "overfitting": ("test_accuracy", "train_accuracy"),
    "hyperparameters": ("so_far",),
    "cnn": ("loss", "test_accuracy"),
}
STEPS = {"batch_norm": 2}


def _opening(experiment):
    params = experiment.params_type()
    return params if experiment.has_course(params) else params.replaced({"view": "train"})


def _other(experiment, params):
    """The same parameters but for one that begins another run."""
    for name, field in fields_of(type(params)).items():
        if field.effect == "restart":
            for value in other_values(field, getattr(params, name)):
                changed = params.replaced({name: value})
                if experiment.has_course(changed):
                    return changed
    return params


def _played(experiment, params, updates, seed=1):
    player = Player(experiment, Run(experiment.id, params, seed))
    frame = player.go(updates)
    player.close()
    return player.params, frame


def _figures(experiment, params, frame):
    return series_of(experiment.main_tables(params, frame), experiment.measures, experiment.unit_ids)


def _view(qtbot, experiment, params, frame, size=(760, 520)):
    view = load_view(experiment.id)(experiment)
    qtbot.addWidget(view)
    view.resize(*size)
    view.draw(params, frame)
    return view


def _show(view, runs, lit=None):
    names = [both(f"seed {number + 1}", f"种子 {number + 1}") for number in range(len(runs))]
    pinned = [PinnedRun(name, lambda params, run=run: run) for name, run in zip(names, runs, strict=True)]
    view.pinned.show(pinned, lit)
    view.draw(view.current.params, view.current.frame)


@pytest.mark.parametrize("experiment_id", KEEPS)
def test_pin_change_and_play_the_curve_behind_is_the_pinned_record_point_by_point(qtbot, experiment_id):
    experiment = load(experiment_id)
    first, steps = _opening(experiment), STEPS.get(experiment_id, 12)
    pinned = _figures(experiment, *_played(experiment, first, steps))
    view = _view(qtbot, experiment, *_played(experiment, _other(experiment, first), steps // 2))
    frame = view.current.frame
    assert not any(line.isVisible() for plot in view.pinned.plots for line in plot.pinned.lines)
    _show(view, [pinned])
    found = []
    for plot in view.pinned.plots:
        for line, one in zip(plot.pinned.lines, plot.pinned.shown, strict=True):
            (series,) = (each for each in pinned if each.values is one.values)
            across, up = line.getData()
            expected = series.values
            if isinstance(plot, PowerCurves):
                expected = (signed_heights if frame.signed else power_heights)(expected)
            elif experiment_id == "optimizer_race":
                expected = np.log10(expected)
            assert line.isVisible()
            np.testing.assert_array_equal(across, series.at)
            np.testing.assert_array_equal(up, expected)
            (left, right), (low, high) = plot.viewRange()
            assert left <= across.min() and across.max() <= right and low <= up.min() and up.max() <= high
            found.append(series.key)
    drawn = DRAWN[experiment_id]
    wanted = [one.key for one in pinned if any(one.key == key or one.key.startswith(f"{key}.") for key in drawn)]
    assert sorted(found) == sorted(wanted) and bool(wanted) == bool(drawn)


@cache
def _overfitted():
    experiment = load("overfitting")
    params = experiment.params_type()
    runs = [_figures(experiment, *_played(experiment, params, 90, seed)) for seed in (1, 2, 3)]
    return runs, _played(experiment, params.replaced({"weight_decay": 0.1}), 40)


@pytest.fixture
def overfitting(qtbot):
    runs, shown = _overfitted()
    return _view(qtbot, load("overfitting"), *shown), runs


def test_names_lie_apart_from_one_another_and_from_the_curves_that_are_shown(overfitting):
    view, runs = overfitting
    _show(view, runs)
    plot = view.curves
    for size in ((760, 520), (640, 380)):
        view.resize(*size)
        view.grab()
        sketch, names = sketch_of(plot.pinned.names), plot.pinned.names.places()
        assert names
        live = [curve_in_pixels(sketch, *line.getData()) for line in plot.lines if line.isVisible()]
        for number, name in enumerate(names):
            assert sketch.box.contains(name.box)
            assert not any(name.box.intersects(other.box) for other in names[:number])
            assert not any(runs_through(curve, name.box) for curve in live)


def test_the_invitation_to_run_keeps_off_names_and_the_key_and_within_the_plot(overfitting):
    view, runs = overfitting
    _show(view, runs)
    plot, item, found = view.curves, view.go_on, 0
    for size in ((760, 520), (640, 380)):
        view.resize(*size)
        view.grab()
        room = plot.vb.mapRectToScene(plot.vb.rect()).adjusted(-1, -1, 1, 1)
        for box in plot.written():
            # Where it would lie upon the words if it stood where the curve ends.
            place = plot.vb.mapSceneToView(QPointF(box.left() - 10, box.top()))
            item.show_at(place.x(), place.y())
            view.grab()
            pill = item.mapRectToScene(item.pill)
            if not pill.isEmpty():
                found += 1
                assert room.contains(pill) and not any(map(pill.intersects, plot.written()))
    assert found > 2


def test_the_pointer_on_a_curve_lights_its_run_and_an_export_lights_none(overfitting):
    view, runs = overfitting
    _show(view, runs[:1])
    view.grab()
    told, plot, one = [], view.curves, runs[0][0]
    view.pinned.pointed.connect(told.append)
    row = len(one.at) // 2
    view.pinned.point_at(plot.vb.mapViewToScene(QPointF(float(one.at[row]), float(one.values[row]))))
    view.pinned.point_at(plot.vb.mapViewToScene(QPointF(float(one.at[row]), 0.02)))
    assert told == [0, None]
    _show(view, runs, lit=1)
    assert [curve.lit for curve in plot.pinned.shown] == [False, False, True, True, False, False]
    view.for_export(True)
    assert [curve.lit for curve in plot.pinned.shown] == [False] * 6


def test_beside_a_remedy_only_the_network_is_drawn_that_the_plot_shows(overfitting):
    view, _ = overfitting
    figures = _figures(view.experiment, view.current.params, view.current.frame)
    assert sum(one.key.startswith("test_accuracy.") for one in figures) == 2
    _show(view, [figures])
    frame = view.current.frame
    drawn = {one.dashed: one.values for one in view.curves.pinned.shown}
    np.testing.assert_array_equal(drawn[True], frame.sample_test[0])
    np.testing.assert_array_equal(drawn[False], frame.sample_train[0])
    # What is compared with this very run has its curves there already.
    view.draw(view.current.params, frame, view.current)
    assert len(view.curves.pinned.shown) == 2 and not view.curves.ghost.isVisible()


def test_a_race_over_seconds_draws_none_since_the_record_is_over_updates(qtbot):
    experiment = load("optimizer_race")
    params, frame = _played(experiment, experiment.params_type(), 6)
    view = _view(qtbot, experiment, params, frame)
    _show(view, [_figures(experiment, params, frame)])
    assert len(view.loss.pinned.shown) == len(frame.learners)
    view.draw(params.replaced({"across": "seconds"}), frame)
    assert not any(line.isVisible() for line in view.loss.pinned.lines)


def test_a_run_on_another_function_is_not_drawn_beside_a_descent(qtbot):
    """Its values and slopes say nothing about this one, and both plots keep one axis."""
    experiment = load("descent")
    here = _opening(experiment)
    saddle = here.replaced({"function": "saddle", "steps": 60})
    view = _view(qtbot, experiment, *_played(experiment, here, 12))
    series = _figures(experiment, *_played(experiment, saddle, 12))
    for params, count in ((saddle, 0), (here, 1)):
        view.pinned.show([PinnedRun(both("a", "b"), lambda _: series, params)], None)
        view.draw(view.current.params, view.current.frame)
        (values, norms) = view.pinned.plots
        assert len(norms.pinned.shown) == count and (count or not values.pinned.shown)
        assert values.viewRange()[0] == norms.viewRange()[0]


@pytest.mark.parametrize("size", [(760, 520), (640, 380), (960, 600)])
def test_the_key_and_its_note_lie_apart_from_the_names_of_pinned_runs(qtbot, size):
    experiment = load("training")
    params = experiment.params_type()
    other = params.replaced({"activation": "relu", "learning_rate": 3.0})
    played = [_played(experiment, params, 60), _played(experiment, other, 90)]
    runs = [_figures(experiment, *one) for one in played]
    view = _view(qtbot, experiment, *played[1], size)
    _show(view, runs)
    view.grab()
    plot = view.accuracy
    names = [name.box for name in plot.pinned.names.places()]
    assert names and len(plot.key.drawn) > 1  # the key, and its note
    assert not any(box.intersects(name) for box in plot.key.drawn for name in names)
