"""The stage of `descent`: it draws every fate, follows hand and keys, keeps its axes still, and nothing is cut off."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.experiments.ch4_training.descent import Descent
from engine.experiments.ch4_training.descent.params import DescentParams
from engine.playing import Player
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.typography import set_zoom
from gui.views.ch4_training.descent import DescentView
from tests.gui.views.hand import BY_SIZE, SIZES, brought_up, check_restyled, drag, draw, on_screen, picture

DESCENT = Descent()
ROSENBROCK = {"function": "rosenbrock", "start": (-1.2, 1.0), "learning_rate": 0.001}
CUBIC = {"function": "cubic", "start": (1.0, 0.0), "learning_rate": 0.01, "steps": 100}
FAULTY = {"pitfall": "start_changed", "steps": 8}
CASES = [{}, {"learning_rate": 1.05}, ROSENBROCK, {**CUBIC, "compare": True}, FAULTY, {"function": "own", "own": "0"}]


def _shot(steps=None, **values):
    params = DescentParams(**values)
    player = Player(DESCENT, Run(DESCENT.id, params))
    return Snapshot(params, player.go_by(DESCENT.opening_for(params)) if steps is None else player.go(steps))


@cache
def _cases():
    return [_shot(**values) for values in CASES]


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, DescentView(DESCENT), _shot())


def test_coming_back_to_a_picture_gives_the_same(view):
    before = draw(view, _shot())
    for shot in _cases():
        draw(view, shot, _shot())
    draw(view, _shot(0))
    assert draw(view, _shot()) == before


@pytest.mark.parametrize(
    ("change", "base"),
    [
        ({"learning_rate": 1.0}, {}),
        ({"start": (-6.0, 5.0)}, {}),
        # Over a wide h, so that the two paths part.
        ({"gradient": "numerical"}, {**CUBIC, "h": 0.5}),
    ],
)
def test_the_ghost_is_seen_and_goes_away(view, change, base):
    shot = _shot(**{**base, **change})
    plain = draw(view, shot)
    assert draw(view, shot, _shot(**base)) != plain
    assert draw(view, shot) == plain


def test_the_run_of_an_earlier_step_is_no_ghost(view):
    assert draw(view, _shot(), _shot(12)) == draw(view, _shot())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_restyled_and_back(view, theme, language):
    check_restyled(view, _shot(), theme, language)


def test_an_export_leaves_handles_and_hints_out(view):
    before = picture(view)
    assert "double click" in view.note.shown_words()
    view.for_export(True)
    assert "double click" not in view.note.shown_words() and picture(view) != before
    assert not any(item.isVisible() for item in view.handle_items.values())
    view.for_export(False)
    assert picture(view) == before


# Layout


@pytest.mark.parametrize("language", ["en", pytest.param("zh_CN", marks=pytest.mark.whole)])
@pytest.mark.parametrize(
    ("size", "zoom"), [*((size, 1.0) for size in SIZES[1:3]), ((640, 420), 2.0), ((1300, 700), 2.0)]
)
def test_everything_has_its_room(view, size, zoom, language):
    set_language(language)
    set_zoom(zoom)
    view.resize(*size)
    for shot in _cases():
        draw(view, shot)
        _check_room(view, zoom)


def _check_room(view, zoom):
    stage = view.stage.ci.geometry().adjusted(-1, -1, 1, 1)
    boxes = {}
    for name in ("note", "legend", "plane", "scale", "values", "norms"):
        item = getattr(view, name)
        if item.scene() is not None:
            boxes[name] = item.mapRectToScene(item.boundingRect())
            assert stage.contains(boxes[name]), name
    names = list(boxes)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert not boxes[one].adjusted(1, 1, -1, -1).intersects(boxes[other]), (one, other)
    assert view.legend.shown_words()
    assert boxes["values"].height() > 60 and boxes["scale"].height() > 40 * zoom
    track = view.scale.vb.sceneBoundingRect()
    for box, words in view.scale.track.shown_words():
        assert words and track.adjusted(-2, -2, 2, 2).contains(box)
    invitations = [one.invitation_box() for one in view.handle_items.values() if not one.invitation_box().isEmpty()]
    assert len(invitations) == 1 and stage.contains(invitations[0])
    plot = view.plane.vb.sceneBoundingRect()
    for item in (view.words, view.exit_words, view.start_words):
        if item.isVisible():
            plate = item.plate()
            assert plate.isEmpty() or plot.contains(plate)


@pytest.mark.parametrize("size", BY_SIZE)
def test_the_map_is_one_to_one_and_has_the_larger_part(view, size):
    view.resize(*size)
    for shot in _cases():
        draw(view, shot)
        across, up = view.plane.vb.viewPixelSize()
        assert across == pytest.approx(up, rel=0.01)
        assert view.plane.vb.viewRect().contains(view.plane.square.adjusted(0.01, 0.01, -0.01, -0.01))
        share = view.plane.size().width() / size[0] if size[0] > size[1] else view.plane.size().height() / size[1]
        assert share >= 0.5


def test_the_words_over_the_curves_name_what_is_there(view):
    for size in ((1200, 700), (900, 560), (500, 700), (620, 300), (300, 300), (900, 560)):
        view.resize(*size)
        QTest.qWait(0)
        words = view.legend.shown_words()
        if view.norms.scene() is None:
            assert words and "|∇f|" not in words, size
        else:
            below = view.norms.sceneBoundingRect().top() > view.values.sceneBoundingRect().top() + 20
            assert ("below it" in words) == below and "|∇f|" in words, size


def test_numbers_at_the_axes_do_not_run_into_one_another(view):
    for size in ((620, 300), (300, 300), (900, 560)):
        view.resize(*size)
        draw(view, _shot())
        spacing = view.plane.getAxis("bottom").tickValues(-9, 9, 100)[0][0]
        assert spacing / view.plane.vb.viewPixelSize()[0] >= 20


def test_axes_stay_while_rate_and_start_are_dragged(view):
    def ranges():
        plots = (view.plane, view.scale, view.values, view.norms)
        return [(plot.vb.viewRange(), plot.vb.sceneBoundingRect()) for plot in plots]

    draw(view, _shot())
    before = ranges()
    for values in ({"learning_rate": 0.02}, {"learning_rate": 1.04}, {"start": (5.0, -8.0)}, {"learning_rate": 0.5}):
        draw(view, _shot(**values))
        assert ranges() == before, values


def test_while_it_runs_the_axes_only_widen(view):
    params = DescentParams()
    player = Player(DESCENT, Run(DESCENT.id, params))
    seen = [QRectF(), QRectF()]
    for _ in range(12):
        frame = player.go(13)
        draw(view, Snapshot(params, frame))
        for index, plot in enumerate((view.values, view.norms)):
            shown = plot.vb.viewRect()
            assert shown.adjusted(-0.5, -1e-9, 0.5, 1e-9).contains(seen[index]) or seen[index].isNull()
            seen[index] = shown


# What is shown


def test_the_zones_of_a_bowl_and_the_border_of_a_minimum_are_on_the_scale(view):
    words = [words for _, words in view.scale.track.shown_words()]
    assert words[:2] == ["crawls", "settles"] and words[-1] == "diverges"
    draw(view, _shot(**ROSENBROCK))
    (words,) = [words for _, words in view.scale.track.shown_words()]
    assert "(1, 1)" in words
    draw(view, _shot(**CUBIC))
    assert view.scale.track.shown_words() == []


def test_leaving_is_marked_and_the_map_does_not_jump(view):
    before = view.plane.vb.viewRange()
    draw(view, _shot(learning_rate=1.05))
    assert view.exit_words.isVisible() and len(view.exit.data) == 1
    assert view.plane.vb.viewRange() == before
    draw(view, _shot())
    assert not view.exit_words.isVisible() and len(view.exit.data) == 0


def test_what_the_map_shows_of_the_second_call_is_said_over_the_map_and_not_over_the_curves(view):
    for size in ((1200, 700), (500, 700)):
        view.resize(*size)
        draw(view, _shot(**FAULTY))
        assert "dashed" in view.note.shown_words(), size
        assert "call" not in view.legend.shown_words(), size


def test_the_changed_start_has_its_ring_and_its_second_path(view):
    shot = draw(view, _shot(**FAULTY)) and view.current
    assert view.second.isVisible() and view.jump.isVisible() and view.start_words.isVisible()
    places = view.new_start.data
    assert (places["x"][0], places["y"][0]) == pytest.approx(tuple(shot.frame.x))
    draw(view, _shot())
    assert not (view.second.isVisible() or view.jump.isVisible() or view.start_words.isVisible())


def test_the_axis_of_negative_values_has_both_signs(view):
    draw(view, _shot(**{**CUBIC, "steps": 15}))
    axis = view.values.getAxis("left")
    values = axis.tickValues(-6, 6, 400)[0][1]
    words = axis.tickStrings(values, 1, 1)
    assert "0" in words and "10" in words and "\N{MINUS SIGN}10" in words
    heights = np.array(values)[[words.index("100"), words.index("\N{MINUS SIGN}100")]]
    assert heights == pytest.approx([np.log10(101), -np.log10(101)])
    draw(view, _shot())
    assert axis.tickStrings([-2.0, 0.0], 1, 1) == ["0.01", "1"]


# The hand


def test_the_start_is_dragged_to_any_place(view):
    drag(view, on_screen(view, view.plane, -7, 2), on_screen(view, view.plane, 3, -4))
    changes, gesture = view.edits[-1]
    assert gesture == "drag start" and changes["start"] == pytest.approx((3, -4), abs=0.1)


def test_the_rate_is_dragged_by_its_ring_and_by_a_press_on_the_scale(view):
    place = (float(np.log10(0.9)), 0.5)
    drag(view, on_screen(view, view.scale, *place), on_screen(view, view.scale, -1.0, 0.5))
    changes, gesture = view.edits[-1]
    assert gesture == "drag rate" and changes["learning_rate"] == pytest.approx(0.1, rel=0.1)
    ended = []
    view.gesture_ended.connect(lambda: ended.append(True))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, view.scale, -1.5, 0.5))
    assert view.edits[-1][0]["learning_rate"] == pytest.approx(0.0316, rel=0.1) and ended


def test_keys_move_start_and_rate(view):
    view.stage.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() == "rate"
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0]["learning_rate"] == pytest.approx(0.9 * 10**0.05, rel=0.01)
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() == "start"
    QTest.keyClick(view.stage, Qt.Key.Key_Up)
    assert view.edits[-1][0] == {"start": (-7.0, 2.1)}


def test_a_click_on_a_dot_looks_at_its_step_and_asks_for_the_working(view):
    wanted = []
    view.working_wanted.connect(lambda: wanted.append(True))
    port, frame = view.stage.viewport(), view.current.frame
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.plane, *frame.path.places[3]))
    assert view.edits[-1][0] == {"selected": 3} and wanted
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.values, 12, 0))
    assert view.edits[-1][0] == {"selected": 12}
    count = len(view.edits)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=on_screen(view, view.plane, 6, 6))
    assert len(view.edits) == count


def test_a_double_click_starts_there(view):
    port, place = view.stage.viewport(), on_screen(view, view.plane, 4, 5)
    # A whole double click; ``QTest.mouseDClick`` alone sends only its third of four events.
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=place)
    assert view.edits[-1][0]["start"] == pytest.approx((4, 5), abs=0.1)


def test_the_pointer_reads_map_and_curves(view):
    told = []
    view.probed.connect(lambda text: told.append(text.render("en") if text else None))
    view.probe(ProbePoint(5.0, 5.0))
    view.probe(ProbePoint(12.0, 0.0, "steps"))
    view.probe(None)
    assert "f = 26.2" in told[0] and "step 12" in told[1] and told[2] is None
