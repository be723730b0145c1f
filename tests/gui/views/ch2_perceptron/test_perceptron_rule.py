"""The stage of `perceptron_rule`: it draws every moment, follows hand and keys, and keeps its axes still."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtTest import QTest

from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.data.point_sets import NOISY, SEPARABLE
from engine.experiments.ch2_perceptron.perceptron_rule import PerceptronRule
from engine.experiments.ch2_perceptron.perceptron_rule.params import PerceptronRuleParams
from engine.playing import Player
from gui.plots.drawing.api import sketch_of
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.typography import font, set_zoom
from gui.views.ch2_perceptron.perceptron_rule import PerceptronRuleView
from tests.gui.views.hand import BY_SIZE, check_restyled, picture

RULE = PerceptronRule()


def _shot(samples=None, **values):
    """The opening with these parameters, or so many samples on."""
    params = PerceptronRuleParams(**values)
    player = Player(RULE, Run(RULE.id, params))
    return Snapshot(params, player.go_by(RULE.opening) if samples is None else player.go(samples))


@pytest.fixture
def view(qtbot):
    made = PerceptronRuleView(RULE)
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    _draw(made, _shot())
    made.edits, made.ended = [], []
    made.edited.connect(lambda changes, gesture: made.edits.append((dict(changes), gesture)))
    made.gesture_ended.connect(lambda: made.ended.append(True))
    return made


def _draw(view, shot, ghost=None) -> QImage:
    view.draw(shot.params, shot.frame, ghost)
    return picture(view)


def _on_screen(view, x, y) -> QPoint:
    return view.stage.mapFromScene(view.plane.vb.mapViewToScene(QPointF(x, y)))


def _mouse(view):
    return view.stage.viewport()


# Drawing


def test_going_on_and_coming_back_gives_the_same_picture(view):
    before = _draw(view, _shot())
    for samples in (0, 4, 30, 48):
        _draw(view, _shot(samples))
    _draw(view, _shot(700, points=NOISY, show_best=True), _shot())
    assert _draw(view, _shot()) == before


def test_a_mistake_shows_the_line_before_and_the_added_arrow_and_a_right_answer_neither(view):
    _draw(view, _shot(1))
    assert view.line_before.isVisible() and view.swept.isVisible() and view.added.isVisible()
    _draw(view, _shot(4))
    assert not (view.line_before.isVisible() or view.swept.isVisible() or view.added.isVisible())


@pytest.mark.parametrize("size", [(900, 560), (620, 300)])
@pytest.mark.parametrize("rate", [0.1, 1.0])
@pytest.mark.parametrize("start", [(0.0, 0.0, 0.0), (0.0, 0.0, 0.3), (0.5, 0.5, 0.3), (-0.04, -0.09, 0.0)])
def test_no_name_in_the_magnified_sum_lies_on_another(view, start, rate, size):
    mistakes = 0
    view.resize(*size)
    for samples in range(1, 25):
        shot = _shot(samples, **dict(zip(("w1", "w2", "b"), start, strict=True)), learning_rate=rate)
        _draw(view, shot)
        names = view.sum.names
        boxes = names.boxes(sketch_of(names))
        mistakes += len(boxes) == 3
        both = [one & other for one, other in combinations(boxes, 2)]
        assert all(min(box.width(), box.height()) <= 1 for box in both), samples  # no letter takes the rim
        assert all(sketch_of(names).box.contains(box) for box in boxes), samples
    assert mistakes


def test_the_ghost_is_seen_and_goes_away(view):
    shot = _shot(30, learning_rate=0.5)
    plain = _draw(view, shot)
    assert _draw(view, shot, _shot(30)) != plain
    assert _draw(view, shot) == plain
    moved = ((1.9, 1.9, 0), *SEPARABLE[1:])
    assert _draw(view, _shot(points=moved), _shot()) != _draw(view, _shot(points=moved))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_restyled_and_back(view, theme, language):
    check_restyled(view, _shot(), theme, language)


def test_zoom_makes_words_and_lines_larger(view):
    height = view.caption.size().height()
    set_zoom(2.0)
    view.resize(1300, 700)
    picture(view)
    assert view.caption.size().height() >= 1.8 * height


def test_an_export_leaves_the_invitation_out(view):
    before = picture(view)
    view.for_export(True)
    assert picture(view) != before
    view.for_export(False)
    assert picture(view) == before


# Layout


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [*BY_SIZE, (1300, 700)])
def test_everything_has_its_room(view, size, language, zoom):
    if zoom == 2.0 and size != (1300, 700):
        return
    set_language(language)
    set_zoom(zoom)
    view.resize(*size)
    _draw(view, _shot())
    stage = view.stage.ci.geometry()
    boxes = {}
    for name in ("legend", "plane", "caption", "sum", "table", "bars"):
        item = getattr(view, name)
        if item.scene() is not None:
            boxes[name] = item.mapRectToScene(item.boundingRect())
            assert stage.adjusted(-1, -1, 1, 1).contains(boxes[name]), name
    names = list(boxes)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert not boxes[one].adjusted(1, 1, -1, -1).intersects(boxes[other]), (one, other)
    assert view.caption.shown_words()
    assert boxes["sum"].height() > 60 and boxes["bars"].height() > 60
    if view.table.scene() is not None:
        assert len(view.table._columns()) == 4, "no column was left out"
    assert QFontMetricsF(font("strong")).horizontalAdvance(view.caption.shown_words()) <= view.caption.size().width()


@pytest.mark.parametrize("size", BY_SIZE)
def test_both_planes_are_one_to_one_and_the_large_one_has_the_larger_part(view, size):
    view.resize(*size)
    picture(view)
    for plot in (view.plane, view.sum):
        across, up = plot.vb.viewPixelSize()
        assert across == pytest.approx(up, rel=0.01)
    assert view.plane.vb.viewRect().contains(view.plane.square.adjusted(0.01, 0.01, -0.01, -0.01))
    assert view.plane.size().width() * view.plane.size().height() >= 0.45 * size[0] * size[1]


def test_axes_stand_still_through_the_run(view):
    def ranges():
        return [view.plane.vb.viewRange(), view.bars.vb.viewRange(), view.sum.square.width()]

    before = ranges()
    for samples in range(0, 49, 6):
        _draw(view, _shot(samples))
        assert ranges()[:2] == before[:2]
        assert ranges()[2] == pytest.approx(before[2])


def test_the_bars_widen_and_then_let_the_oldest_go(view):
    seen = []
    for samples in (16, 16 * 6, 16 * 7, 16 * 20, 16 * 40, 16 * 90):
        _draw(view, _shot(samples, points=NOISY))
        (low, high), _ = view.bars.vb.viewRange()
        seen.append((round(low + 0.1), round(high - low - 0.2)))
    # The epoch that goes on has its slot too.
    assert seen == [(0, 6), (0, 12), (0, 12), (0, 24), (0, 48), (48, 48)]


def test_the_lens_frames_what_the_pane_shows(view):
    for samples in (1, 5, 20):
        _draw(view, _shot(samples))
        assert view.lens.rect() == view.sum.square
        assert view.sum.vb.viewRect().adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(view.sum.square)


# Hand and keys


def test_a_click_on_a_point_flips_its_label(view):
    QTest.mouseClick(_mouse(view), Qt.MouseButton.LeftButton, pos=_on_screen(view, 0.9, 0.7))
    ((changes, _),) = view.edits
    assert changes["points"][8] == (0.9, 0.7, 0)
    assert view.focused_handle() == "point9" and view.ended


def test_a_point_is_dragged_and_the_gesture_ends_once(view):
    start, end = _on_screen(view, 1.1, -0.7), _on_screen(view, 1.6, -1.2)
    QTest.mousePress(_mouse(view), Qt.MouseButton.LeftButton, pos=start)
    for part in (0.4, 0.7, 1.0):
        QTest.mouseMove(_mouse(view), start + (end - start) * part)
        QTest.qWait(0)
    QTest.mouseRelease(_mouse(view), Qt.MouseButton.LeftButton, pos=end)
    changes, gesture = view.edits[-1]
    assert gesture == "drag point10" and changes["points"][9] == pytest.approx((1.6, -1.2, 1), abs=0.03)
    assert len(view.ended) == 1


def test_keys_reach_move_flip_and_remove_a_point(view):
    view.stage.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() == "point1"
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.focused_handle() == "point2"
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1][0]["points"][1] == (-1.55, 0.9, 0)
    QTest.keyClick(view.stage, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0]["points"][1] == (-1.6, 1.4, 0)
    QTest.keyClick(view.stage, Qt.Key.Key_Return)
    assert view.edits[-1][0]["points"][1] == (-1.6, 0.9, 1)
    QTest.keyClick(view.stage, Qt.Key.Key_Delete)
    assert view.edits[-1][0]["points"] == (SEPARABLE[0], *SEPARABLE[2:])


def _double_click(view, place: QPoint) -> None:
    """A whole double click; ``QTest.mouseDClick`` alone sends only its third of four events."""
    QTest.mouseClick(_mouse(view), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(_mouse(view), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(_mouse(view), Qt.MouseButton.LeftButton, pos=place)


def test_a_double_click_on_free_ground_adds_a_point_and_a_single_one_does_not(view):
    QTest.mouseClick(_mouse(view), Qt.MouseButton.LeftButton, pos=_on_screen(view, 1.5, -1.75))
    assert not view.edits
    _double_click(view, _on_screen(view, -1.5, 1.75))
    ((changes, _),) = view.edits
    assert changes["points"][:-1] == SEPARABLE
    assert changes["points"][-1] == pytest.approx((-1.5, 1.75, 1), abs=0.02)


def test_a_double_click_beside_the_plane_adds_nothing(view):
    middle = view.bars.mapToScene(view.bars.boundingRect().center())
    _double_click(view, view.stage.mapFromScene(middle))
    assert not view.edits


def test_the_line_itself_is_not_gripped(view):
    frame = _shot().frame
    place = QPointF(*(-frame.b / float(frame.w @ frame.w) * frame.w))
    start = _on_screen(view, place.x(), place.y())
    QTest.mousePress(_mouse(view), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(_mouse(view), start + QPoint(40, 0))
    QTest.mouseRelease(_mouse(view), Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))
    assert not view.edits


def test_removed_points_take_their_handles_with_them(view):
    _draw(view, _shot(points=SEPARABLE[:5]))
    shown = [name for name, item in view.handle_items.items() if item.isVisible()]
    assert shown == [f"point{number}" for number in range(1, 6)]


def test_the_place_under_the_pointer_is_probed(view):
    heard = []
    view.probed.connect(heard.append)
    QTest.mouseMove(_mouse(view), _on_screen(view, 0.5, 1.6))
    QTest.qWait(0)
    assert heard and heard[-1].render("en").startswith("x = (0.5")


def test_a_round_that_has_only_begun_has_no_number(view):
    pictures = []
    for running in (None, 0, 1):
        view.bars.show_counts(1, [3, 2] if running is not None else [3, 2, 1], running, 4)
        view.bars.show_counts(1, [3, 2], running, 4)
        pictures.append(picture(view))
    assert pictures[0] == pictures[1] != pictures[2]


def test_scrubbed_back_every_later_round_is_pale_also_the_one_that_begins(qtbot):
    params = PerceptronRuleParams()
    player = Player(RULE, Run(RULE.id, params))
    frames = [player.go(0)]
    while not frames[-1].finished:
        frames.append(player.go(1))
    newest = Snapshot(params, frames[-1])
    totals = dict(enumerate(newest.frame.mistakes.tolist(), start=newest.frame.first_epoch))
    view = PerceptronRuleView(RULE)
    qtbot.addWidget(view)
    for frame in frames[:-1]:
        view.draw(params, frame, newest=newest)
        solid, _, _, later, _ = view.bars.bars.state
        assert {**later, **solid} == totals, frame.update
