"""The stage of `training`: it draws every moment quickly, keeps its axes still, and follows hand and keys."""

from __future__ import annotations

import time
from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest

from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.experiments.ch4_training.training import MnistTraining
from engine.experiments.ch4_training.training.params import TrainingParams
from engine.playing import Player
from gui.plots.learning.run_plot import epoch_stride, span_for
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.theme import theme
from gui.style.typography import font, set_zoom
from gui.views.ch4_training.training import TrainingView
from tests.gui.views.hand import BY_SIZE, SIZES, brought_up, check_restyled, draw, on_screen, picture
from tests.pace import within

TRAINING = MnistTraining()
REDUCED = dict(next(preset.changes for preset in TRAINING.presets if preset.id == "numerical"))


@cache
def _frame(updates, **values):
    return Player(TRAINING, Run(TRAINING.id, TrainingParams(**values))).go(updates)


def _shot(updates=300, selected=1, **values):
    # Times are measured anew in every run: the same frame is needed for the same picture.
    return Snapshot(TrainingParams(selected=selected, **values), _frame(updates, **values))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, TrainingView(TRAINING), _shot())


# Drawing


def test_going_on_and_coming_back_gives_the_same_picture(view):
    before = draw(view, _shot())
    for updates in (0, 40, 650):
        draw(view, _shot(updates))
    draw(view, _shot(4, **REDUCED), _shot(650))
    draw(view, _shot(30, activation="relu", initial_std=1.0))
    assert draw(view, _shot()) == before


def test_the_step_of_the_difference_changes_the_picture_as_soon_as_it_is_wide_enough(view):
    assert draw(view, _shot(4, **REDUCED)) != draw(view, _shot(4, h=0.1, **REDUCED))


def test_the_ghost_is_seen_and_goes_away(view):
    shot = _shot(300, learning_rate=1.0)
    plain = draw(view, shot)
    assert draw(view, shot, _shot()) != plain
    assert draw(view, shot) == plain


@pytest.mark.parametrize("theme_name", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_restyled_and_back(view, theme_name, language):
    check_restyled(view, _shot(), theme_name, language)


def test_zoom_makes_words_larger(view):
    height = view.digits_words.size().height()
    set_zoom(2.0)
    view.resize(1300, 900)
    picture(view)
    assert view.digits_words.size().height() >= 1.8 * height


def test_the_flat_start_is_named_at_the_opening(view):
    assert tuple(view.loss.stretch_words()) == ("flat start", "134 updates")
    set_language("zh_CN")
    assert tuple(view.loss.stretch_words()) == ("平坦的开头", "134 次更新")


def test_no_epochs_line_crosses_the_name_of_guessing(view):
    seen = picture(view)
    plot = view.loss
    right = on_screen(view, plot, plot.vb.viewRange()[0][1], plot.level.value())
    plate = [seen.pixelColor(right.x() - 10, right.y() + down).name() for down in range(2, 13)]
    plot.ground.show_state((1, 1, 10_000), *plot.ground.state[1:])
    lined = picture(view)
    assert lined != seen
    assert [lined.pixelColor(right.x() - 10, right.y() + down).name() for down in range(2, 13)] == plate


def test_right_and_wrong_answers_have_their_signs_and_colours(view):
    image = picture(view)
    frame = _frame(300)
    for index, right in enumerate((frame.digit_answers == frame.digit_labels).tolist()):
        tile = view.digits.mapRectToScene(view.digits.tile(index))
        place = QPoint(round(tile.center().x()), round(tile.top()))
        wanted = QColor(theme().right if right else theme().wrong)
        near = [image.pixelColor(place.x(), place.y() + dy) for dy in (-1, 0, 1)]
        assert any(_distance(color, wanted) < 40 for color in near), index


def test_the_gap_between_training_and_test_is_shaded(view):
    few = _shot(120, samples="300", learning_rate=1.0)
    draw(view, few)
    frame = few.frame
    assert frame.train_accuracy - frame.test_accuracy > 0.08
    between = QPointF(110, (frame.sample_train[-1] + frame.sample_test[-1]) / 2)
    shape = view.accuracy.gap.path()
    assert shape.contains(between)
    for outside in (0.02, -0.02):
        line = frame.sample_train[-1] if outside > 0 else frame.sample_test[-1]
        assert not shape.contains(QPointF(110, line + outside))
    bare = theme().surface
    place = view.stage.mapFromScene(view.accuracy.vb.mapViewToScene(between))
    assert picture(view).pixelColor(place) != QColor(bare)


def test_positive_and_negative_weights_have_their_colours(view):
    shot = _shot(650)
    draw(view, shot)
    image, weights = view.weights._image, shot.frame.weights
    unit, row, column = np.unravel_index(np.argmax(np.abs(weights)), weights.shape)
    strongest = image.pixelColor(*_pixel(view.weights, unit, row, column))
    wanted = theme().positive if weights[unit, row, column] > 0 else theme().negative
    assert strongest == QColor(wanted)
    unit, row, column = np.argwhere(weights == 0)[0]
    assert image.pixelColor(*_pixel(view.weights, unit, row, column)) == QColor(theme().zero)


def _pixel(pictures, unit, row, column) -> tuple[int, int]:
    """Where a weight lies in the sheet of all pictures, which leaves a gap of 3 pixels between two."""
    down, across = divmod(int(unit), pictures._columns)
    return across * 31 + int(column), down * 31 + int(row)


def _distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


# Layout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("size", "zoom"), [*((size, 1.0) for size in SIZES[1:3]), ((640, 420), 2.0)])
def test_everything_has_its_room(view, size, zoom, language):
    set_language(language)
    set_zoom(zoom)
    view.resize(*size)
    draw(view, _shot())
    stage = view.stage.ci.geometry()
    boxes = {}
    for name in ("loss", "accuracy", "digits_words", "digits", "weights_words", "weights", "cost_words"):
        item = getattr(view, name)
        if item.scene() is not None:
            boxes[name] = item.mapRectToScene(item.boundingRect())
            assert stage.adjusted(-1, -1, 1, 1).contains(boxes[name]), name
    names = list(boxes)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert not boxes[one].adjusted(1, 1, -1, -1).intersects(boxes[other]), (one, other)
    for words in (view.digits_words, view.weights_words, view.cost_words):
        if words.scene() is not None:
            assert words.shown_words(), "no wording fits"
            assert QFontMetricsF(font("strong")).horizontalAdvance(words.shown_words()) <= words.size().width()
    assert view.loss.vb.size().height() > 60 and view.accuracy.vb.size().height() > 40
    tiles = [view.digits.tile(index) for index in range(12)]
    assert all(QRectF(view.digits.rect()).adjusted(-1, -1, 1, 1).contains(tile) for tile in tiles)
    assert min(tile.width() for tile in tiles) >= 40
    if view.weights.scene() is not None:
        assert view.weights.rect().adjusted(-1, -1, 1, 1).contains(view.weights.mosaic())


@pytest.mark.parametrize("size", BY_SIZE)
def test_loss_and_accuracy_take_the_larger_part_and_share_their_axis(view, size):
    view.resize(*size)
    picture(view)
    parts = [plot.size().width() * plot.size().height() for plot in (view.loss, view.accuracy)]
    assert sum(parts) >= 0.55 * size[0] * size[1]
    edges = [plot.vb.mapRectToScene(plot.vb.boundingRect()) for plot in (view.loss, view.accuracy)]
    assert edges[0].left() == pytest.approx(edges[1].left(), abs=1)
    assert edges[0].right() == pytest.approx(edges[1].right(), abs=1)
    assert view.loss.vb.viewRange()[0] == view.accuracy.vb.viewRange()[0]


def test_axes_stand_still_through_an_epoch_and_then_double(view):
    def ranges():
        return view.loss.vb.viewRange(), view.accuracy.vb.viewRange()

    draw(view, _shot(0))
    before = ranges()
    for updates in (1, 40, 300, 600):
        draw(view, _shot(updates))
        assert ranges() == before
    draw(view, _shot(650))
    assert ranges()[0][0][1] == pytest.approx(2 * before[0][0][1])
    assert ranges()[0][1] == before[0][1]


def test_a_wild_loss_widens_its_axis_to_ten_at_most(view):
    draw(view, _shot(30, activation="relu", initial_std=1.0))
    assert _frame(30, activation="relu", initial_std=1.0).loss_maximum.max() > 10
    assert view.loss.vb.viewRange()[1] == [0, 10]


@pytest.mark.parametrize(("updates", "span"), [(0, 600), (600, 600), (601, 1200), (1201, 2400), (9600, 9600)])
def test_the_axis_doubles(updates, span):
    assert span_for(updates) == span


def test_lines_of_epochs_are_at_most_eight_and_at_round_numbers():
    for updates_per_epoch in (1, 3, 6, 60, 600, 60_000):
        for span in (600, 1200, 9600, 38_400):
            stride = epoch_stride(span, updates_per_epoch)
            assert span / updates_per_epoch / stride <= 8
            assert str(stride).rstrip("0") in ("1", "2", "5")


# Hand and keys


def test_a_click_on_a_digit_selects_it_and_asks_for_its_working(view, qtbot):
    tile = view.digits.mapRectToScene(view.digits.tile(6)).center()
    with qtbot.waitSignal(view.working_wanted):
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(tile))
    assert view.edits == [({"selected": 7}, "")]


def test_keys_reach_the_digits_and_move_among_them(view):
    view.stage.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.digits.hasFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1][0] == {"selected": 2}
    draw(view, _shot(selected=2))
    QTest.keyClick(view.stage, Qt.Key.Key_Down)
    assert view.edits[-1][0] == {"selected": 2 + view.digits.columns()}
    draw(view, _shot(selected=12))
    count = len(view.edits)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert len(view.edits) == count, "there is none after the last"


def test_a_probe_follows_the_pointer_over_both_plots(view):
    heard = []
    view.probed.connect(heard.append)
    for plot in (view.loss, view.accuracy):
        # As pyqtgraph's scene says where the pointer is; by itself it says so a hundred times a second at most.
        view.stage.scene().sigMouseMoved.emit(plot.vb.sceneBoundingRect().center())
    assert ["batch loss" in text.render("en") for text in heard if text] == [True, False]


# Speed


def test_a_new_frame_is_drawn_in_less_than_five_milliseconds(view):
    player = Player(TRAINING, Run(TRAINING.id, TrainingParams()))
    player.go(900)
    frames = [player.go(1) for _ in range(20)]
    params = TrainingParams()
    view.draw(params, frames[0])
    start = time.thread_time()
    for frame in frames:
        view.draw(params, frame)
    assert within((time.thread_time() - start) / len(frames), 5e-3)


def test_a_curve_never_has_more_than_about_a_thousand_points(view):
    shot = _shot(1500, image_side="7", hidden=5)
    draw(view, shot)
    for item in (*view.loss.lines, *view.accuracy.lines):
        assert len(item.getData()[0]) <= 1024


def test_however_small_the_weights_are_their_range_stands_over_their_pictures(view):
    for language in LANGUAGES:
        set_language(language)
        for size in ((900, 560), (560, 700)):
            view.resize(*size)
            for std in (0.0001, 0.01):
                draw(view, _shot(0, initial_std=std))
                assert f"{view.current.frame.largest_weight:.2g}" in view.weights_words.shown_words(), (size, std)
