"""The stage of `initialization`: five histograms on one axis, chosen by hand and by keys, and its other views."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.run import Run
from engine.experiments.ch6_techniques.initialization import Initialization
from engine.experiments.ch6_techniques.initialization.params import InitializationParams
from engine.playing import Player
from gui.stage.view import Snapshot
from gui.views.ch6_techniques.initialization import InitializationView, shown_layers
from tests.gui.views.hand import BY_SIZE, brought_up, draw

INITIALIZATION = Initialization()


def _shot(updates=0, **values):
    params = InitializationParams(**values)
    return Snapshot(params, Player(INITIALIZATION, Run(INITIALIZATION.id, params)).go(updates))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, InitializationView(INITIALIZATION), _shot())


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("shown", ["activations", "gradients", "grid"])
def test_every_view_fits_every_stage(view, size, shown):
    view.resize(*size)
    draw(view, _shot(view=shown, layers=3))
    whole = view.stage.viewport().rect().adjusted(-1, -1, 1, 1)
    for item in (view.views, view.histograms):
        assert whole.contains(view.stage.mapFromScene(item.sceneBoundingRect()).boundingRect())


@pytest.mark.parametrize(("layers", "selected"), [(5, 0), (2, 1), (100, 4), (100, 98), (6, 3), (100, 50)])
def test_the_first_the_last_and_the_selected_layer_are_always_shown(layers, selected):
    shown = shown_layers(layers, selected)
    assert shown == sorted(set(shown)) and len(shown) == min(layers, 5)
    assert {0, layers - 1, selected} <= set(shown)


def test_all_layers_have_one_axis_and_the_curves_are_within_theirs(view):
    draw(view, _shot(std=0.01, activation="relu", layers=100))
    low, high = view.curves.vb.viewRange()[1]
    for line in view.curves.lines:
        if line.isVisible():
            heights = line.getData()[1]
            assert low <= heights.min() and heights.max() <= high


def test_a_click_on_a_histogram_looks_at_its_layer_and_keys_go_on(view):
    asked = []
    view.edited.connect(lambda changes, gesture: asked.append(dict(changes)))
    place = view.histograms.mapToScene(view.histograms.box("1").center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(place))
    assert asked == [{"selected": (0, 1)}]
    draw(view, _shot(layers=100, selected=(0, 40)))
    view.histograms.choose("41")
    assert asked[-1] == {"selected": (0, 41)}


def test_a_combination_opens_its_layers(view):
    asked = []
    draw(view, _shot(view="grid", layers=2))
    view.edited.connect(lambda changes, gesture: asked.append(dict(changes)))
    view.histograms.choose("tanh.1")
    assert asked == [{"view": "activations", "activation": "tanh", "std": 0.01}]


def test_a_place_between_histograms_is_none(view):
    assert view.histograms.option_at(QPointF(0, 0)) is None


def test_three_curves_and_their_newest_values_stand_in_the_training_view(view):
    draw(view, _shot(updates=30, view="train", activation="relu"))
    assert [name for name, _, _ in view.loss.key.state[0]] == ["std 0.01", "Xavier", "He"]
    assert all(line.isVisible() for line in view.loss.lines[:3])
