"""The stage of `softmax`: it draws, follows the hand and the keys, and rearranges itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.protocol import RandomStreams
from engine.experiments.ch3_networks.softmax import Softmax
from engine.experiments.ch3_networks.softmax.params import STOPS, SoftmaxParams
from gui.stage.view import Snapshot
from gui.views.ch3_networks.softmax import SoftmaxView
from tests.gui.views.hand import BY_SIZE, brought_up, check_appearance, drag, draw, on_screen, picture

SOFTMAX = Softmax()
TEN = (-1.2, -3.0, 0.8, 1.5, 4.6, -2.2, 0.3, 1.1, -0.4, 3.4)


def _shot(**values):
    params = SoftmaxParams(**values)
    return Snapshot(params, SOFTMAX.compute(params, RandomStreams(0)))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, SoftmaxView(SOFTMAX), _shot())


def test_scores_that_share_the_lead_look_alike(view):
    for stop in STOPS:
        draw(view, _shot(scores=(0.3, 2.9, 2.9), stop=stop))
        assert [bar.strong for bar in view.results.bars.state[0]] == [False, True, True], stop
        assert [bar.strong for bar in view.scores.bars.state[0]] == [False, True, True], stop
    draw(view, _shot(scores=(0.3, 2.9, 2.9), view="overflow"))
    assert [bar.strong for bar in view.results.bars.state[0]] == [False, True, True]


@pytest.mark.parametrize(
    ("values", "name"),
    [({}, "a"), ({"offset": 100.0}, "a + c"), ({"temperature": 2.0}, "a / T"),
     ({"offset": 100.0, "temperature": 2.0}, "(a + c) / T")],
)  # fmt: skip
def test_the_exponents_are_called_what_they_are(view, values, name):
    draw(view, _shot(view="overflow", **values))
    assert view.limits.getAxis("bottom").labelText == f"exponent x = {name}"


def test_coming_back_to_a_picture_gives_the_same(view):
    before = draw(view, _shot())
    for values in ({"view": "overflow", "offset": 500.0}, {"view": "batch"}, {"scores": TEN, "stop": "shift"}):
        draw(view, _shot(**values))
    assert draw(view, _shot()) == before


def test_the_ghost_is_seen(view):
    for before, after in (
        ({}, {"scores": (0.3, 2.9, 1.0)}),
        ({"stop": "sum"}, {"stop": "sum", "scores": (3.0, 2.9, 4.0)}),
        ({"view": "overflow"}, {"view": "overflow", "offset": 400.0}),
        ({"view": "batch"}, {"view": "batch", "rows": ((5.0, 1.0), (0.0, 1.0))}),
    ):
        assert draw(view, _shot(**after)) != draw(view, _shot(**after), _shot(**before))


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("values", [{}, {"scores": TEN}, {"view": "overflow"}, {"view": "batch"}])
def test_the_parts_of_a_view_fill_the_stage_and_do_not_overlap(view, size, values):
    view.resize(*size)
    draw(view, _shot(**values))
    shown = [item for item in view.stage.ci.items if item.isVisible()]
    boxes = [item.mapRectToScene(item.rect()) for item in shown]
    whole = view.stage.ci.mapRectToScene(view.stage.ci.rect())
    assert whole.height() == pytest.approx(view.stage.viewport().height(), abs=3)
    for index, box in enumerate(boxes):
        assert whole.adjusted(-1, -1, 1, 1).contains(box)
        assert not any(box.adjusted(1, 1, -1, -1).intersects(other) for other in boxes[:index])
    plots = {"bars": (view.scores, view.results), "overflow": (view.limits,), "batch": (view.groups,)}
    for plot in plots[values.get("view", "bars")]:
        assert plot.vb.sceneBoundingRect().height() > 45


def test_bars_of_both_plots_stand_above_one_another(view):
    for values in ({}, {"scores": TEN, "offset": 1000.0}):
        draw(view, _shot(**values))
        places = [plot.vb.mapViewToScene(QPointF(1, 0)).x() for plot in (view.scores, view.results)]
        assert places[0] == pytest.approx(places[1], abs=1)


def test_a_bar_is_pulled_at_its_top(view):
    ended = []
    view.gesture_ended.connect(lambda: ended.append(True))
    drag(view, on_screen(view, view.scores, 2, 4.0), on_screen(view, view.scores, 2, 1.0))
    changes, gesture = view.edits[-1]
    assert gesture == "drag a3" and ended
    assert changes["scores"][:2] == (0.3, 2.9)
    assert changes["scores"][2] == pytest.approx(1.0, abs=0.15)


def test_the_axis_of_the_scores_waits_for_the_end_of_a_drag(view):
    draw(view, _shot(scores=(0.3, 2.9, 8.0)))
    wide = view.scores.vb.viewRange()[1]
    view.move_handle("a3", (2, 5.0))
    shot = _shot(scores=(0.3, 2.9, 5.0))
    draw(view, shot)
    assert view.scores.vb.viewRange()[1] == wide
    view.gesture_ended.emit()
    assert view.scores.vb.viewRange()[1][1] < wide[1]


def test_tab_goes_through_the_bars_then_views_and_chips_and_leaves(view):
    view.stage.setFocus()
    stops = []
    for _ in range(5):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        control = "views" if view.views.hasFocus() else "chips" if view.chips.hasFocus() else None
        stops.append(view.focused_handle() or control)
    assert stops == ["a1", "a2", "a3", "views", "chips"]
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert not view.views.hasFocus() and not view.chips.hasFocus() and view.focused_handle() is None


def test_keys_move_and_remove_a_score(view):
    view.focus_handle("a2")
    QTest.keyClick(view.stage, Qt.Key.Key_Up)
    QTest.keyClick(view.stage, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view.stage, Qt.Key.Key_Delete)
    assert [changes["scores"] for changes, _ in view.edits] == [(0.3, 3.0, 4.0), (0.3, 1.9, 4.0), (0.3, 4.0)]


def test_keys_and_the_mouse_move_all_scores_along_the_line(view):
    draw(view, _shot(view="overflow"))
    view.focus_handle("offset")
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0] == {"offset": 10.0}
    drag(view, on_screen(view, view.limits, 4, 1.7), on_screen(view, view.limits, 500, 217))
    changes, gesture = view.edits[-1]
    assert gesture == "drag offset" and changes["offset"] == pytest.approx(496, abs=6)


def test_a_double_click_adds_a_score(view):
    place = on_screen(view, view.scores, 1.5, 5.0)
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    added = [changes["scores"] for changes, _ in view.edits if "scores" in changes]
    assert len(added) == 1 and added[0][:3] == (0.3, 2.9, 4.0)
    assert added[0][3] == pytest.approx(5.0, abs=0.15)


def test_chips_answer_to_clicks_and_keys(view):
    for stop in STOPS[:3]:
        place = view.stage.mapFromScene(view.chips.mapToScene(view.chips.box(stop).center()))
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view.stage.setFocus()
    view.chips.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Left)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    chosen = [changes["stop"] for changes, _ in view.edits]
    assert chosen == ["shift", "exponentiate", "sum", "sum"]


def test_the_views_answer_to_clicks(view):
    place = view.stage.mapFromScene(view.views.mapToScene(view.views.box("batch").center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits == [({"view": "batch"}, "")]


def test_probes_name_the_part_of_the_stage(view):
    heard = []
    view.probed.connect(heard.append)
    for plot in (view.scores, view.results):
        view.stage.scene().sigMouseMoved.emit(plot.vb.mapViewToScene(QPointF(2, 0.5)))
        assert "class 3: a = 4" in heard[-1].render("en")
    for name, plot, words in (("overflow", view.limits, "e^x"), ("batch", view.groups, "row 1, class 2")):
        draw(view, _shot(view=name))
        view.stage.scene().sigMouseMoved.emit(plot.vb.mapViewToScene(QPointF(1, 0.5)))
        assert words in heard[-1].render("en")


def test_an_export_shows_nothing_that_is_for_the_hand(view):
    with_hand = picture(view)
    view.for_export(True)
    view.views.setExportMode(True)
    assert picture(view) != with_hand
    assert not any(item.isVisible() for item in view.handle_items.values())
    assert view.caption.shown_words() == ""
    view.views.setExportMode(False)
    view.for_export(False)
    assert picture(view) == with_hand


def test_language_theme_and_zoom_are_taken_at_once(view):
    check_appearance(view, _shot(), _shot(view="overflow"), _shot(view="batch"))


def test_no_outline_is_left_of_a_score_that_was_removed(view):
    more, fewer = _shot(scores=(1.0, 2.0, 3.0, 4.0)), _shot(scores=(1.0, 2.0, 3.0))
    view.draw(fewer.params, fewer.frame, more)
    for bars in (view.scores.bars, view.results.bars):
        _, ghost, *_ = bars.state
        assert [x for x, *_ in ghost] == [0, 1, 2]
