"""The wheel magnifies maps around the pointer, at equal scales; exports show the whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import load
from gui.stage.view import Snapshot
from gui.views import load_view
from tests.gui.views.hand import brought_up, on_screen
from tests.walk import opened


@pytest.mark.parametrize("experiment_id", ["descent", "gradient_field"])
def test_the_wheel_magnifies_what_is_under_the_pointer_and_gives_it_back(qtbot, experiment_id):
    experiment = load(experiment_id)
    params = experiment.params_type()
    view = brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(params, opened(experiment, params)[1]))
    plane = view.plane
    whole, at = plane.vb.viewRect(), on_screen(view, plane, -3, 2)
    place = plane.vb.mapSceneToView(view.stage.mapToScene(at))
    for _ in range(4):
        _turn(view, at, 120)
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
        _turn(view, at, -120)
    assert plane.vb.viewRect() == whole


def _turn(view, at: QPoint, delta: int) -> None:
    port = view.stage.viewport()
    event = QWheelEvent(
        QPointF(at), QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
