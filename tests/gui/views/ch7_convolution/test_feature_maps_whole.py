"""The whole network of `feature_maps` on the stage: from far and from near, by wheel, keys, buttons and pointer."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.contract.run import Run
from engine.experiments.ch7_convolution.feature_maps import FeatureMaps
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsParams
from engine.playing import Player
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.view import Snapshot
from gui.views.ch7_convolution.feature_maps import FeatureMapsView
from tests.gui.views.hand import brought_up, drag, draw, on_screen, picture
from tests.pace import within

FEATURE_MAPS = FeatureMaps()


def _shot(**values):
    params = FeatureMapsParams(view="whole", **values)
    return Snapshot(params, Player(FEATURE_MAPS, Run("feature_maps", params)).go(0))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, FeatureMapsView(FEATURE_MAPS), _shot())


def _turn(view, place: QPoint, notches: int) -> None:
    port = view.stage.viewport()
    event = QWheelEvent(
        QPointF(place), QPointF(port.mapToGlobal(place)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    QTest.qWait(0)


def _panel(view, part: str, number: int = 0):
    return next(one for one in view.network.picture.panels if (one.part, one.number) == (part, number))


def _press(view, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    view.stage.setFocus()
    view.network.setFocus()
    QTest.keyClick(view.stage, key, modifier)


def test_the_wheel_goes_from_the_whole_to_one_product_about_the_pointer_and_a_double_click_back(view):
    whole, products = view.network.vb.viewRect(), _panel(view, "products")
    x, y = products.middle(1, 3)
    start = on_screen(view, view.network, x, y)
    under = view.network.vb.mapSceneToView(view.stage.mapToScene(start)).toTuple()
    for _ in range(12):
        _turn(view, start, 1)
        assert (on_screen(view, view.network, *under) - start).manhattanLength() <= 2, "the place stays where it is"
    assert view.network.is_magnified
    params, frame = view.current.params, view.current.frame
    lit, whole_network = frame.lit(params), frame.whole
    row, column = lit.cell
    pixel, weight = whole_network.inputs[row + 1, column + 3], whole_network.filters[lit.map][1, 3]
    said = [words for words, _ in words_and_marks(view.stage)]
    assert f"{_two(pixel)}·{f'({_two(weight)})' if weight < 0 else _two(weight)}" in said
    assert f"= {_two(pixel * weight)}" in said
    for _ in range(60):
        _turn(view, start, 1)
    sides = [panel.side for panel in view.network.picture.panels]
    cell = on_screen(view, view.network, min(sides), 0) - on_screen(view, view.network, 0, 0)
    assert 60 <= cell.x() <= 100, "no nearer than the smallest cells need"
    # ``QTest.mouseDClick`` alone sends only the third of four events.
    for send in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
        send(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert not view.network.is_magnified and view.network.vb.viewRect() == whole
    assert not view.edits, "neither the wheel nor a double click changes the run"


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}") if value else "0"


def test_keys_and_buttons_magnify_about_what_is_chosen_and_show_the_whole(view):
    whole = view.network.vb.viewRect()
    middle = view.network.middle_of_chosen()
    for press in (lambda: _press(view, Qt.Key.Key_Plus), lambda: view.zooms.pressed.emit("+")):
        before = view.network.vb.viewRect()
        press()
        assert view.network.vb.viewRect().width() == pytest.approx(before.width() / 1.5)
        assert view.network.vb.viewRect().contains(middle)
    _press(view, Qt.Key.Key_Minus)
    assert view.network.is_magnified
    # Who has clicked has the keys.
    place = on_screen(view, view.network, *_panel(view, "digit", 7).middle(0, 0))
    view.network.clearFocus()
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    before = view.network.vb.viewRect()
    QTest.keyClick(view.stage, Qt.Key.Key_Plus)
    assert view.network.vb.viewRect().width() < before.width()
    view.edits.clear()
    _press(view, Qt.Key.Key_0)
    assert view.network.vb.viewRect() == whole and not view.network.is_magnified
    assert not view.edits, "to come nearer is no change of the run"


def test_a_click_beside_the_middle_of_a_cell_chooses_it_also_from_near(view):
    for notches in (0, 8):
        panel = _panel(view, "hidden")
        x, y = panel.middle(4, 2)
        place = on_screen(view, view.network, x + 0.3 * panel.side, y - 0.3 * panel.side)
        _turn(view, place, notches)
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
        neuron = 4 * panel.values.shape[1] + 2
        assert view.edits[-1][0] == {"traced": "hidden", "neuron": neuron}


def test_the_window_goes_with_the_hand_and_is_seen_in_every_map_at_once(view):
    before = draw(view, _shot(traced="conv", map=21, window=(9, 9)))
    corner = view.experiment.handles(view.current.params, view.current.frame)[0].place
    start = on_screen(view, view.network, *corner)
    drag(view, start, on_screen(view, view.network, corner[0] + 3, corner[1] - 4))
    assert view.edits[-1] == ({"window": (13, 12)}, "drag window")
    view.network.setFocus()
    shot = _shot(traced="conv", map=21, window=(13, 12))
    assert draw(view, shot) != before
    for part in ("conv", "pool"):
        for number in range(30):
            place = (13, 12) if part == "conv" else (6, 6)
            assert any(mark.box == _panel(view, part, number).part_box(*place) for mark in view.network.picture.marks)


def test_arrow_keys_choose_the_next_cell_and_bring_it_into_sight(view):
    draw(view, _shot(traced="conv", map=4, window=(3, 3)))
    _press(view, Qt.Key.Key_Down)
    assert view.edits[-1][0] == {"traced": "conv", "map": 4, "window": (4, 3)}
    _press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0] == {"traced": "conv", "map": 5, "window": (3, 3)}
    draw(view, _shot(**view.edits[-1][0]))
    for _ in range(7):
        _press(view, Qt.Key.Key_Plus)
    shown = view.network.vb.viewRect()
    draw(view, _shot(traced="digit", digit="2"))
    assert view.network.vb.viewRect() == shown, "only keys move what is shown"
    _press(view, Qt.Key.Key_Down)
    draw(view, _shot(traced="digit", digit="3"))
    assert view.network.middle_of_chosen() is not None


def test_a_figure_shows_what_is_seen_without_what_is_there_for_the_hand(view):
    corner = view.experiment.handles(view.current.params, view.current.frame)[0].place
    _turn(view, on_screen(view, view.network, *corner), 6)
    seen = view.network.vb.viewRect()
    with_hand = picture(view)
    view.for_export(True)
    view.network.setExportMode(True)
    assert view.network.vb.viewRect() == seen and picture(view) != with_hand
    view.network.setExportMode(False)
    view.for_export(False)
    assert picture(view) == with_hand


def test_the_whole_is_painted_within_a_frame_from_far_and_from_near(view):
    view.resize(1000, 560)
    image = QImage(view.stage.size(), QImage.Format.Format_RGB32)

    def painted() -> float:
        best = 1.0
        for _ in range(5):
            start = time.thread_time()
            painter = QPainter(image)
            view.stage.render(painter)
            painter.end()
            best = min(best, time.thread_time() - start)
        return best

    assert within(painted(), 0.016)
    for _ in range(10):
        _turn(view, on_screen(view, view.network, *_panel(view, "conv", 8).middle(9, 9)), 1)
        assert within(painted(), 0.016)
