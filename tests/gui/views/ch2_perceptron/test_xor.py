"""The stage of `xor`: it draws, follows the hand and the keys, and rearranges itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.protocol import RandomStreams
from engine.experiments.ch2_perceptron.xor import Xor
from engine.experiments.ch2_perceptron.xor.params import OR, XorParams
from gui.plots.drawing.pixel_painter import sketch_of
from gui.stage.view import Snapshot
from gui.style.typography import set_zoom
from gui.views.ch2_perceptron.xor import XorView
from tests.gui.views.hand import brought_up, check_appearance, check_export, drag, draw, on_screen, picture

XOR = Xor()


def _shot(**values):
    params = XorParams(**values)
    return Snapshot(params, XOR.compute(params, RandomStreams(0)))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, XorView(XOR), _shot())


def test_coming_back_to_a_picture_gives_the_same(view):
    before = draw(view, _shot())
    draw(view, _shot(view="single", direction=120.0))
    draw(view, _shot(activation="sigmoid", s1=OR))
    assert draw(view, _shot()) == before


@pytest.mark.parametrize(
    ("size", "zoom"), [((900, 560), 1.0), ((950, 600), 1.0), ((600, 500), 1.0), ((500, 700), 1.0), ((1340, 900), 2.0)]
)
def test_the_name_of_a_line_stands_on_no_other_line(view, size, zoom):
    view.resize(*size)
    set_zoom(zoom)
    picture(view)
    for line, other in (view.lines[:2], view.lines[1::-1]):
        box, seen = line.name_box(sketch_of(line)), other.seen_line()
        parts = (seen.pointAt(number / 200) for number in range(201))
        assert seen.length() > 50 and not any(box.contains(part) for part in parts)
        assert not any(box.intersects(taken) for taken in view.taken_on_inputs())


@pytest.mark.parametrize("size", [(900, 560), (945, 590), (950, 620), (600, 500), (1500, 900)])
def test_no_line_to_an_image_passes_through_the_words_of_a_side_or_a_line(view, size):
    view.resize(*size)
    picture(view)
    assert view.joins.passed()
    names = [line.name_box(sketch_of(line)) for line in view.lines[:2]] if size[0] >= 900 else []
    for box in (*view.sides.boxes(), *names):
        assert not any(box.contains(place) for place in view.joins.passed())


def test_the_ghost_is_seen(view):
    turned = _shot(view="single", direction=80.0)
    for shot, ghost in ((_shot(s2=(0.5, 0.5, 0.1)), _shot()), (turned, _shot(view="single"))):
        assert draw(view, shot) != draw(view, shot, ghost)


@pytest.mark.parametrize("size", [(900, 560), (620, 300), (500, 700), (1500, 900)])
def test_both_planes_are_equal_and_their_unit_is_square(view, size):
    view.resize(*size)
    picture(view)
    boxes = [plane.vb.sceneBoundingRect() for plane in (view.inputs, view.hidden)]
    assert boxes[0].width() == pytest.approx(boxes[1].width(), rel=0.04)
    assert boxes[0].height() == pytest.approx(boxes[1].height(), abs=3)
    for plane in (view.inputs, view.hidden):
        across, up = plane.vb.viewPixelSize()
        assert across == pytest.approx(up, rel=0.01)
        assert plane.vb.viewRect().contains(plane.square.adjusted(0.01, 0.01, -0.01, -0.01))


@pytest.mark.parametrize("size", [(900, 560), (620, 300), (500, 700)])
def test_a_changed_view_fills_the_stage_again(view, size):
    view.resize(*size)
    draw(view, _shot(view="single"))
    assert view.map.scene() is not None and view.hidden.scene() is None
    assert view.inputs.vb.sceneBoundingRect().height() > 100
    assert view.stage.ci.geometry().height() == pytest.approx(view.stage.viewport().height(), abs=3)
    draw(view, _shot())
    assert view.hidden.scene() is not None and view.map.scene() is None
    assert view.hidden.vb.sceneBoundingRect().height() > 100


def test_joins_end_at_the_points_wherever_these_are(view):
    for size in ((900, 560), (500, 700)):
        view.resize(*size)
        picture(view)
        reach = view.joins.boundingRect()
        for plot, x, y in ((view.inputs, 0, 0), (view.hidden, 1, 1)):
            assert reach.contains(plot.vb.mapViewToScene(QPointF(x, y)))


@pytest.mark.parametrize(("place", "correct"), [((0.2, 0.4), 4), ((-0.2, -0.1), 3)])
def test_the_line_of_s2_can_be_pulled_over_two_points_and_over_the_origin(view, place, correct):
    drag(view, on_screen(view, view.inputs, 0.5, 0.7), on_screen(view, view.inputs, *place))
    changes, gesture = view.edits[-1]
    assert gesture == "drag s2.line" and list(changes) == ["s2"]
    assert _shot(**changes).frame.correct == correct


def test_a_line_can_be_gripped_anywhere(view):
    ended = []
    view.gesture_ended.connect(lambda: ended.append(True))
    drag(view, on_screen(view, view.hidden, 0.9, 0.5), on_screen(view, view.hidden, 1.2, 1.2))
    changes, gesture = view.edits[-1]
    assert gesture == "drag y.line"
    w1, w2, b = changes["y"]
    assert w1 * 1.2 + w2 * 1.2 + b == pytest.approx(0, abs=0.02)
    assert ended


def test_tab_goes_through_all_handles_then_the_switch_and_leaves(view):
    view.stage.setFocus()
    stops = []
    for _ in range(7):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        stops.append(view.focused_handle() or ("views" if view.views.hasFocus() else None))
    assert stops == ["s2.line", "s2.w", "s1.line", "s1.w", "y.line", "y.w", "views"]
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() is None and not view.views.hasFocus()


@pytest.mark.parametrize("name", ["s2.line", "s2.w", "s1.line", "s1.w", "y.line", "y.w"])
def test_arrow_keys_move_every_handle(view, name):
    view.focus_handle(name)
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    changes, gesture = view.edits[-1]
    assert gesture == f"drag {name}"
    assert view.current.params.replaced(changes) != view.current.params


@pytest.mark.parametrize("name", ["direction.w", "direction.map"])
def test_arrow_keys_turn_the_direction(view, name):
    draw(view, _shot(view="single"))
    view.focus_handle(name)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1][0]["direction"] != 45


def test_the_switch_answers_to_keys_and_clicks(view):
    view.stage.setFocus()
    view.views.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits == [({"view": "single"}, "")]
    QTest.keyClick(view.stage, Qt.Key.Key_Left)
    assert len(view.edits) == 1
    place = view.stage.mapFromScene(view.views.mapToScene(view.views.box("single").center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits[1:] == [({"view": "single"}, "")]


def test_columns_points_and_images_select_their_input(view):
    place = view.stage.mapFromScene(view.strip.mapToScene(view.strip.column(3).center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.inputs, 0, 0))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.hidden, 0, 1))
    assert [changes for changes, _ in view.edits] == [{"selected": "11"}, {"selected": "00"}, {"selected": "11"}]


def test_probes_name_the_part_of_the_stage(view):
    heard = []
    view.probed.connect(heard.append)
    draw(view, _shot(s2=OR))
    for plot, x, y, words in ((view.inputs, 0.5, 0.5, "s = (1, 1)"), (view.hidden, 0.25, 0.25, "s = (0.25, 0.25)")):
        view.stage.scene().sigMouseMoved.emit(plot.vb.mapViewToScene(QPointF(x, y)))
        assert words in heard[-1].render("en")
    draw(view, _shot(view="single"))
    view.stage.scene().sigMouseMoved.emit(view.map.vb.mapViewToScene(QPointF(200, 1)))
    assert "at most 3 of 4" in heard[-1].render("en")


@pytest.mark.parametrize("size", [(900, 560), (620, 300), (500, 700), (1500, 900)])
def test_no_two_names_of_points_overlap(view, size):
    view.resize(*size)
    for shot in (_shot(), _shot(s2=OR)):
        draw(view, shot)
        for points, count in ((view.points, 4), (view.images, shot.frame.distinct)):
            boxes = [text.sceneBoundingRect() for text in points._texts if text.isVisible()]
            assert len(boxes) == count
            assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])


def test_a_line_of_both_hidden_neurons_has_both_names(view):
    draw(view, _shot(s1=OR, s2=OR))
    first, second = (line.name for line in view.lines[:2])
    assert not first and second.startswith("s1, s2")
    draw(view, _shot(s2=OR))
    assert [line.name[:2] for line in view.lines[:2]] == ["s1", "s2"]


def test_an_export_shows_neither_handles_nor_the_switch(view):
    check_export(view, view.views)


def test_language_theme_and_zoom_are_taken_at_once(view):
    check_appearance(view, _shot(), _shot(view="single"), _shot(activation="sigmoid"))
