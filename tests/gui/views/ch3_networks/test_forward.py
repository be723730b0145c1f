"""The stage of `forward`: it draws, follows the hand and the keys, and makes do with little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.experiments.ch3_networks.forward import Forward
from engine.experiments.ch3_networks.forward.params import ForwardParams
from gui.plots.drawing.api import PixelPainter
from gui.plots.network.network_plot import NetworkItem
from gui.stage.view import Snapshot
from gui.views.ch3_networks.forward import ForwardView
from tests.gui.views.hand import BY_SIZE, brought_up, check_appearance, check_export, draw

FORWARD = Forward()
LARGE = {"inputs": 4, "hidden1": 4, "hidden2": 4, "outputs": 4, "output": "softmax"}


def _shot(stop=1, **values):
    params = ForwardParams(**values)
    return Snapshot(params, FORWARD.stop(params, stop))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, ForwardView(FORWARD), _shot())


def _click(view, scene_place: QPointF) -> None:
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(scene_place))


def _click_node(view, layer, number):
    _click(view, view.plot.network.node_box(view._places.index((layer, number))).center())


def test_every_step_changes_the_picture(view):
    pictures = [draw(view, _shot(stop)) for stop in range(8)]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[:i])


def test_the_ghost_is_seen(view):
    shot = _shot(x=((2.0, 0.5),))
    assert draw(view, shot) != draw(view, shot, _shot())


def test_a_ghost_of_another_size_is_left_out(view):
    shot = _shot(hidden1=2)
    assert draw(view, shot) == draw(view, shot, _shot())


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("values", [{}, LARGE])
def test_nodes_lie_on_the_stage_and_apart(view, size, values):
    view.resize(*size)
    draw(view, _shot(5, **values))
    network = view.plot.network
    boxes = [network.node_box(number) for number in range(len(view._places))]
    assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])
    stage = view.plot.vb.sceneBoundingRect().adjusted(-1, -1, 1, 1)
    assert all(stage.contains(box) for box in boxes)


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("values", [{}, LARGE])
def test_the_matrices_fit_and_the_lit_column_is_always_there(view, size, values):
    view.resize(*size)
    for stop in (1, 5):
        draw(view, _shot(stop, **values))
        product, role = view.product.shown_product()
        assert view.product._width(product, role) <= view.product.size().width()
        assert any(block.lit for block in product)
        assert view.product.sceneBoundingRect().bottom() <= view.stage.sceneRect().bottom() + 1


@pytest.mark.parametrize("size", BY_SIZE)
def test_the_graph_keeps_its_place_while_the_walk_goes_on(view, size):
    view.resize(*size)
    places = []
    for stop in range(8):
        draw(view, _shot(stop))
        places.append((view.plot.sceneBoundingRect(), view.plot.network.node_box(3)))
    assert all(place == places[0] for place in places)


def test_there_are_always_words_for_the_sum(view):
    for size in ((900, 560), (500, 700)):
        view.resize(*size)
        for stop in (1, 9):
            draw(view, _shot(stop, **LARGE))
            assert view.words.shown_words()


# The hand


def test_an_input_is_dragged_by_its_handle(view):
    port = view.stage.viewport()
    item = view.handle_items["x1"]
    start = view.stage.mapFromScene(item.scenePos())
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (5, 12, 25):
        QTest.mouseMove(port, start - QPoint(0, part))
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 25))
    changes, gesture = view.edits[-1]
    assert gesture == "drag x1" and changes["x"][0][0] > 1.5 and changes["x"][0][1] == 0.5


def test_tab_goes_through_the_inputs_and_keys_change_them(view):
    view.stage.setFocus()
    stops = []
    for _ in range(3):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        stops.append(view.focused_handle())
    assert stops == ["x1", "x2", None]
    view.focus_handle("x2")
    QTest.keyClick(view.stage, Qt.Key.Key_Down)
    assert view.edits[-1] == ({"x": ((1.0, 0.45),)}, "drag x2")
    QTest.keyClick(view.stage, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1] == ({"x": ((1.0, 1.0),)}, "drag x2")


def test_a_click_on_a_neuron_lights_it_and_another_gives_the_light_back(view):
    _click_node(view, 2, 1)
    assert view.edits == [({"selected": "2-1"}, "")]
    draw(view, _shot(selected="2-1"))
    _click_node(view, 2, 1)
    _click_node(view, 1, 1)
    assert view.edits[1:] == [({"selected": "current"}, "")] * 2


def test_inputs_are_not_clicked(view):
    _click_node(view, 0, 1)
    assert view.edits == []


def test_a_click_on_a_column_lights_its_neuron(view):
    for name, column in (("W1", 2), ("A1", 1), ("Z1", 1)):
        _click(view, view.product.mapToScene(view.product.cell(name, 0, column).center()))
        assert view.edits[-1] == ({"selected": f"1-{column + 1}"}, "")
    _click(view, view.product.mapToScene(view.product.cell("X", 0, 1).center()))
    assert len(view.edits) == 3


def test_the_pointer_is_told_what_is_there(view):
    heard = []
    view.probed.connect(heard.append)
    box = view.plot.network.node_box(view._places.index((1, 2)))
    view.stage.scene().sigMouseMoved.emit(box.center())
    assert "Layer 1, neuron 2" in heard[-1].render("en")


def test_an_export_shows_no_handles(view):
    check_export(view)


def test_language_theme_and_zoom_are_taken_at_once(view):
    check_appearance(view, _shot(), _shot(9, **LARGE))


@pytest.mark.parametrize("size", [*BY_SIZE, (760, 420), (700, 380)])
@pytest.mark.parametrize("selected", ["1-1", "2-2", "3-4"])
def test_no_number_on_an_edge_hides_another_of_the_lit_neuron(view, monkeypatch, size, selected):
    boxes, words = [], PixelPainter.words

    def told(sketch, text, box, role="notes", color=None, *rest, **more):
        if role == "number" and drawing:
            boxes.append(QRectF(box))
        words(sketch, text, box, role, color, *rest, **more)

    drawing, draw_weights = [], NetworkItem._draw_weights

    def drawn(item, *given):
        drawing.append(item)
        draw_weights(item, *given)
        drawing.clear()

    monkeypatch.setattr(NetworkItem, "_draw_weights", drawn)
    monkeypatch.setattr(PixelPainter, "words", told)
    view.resize(*size)
    draw(view, _shot(12, **LARGE, hidden="relu", selected=selected))
    boxes.clear()
    view.grab()
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert one.intersected(other).height() <= 0.1 * one.height() or not one.intersects(other)
