"""Controls: what is typed, dragged and stepped is one value; a bad entry stays and is explained."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.contract.fields import Choice, Integer, LabelledPoints, Option, Real, Switch, Vector
from engine.contract.text import Text, same
from gui.form.controls import Control, control_for
from gui.form.segmented import Segmented
from gui.style.language import set_language, show
from tests.gui.form.writing import write
from tests.strategies import FIELDS, values_of

_HELP = Text("What it is for.", "用来做什么。")
_W1 = Real(label=Text("Weight w1", "权重 w1"), help=_HELP, minimum=-10, maximum=10, step=0.05)
_RATE = Real(label=Text("Rate", "学习率"), minimum=1e-4, maximum=10, step=1.1, scale="log")
_COUNT = Integer(label=Text("Count", "个数"), minimum=1, maximum=100)
_VECTOR = Vector(label=Text("w", "w"), components=("w1", "w2", "b"), minimum=-1, maximum=1, step=0.1)
_OPTIONS = tuple(Option(value, Text(f"the {value}", f"第 {value} 个")) for value in "abcdef")
_FEW = Choice(label=Text("Side", "边"), options=_OPTIONS[:3])
_MANY = Choice(label=Text("Letter", "字母"), options=_OPTIONS)
_SWITCH = Switch(label=Text("Smooth", "平滑"))
_POINTS = LabelledPoints(label=Text("Points", "点"), minimum=-3, maximum=3, classes=2, fewest=1, most=9)


class _Shown:
    """A control in a window, with what it asked for."""

    def __init__(self, qtbot: QtBot, field: object, value: object, accept: bool = True) -> None:
        self.control: Control = control_for("it", field)
        self.control.set_value(value)
        self.control.retranslate()
        self.control.restyle()
        self.asked: list[tuple[object, str]] = []
        self.ended = 0
        self.refusals: list[Text] = []
        self.control.edited.connect(self._edited)
        self.control.gesture_ended.connect(self._ended)
        self.control.refused.connect(self.refusals.append)
        self._accept = accept
        qtbot.addWidget(self.control)
        self.control.resize(300, 60)
        with qtbot.waitExposed(self.control):
            self.control.show()

    @property
    def reason(self) -> str | None:
        reason = self.control.reason()
        return None if reason is None else show(reason)

    def _edited(self, value: object, gesture: str) -> None:
        self.asked.append((value, gesture))
        if self._accept:
            self.control.set_value(value)

    def _ended(self) -> None:
        self.ended += 1


def _type(qtbot: QtBot, box: QWidget, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
    box.setFocus()
    box.selectAll()
    write(box, text)
    if key is not None:
        qtbot.keyClick(box, key)


def _leave(box: QWidget) -> None:
    QApplication.sendEvent(box, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def _wheel(widget: QWidget, notches: int) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(3, 3),
        widget.mapToGlobal(QPointF(3, 3)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


@pytest.mark.parametrize("kind", sorted(FIELDS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_setting_a_value_asks_for_nothing_and_holds_it(kind: str, qapp: QApplication, data: st.DataObject) -> None:
    field = data.draw(FIELDS[kind])
    control = control_for("it", field)
    asked: list[object] = []
    control.edited.connect(lambda value, gesture: asked.append(value))
    for value in data.draw(st.lists(values_of(field), min_size=1, max_size=3)):
        control.set_value(value)
        assert control.value == value
    control.retranslate()
    control.restyle()
    for widget in control.focus_widgets():
        _leave(widget)
    assert asked == []
    assert control.reason() is None
    control.deleteLater()


# Numbers


@pytest.mark.parametrize(
    ("typed", "value"), [("0.7", 0.7), ("０。７", 0.7), ("−3", -3.0), ("－３．５", -3.5), ("1e-2", 0.01), (" 2 ", 2.0)]
)
def test_a_number_is_typed(qtbot: QtBot, typed: str, value: float) -> None:
    shown = _Shown(qtbot, _W1, 0.5)
    _type(qtbot, shown.control.box, typed)
    assert shown.asked == [(value, "")]
    assert shown.ended == 1
    assert shown.control.slider.value() == round((value + 10) / 0.05)


def test_leaving_the_box_takes_the_number_over(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    _type(qtbot, shown.control.box, "７", key=None)
    assert shown.asked == []
    _leave(shown.control.box)
    assert shown.asked == [(7, "")]
    assert shown.control.box.text() == "7"
    _leave(shown.control.box)
    assert len(shown.asked) == 1


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("fast", ("“fast” is not a number.", "“fast”不是一个数。")),
        ("12", ("12 is outside −10 to 10.", "12 超出范围，应取 −10 到 10。")),
        ("", ("“” is not a number.", "“”不是一个数。")),
        ("nan", ("“nan” is not a number.", "“nan”不是一个数。")),
    ],
)
def test_a_bad_entry_stays_and_is_explained_in_both_languages(
    qtbot: QtBot, typed: str, reason: tuple[str, str]
) -> None:
    shown = _Shown(qtbot, _W1, 0.5)
    box = shown.control.box
    box.setFocus()
    box.clear()
    write(box, typed)
    _leave(box)
    assert (box.text(), box.is_bad(), shown.asked) == (typed, True, [])
    assert shown.reason == reason[0]
    assert len(shown.refusals) == 1
    set_language("zh_CN")
    shown.control.retranslate()
    shown.control.restyle()
    assert (box.text(), box.is_bad(), shown.reason) == (typed, True, reason[1])
    _type(qtbot, box, "0.25")
    assert (shown.asked, shown.reason, box.is_bad()) == [(0.25, ""), None, False] or shown.reason is None
    assert shown.asked == [(0.25, "")]
    assert not box.is_bad()


def test_escape_gives_the_old_number_back(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _W1, 0.5)
    box = shown.control.box
    _type(qtbot, box, "fast")
    assert box.is_bad()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.is_bad(), shown.reason, shown.asked) == ("0.5", False, None, [])


def test_typing_the_old_number_again_mends_a_bad_entry(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _W1, 0.5)
    _type(qtbot, shown.control.box, "fast")
    _type(qtbot, shown.control.box, "0.5")
    assert (shown.control.box.is_bad(), shown.reason, shown.asked) == (False, None, [])
    _type(qtbot, shown.control.box, "0.50")
    assert (shown.control.box.text(), shown.asked) == ("0.5", [])


def test_an_entry_of_ten_thousand_characters_is_refused(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _W1, 0.5)
    shown.control.box.setText("9" * 10_000)
    _leave(shown.control.box)
    assert shown.control.box.is_bad()
    assert len(shown.reason) < 120


def test_what_is_shown_with_fewer_digits_is_kept_exactly(qtbot: QtBot) -> None:
    value = 1.2345678901234567
    shown = _Shown(qtbot, _W1, value)
    shown.control.box.setFocus()
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Return)
    _leave(shown.control.box)
    assert shown.asked == []
    assert shown.control.value == value
    assert 3 < len(shown.control.box.text()) <= 7


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Up, 0.55),
        (Qt.Key.Key_Down, 0.45),
        (Qt.Key.Key_PageUp, 1.0),
        (Qt.Key.Key_PageDown, 0.0),
    ],
)
@pytest.mark.parametrize("part", ["slider", "box"])
def test_keys_step_and_page(qtbot: QtBot, part: str, key: Qt.Key, value: float) -> None:
    shown = _Shown(qtbot, _W1, 0.5)
    widget = getattr(shown.control, part)
    widget.setFocus()
    qtbot.keyClick(widget, key)
    assert shown.asked == [(value, "step it")]


def test_the_slider_has_left_right_and_the_ends(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(shown.control.slider, key)
    assert [value for value, _ in shown.asked] == [6, 5, 100, 1]
    assert all(isinstance(value, int) for value, _ in shown.asked)


def test_steps_on_a_log_scale_meet_the_powers_of_ten(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _RATE, 0.95)
    qtbot.keyClick(shown.control.slider, Qt.Key.Key_Right)
    assert shown.asked[0][0] == 1.0


def test_a_series_of_steps_ends_by_itself(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    with qtbot.waitSignal(shown.control.gesture_ended, timeout=3000):
        for _ in range(3):
            qtbot.keyClick(shown.control.box, Qt.Key.Key_Up)
        assert shown.ended == 0
    assert shown.asked == [(6, "step it"), (7, "step it"), (8, "step it")]


def test_a_step_begins_at_what_was_typed(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    _type(qtbot, shown.control.box, "40", key=None)
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Up)
    assert [value for value, _ in shown.asked] == [40, 41]
    _type(qtbot, shown.control.box, "many", key=None)
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Up)
    assert (len(shown.asked), shown.control.box.text()) == (2, "many")


@pytest.mark.parametrize("part", ["slider", "box"])
def test_the_wheel_counts_only_with_the_focus(qtbot: QtBot, part: str) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    widget = getattr(shown.control, part)
    (shown.control.box if part == "slider" else shown.control.slider).setFocus()
    assert not _wheel(widget, 1).isAccepted()
    assert shown.asked == []
    widget.setFocus()
    assert _wheel(widget, 1).isAccepted()
    assert [value for value, _ in shown.asked] == [6]


def test_the_slider_is_dragged_as_one_gesture(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    slider = shown.control.slider
    middle = QPoint(slider.width() // 2, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    # It jumps to where it was pressed.
    assert 45 <= shown.asked[0][0] <= 55
    for x in (5, 15, 30):
        qtbot.mouseMove(slider, middle + QPoint(x, 0))
    assert shown.ended == 0
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle + QPoint(30, 0))
    values = [value for value, _ in shown.asked]
    assert values == sorted(values)
    assert len(values) >= 3
    assert {gesture for _, gesture in shown.asked} == {"slide it"}
    assert shown.ended == 1
    assert shown.control.box.text() == str(values[-1])


@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown])
@pytest.mark.parametrize("part", ["slider", "box"])
def test_the_windows_page_keys_do_not_take_over(qtbot: QtBot, part: str, key: Qt.Key) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(getattr(shown.control, part), event)
    assert event.isAccepted()


def test_undo_belongs_to_the_box_only_while_something_is_typed(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _COUNT, 5)
    box = shown.control.box

    def taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(box, event)
        return event.isAccepted()

    assert not taken()
    _type(qtbot, box, "12", key=None)
    assert taken()


# Choices and switches


def test_few_options_stand_side_by_side_and_answer_keys(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _FEW, "a")
    segments = shown.control.options.segments
    assert [segment.isChecked() for segment in segments] == [True, False, False]
    qtbot.mouseClick(segments[2], Qt.MouseButton.LeftButton)
    segments[2].setFocus()
    qtbot.keyClick(segments[2], Qt.Key.Key_Left)
    assert shown.asked == [("c", ""), ("b", "")]
    assert shown.ended == 2
    assert [segment.isChecked() for segment in segments] == [False, True, False]


@pytest.mark.parametrize("width", [500, 60])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_segments_make_way_for_a_list_rather_than_clip(qtbot: QtBot, width: int, language: str) -> None:
    set_language(language)
    segmented = Segmented([(option.value, option.label) for option in _FEW.options])
    qtbot.addWidget(segmented)
    segmented.resize(width, segmented.sizeHint().height())
    with qtbot.waitExposed(segmented):
        segmented.show()
    assert segmented.row.isVisible() is (width == 500)
    assert segmented.list.isVisible() is (width == 60)
    for segment in segmented.segments:
        if segment.isVisible():
            assert segment.width() >= segment.fontMetrics().horizontalAdvance(segment.text()) + 8
    segmented.set_value("b")
    assert segmented.list.value() == "b"


def test_many_options_are_a_list(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _MANY, "f")
    options = shown.control.options
    assert (options.currentText(), options.count()) == ("the f", 6)
    options.setFocus()
    qtbot.keyClick(options, Qt.Key.Key_Up)
    assert shown.asked == [("e", "")]
    set_language("zh_CN")
    shown.control.retranslate()
    assert options.currentText() == "第 e 个"
    shown.control.setFocus()
    options.clearFocus()
    _wheel(options, 1)
    assert len(shown.asked) == 1


def test_a_switch_is_switched_and_says_so(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _SWITCH, False)
    assert shown.control.check_box.text() == "off"
    qtbot.keyClick(shown.control.check_box, Qt.Key.Key_Space)
    assert shown.asked == [(True, "")]
    assert shown.control.check_box.text() == "on"
    set_language("zh_CN")
    shown.control.retranslate()
    assert shown.control.check_box.text() == "开"


# Vectors


def test_components_are_typed_one_by_one(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _VECTOR, (0.5, -0.5, 0.25))
    _type(qtbot, shown.control.boxes[1], "－１")
    assert shown.asked == [((0.5, -1.0, 0.25), "")]
    qtbot.keyClick(shown.control.boxes[2], Qt.Key.Key_Up)
    assert shown.asked[-1] == ((0.5, -1.0, 0.35), "step it")


def test_a_bad_component_survives_a_change_of_another(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _VECTOR, (0.5, -0.5, 0.25))
    boxes = shown.control.boxes
    _type(qtbot, boxes[0], "7")
    assert shown.reason == "7 is outside −1 to 1."
    _type(qtbot, boxes[1], "1")
    assert shown.asked == [((0.5, 1.0, 0.25), "")]
    assert (boxes[0].text(), boxes[0].is_bad(), boxes[1].is_bad()) == ("7", True, False)
    assert shown.reason == "7 is outside −1 to 1."
    _type(qtbot, boxes[0], "-1")
    assert shown.asked[-1] == ((-1.0, 1.0, 0.25), "")
    assert (shown.reason, boxes[0].is_bad()) == (None, False)


@pytest.mark.parametrize(("width", "columns"), [(400, 3), (200, 2), (90, 1)])
def test_components_wrap_when_it_is_narrow(qtbot: QtBot, width: int, columns: int) -> None:
    shown = _Shown(qtbot, _VECTOR, (0.5, -0.5, 0.25))
    shown.control.resize(width, 200)
    QApplication.processEvents()
    boxes = shown.control.boxes
    tops = [box.mapTo(shown.control, QPoint()).y() for box in boxes]
    assert tops.count(tops[0]) == columns
    assert all(box.mapTo(shown.control, QPoint(box.width(), 0)).x() <= width for box in boxes)


# Points


def test_points_are_counted_by_class(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, _POINTS, ((0.0, 1.0, 0), (1.0, 1.0, 1), (2.0, 1.0, 1)))
    words = [label.accessibleName() for label in shown.control._counts]
    assert words == ["Points of class 0: 1", "Points of class 1: 2"]
    assert all(not mark.pixmap().isNull() for mark in shown.control._marks)


def test_unnamed_fields_have_no_empty_words(qtbot: QtBot) -> None:
    shown = _Shown(qtbot, Real(label=same("x"), minimum=0, maximum=1, step=0.1), 0.5)
    assert shown.control.toolTip() == "Allowed: 0 to 1"
