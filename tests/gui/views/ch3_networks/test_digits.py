"""The stage of `digits`: drawing by mouse, finger and keys, undo, browsing, and every size it is shown at."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice
from PySide6.QtTest import QTest

from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.data.plain_digits import OPEN_FOUR, PLAIN
from engine.experiments.ch3_networks.digits import Digits
from engine.experiments.ch3_networks.digits.params import DigitsParams
from engine.playing import Player
from gui.form.editor import ParameterEditor
from gui.plots.bars.chance_bars import ChanceBars, dark_rows
from gui.plots.drawing.pixel_painter import sketch_of
from gui.stage.view import Snapshot
from gui.style.foreground import MARK, contrast
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom
from gui.views.ch3_networks.digits import DigitsView
from tests.gui.views.hand import brought_up, picture

DIGITS = Digits()


def _shot(updates=10, **values):
    params = DigitsParams(**values)
    return Snapshot(params, Player(DIGITS, Run("digits", params)).go(updates))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, DigitsView(DIGITS), _shot())


def _draw(view, shot, ghost=None) -> QImage:
    view.draw(shot.params, shot.frame, ghost)
    return picture(view)


def _on_screen(view, item, place: QPointF) -> QPoint:
    return view.stage.mapFromScene(item.mapToScene(place))


def _on_paper(view, x, y) -> QPoint:
    return _on_screen(view, view.canvas, view.canvas._point((x, y)))


def _stroke(view, *places) -> None:
    port = view.stage.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, *places[0]))
    for place in places[1:]:
        QTest.mouseMove(port, _on_paper(view, *place))
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, *places[-1]))


# Drawing


def test_a_stroke_ends_where_it_leaves_the_paper_and_begins_anew_where_it_comes_back(view):
    draw_by = ((0.5, 0.9), (0.6, 1.1), (0.9, 1.1), (0.9, 0.8), (0.8, 0.8))
    _stroke(view, *draw_by)
    strokes = view.edits[-1][0]["drawing"][len(OPEN_FOUR) :]
    assert [len(stroke) for stroke in strokes] == [2, 2]
    for place, wanted in zip(sum(strokes, ()), ((0.5, 0.9), (0.55, 1.0), (0.9, 0.8), (0.8, 0.8)), strict=True):
        assert place == pytest.approx(wanted, abs=0.006)
    assert len({gesture for _, gesture in view.edits}) == 2


def test_the_rubber_takes_away_the_ink_that_it_touches(view, qtbot):
    view.tools.pressed.emit("tool")
    touched = OPEN_FOUR[0][0]
    with qtbot.waitSignal(view.gesture_ended):
        _stroke(view, touched, (touched[0] + 0.01, touched[1]))
    assert {gesture for _, gesture in view.edits} == {"erase"}
    left = view.edits[-1][0]["drawing"]
    assert left[-len(OPEN_FOUR) + 1 :] == OPEN_FOUR[1:] and left[0][-1] == OPEN_FOUR[0][-1] != left[0]
    assert min(np.hypot(x - touched[0], y - touched[1]) for stroke in left for x, y in stroke) > 0.045
    view.tools.pressed.emit("tool")
    _stroke(view, (0.2, 0.9), (0.3, 0.9))
    assert view.edits[-1][0]["drawing"][:-1] == left


def test_a_quick_rubber_leaves_nothing_of_what_it_passes_over(view):
    view.tools.pressed.emit("tool")
    # Two places that the mouse tells of, far from all ink but for the way between them.
    _stroke(view, (0.02, 0.4), (0.98, 0.4))
    left = view.edits[-1][0]["drawing"]
    assert not any(abs(y - 0.4) < 0.045 for stroke in left for _, y in stroke) and len(left) > len(OPEN_FOUR)


def test_the_rubber_is_led_by_keys_as_the_pen_is(view, qtbot):
    view.tools.pressed.emit("tool")
    view.stage.setFocus()
    view.canvas.setFocus()
    view.canvas._pen = OPEN_FOUR[0][0]
    qtbot.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits == []
    with qtbot.waitSignal(view.gesture_ended):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
            qtbot.keyClick(view.stage, key)
    assert {gesture for _, gesture in view.edits} == {"erase"}
    left = view.edits[-1][0]["drawing"]
    qtbot.keyClick(view.stage, Qt.Key.Key_Left)
    assert view.edits[-1][0]["drawing"] == left != OPEN_FOUR


def test_the_button_of_the_rubber_says_what_a_press_of_it_does(view):
    words = dict(view.tools.options)
    assert words["tool"] == "Use eraser"
    view.tools.pressed.emit("tool")
    assert dict(view.tools.options)["tool"] == "Back to pen"


def test_a_digit_that_is_hardly_likely_is_muted():
    assert dark_rows([0.002, 0.99, 0.008]) == [1]
    assert dark_rows([0.3, 0.65, 0.05]) == [1, 0]


def test_however_likely_a_second_digit_is_the_answer_alone_is_in_strong_letters():
    bars, strong = ChanceBars(), []
    bars.show_shares(list("012"), [0.3, 0.35, 0.35], ["30%", "35%", "35%"])
    bars.resize(300, 100)
    sketch = sketch_of(bars)
    sketch.fill = lambda *_, **__: None
    sketch.words = lambda words, box, role="notes", *_: strong.append(words) if role == "strong" else None
    bars.draw(sketch)
    assert strong == ["1", "35%"]


def test_a_stroke_grows_while_it_is_drawn_and_is_one_gesture(view, qtbot):
    with qtbot.waitSignal(view.gesture_ended):
        _stroke(view, (0.4, 0.3), (0.5, 0.25), (0.65, 0.3))
    assert {gesture for _, gesture in view.edits} == {"stroke 3"}
    strokes = [changes["drawing"] for changes, _ in view.edits]
    assert [len(drawing[-1]) for drawing in strokes] == [1, 2, 3]
    assert all(drawing[:2] == OPEN_FOUR for drawing in strokes)
    for place, wanted in zip(strokes[-1][-1], ((0.4, 0.3), (0.5, 0.25), (0.65, 0.3)), strict=True):
        assert place == pytest.approx(wanted, abs=0.004)
    assert DigitsParams(drawing=strokes[-1]).drawing == strokes[-1]


def test_a_quick_second_stroke_keeps_the_first(view):
    _stroke(view, (0.1, 0.1), (0.2, 0.2))
    _stroke(view, (0.8, 0.1), (0.9, 0.2))  # no frame has come in between
    assert len(view.edits[-1][0]["drawing"]) == len(OPEN_FOUR) + 2


@pytest.mark.parametrize("patience", [0.0, 10.0])
def test_frames_that_come_while_a_stroke_is_drawn_do_not_double_it(view, monkeypatch, patience):
    monkeypatch.setattr("gui.plots.pictures.drawing_canvas._PATIENCE", patience)
    port, places = view.stage.viewport(), ((0.1, 0.9), (0.2, 0.9), (0.3, 0.9), (0.4, 0.9))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, *places[0]))
    for place in places[1:]:
        _draw(view, _shot(drawing=view.edits[-1][0]["drawing"]))
        QTest.mouseMove(port, _on_paper(view, *place))
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, *places[-1]))
    drawing = view.edits[-1][0]["drawing"]
    assert drawing[:-1] == OPEN_FOUR and len(drawing[-1]) == 4


def test_after_undo_new_strokes_are_added_to_what_is_shown(view, monkeypatch):
    _stroke(view, (0.1, 0.1), (0.2, 0.2))
    monkeypatch.setattr("gui.plots.pictures.drawing_canvas._PATIENCE", 0.0)
    _draw(view, _shot(drawing=PLAIN[1]))
    _stroke(view, (0.8, 0.1), (0.9, 0.2))
    assert view.edits[-1][0]["drawing"][:-1] == PLAIN[1]


def test_ink_is_seen_before_its_frame_comes(view):
    port, before = view.stage.viewport(), picture(view)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, 0.1, 0.8))
    QTest.mouseMove(port, _on_paper(view, 0.3, 0.9))
    assert picture(view) != before
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, 0.3, 0.9))


def test_a_lifted_pen_leaves_the_soft_ink_of_its_frame(view):
    port, places = view.stage.viewport(), ((0.1, 0.8), (0.3, 0.9))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, *places[0]))
    QTest.mouseMove(port, _on_paper(view, *places[1]))
    # Its last frame comes while the pen is still down.
    _draw(view, _shot(drawing=view.edits[-1][0]["drawing"]))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_on_paper(view, *places[1]))
    at_once = port.grab().toImage()
    view.stage.scene().update()
    assert at_once == picture(view)


def test_the_pen_stays_on_the_paper_and_a_press_beside_it_draws_nothing(view):
    _stroke(view, (0.9, 0.5), (1.4, 0.5), (1.2, -0.3))
    assert all(0 <= number <= 1 for place in view.edits[-1][0]["drawing"][-1] for number in place)
    count = len(view.edits)
    paper = view.canvas.paper()
    QTest.mouseClick(
        view.stage.viewport(), Qt.MouseButton.LeftButton,
        pos=_on_screen(view, view.canvas, QPointF(paper.left() - 4, paper.top() - 4)),
    )  # fmt: skip
    assert len(view.edits) == count


def test_a_finger_draws(view):
    finger = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    assert isinstance(finger, QPointingDevice)
    port = view.stage.viewport()
    QTest.touchEvent(port, finger).press(0, _on_paper(view, 0.2, 0.8), port).commit()
    QTest.touchEvent(port, finger).move(0, _on_paper(view, 0.4, 0.85), port).commit()
    QTest.touchEvent(port, finger).release(0, _on_paper(view, 0.4, 0.85), port).commit()
    assert len(view.edits) >= 2 and len(view.edits[-1][0]["drawing"]) == len(OPEN_FOUR) + 1


def test_a_long_stroke_stops_at_what_is_allowed(view):
    view.canvas._most_points = 5
    _stroke(view, *[(0.1 + 0.08 * n, 0.9) for n in range(10)])
    assert len(view.edits[-1][0]["drawing"][-1]) == 5


# Keys


def _tab_to(view, item) -> None:
    view.stage.setFocus()
    QTest.qWait(0)
    for _ in range(6):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        if item.hasFocus():
            return
    raise AssertionError("Tab does not reach it")


def test_the_keys_draw_too(view, qtbot):
    view.activateWindow()
    _tab_to(view, view.canvas)
    stage = view.stage
    QTest.keyClick(stage, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits == []
    QTest.keyClick(stage, Qt.Key.Key_Return)
    QTest.keyClick(stage, Qt.Key.Key_Down)
    QTest.keyClick(stage, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.gesture_ended):
        QTest.keyClick(stage, Qt.Key.Key_Return)
    assert view.edits[-1][0]["drawing"][-1] == ((0.3, 0.5), (0.3, 0.52), (0.32, 0.52))
    QTest.keyClick(stage, Qt.Key.Key_Delete)
    assert view.edits[-1] == ({"drawing": ()}, "")


@pytest.mark.parametrize("theme_name", ["light", "dark"])
@pytest.mark.parametrize("ink", [0, 255])
def test_the_keys_pen_is_seen_on_ink_and_paper_and_so_is_whether_it_is_down(view, theme_name, ink):
    set_theme(theme_name)
    view.activateWindow()
    _tab_to(view, view.canvas)
    view.canvas.show_drawing((), np.full((64, 64), ink, np.uint8), 0.09)
    place, seen = _on_paper(view, 0.5, 0.5), []
    for ground in (theme().text if ink else theme().raised, theme().text):
        image = picture(view)
        around = [(x, y) for x in range(-6, 7) for y in range(-6, 7)]
        colors = [image.pixelColor(place.x() + x, place.y() + y).name() for x, y in around]
        seen.append({at for at, color in zip(around, colors, strict=True) if contrast(color, ground) >= MARK})
        QTest.keyClick(view.stage, Qt.Key.Key_Return)
    up, down = seen
    assert len(up) >= 20 and len(down) >= 20
    assert len(up ^ down) >= 40


def test_a_hand_that_draws_is_followed_by_no_mark_of_the_keys(view):
    view.activateWindow()
    _tab_to(view, view.canvas)
    by_keys = picture(view)
    _stroke(view, (0.1, 0.1))
    view.canvas.show_drawing(OPEN_FOUR, view.canvas._ink, 0.09)
    place = _on_paper(view, 0.1, 0.1)
    assert picture(view).pixelColor(place.x() + 8, place.y()) == by_keys.pixelColor(place.x() + 8, place.y())


def test_leaving_lifts_the_pen(view):
    view.activateWindow()
    _tab_to(view, view.canvas)
    QTest.keyClick(view.stage, Qt.Key.Key_Return)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    drawn = view.edits[-1][0]["drawing"]
    _tab_to(view, view.canvas)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert len(drawn[-1]) == 2 and view.edits[-1][0]["drawing"] == drawn


def test_buttons_and_choices_are_reached_by_keys(view):
    view.activateWindow()
    _draw(view, _shot(view="test"))
    _tab_to(view, view.browsing)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    QTest.keyClick(view.stage, Qt.Key.Key_Return)
    assert view.edits[-1] == ({"index": 9}, "")
    _tab_to(view, view.views)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1] == ({"view": "batches"}, "")


# Browsing and batches


def _press(view, name) -> None:
    row = view.tools if name == "clear" else view.browsing
    spot = _on_screen(view, row, row.box(name).center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_buttons_clear_and_browse(view):
    _press(view, "clear")
    assert view.edits[-1][0] == {"drawing": ()}
    shot = _shot(view="test")
    _draw(view, shot)
    for name, wanted in (("following", 9), ("previous", 7), ("following_wrong", shot.frame.following_wrong)):
        _press(view, name)
        assert view.edits[-1][0] == {"index": wanted}


def test_a_cell_of_the_matrix_leads_to_its_image(view):
    _draw(view, _shot(view="test"))
    spot = _on_screen(view, view.matrix, view.matrix.cell(5, 6).center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.edits[-1][0] == {"index": 8, "digit": "any", "only_wrong": False}
    count = len(view.edits)
    empty = _on_screen(view, view.matrix, view.matrix.cell(0, 1).center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=empty)
    assert len(view.edits) == count


def test_a_batch_size_is_chosen_on_the_stage(view):
    _draw(view, _shot(view="batches"))
    spot = _on_screen(view, view.sizes, view.sizes.box("1000").center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.edits[-1][0] == {"batch_size": 1000}


def test_slow_times_widen_the_axis_and_it_does_not_narrow_again(view):
    _draw(view, _shot(view="batches"))
    before = view.times.vb.viewRange()[1]
    view.times.show_times(_shot().frame.timed_sizes, _shot().frame.seconds * 1000, 100, "")
    wide = view.times.vb.viewRange()[1]
    assert wide[1] > before[1]
    _draw(view, _shot(view="batches"))
    assert view.times.vb.viewRange()[1] == wide


# Pictures


def test_coming_back_to_a_picture_gives_the_same(view):
    before = _draw(view, _shot())
    for other in ("test", "batches"):
        _draw(view, _shot(view=other))
    assert _draw(view, _shot()) == before


def test_the_ghost_is_seen(view):
    shot = _shot(drawing=PLAIN[9])
    assert _draw(view, shot) != _draw(view, shot, _shot())


def test_one_invitation_until_the_first_touch_and_none_in_a_figure(view):
    assert view.canvas._invitation is not None
    view.for_export(True)
    assert view.canvas._invitation is None
    view.for_export(False)
    assert view.canvas._invitation is not None
    _stroke(view, (0.4, 0.3), (0.5, 0.3))
    _draw(view, _shot())
    assert view.canvas._invitation is None


@pytest.mark.parametrize("size", [(900, 560), (1500, 900), (1300, 700)])
def test_the_canvas_is_large_and_square(view, size):
    view.resize(*size)
    picture(view)
    paper = view.canvas.paper()
    assert paper.width() == paper.height() >= 320


@pytest.mark.parametrize(
    ("size", "zoom"),
    [
        ((900, 560), 1.0),
        ((620, 300), 1.0),
        ((500, 700), 1.0),
        ((1500, 900), 1.0),
        ((1300, 700), 2.0),
        ((900, 560), 2.0),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown_view", ["draw", "test", "batches", "points"])
def test_nothing_leaves_the_stage_or_lies_on_something_else(view, size, zoom, language, shown_view):
    set_language(language)
    set_zoom(zoom)
    view.resize(*size)
    _draw(view, _shot(view=shown_view))
    parts = [getattr(view, name) for name in view._layout.places()]
    boxes = [item.sceneBoundingRect() for item in parts]
    stage = view.stage.mapToScene(view.stage.viewport().rect()).boundingRect().adjusted(-1, -1, 1, 1)
    for number, box in enumerate(boxes):
        assert stage.contains(box), (size, parts[number])
        for other in boxes[:number]:
            shared = box.intersected(other)
            assert shared.width() < 1 or shared.height() < 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_style_changes_are_taken_up(view, language, theme):
    before = picture(view)
    set_language(language)
    set_theme(theme)
    set_zoom(1.5)
    assert picture(view) != before
    for shown_view in ("test", "batches", "draw"):
        assert not _draw(view, _shot(view=shown_view)).isNull()


def test_a_stroke_is_one_step_of_undo(qapp):
    editor = ParameterEditor(DIGITS)
    for length in (1, 2, 3):
        stroke = tuple((0.1 * n, 0.5) for n in range(1, length + 1))
        editor.change({"drawing": (*OPEN_FOUR, stroke)}, "stroke 3")
    editor.end_gesture()
    editor.change({"drawing": (*OPEN_FOUR, stroke, ((0.9, 0.9),))}, "stroke 4")
    assert editor.undo_stack.count() == 2
    editor.undo_stack.undo()
    editor.undo_stack.undo()
    assert editor.params.drawing == OPEN_FOUR


# Layers as points


def test_a_point_is_chosen_by_a_click_and_by_arrow_keys_and_magnified_by_wheel_and_keys(view, qtbot):
    shot = _shot(view="points", index=8)
    _draw(view, shot)
    points = shot.frame.points

    def place_of(number):
        return view.stage.mapFromScene(view.points.vb.mapViewToScene(QPointF(*points.places[number].tolist())))

    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place_of(0))
    assert view.edits[-1][0]["index"] == points.point_at(*points.places[0].tolist())
    view.take_keys(view.points)
    for key, way in ((Qt.Key.Key_Right, (1, 0)), (Qt.Key.Key_Up, (0, 1)), (Qt.Key.Key_Down, (0, -1))):
        qtbot.keyClick(view.stage, key)
        assert view.edits[-1][0] == {"index": points.beside(8, *way)}
    before = picture(view)
    qtbot.keyClick(view.stage, "+")
    assert view.points.is_magnified and picture(view) != before
    farthest = int(np.abs(points.places - points.places[8]).sum(axis=1).argmax())
    for number in (8, farthest):
        # Keys lead to nothing that is out of sight.
        _draw(view, _shot(view="points", index=number))
        assert view.points.vb.viewRect().contains(QPointF(*points.places[number].tolist()))
    qtbot.keyClick(view.stage, "0")
    assert not view.points.is_magnified


def test_the_digit_of_a_point_stands_beside_it_as_it_is_in_the_test_set(view):
    plain, turned = _shot(view="points", index=11), _shot(view="points", index=11, turn=45.0)
    assert _draw(view, plain) == _draw(view, turned)
    assert _draw(view, _shot(view="test", index=11)) != _draw(view, _shot(view="test", index=11, turn=45.0))


def test_both_directions_have_the_same_scale_and_every_point_is_in_sight(view):
    shot = _shot(view="points")
    for size in ((900, 560), (620, 300), (480, 660)):
        view.resize(*size)
        _draw(view, shot)
        corner, right, up = (view.points.vb.mapViewToScene(QPointF(*place)) for place in ((0, 0), (1, 0), (0, 1)))
        assert right.x() - corner.x() == pytest.approx(corner.y() - up.y(), rel=1e-6)
        box = view.points.vb.viewRect()
        assert all(box.contains(QPointF(*place)) for place in shot.frame.points.places.tolist())


def test_a_digit_that_is_altered_has_a_curve_and_a_press_on_it_sets_the_slider_moved_last(view):
    plain = _shot()
    assert view.sweep.scene() is None
    view.draw(plain.params.replaced({"turn": 40.0}), _shot(turn=40.0).frame)
    noisy = _shot(turn=40.0, noise=0.1)
    _draw(view, noisy)
    assert view.sweep.scene() is not None
    QTest.mouseClick(
        view.stage.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.stage.mapFromScene(view.sweep.vb.mapViewToScene(QPointF(0.7, 0.5))),
    )
    (name, value), *_ = view.edits[-1][0].items()
    assert name == "noise" and value == pytest.approx(0.7, abs=0.051) and view.edits[-1][1] == "noise"
    values, rights = view.sweep.right.getData()
    assert values.tolist() == noisy.frame.unaltered.sweep_values[1].tolist()
    assert rights.tolist() == noisy.frame.unaltered.sweep_right[1].tolist()
    view.draw(plain.params, plain.frame)
    assert view.sweep.scene() is None


def test_bars_are_compared_with_those_of_the_same_picture_only(view):
    before, other = _shot(view="test", index=8), _shot(view="test", index=11)
    turned = _shot(view="test", index=8, turn=20.0)
    assert _draw(view, other, before) == _draw(view, other)
    assert _draw(view, turned, before) != _draw(view, turned)
