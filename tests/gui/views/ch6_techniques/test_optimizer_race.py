"""The stage of `optimizer_race`: curves on an axis of powers of ten, bands of several seeds, bars in the same inks."""

from __future__ import annotations

import time
from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.contract.run import Run
from engine.experiments.ch6_techniques.optimizer_race import OptimizerRaceExperiment
from engine.experiments.ch6_techniques.optimizer_race.params import OptimizerRaceParams
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.playing import Player
from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.pixel_painter import PixelPainter
from gui.plots.learning.curve_key import KEY_GROUND
from gui.stage.view import Snapshot
from gui.views.ch6_techniques import optimizers
from gui.views.ch6_techniques.optimizer_race import LOOKS, OptimizerRaceView
from tests.gui.views.hand import brought_up, draw, on_screen
from tests.pace import within

RACE = OptimizerRaceExperiment()
VIEW_FIELDS = ("across", "raw", "selected")


@cache
def _frame(updates, **values):
    return Player(RACE, Run(RACE.id, OptimizerRaceParams(**values))).go(updates)


def _shot(updates=20, **values):
    run = {name: value for name, value in values.items() if name not in VIEW_FIELDS}
    return Snapshot(OptimizerRaceParams(**values), _frame(updates, **run))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, OptimizerRaceView(RACE), _shot())


def test_curves_stand_at_the_logarithms_of_their_losses(view):
    frame = _frame(20)
    for row, line in enumerate(view.loss.lines[:4]):
        updates, heights = line.getData()
        assert np.array_equal(updates, frame.loss_updates)
        assert heights == pytest.approx(np.log10(frame.loss_mean[row]))
        assert line.opts["pen"].color().name() == curve_color(LOOKS[frame.learners[row]])


@pytest.mark.parametrize("size", [(900, 560), (500, 700), (1500, 900)])
@pytest.mark.parametrize("updates", [20, 60, 300])
def test_no_curve_runs_through_the_key(view, monkeypatch, updates, size):
    view.resize(*size)
    draw(view, _shot(updates))
    draw_key, grounds = PixelPainter.fill, []

    def fill(sketch, box, color, opacity=1.0, radius=0.0):
        draw_key(sketch, box, color, opacity, radius)
        if opacity == KEY_GROUND:
            grounds.append((sketch, box))

    monkeypatch.setattr(PixelPainter, "fill", fill)
    view.grab()
    sketch, box = grounds[0]
    curves = [line.getData() for line in view.loss.lines if line.isVisible()]
    places = [sketch.at(*place) for curve in curves for place in zip(*curve, strict=True)]
    assert len(curves) == 4 and sketch.box.contains(box) and not any(box.contains(place) for place in places)


def test_every_optimizer_has_the_ink_that_it_has_on_a_surface():
    assert optimizers.LOOKS is LOOKS and set(LOOKS) == set(OPTIMIZERS) and len(set(LOOKS.values())) == len(LOOKS)


def test_the_axis_goes_down_as_far_as_the_losses_and_only_then(view):
    low, high = np.log10(0.3), np.log10(3.2)
    assert view.loss.vb.viewRange()[1] == pytest.approx([low, high], abs=0.01)
    view.loss.show_top(np.array([0.04, 2.0]))
    assert view.loss.vb.viewRange()[1] == pytest.approx([np.log10(0.03), high], abs=0.01)
    view.loss.show_top(np.array([0.3, 40.0, np.nan]))
    assert view.loss.vb.viewRange()[1] == pytest.approx([low, np.log10(32)], abs=0.01)


def test_bands_are_there_with_several_seeds_only(view):
    assert not any(shade.isVisible() for shade in view.loss.shades)
    draw(view, _shot(12, seeds=3))
    frame = _frame(12, seeds=3)
    for row, shade in enumerate(view.loss.shades[:4]):
        box = shade.path().boundingRect()
        assert shade.isVisible()
        assert box.top() == pytest.approx(np.log10(frame.loss_minimum[row].min()))
        assert box.bottom() == pytest.approx(np.log10(frame.loss_maximum[row].max()))


def test_by_seconds_every_curve_has_its_own_time(view):
    draw(view, _shot(20, across="seconds"))
    frame = _frame(20)
    for row, line in enumerate(view.loss.lines[:4]):
        assert np.array_equal(line.getData()[0], frame.seconds[row])
    assert view.loss.vb.viewRange()[0][1] >= frame.seconds.max()


def test_a_curve_ends_where_its_learner_was_lost(view):
    draw(view, _shot(40, sgd_rate=10.0))
    lost = int(_frame(40, sgd_rate=10.0).lost_at[0])
    heights = view.loss.lines[0].getData()[1]
    assert np.isfinite(heights[:lost]).all() and np.isnan(heights[lost:]).all()


def test_a_click_on_a_row_chooses_it(view, qtbot):
    place = on_screen(view, view.bars, 0.4, 1.5)
    with qtbot.waitSignal(view.edited) as caught:
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args[0] == {"selected": "momentum"}


def test_a_press_on_the_invitation_runs(view, qtbot):
    assert view.go_on.isVisible()
    with qtbot.waitSignal(view.run_wanted):
        view.go_on.pressed.emit()
    draw(view, _shot(60))
    assert not view.go_on.isVisible()


def test_seven_are_drawn_in_less_than_ten_milliseconds(view):
    shots = [_shot(updates, optimizers=tuple(OPTIMIZERS)) for updates in (30, 31)]
    for shot in shots:
        draw(view, shot)
    times = []
    for number in range(20):
        shot = shots[number % 2]
        began = time.thread_time()
        view.draw(shot.params, shot.frame)
        times.append(time.thread_time() - began)
    assert within(np.median(times), 0.01)
