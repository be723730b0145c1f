"""What a stage is to somebody who does not see it: all that can be moved or chosen, and what is written, by name."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QLineEdit

from engine.contract.language import LANGUAGES
from engine.playing import opened
from gui.plots.board.choosing import ChoosingItem
from gui.stage.accessible.accessible_text import AccessibleText
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.view import Snapshot
from gui.style.language import set_language, translate
from tests.gui.views.hand import draw, opened_view
from tests.walk import EXPERIMENT_IDS

pytestmark = pytest.mark.usefixtures("listening")

_Text = QAccessible.Text


@pytest.fixture
def told(monkeypatch):
    """What was told of its own accord: the kind, and what the part in question is called and has for a value."""
    events = []

    def note(event):
        interface = event.accessibleInterface()
        events.append((event.type(), interface.text(_Text.Name), interface.text(_Text.Value), interface.role()))

    class Heard:
        Event = QAccessible.Event
        isActive, updateAccessibility = staticmethod(lambda: True), staticmethod(note)

    monkeypatch.setattr("gui.spoken.spoken.QAccessible", Heard)
    return events


def _below(interface):
    for index in range(interface.childCount()):
        child = interface.child(index)
        yield child
        yield from _below(child)


def _focused_parts(view, told, qtbot, keys):
    """What is told of each of these keys, pressed on the stage one after the other."""
    found = []
    for key, modifier in keys:
        told.clear()
        qtbot.keyClick(view.stage, key, modifier)
        QTest.qWait(0)
        found.append([one for one in told if one[0] == QAccessible.Event.Focus])
    return found


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_handles_controls_and_words_are_in_the_tree_each_by_a_name(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    set_language("zh_CN")
    stage = QAccessible.queryAccessibleInterface(view.stage)
    parts = list(_below(stage))
    objects = [part.object() for part in parts]
    controls = [one for one in view.keys.controls if one.isVisible() and one.scene() is not None]
    for wanted in (*(view.handle_items[name] for name in view.keys.reached_handles()), *controls):
        assert wanted in objects, wanted
    assert [part for part in parts if not part.text(_Text.Name).strip()] == []
    shot = view.current
    assert stage.text(_Text.Description) == translate(view.experiment.headline(shot.params, shot.frame))
    assert sum(part.role() == QAccessible.Role.StaticText for part in parts) >= 3
    for part in parts:
        assert part.parent() is not None and part.parent().indexOfChild(part) >= 0
        locale = part.attributesInterface().attributeValue(QAccessible.Attribute.Locale)
        assert locale.name() == "zh_CN"


def test_tab_tells_once_where_the_keys_are_and_with_what_value(qtbot, told):
    view = opened_view(qtbot, "convolution")
    view.stage.setFocus()
    heard = _focused_parts(view, told, qtbot, [(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)] * 5)
    assert [len(one) for one in heard] == [1] * 5
    assert [one[0][1] for one in heard][:3] == ["X[0,0]", "W[0,0]", "b"]
    assert [one[0][2] for one in heard][:3] == ["0", "1", "0"]
    assert {one[0][3] for one in heard[:3]} == {QAccessible.Role.Slider}


def test_an_array_is_one_stop_arrows_go_on_in_it_and_a_number_is_changed_or_typed(qtbot, told):
    view = opened_view(qtbot, "convolution")
    view.stage.setFocus()
    none = Qt.KeyboardModifier.NoModifier
    keys = [(key, none) for key in (Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)]
    heard = _focused_parts(view, told, qtbot, keys)
    assert [one[0][1] for one in heard] == ["X[0,0]", "X[0,1]", "X[1,1]", "X[1,0]"]
    assert not view.edits
    qtbot.keyClick(view.stage, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0]["input1"][1][0] > 0
    qtbot.keyClick(view.stage, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.edits[-1][0]["input1"][1][0] < 0
    # A digit begins the number, and the cell has the keys again.
    qtbot.keyClick(view.stage, Qt.Key.Key_5)
    box = view.stage.viewport().findChild(QLineEdit)
    assert box.text() == "5" and box.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert view.edits[-1][0]["input1"][1][0] == 5 and view.focused_handle() == "x0_1_0"
    # Whoever comes back is where he was.
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        qtbot.keyClick(view.stage, key)
    assert view.focused_handle() == "x0_1_0"
    assert len(view.keys.stops()) <= 8


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_escape_gives_the_keys_back_to_the_stage(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    view.stage.setFocus()
    stops = view.keys.stops()
    for _ in stops:
        qtbot.keyClick(view.stage, Qt.Key.Key_Tab)
        assert view.focused_handle() or view.keys.focused_control()
        qtbot.keyClick(view.stage, Qt.Key.Key_Escape)
        assert not view.focused_handle() and not view.keys.focused_control()


def test_a_number_is_told_and_set_in_its_own_unit(qtbot):
    view = opened_view(qtbot, "descent")
    rate = QAccessible.queryAccessibleInterface(view.stage).child(0)
    number = rate.valueInterface()
    assert (rate.text(_Text.Value), number.currentValue()) == ("0.9", 0.9)
    number.setCurrentValue(0.5)
    assert view.edits == [({"learning_rate": 0.5}, "")]
    start = QAccessible.queryAccessibleInterface(view.stage).child(1)
    assert "(−7, 2)" in start.text(_Text.Name)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Array output, Cell [1,0]"), ("zh_CN", "输出"), ("zh_CN", "[1,0]")]
)
def test_a_window_says_where_it_stands_though_the_walk_has_brought_it_there(qtbot, language, words):
    set_language(language)
    view = opened_view(qtbot, "convolution")
    assert view.current.params.follows_walk
    assert list(_below(QAccessible.queryAccessibleInterface(view.stage)))
    name = QAccessible.queryAccessibleInterface(view.handle_items["window x0"]).text(_Text.Name)
    assert words in name and "[0,0]" not in name


def test_the_steps_of_a_path_are_chosen_by_arrows(qtbot):
    view = opened_view(qtbot, "descent")
    view.stage.setFocus()
    for _ in view.keys.stops():
        qtbot.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.keys.focused_control() is not None
    last = view.current.frame.update
    qtbot.keyClick(view.stage, Qt.Key.Key_Left)
    assert view.edits[-1][0] == {"selected": last - 1}
    qtbot.keyClick(view.stage, Qt.Key.Key_Home)
    assert view.edits[-1][0] == {"selected": 0}


def test_whoever_stands_in_a_row_that_is_gone_hears_nothing_of_it(qtbot):
    view = opened_view(qtbot, "layers")
    stage = QAccessible.queryAccessibleInterface(view.stage)
    rows = [part for part in _below(stage) if part.role() == QAccessible.Role.StaticText]
    fewer = opened(view.experiment, view.current.params.replaced({"samples": 1}))
    draw(view, Snapshot(fewer[0].params, fewer[1]))
    after = [part for part in _below(stage) if part.role() == QAccessible.Role.StaticText]
    assert len(after) < len(rows)
    kept = {part.object() for part in after}
    gone = [part for part in rows if part.object() not in kept]
    assert gone and all(part.state().invisible and not part.text(_Text.Name) for part in gone)


def test_the_options_of_a_choice_can_be_pressed_however_often_the_stage_was_read(qtbot):
    view = opened_view(qtbot, "optimizers")
    stage = QAccessible.queryAccessibleInterface(view.stage)
    assert list(_below(stage))
    choice = next(one for one in view.keys.controls if isinstance(one, ChoosingItem) and one.scene())
    control = QAccessible.queryAccessibleInterface(choice)
    options = [control.child(index) for index in range(control.childCount())]
    for _ in range(2):
        draw(view, view.current)
        assert list(_below(stage))
        assert [one.text(_Text.Name) for one in options] == [name for _, name in choice.options]
        assert [one.actionInterface().actionNames() for one in options] == [["Press"]] * len(options)
        assert [one.state().selected for one in options] == [value == choice.value for value, _ in choice.options]
    other = next(number for number, (value, _) in enumerate(choice.options) if value != choice.value)
    options[other].actionInterface().doAction("Press")
    assert list(view.edits[-1][0].values()) == [choice.options[other][0]]


def test_a_stage_that_is_read_again_and_again_makes_nothing_new(qtbot):
    view = opened_view(qtbot, "convolution")
    stage = QAccessible.queryAccessibleInterface(view.stage)
    parts = []
    for _ in range(3):
        draw(view, view.current)
        assert list(_below(stage))
        parts.append(len(view.stage.findChildren(AccessibleText)))
    assert parts[0] == parts[1] == parts[2] > 0


@pytest.mark.parametrize(("language", "words"), [("en", "Escape lets go"), ("zh_CN", "Esc 松开")])
def test_it_is_said_of_each_stop_how_it_is_left(qtbot, language, words):
    set_language(language)
    view = opened_view(qtbot, "convolution")
    for stop in view.keys.stops():
        part = view.handle_items[stop[0]] if isinstance(stop, tuple) else stop
        assert list(_below(QAccessible.queryAccessibleInterface(view.stage)))
        assert words in QAccessible.queryAccessibleInterface(part).text(_Text.Description)


@pytest.mark.parametrize("words", ["直線をドラッグ", "学习率 η = 0.1", "rate η = 0.1"])
def test_a_text_of_several_scripts_is_heard_as_one(qtbot, words):
    scene = QGraphicsScene()
    stage = QGraphicsView(scene)
    qtbot.addWidget(stage)
    scene.addSimpleText(words)
    scene.addSimpleText("another").setPos(0, 40)
    assert [heard for heard, _ in words_and_marks(stage)] == [words, "another"]


_OF_THE_MOUSE = {"en": r"[Cc]lick|[Dd]rag\b|[Pp]ull\b", "zh_CN": "点一下|双击|拖", "ja": "クリック|ドラッグ"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment_id", ["perceptron_rule", "losses", "descent", "playground", "digits"])
def test_what_is_said_of_a_stop_is_said_for_keys(qtbot, experiment_id, language):
    set_language(language)
    view = opened_view(qtbot, experiment_id)
    assert list(_below(QAccessible.queryAccessibleInterface(view.stage)))
    parts = [view.handle_items[name] for name in view.keys.reached_handles()]
    parts += [one for one in view.keys.controls if view.field_of_control(one) is None and one.scene()]
    for part in parts:
        spoken = QAccessible.queryAccessibleInterface(part)
        for kind in (_Text.Name, _Text.Value, _Text.Description):
            assert not re.search(_OF_THE_MOUSE[language], spoken.text(kind)), (part, spoken.text(kind))


@pytest.mark.parametrize(
    ("experiment_id", "handle", "words"),
    [("perceptron_rule", "point1", "Enter gives it the other class"), ("losses", "y1", "Enter makes it the right")],
)
def test_keys_that_do_more_than_move_are_named(qtbot, experiment_id, handle, words):
    view = opened_view(qtbot, experiment_id)
    assert list(_below(QAccessible.queryAccessibleInterface(view.stage)))
    assert words in QAccessible.queryAccessibleInterface(view.handle_items[handle]).text(_Text.Description)


def test_nothing_is_made_while_nobody_listens(qtbot):
    QAccessible.setActive(False)
    view = opened_view(qtbot, "gates")
    view.stage.setFocus()
    qtbot.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view._voice._speaker is None


@pytest.mark.parametrize(("language", "words"), [("en", "Enter lowers and lifts it"), ("zh_CN", "Enter 落笔和提笔")])
def test_the_paper_says_how_keys_draw_on_it(qtbot, language, words):
    set_language(language)
    view = opened_view(qtbot, "digits")
    view.take_keys(view.canvas)
    assert list(_below(QAccessible.queryAccessibleInterface(view.stage)))
    assert words in QAccessible.queryAccessibleInterface(view.canvas).text(_Text.Description)


def test_it_is_said_that_the_pen_is_down_and_up_and_after_clearing_the_paper_still_has_the_keys(
    qtbot, told, monkeypatch
):
    read = []
    monkeypatch.setattr("gui.spoken.spoken.say", lambda _, words: read.append(words))
    view = opened_view(qtbot, "digits")
    view.activateWindow()
    view.take_keys(view.canvas)
    QTest.qWait(0)
    for key, wanted in ((Qt.Key.Key_Return, "Pen down"), (Qt.Key.Key_Delete, "Pen up"), (Qt.Key.Key_Enter, "Pen down")):
        told.clear()
        qtbot.keyClick(view.stage, key)
        qtbot.waitUntil(lambda wanted=wanted: read[-1:] == [wanted])
        assert [one for one in told if one[0] == QAccessible.Event.Focus] == []
    view._take(True)
    assert QAccessible.queryAccessibleInterface(view.canvas).text(_Text.Value) == "Eraser up"
