"""The stage of `playground`: large enough, quickly drawn, and everything on it answers to the hand."""

from __future__ import annotations

import time
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount
from engine.contract.run import Run
from engine.experiments.ch5_backpropagation.playground.params import PlaygroundParams
from engine.experiments.ch5_backpropagation.playground.words import parameter_name
from engine.experiments.shared.networks.network_fields import FEATURES
from engine.geometry.network_places import bias_of, index_of
from engine.playing import Player
from gui.plots.surface.shades import answer_table, image_of, signed_table
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom
from gui.views.ch5_backpropagation.playground import PlaygroundView
from tests.gui.views.hand import brought_up, check_appearance, check_export, drag, draw, on_screen, picture
from tests.pace import within

PLAYGROUND = load("playground")
STAGE = (1000, 510)
"""About what the stage of a window of 1366 × 768 has."""


@cache
def _frame(epochs, **values):
    return Player(PLAYGROUND, Run("playground", PlaygroundParams(**values))).go_by(Amount(epochs, "epoch"))


def _shot(epochs=10, looked_at=(), **values):
    return Snapshot(PlaygroundParams(**values, **dict(looked_at)), _frame(epochs, **values))


@pytest.fixture
def view(qtbot):
    made = brought_up(qtbot, PlaygroundView(PLAYGROUND), _shot(), STAGE)
    made.places = []
    made.placed.connect(lambda path, value: made.places.append((path, value)))
    return made


def _on_network(view, x, y):
    return on_screen(view, view.network, x, y)


def _click(view, x, y):
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=_on_network(view, x, y))
    QTest.qWait(0)


# Drawing


def test_the_map_is_large_and_square(view):
    box = view.plane.vb.mapViewToScene(view.plane.square).boundingRect()
    assert min(box.width(), box.height()) >= 320
    assert box.width() == pytest.approx(box.height(), rel=0.01)


@pytest.mark.parametrize("size", [STAGE, (620, 300), (500, 700), (1500, 900)])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_maps_do_not_lie_on_one_another(view, size, zoom):
    set_zoom(zoom)
    view.resize(*size)
    draw(view, _shot(1, hidden=(8,) * 6, features=tuple(FEATURES), classes=4))
    layers = (7, *(8,) * 6, 4)
    boxes = [view.network.node_box(layer, row) for layer, count in enumerate(layers) for row in range(count)]
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
    whole = view.network.sceneBoundingRect().adjusted(-1, -1, 1, 1)
    assert all(whole.contains(box) for box in boxes)


@pytest.mark.parametrize("epochs", [0, 5, 24, 60])
def test_numbers_of_lines_do_not_lie_on_one_another(view, epochs):
    draw(view, _shot(epochs, hidden=(8, 2)))
    boxes = [words.sceneBoundingRect() for words in view.numbers if words.isVisible()]
    assert len(boxes) >= 7
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_the_largest_network_is_drawn_within_a_frame(view):
    params = PlaygroundParams(hidden=(8,) * 6, features=tuple(FEATURES), classes=4)
    player = Player(PLAYGROUND, Run("playground", params))
    shots = [Snapshot(params, player.go(25)) for _ in range(2)]
    for shot in shots:
        draw(view, shot)
    seconds = []
    for _ in range(5):
        for shot in shots:
            start = time.thread_time()
            view.draw(shot.params, shot.frame)
            view.stage.viewport().repaint()
            seconds.append(time.thread_time() - start)
    assert within(min(seconds), 1 / 60)


@pytest.mark.parametrize(
    "shot",
    [_shot(), _shot(5, data="hills", hidden=(4, 2)), _shot(5, hidden=(2,), activation="sigmoid")],
    ids=["classes", "heights", "sigmoid"],
)
def test_theme_zoom_and_language_are_followed_at_once(view, shot):
    check_appearance(view, shot)


def test_a_figure_has_no_buttons(view):
    draw(view, _shot(looked_at=(("selected", 1),)))
    check_export(view, view.buttons)


def test_points_are_drawn_anew_in_other_colours(view):
    before = picture(view)
    color = view.points.scatter.data["brush"][0].color().name()
    set_theme("dark")
    assert view.points.scatter.data["brush"][0].color().name() == theme().class_colors[_frame(10).targets[0]] != color
    set_theme("light")
    assert picture(view) == before


def test_heights_have_their_own_colours_and_test_points_come_on_demand(view):
    draw(view, _shot(3, data="plane"))
    assert len(view.heights.data) == 250 and not len(view.points.scatter.data)
    draw(view, _shot(3, data="plane", looked_at=(("show_test", True),)))
    assert len(view.heights.data) == 500
    draw(view, _shot(looked_at=(("show_test", True),)))
    assert (len(view.points.scatter.data), len(view.tested.scatter.data), len(view.heights.data)) == (250, 250, 0)


def test_test_points_are_hollow_and_one_s_own_are_drawn_without_being_asked_for(view):
    shot = _shot(3, data="own", train_share=50)
    draw(view, shot)
    count = len(shot.params.points)
    assert len(view.points.scatter.data) + len(view.tested.scatter.data) == count and len(view.tested.scatter.data) > 2
    of_class = theme().class_colors[int(shot.frame.targets[-1])]
    last = view.tested.scatter.data[-1]
    assert last["brush"].color().name() == theme().surface and last["pen"].color().name() == of_class
    assert view.points.scatter.data[0]["brush"].color().name() in theme().class_colors
    assert any("test (hollow)" in words for words, _ in words_and_marks(view.stage))
    draw(view, _shot(3))
    assert not any("hollow" in words for words, _ in words_and_marks(view.stage))


def test_a_typed_border_is_drawn_dashed_over_the_map_and_goes_with_its_data(view):
    draw(view, _shot(1, data="curve", border="x1^2 - 2"))
    x1, x2 = view.border.getData()
    seen = np.isfinite(x2)
    assert x2[seen] == pytest.approx(x1[seen] ** 2 - 2, abs=1e-5) and 100 < seen.sum() < len(seen)
    assert view.border.opts["pen"].style() == Qt.PenStyle.DashLine
    draw(view, _shot())
    assert not len(view.border.getData()[0])


@pytest.mark.parametrize(("language", "said"), [("en", "section"), ("zh_CN", "截面")])
def test_of_a_table_the_stage_says_that_the_map_is_a_section_where_it_is_one(view, language, said):
    set_language(language)
    draw(view, _shot(1, data="table", inputs=("1", "2", "3")))
    assert said in view.words.shown_words()
    assert "x2" in view.plane.getAxis("left").labelText != "x2"
    draw(view, _shot(1, data="table"))
    assert said not in view.words.shown_words()
    draw(view, _shot())
    assert view.plane.getAxis("left").labelText == "x2"


def test_bytes_become_the_colours_of_their_table():
    frame = _frame(10)
    signed, answers = signed_table(), answer_table(certain=False)
    image = image_of(frame.hidden_maps[0], signed)
    assert image.pixelColor(20, 99).rgb() == signed[frame.hidden_maps[0, 0, 20]]
    image = image_of(frame.answer_map, answers)
    assert image.pixelColor(3, 0).rgb() == answers[frame.answer_map[99, 3]]


# The hand


def test_a_neuron_under_the_pointer_is_large_until_the_pointer_leaves(view):
    before = picture(view)
    view.stage.scene().sigMouseMoved.emit(QPointF(view.stage.mapToScene(_on_network(view, 1, 0.5))))
    hovered = picture(view)
    assert hovered != before
    assert hovered != draw(view, _shot())
    view.stage.scene().sigMouseMoved.emit(QPointF(view.stage.mapToScene(on_screen(view, view.plane, 0, 0))))
    assert picture(view) == before


def test_a_neuron_that_was_clicked_stays_large_under_the_pointer(view):
    bias = bias_of(view.current.frame.sizes, 1, 1) + 1
    clicked = draw(view, _shot(looked_at=(("enlarged", 2), ("selected", bias))))
    for x in (1, 1.01):
        view.stage.scene().sigMouseMoved.emit(QPointF(view.stage.mapToScene(_on_network(view, x, 0.5))))
        assert picture(view) == clicked


def test_a_click_on_a_neuron_selects_its_bias_and_one_on_a_line_its_weight(view):
    sizes = _frame(10).sizes
    _click(view, 1, 0.5)
    assert view.edits == [({"enlarged": 2, "selected": bias_of(sizes, 1, 1) + 1}, "")]
    view.edits.clear()
    _click(view, 0.5, 0.79)
    assert view.edits == [({"selected": index_of(sizes, "W1[0,0]") + 1}, "")]


def test_above_a_layer_neurons_come_and_go(view):
    _click(view, 1.1, 1.05)
    _click(view, 0.9, 1.05)
    assert [changes for changes, _ in view.edits] == [{"hidden": (4,)}, {"hidden": (2,)}]


def test_buttons_move_the_selected_weight(view):
    frame = _frame(10)
    view.buttons.pressed.emit("+1")
    assert view.places == [] and view.buttons.opacity() < 1
    for number, path in ((1, "W1[0,0]"), (len(frame.parameters), "b2[1]")):
        draw(view, _shot(looked_at=(("selected", number),)))
        view.places.clear()
        view.buttons.pressed.emit("+0.1")
        assert view.places == [(path, round(float(frame.parameters[number - 1]) + 0.1, 2))]


@pytest.mark.parametrize(
    ("hidden", "path", "english", "chinese"),
    [
        ((3,), "W1[0,0]", "x1 → neuron 1", "x1 → 神经元 1"),
        ((3,), "W2[2,1]", "neuron 3 → class 1", "神经元 3 → 类别 1"),
        ((3,), "b2[1]", "bias of class 1", "类别 1 的偏置"),
        ((8, 8), "W2[7,6]", "neuron 8 → neuron 7", "神经元 8 → 神经元 7"),
    ],
)
def test_what_is_selected_is_named_as_it_is_counted_on_the_stage(view, hidden, path, english, chinese):
    frame = _frame(10, hidden=hidden)
    index = index_of(frame.sizes, path)
    value = f"{frame.parameters[index]:.3g}".replace("-", "\N{MINUS SIGN}")
    for language, brief in (("en", english), ("zh_CN", chinese)):
        set_language(language)
        name = parameter_name(PlaygroundParams(hidden=hidden), frame, index).render(language)
        for size, names in ((STAGE, (brief, name)), ((500, 700), (brief, name)), ((2600, 510), (name,))):
            view.resize(*size)
            draw(view, _shot(looked_at=(("selected", index + 1),), hidden=hidden))
            sign = ": " if language == "en" else "："
            assert view.words.shown_words() in [f"{words}{sign}{value}" for words in names]


def test_selecting_moves_nothing(view):
    before = view.network.geometry(), view.plane.geometry(), view.loss.geometry()
    draw(view, _shot(looked_at=(("selected", 3), ("enlarged", 2))))
    assert (view.network.geometry(), view.plane.geometry(), view.loss.geometry()) == before


@pytest.mark.parametrize(("language", "said"), [("en", "double click: "), ("zh_CN", "双击")])
def test_points_of_ones_own_come_with_how_a_point_is_added(view, language, said):
    set_language(language)
    draw(view, _shot(data="own"))
    assert said in view.words.shown_words()
    draw(view, _shot(data="own", looked_at={"selected": 1}))
    assert said not in view.words.shown_words()
    draw(view, _shot())
    assert said not in view.words.shown_words()


# The weight of a line, pulled and typed


def _selected(view, index=5):
    draw(view, _shot(looked_at={"selected": index + 1}))
    value = float(view.current.frame.parameters[index])
    middle = view.stage.mapFromScene(view.network.selected_line().center())
    return value, middle


def test_the_line_of_the_selected_weight_is_pulled_up_and_down(view):
    value, middle = _selected(view)
    drag(view, middle, middle - QPoint(0, 60))
    path, last = view.places[-1]
    assert path == "W1[1,2]" and last == pytest.approx(value + 1.5, abs=0.03)
    view.places.clear()
    drag(view, middle, middle + QPoint(0, 40))
    assert view.places[-1][1] == pytest.approx(value - 1.0, abs=0.03)


def test_a_click_on_the_selected_line_asks_for_its_weight(view):
    value, middle = _selected(view)
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert view.typed.isVisible() and float(view.typed.text().replace("\N{MINUS SIGN}", "-")) == pytest.approx(
        value, abs=0.005
    )
    for text, given in (("x", []), ("-0,75", [("W1[1,2]", -0.75)])):
        view.typed.setText(text)
        QTest.keyClick(view.typed, Qt.Key.Key_Return)
        assert view.places == given and view.typed.isVisible() == (not given)
