"""The stage of `filters`: the window follows the pointer, numbers are pulled, buttons take filters, all is readable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.experiments.ch7_convolution.filters import answered
from engine.nn.image_filters import NAMED
from gui.stage.fields_on_stage import words_at
from gui.stage.view import Snapshot
from gui.style.typography import set_zoom
from tests.gui.views.hand import drag, draw, on_screen, opened_view, picture


@pytest.fixture
def view(qtbot):
    return opened_view(qtbot, "filters")


def _press(view, item, name):
    place = item.mapToScene(item.box(name).center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(place))


def test_the_result_has_most_of_the_stage(view):
    for size in ((900, 560), (560, 700)):
        view.resize(*size)
        picture(view)
        boxes = {name: getattr(view, name).vb.sceneBoundingRect() for name in ("before", "kernel", "after")}
        areas = {name: box.width() * box.height() for name, box in boxes.items()}
        assert areas["after"] >= 0.55 * sum(areas.values())
        assert all(box.width() > 90 and box.height() > 80 for box in boxes.values())


@pytest.mark.parametrize(("zoom", "size"), [(1.0, (780, 225)), (1.0, (520, 300)), (2.0, (920, 480))])
def test_a_low_stage_keeps_every_button_and_readable_numbers(view, zoom, size):
    set_zoom(zoom)
    view.resize(*size)
    picture(view)
    for item in (view.named, view.turn):
        for name, _ in item.options:
            where = view.stage.mapFromScene(item.mapToScene(item.box(name).center()))
            assert view.stage.rect().contains(where), name
            view.edits.clear()
            QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=where)
            assert [next(iter(changes)) for changes, _ in view.edits] == ["kernel"], name
    assert words_at(view.stage, view.stage.mapFromScene(view.kernel.cell_box(view.kernel.grids[0], 1, 0).center())) == (
        "\N{MINUS SIGN}2"
    )


def test_the_opening_cell_has_its_window_and_its_sum(view):
    assert view.before.window == (66, 36, 3, 3) and view.after.selected == (66, 36)
    assert view.words.shown_words().endswith("= 1.28") and view.words.shown_words().count("·") == 9
    assert words_at(view.stage, view.stage.mapFromScene(view.kernel.cell_box(view.kernel.grids[0], 1, 0).center())) == (
        "\N{MINUS SIGN}2"
    )


def test_the_window_follows_the_pointer_and_a_click_keeps_it(view):
    port = view.stage.viewport()
    for plot, place, cell in ((view.after, (20.4, 50.7), (50, 20)), (view.before, (20.4, 50.7), (49, 19))):
        QTest.mouseMove(port, on_screen(view, plot, *place))
        QTest.qWait(20)
        assert view.before.window == (*cell, 3, 3) and view.edits == []
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=on_screen(view, plot, *place))
        assert [one for one, _ in view.edits] == [{"selected": cell}]
        view.edits.clear()
    QTest.mouseMove(port, QPoint(2, 2))
    QTest.qWait(20)
    assert view.before.window == (66, 36, 3, 3)


def test_arrow_keys_move_the_chosen_cell(view):
    view.stage.setFocus()
    view.after.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.stage, Qt.Key.Key_Down)
    assert view.edits[0][0] == {"selected": (67, 36)}


def test_a_number_of_the_filter_is_pulled_up(view):
    start = view.stage.mapFromScene(view.kernel.cell_box(view.kernel.grids[0], 0, 1).center()) + QPoint(8, 0)
    drag(view, start, start - QPoint(0, 30))
    changes, gesture = view.edits[-1]
    assert gesture == "drag k01" and changes["kernel"][0][1] > 0.5
    assert changes["kernel"][1:] == view.current.params.kernel[1:]


def test_the_button_that_invites_turns_the_numbers(view):
    before = picture(view)
    _press(view, view.turn, "turn")
    assert view.edits[-1][0] == {"kernel": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]}
    assert draw(view, view.current) != before and not view.is_inviting


@pytest.mark.parametrize(("name", "shown"), [("blur", "grey"), ("laplacian", "signed")])
def test_a_named_filter_is_taken_with_the_look_that_suits_it(view, name, shown):
    _press(view, view.named, name)
    assert view.edits[-1][0]["shown"] == shown
    assert view.edits[-1][0]["kernel"] == view.experiment.click(view.current.params, view.current.frame, name)["kernel"]


def test_the_button_of_the_filter_that_is_there_is_lit(view):
    sobel = view.named.mapRectToScene(view.named.box("sobel")).topLeft()
    place = view.stage.mapFromScene(sobel) + QPoint(4, 6)
    lit = picture(view).pixelColor(place)
    turned = Snapshot(view.current.params.replaced({"kernel": NAMED["blur"]}), view.current.frame)
    assert draw(view, turned).pixelColor(place) != lit


def test_all_buttons_lie_on_the_stage(view):
    for size in ((900, 560), (620, 400), (520, 700)):
        view.resize(*size)
        picture(view)
        for item in (view.named, view.turn, view.shown, view.views):
            for name, _ in item.options:
                assert view.stage.sceneRect().contains(item.mapRectToScene(item.box(name))), (size, name)


def test_a_gabor_filter_is_shown_in_colours(qtbot):
    view = opened_view(qtbot, "filters", "gabor")
    assert view.pattern.values.shape == (11, 11) and abs(view.pattern.values).max() == 1
    assert view.kernel.scene() is None and not view.handle_items
    place = view.pattern.vb.mapViewToScene(QPointF(5.5, 5.5))
    assert "multiplied by the pixel" in view.probe_at(place).render("en")


def test_one_of_the_learned_filters_is_chosen_by_a_click_and_by_keys(view):
    params = view.current.params.replaced({"view": "network", "number": 4})
    draw(view, Snapshot(params, answered(params, view.current.frame.pixels)))
    place = view.sheet.mapToScene(view.sheet.tile(12).center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(place))
    view.sheet.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert [one for one, _ in view.edits] == [{"number": 12}, {"number": 5}]
    assert view.words.shown_words().startswith("result [66,36]") and view.named.scene() is None
