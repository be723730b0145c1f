"""The stage of `losses`: it draws, follows the hand and the keys, and rearranges itself."""

from __future__ import annotations

import math
import time

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.language import LANGUAGES
from engine.contract.protocol import RandomStreams
from engine.experiments.ch4_training.losses import Losses
from engine.experiments.ch4_training.losses.params import MOVED, REFERENCE, LossesParams
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.theme import theme
from gui.style.typography import set_zoom
from gui.views.ch4_training.losses import LossesView
from tests.gui.views.hand import BY_SIZE, SIZES, brought_up, check_appearance, drag, draw, on_screen, picture
from tests.pace import within

LOSSES = Losses()
GONE = tuple(float(k == 7) for k in range(10))


def _shot(**values):
    params = LossesParams().replaced(values)
    return Snapshot(params, LOSSES.compute(params, RandomStreams(0)))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, LossesView(LOSSES), _shot())


def test_coming_back_to_a_picture_gives_the_same(view):
    for size in SIZES[:2]:
        view.resize(*size)
        before = draw(view, _shot())
        for values in ({"view": "guard", "y": GONE}, {"view": "batch", "samples": 5}, {"y": (0.5, 0.5)}):
            draw(view, _shot(**values))
        assert draw(view, _shot()) == before


def test_the_ghost_is_seen_and_the_results_say_what_became_of_them(view):
    for before, after in (
        ({}, {"y": MOVED}),
        ({"view": "guard"}, {"view": "guard", "y": MOVED}),
        ({"view": "guard", "guard": "1e-7"}, {"view": "guard", "guard": "1e-3"}),
        ({"view": "batch"}, {"view": "batch", "rows": ((0.25,) * 4,) * 4}),
    ):
        assert draw(view, _shot(**after)) != draw(view, _shot(**after), _shot(**before))
    draw(view, _shot(y=MOVED), _shot())
    assert "before: 0.5108" in view.read_outs.shown_texts()
    draw(view, _shot(y=(0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.0)), _shot())
    assert view.read_outs.shown_texts()[1:3] == ["0.5108", "unchanged"]


def test_a_ghost_of_another_view_is_left_out(view):
    assert draw(view, _shot(view="guard")) == draw(view, _shot(view="guard"), _shot())


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("values", [{}, {"view": "guard", "guard": "1e-7"}, {"view": "batch"}])
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
    main = {"one": view.curve, "guard": view.near}.get(values.get("view", "one"), view.groups)
    assert main.vb.sceneBoundingRect().height() > 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_twice_the_size_everything_still_has_its_place(view, language):
    set_language(language)
    set_zoom(2.0)
    view.resize(640, 420)
    for values in ({}, {"view": "guard", "guard": "1e-7"}, {"view": "batch", "pitfall": "class_numbers"}):
        draw(view, _shot(**values))
        whole = view.stage.ci.mapRectToScene(view.stage.ci.rect()).adjusted(-1, -1, 1, 1)
        for item in view.stage.ci.items:
            assert whole.contains(item.mapRectToScene(item.rect())), item
        plots = [view.groups] if values.get("view") == "batch" else [view.bars, view.curve]
        for plot in plots:
            if plot in view.stage.ci.items:
                assert plot.vb.sceneBoundingRect().width() > 200


def test_the_axes_stay_while_the_point_leaves_the_picture(view):
    ranges = view.curve.vb.viewRange()
    draw(view, _shot(y=GONE))
    assert view.curve.vb.viewRange() == ranges
    low, high = ranges[1]
    assert low < view.handle_items["point"].spot[1] < high


def test_the_bar_of_the_right_class_is_pulled_down(view):
    ended = []
    view.gesture_ended.connect(lambda: ended.append(True))
    drag(view, on_screen(view, view.bars, 2, 0.6), on_screen(view, view.bars, 2, 0.1))
    changes, gesture = view.edits[-1]
    assert gesture == "drag y2" and ended
    assert changes["y"][2] == pytest.approx(0.1, abs=0.02) and math.fsum(changes["y"]) == pytest.approx(1)


def test_shares_that_were_pressed_to_0_come_back_within_a_drag(view):
    def follow(changes, _):
        shot = _shot(**changes)
        view.draw(shot.params, shot.frame)

    view.edited.connect(follow)
    port = view.stage.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.bars, 2, 0.6))
    for share in (0.8, 1.05, 0.6):
        QTest.mouseMove(port, on_screen(view, view.bars, 2, share))
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.bars, 2, 0.6))
    assert any(changes["y"] == (0, 0, 1.0, *[0.0] * 7) for changes, _ in view.edits)
    assert view.edits[-1][0]["y"] == pytest.approx(REFERENCE, abs=0.01)
    assert view.edits[-1][0]["y"][0] == pytest.approx(2 * view.edits[-1][0]["y"][1])


def test_the_point_and_its_line_are_dragged_along_the_curve(view):
    start = on_screen(view, view.curve, 0.6, -math.log(0.6))
    drag(view, start, on_screen(view, view.curve, 0.1, -math.log(0.1)))
    changes, gesture = view.edits[-1]
    assert gesture == "drag point" and changes["y"][2] == pytest.approx(0.1, abs=0.02)
    drag(view, on_screen(view, view.curve, 0.6, 3.0), on_screen(view, view.curve, 0.9, 0.1))
    assert view.edits[-1][0]["y"][2] == pytest.approx(0.9, abs=0.03)


def test_near_0_the_point_and_its_line_are_dragged_by_powers_of_ten(view):
    draw(view, _shot(view="guard"))
    start = on_screen(view, view.near, math.log10(0.6), -math.log(0.6))
    drag(view, start, on_screen(view, view.near, -6, 13.8))
    changes, gesture = view.edits[-1]
    assert gesture == "drag near" and math.log10(changes["y"][2]) == pytest.approx(-6, abs=0.3)
    drag(view, on_screen(view, view.near, math.log10(0.6), 20.0), on_screen(view, view.near, -3, 20.0))
    assert math.log10(view.edits[-1][0]["y"][2]) == pytest.approx(-3, abs=0.3)


def test_keys_reach_the_bars_as_one_stop_then_the_point_and_the_views(view):
    view.stage.setFocus()
    stops = []
    for _ in range(3):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        stops.append(view.focused_handle() or ("views" if view.views.hasFocus() else None))
    assert stops == ["y2", "point", "views"]
    view.focus_handle("y2")
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.focused_handle() == "y3"


def test_keys_move_a_bar_make_it_right_and_take_it_away(view):
    view.focus_handle("y2")
    QTest.keyClick(view.stage, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0]["y"][2] == pytest.approx(0.5)
    view.focus_handle("y7")
    QTest.keyClick(view.stage, Qt.Key.Key_Return)
    assert view.edits[-1][0] == {"target": 7}
    QTest.keyClick(view.stage, Qt.Key.Key_Delete)
    assert len(view.edits[-1][0]["y"]) == 9
    view.focus_handle("point")
    QTest.keyClick(view.stage, Qt.Key.Key_Left)
    assert view.edits[-1][0]["y"][2] == pytest.approx(0.59)


def test_a_click_on_a_bars_name_makes_its_class_the_right_one(view):
    place = view.stage.mapFromScene(
        QPointF(
            view.bars.vb.mapViewToScene(QPointF(7, 0)).x(),
            view.bars.getAxis("bottom").sceneBoundingRect().center().y(),
        )
    )
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits == [({"target": 7}, "")]
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.bars, 4, 0.8))
    assert view.edits[-1][0] == {"target": 4}
    count = len(view.edits)
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.curve, 0.3, 4.0))
    assert len(view.edits) == count


def test_a_click_on_a_handle_makes_its_class_right_once(view):
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.bars, 5, 0.1))
    assert view.edits == [({"target": 5}, "")]


def test_a_click_in_the_batch_sets_a_label_and_its_ring_goes_along(view):
    draw(view, _shot(view="batch"))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.groups, 12, 0.8))
    assert view.edits[-1][0] == {"labels": (0.0, 1.0, 2.0, 2.0)}
    fresh = draw(view, _shot(view="batch", labels=(0.0, 1.0, 2.0, 2.0)))
    view.handle_items["r2c3"].set_focused(False)
    draw(view, _shot(view="batch"))
    assert draw(view, _shot(view="batch", labels=(0.0, 1.0, 2.0, 2.0))) == fresh
    drag(view, on_screen(view, view.groups, 12, 0.6), on_screen(view, view.groups, 12, 0.9))
    assert view.edits[-1][0]["rows"][2][2] == pytest.approx(0.9, abs=0.02)


def test_the_views_answer_to_clicks(view):
    place = view.stage.mapFromScene(view.views.mapToScene(view.views.box("batch").center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits == [({"view": "batch"}, "")]


def test_what_numpy_says_stands_above_the_batch(view):
    draw(view, _shot(view="batch", pitfall="class_numbers", samples=3))
    assert view.caption.shown_words() == "operands could not be broadcast together with shapes (3,) (3,4)"
    draw(view, _shot(view="batch", pitfall="class_numbers"))
    assert view.caption.shown_words() == "−np.sum(t * np.log(y)) / N"


def test_probes_name_the_part_of_the_stage(view):
    heard = []
    view.probed.connect(heard.append)
    for plot, place, words in (
        (view.bars, QPointF(2, 0.5), "class 2, the right one"),
        (view.curve, QPointF(0.5, 1.0), "½(y − 1)² = 0.125"),
    ):
        view.stage.scene().sigMouseMoved.emit(plot.vb.mapViewToScene(place))
        assert words in heard[-1].render("en")
    for name, plot, place, words in (
        ("guard", view.near, QPointF(-4, 9), "y = 0.0001"),
        ("batch", view.groups, QPointF(1, 0.5), "row 1, class 1"),
    ):
        draw(view, _shot(view=name))
        view.stage.scene().sigMouseMoved.emit(plot.vb.mapViewToScene(place))
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
    check_appearance(view, _shot(), _shot(view="guard", guard="1e-7"), _shot(view="batch"))


def test_a_drag_across_the_curve_draws_within_a_frame(view):
    """The picture is dragged, so computing and handing it to the stage must be quick."""

    start = time.thread_time()
    for step in range(20):
        share = 0.6 - 0.02 * step
        draw_only = _shot(y=(*REFERENCE[:2], share, *REFERENCE[3:]))
        view.draw(draw_only.params, draw_only.frame)
    assert within((time.thread_time() - start) / 20, 0.03)


def test_shares_that_move_between_wrong_classes_are_noted_at_the_squares_only(view):
    draw(view, _shot(y=(0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.0)), _shot())
    assert view.read_outs.shown_texts()[2::3] == ["unchanged", "before: 0.0975", "before: 0.0195"]


def test_what_the_guard_takes_away_is_no_0_where_it_is_tiny(view):
    for y, wanted in ((0.6, "1.67×10⁻⁷"), (1e-7, "0.6931"), (0.0, "∞")):
        others = (1 - y) / 9
        draw(view, _shot(view="guard", guard="1e-7", y=(others, others, y, *[others] * 7)))
        assert view.read_outs.shown_texts()[7] == wanted


@pytest.mark.parametrize("pitfall", ["none", "class_numbers", "half_sum_as_mean", "not_divided"])
def test_the_table_of_the_batch_has_right_beside_wrong_and_is_rectangular(view, pitfall):
    draw(view, _shot(view="batch", pitfall=pitfall))
    rows = view.table._rows
    assert {len(row) for row in rows} == {len(view.table._headings)}
    inks = [cell.color for cell in rows[-1]]
    assert inks.count(theme().right) == 1 and inks.count(theme().wrong) == (pitfall != "none")
    assert [row[2].text for row in rows[:4]] == ["1 0 0 0", "0 1 0 0", "0 0 0 1", "0 0 1 0"]


def test_where_numpy_refuses_the_table_says_error_in_every_row(view):
    draw(view, _shot(view="batch", pitfall="class_numbers", samples=3))
    assert [row[-1].text for row in view.table._rows] == ["error"] * 4


def test_each_row_of_a_batch_says_whether_it_is_right_where_the_numbers_do_not_tell(view):
    """0.30 and 0.3016 both read 0.30."""
    rows = ((0.3, 0.3016, 0.2, 0.1984), (0.3016, 0.3, 0.2, 0.1984), (0.25, 0.25, 0.25, 0.25), (0.1, 0.2, 0.3, 0.4))
    for size in ((900, 560), (560, 360)):
        view.resize(*size)
        shot = _shot(view="batch", rows=rows, labels=(0, 0, 0, 0))
        draw(view, shot)
        names = [name for _, name in view.groups.getAxis("bottom")._tickLevels[0]]
        assert [name[-1] for name in names] == ["×", "✓", "✓", "×"]
        assert sum(name[-1] == "✓" for name in names) == shot.frame.right_rows
