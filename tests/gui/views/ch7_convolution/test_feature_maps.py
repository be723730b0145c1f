"""The stage of `feature_maps`: the cover is dragged, cells and maps are chosen by pointer and keys, at every size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.api import ProbePoint
from engine.contract.run import Run
from engine.experiments.ch7_convolution.feature_maps import FeatureMaps
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsParams
from engine.experiments.ch7_convolution.feature_maps.words import MAPS
from engine.playing import Player
from gui.stage.view import Snapshot
from gui.views.ch7_convolution.feature_maps import FeatureMapsView
from tests.gui.views.hand import brought_up, drag, draw, on_screen, picture

FEATURE_MAPS = FeatureMaps()
VIEWS = ("maps", "occlusion", "strongest", "draw", "whole", "points")


def _shot(**values):
    params = FeatureMapsParams(**values)
    return Snapshot(params, Player(FEATURE_MAPS, Run("feature_maps", params)).go(0))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, FeatureMapsView(FEATURE_MAPS), _shot())


@pytest.mark.parametrize("size", [(900, 560), (620, 300), (480, 660)])
def test_every_size_shows_every_view_and_pixels_are_squares(view, size):
    view.resize(*size)
    pictures = [draw(view, _shot(view=name)) for name in VIEWS]
    assert all(one != other for one in pictures for other in pictures if one is not other)
    draw(view, _shot())
    corner, right, up = (view.digit.vb.mapViewToScene(QPointF(*place)) for place in ((0, 0), (1, 0), (0, 1)))
    assert right.x() - corner.x() == pytest.approx(corner.y() - up.y(), rel=1e-6)


def test_the_digit_takes_the_most_of_the_stage(view):
    assert view.digit.size().width() >= 0.55 * view.stage.width()
    assert view.digit.size().height() >= 0.75 * view.stage.height()


def test_the_cover_goes_with_the_hand_and_stops_at_the_edge(view):
    size = view.current.params.size
    top, left = view.current.params.cover
    start = on_screen(view, view.digit, left + size / 2 - 1, -top - size / 2)
    drag(view, start, on_screen(view, view.digit, left + size / 2 + 4, -top - size / 2 + 6))
    assert view.edits[-1][0] == {"cover": (top - 6, left + 5)}
    view.move_handle("cover", (60.0, 40.0))
    assert view.edits[-1][0] == {"cover": (0, 28 - size)}


def test_once_the_cover_is_let_go_the_box_is_that_of_the_cell_which_is_told(view):
    params, frame = view.current.params, view.current.frame
    field, told = params.at.field, frame.cell(params)
    size, (top, left) = params.size, params.cover
    start = on_screen(view, view.digit, left + size / 2 - 1, -top - size / 2)
    drag(view, start, on_screen(view, view.digit, left + size / 2 + 4, -top - size / 2 + 6))
    box = view.digit._picture.state[1]
    assert box == (*(field.start(one) for one in told), field.side)
    row, column = told
    assert f"in cell [{row},{column}]" in view.experiment.headline(params, frame).render("en")


def test_an_upward_key_moves_the_cover_up(view):
    view.stage.setFocus()
    view.focus_handle("cover")
    QTest.keyClick(view.stage, Qt.Key.Key_Up)
    top, left = view.current.params.cover
    assert view.edits[-1][0] == {"cover": (top - 1, left)}


def test_a_click_on_the_digit_boxes_what_its_cell_sees_and_one_on_a_map_looks_at_that(view):
    port = view.stage.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.digit, 20.5, -4.5))
    assert view.edits[-1][0] == {"selected": (2, 18), "follow": False}
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.maps, 30.0, 30.0))
    assert view.edits[-1][0] == {"map": 7, "follow": True}


def test_keys_go_from_map_to_map_and_from_cell_to_cell_and_stop_at_the_edge(view):
    shot = _shot(map=5, follow=False, selected=(0, 5))
    draw(view, shot)
    for item, key, changes in (
        (view.maps, Qt.Key.Key_Down, {"map": 11, "follow": True}),
        (view.maps, Qt.Key.Key_Left, {"map": 4, "follow": True}),
        (view.maps, Qt.Key.Key_Right, None),
        (view.digit, Qt.Key.Key_Down, {"selected": (1, 5), "follow": False}),
        (view.digit, Qt.Key.Key_Up, None),
    ):
        view.edits.clear()
        view.stage.setFocus()
        item.setFocus()
        QTest.keyClick(view.stage, key)
        assert [one for one, _ in view.edits] == ([changes] if changes else [])


def test_the_pointer_shows_the_field_of_a_cell_and_leaves_no_trace(view):
    before = picture(view)
    for spot in (ProbePoint(5.5, -20.5), ProbePoint(30.0, 30.0, MAPS)):
        view.probe(spot)
        assert picture(view) != before
        view.probe(None)
        assert picture(view) == before


def test_a_map_that_is_switched_off_leaves_its_place_empty(view):
    assert draw(view, _shot(muted=True)) != draw(view, _shot())


def test_a_map_that_is_switched_off_lies_on_the_digit_no_longer_and_the_words_say_so(view):
    cell = view.digit.vb.mapViewToScene(QPointF(14.5, -14.5))
    draw(view, _shot(map=3))
    assert view.digit.tint is not None and "off" not in view.probe_at(cell).render("en")
    for layer, words in (("relu", "Map 3 is switched off"), ("hidden", "Hidden neuron 3 is switched off")):
        draw(view, _shot(layer=layer, map=3, muted=True))
        assert view.digit.tint is None and words in view.digit_words.shown_words()
        assert words in view.experiment.headline(view.current.params, view.current.frame).render("en")
    draw(view, _shot(map=3, muted=True))
    assert "switched off" in view.probe_at(cell).render("en")


def test_a_click_and_an_arrow_key_choose_a_point_whose_digit_is_shown(view):
    shot = _shot(view="points", layer="hidden", index=42)
    draw(view, shot)
    points = shot.frame.points
    assert "test digit 42, a 4, read as 4" in view.probe_at(_middle(view, points.places[42])).render("en")
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=_seen(view, points.places[7]))
    clicked = view.edits[-1][0]
    assert clicked == {"index": points.point_at(*points.places[7].tolist()), "source": "test"}
    view.take_keys(view.points)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1][0] == {"index": points.beside(42, 1, 0)}


def _middle(view, place):
    return view.points.vb.mapViewToScene(QPointF(*place.tolist()))


def _seen(view, place):
    return view.stage.mapFromScene(_middle(view, place))
