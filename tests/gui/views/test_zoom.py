"""The wheel magnifies maps around the pointer, at equal scales; exports show the whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.playing import opened
from gui.stage.stage_entries import entries_at
from gui.stage.view import Snapshot
from gui.style.language import translate
from gui.views import load_view
from tests.gui.views.hand import brought_up, on_screen, opened_view, turn

MAPS = [("descent", "plane"), ("gradient_field", "plane")]


@pytest.mark.parametrize("experiment_id", ["descent", "gradient_field"])
def test_the_wheel_magnifies_what_is_under_the_pointer_and_gives_it_back(qtbot, experiment_id):
    experiment = load(experiment_id)
    params = experiment.params_type()
    view = brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(params, opened(experiment, params)[1]))
    plane = view.plane
    whole, at = plane.vb.viewRect(), on_screen(view, plane, -3, 2)
    place = plane.vb.mapSceneToView(view.stage.mapToScene(at))
    for _ in range(4):
        turn(view, at, 120)
    seen, now = plane.vb.viewRect(), plane.vb.mapSceneToView(view.stage.mapToScene(at))
    assert seen.width() == pytest.approx(whole.width() * 1.0015**-480)
    assert seen.width() / seen.height() == pytest.approx(whole.width() / whole.height())
    assert (now.x(), now.y()) == pytest.approx((place.x(), place.y()))
    view.draw(view.current.params, view.current.frame)
    assert plane.vb.viewRect() == seen
    plane.setExportMode(True)
    assert plane.vb.viewRect() == whole
    plane.setExportMode(False)
    assert plane.vb.viewRect() == seen
    for _ in range(6):
        turn(view, at, -120)
    assert plane.vb.viewRect() == whole


def _double_clicked(view, at: QPoint) -> None:
    port, button = view.stage.viewport(), Qt.MouseButton.LeftButton
    for send in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
        send(port, button, pos=at)


@pytest.mark.parametrize(("experiment_id", "name"), MAPS)
def test_a_double_click_on_a_magnified_map_shows_the_whole_again_and_the_next_does_what_it_did(
    qtbot, experiment_id, name
):
    view = opened_view(qtbot, experiment_id)
    plane = getattr(view, name)
    whole, at = plane.vb.viewRect(), on_screen(view, plane, -4, 1.5)
    turn(view, at, 360)
    _double_clicked(view, at)
    assert plane.vb.viewRect() == whole and not _placed(view)
    _double_clicked(view, at)
    assert plane.vb.viewRect() == whole and _placed(view) == [pytest.approx((-4, 1.5), abs=0.15)]


def _placed(view) -> list[tuple[float, float]]:
    """Where points were put so far."""
    put = [changes.get("start") or changes.get("point") for changes, _ in view.edits]
    return [place[:2] for place in put if place]


@pytest.mark.parametrize(("experiment_id", "name"), MAPS)
def test_the_menu_shows_the_whole_again_while_a_map_is_magnified(qtbot, experiment_id, name):
    view = opened_view(qtbot, experiment_id)
    plane = getattr(view, name)
    whole, at = plane.vb.viewRect(), on_screen(view, plane, -4, 1.5)
    elsewhere = QPoint(3, 3)
    assert "Reset zoom" not in _entries(view, at)
    turn(view, at, 360)
    for place in (at, elsewhere):
        assert "Reset zoom" in _entries(view, place)
    _entries(view, at)["Reset zoom"]()
    assert plane.vb.viewRect() == whole and "Reset zoom" not in _entries(view, at)


def _entries(view, place):
    return {translate(text): act for text, act in entries_at(view, place)}
