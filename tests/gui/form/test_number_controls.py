"""Numbers: what is typed, dragged and stepped is one value; a bad entry stays and is explained."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.contract.fields import Integer, Real
from gui.style.language import set_language
from tests.bilingual import both
from tests.gui.form.shown_control import ShownControl, leave, turn_wheel, type_into
from tests.gui.form.writing import write

_HELP = both("What it is for.", "用来做什么。")
_W1 = Real(label=both("Weight w1", "权重 w1"), help=_HELP, minimum=-10, maximum=10, step=0.05)
_RATE = Real(label=both("Rate", "学习率"), minimum=1e-4, maximum=10, step=1.1, scale="log")
_COUNT = Integer(label=both("Count", "个数"), minimum=1, maximum=100)


@pytest.mark.parametrize(
    ("typed", "value"), [("0.7", 0.7), ("０。７", 0.7), ("−3", -3.0), ("－３．５", -3.5), ("1e-2", 0.01), (" 2 ", 2.0)]
)
def test_a_number_is_typed(qtbot: QtBot, typed: str, value: float) -> None:
    shown = ShownControl(qtbot, _W1, 0.5)
    type_into(qtbot, shown.control.box, typed)
    assert shown.asked == [(value, "")]
    assert shown.ended == 1
    assert shown.control.slider.value() == round((value + 10) / 0.05)


def test_leaving_the_box_takes_the_number_over(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
    type_into(qtbot, shown.control.box, "７", key=None)
    assert shown.asked == []
    leave(shown.control.box)
    assert shown.asked == [(7, "")]
    assert shown.control.box.text() == "7"
    leave(shown.control.box)
    assert len(shown.asked) == 1


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("fast", ("“fast” is not a number from −10 to 10.", "“fast”不是一个数，应取 −10 到 10。")),
        ("12", ("12 is outside −10 to 10.", "12 超出范围，应取 −10 到 10。")),
        ("", ("“” is not a number from −10 to 10.", "“”不是一个数，应取 −10 到 10。")),
        ("nan", ("“nan” is not a number from −10 to 10.", "“nan”不是一个数，应取 −10 到 10。")),
    ],
)
def test_a_bad_entry_stays_and_is_explained_in_both_languages(
    qtbot: QtBot, typed: str, reason: tuple[str, str]
) -> None:
    shown = ShownControl(qtbot, _W1, 0.5)
    box = shown.control.box
    box.setFocus()
    box.clear()
    write(box, typed)
    leave(box)
    assert (box.text(), box.is_bad(), shown.asked) == (typed, True, [])
    assert shown.reason == reason[0]
    assert len(shown.refusals) == 1
    set_language("zh_CN")
    shown.control.retranslate()
    shown.control.restyle()
    assert (box.text(), box.is_bad(), shown.reason) == (typed, True, reason[1])
    type_into(qtbot, box, "0.25")
    assert (shown.asked, shown.reason, box.is_bad()) == ([(0.25, "")], None, False)


def test_escape_gives_the_old_number_back(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _W1, 0.5)
    box = shown.control.box
    type_into(qtbot, box, "fast")
    assert box.is_bad()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.is_bad(), shown.reason, shown.asked) == ("0.5", False, None, [])


def test_typing_the_old_number_again_mends_a_bad_entry(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _W1, 0.5)
    type_into(qtbot, shown.control.box, "fast")
    type_into(qtbot, shown.control.box, "0.5")
    assert (shown.control.box.is_bad(), shown.reason, shown.asked) == (False, None, [])
    type_into(qtbot, shown.control.box, "0.50")
    assert (shown.control.box.text(), shown.asked) == ("0.5", [])


def test_an_entry_of_ten_thousand_characters_is_refused(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _W1, 0.5)
    shown.control.box.setText("9" * 10_000)
    leave(shown.control.box)
    assert shown.control.box.is_bad()
    assert len(shown.reason) < 120


def test_what_is_shown_with_fewer_digits_is_kept_exactly(qtbot: QtBot) -> None:
    value = 1.2345678901234567
    shown = ShownControl(qtbot, _W1, value)
    shown.control.box.setFocus()
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Return)
    leave(shown.control.box)
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
    shown = ShownControl(qtbot, _W1, 0.5)
    widget = getattr(shown.control, part)
    widget.setFocus()
    qtbot.keyClick(widget, key)
    assert shown.asked == [(value, "step it")]


def test_the_slider_has_left_right_and_the_ends(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(shown.control.slider, key)
    assert [value for value, _ in shown.asked] == [6, 5, 100, 1]
    assert all(isinstance(value, int) for value, _ in shown.asked)


def test_steps_on_a_log_scale_meet_the_powers_of_ten(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _RATE, 0.95)
    qtbot.keyClick(shown.control.slider, Qt.Key.Key_Right)
    assert shown.asked[0][0] == 1.0


def test_a_series_of_steps_ends_by_itself(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
    with qtbot.waitSignal(shown.control.gesture_ended):
        for _ in range(3):
            qtbot.keyClick(shown.control.box, Qt.Key.Key_Up)
        assert shown.ended == 0
    assert shown.asked == [(6, "step it"), (7, "step it"), (8, "step it")]


def test_a_step_begins_at_what_was_typed(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
    type_into(qtbot, shown.control.box, "40", key=None)
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Up)
    assert [value for value, _ in shown.asked] == [40, 41]
    type_into(qtbot, shown.control.box, "many", key=None)
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Up)
    assert (len(shown.asked), shown.control.box.text()) == (2, "many")


@pytest.mark.parametrize("part", ["slider", "box"])
def test_the_wheel_counts_only_with_the_focus(qtbot: QtBot, part: str) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
    widget = getattr(shown.control, part)
    (shown.control.box if part == "slider" else shown.control.slider).setFocus()
    assert not turn_wheel(widget, 1).isAccepted()
    assert shown.asked == []
    widget.setFocus()
    assert turn_wheel(widget, 1).isAccepted()
    assert [value for value, _ in shown.asked] == [6]


def test_the_slider_is_dragged_as_one_gesture(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
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
    shown = ShownControl(qtbot, _COUNT, 5)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(getattr(shown.control, part), event)
    assert event.isAccepted()


def test_undo_belongs_to_the_box_only_while_something_is_typed(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _COUNT, 5)
    box = shown.control.box

    def taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(box, event)
        return event.isAccepted()

    assert not taken()
    type_into(qtbot, box, "12", key=None)
    assert taken()
