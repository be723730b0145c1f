"""The control of several numbers whose count may change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.contract.fields import Numbers
from gui.form.widgets.slider import Slider
from gui.style.language import set_language
from tests.bilingual import both
from tests.gui.form.shown_control import ShownControl, type_into

_FIELD = Numbers(
    label=both("Scores", "得分"), prefix="z", minimum=-10, maximum=10, step=0.1, fewest=2, most=4, fresh=1.0
)


def _visible(shown: ShownControl) -> list[str]:
    return [label.text() for label in shown.control.labels if not label.isHidden()]


def test_one_can_be_added_and_taken_away(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0, 3.0))
    assert _visible(shown) == ["z1", "z2", "z3"]
    qtbot.mouseClick(shown.control.adder, Qt.MouseButton.LeftButton)
    assert shown.asked[-1] == ((0.5, 2.0, 3.0, 1.0), "")
    assert _visible(shown) == ["z1", "z2", "z3", "z4"] and not shown.control.adder.isEnabled()
    qtbot.mouseClick(shown.control.removers[1], Qt.MouseButton.LeftButton)
    assert shown.asked[-1] == ((0.5, 3.0, 1.0), "")
    qtbot.mouseClick(shown.control.removers[0], Qt.MouseButton.LeftButton)
    assert _visible(shown) == ["z1", "z2"] and not shown.control.removers[0].isEnabled()
    assert [box.text() for box in shown.control.boxes[:2]] == ["3", "1"]


def test_nothing_is_offered_that_is_there_already(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0))
    for _ in range(_FIELD.most - _FIELD.fewest):
        assert shown.control.adder.text().split()[-1] not in _visible(shown)
        shown.control.adder.click()
    assert shown.control.adder.text() == "4 is the most" and not shown.control.adder.isEnabled()


def test_a_slider_moves_its_number_in_one_gesture(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0))
    slider: Slider = shown.control.sliders[1]
    slider.setSliderDown(True)
    for value in (2.5, 4.0):
        slider.setSliderPosition(shown.control._scale.position(value))
    slider.setSliderDown(False)
    assert shown.asked == [((0.5, 2.5), "slide it 1"), ((0.5, 4.0), "slide it 1")]
    assert shown.ended == 1 and shown.control.boxes[1].text() == "4"


def test_numbers_are_typed_and_stepped(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0))
    type_into(qtbot, shown.control.boxes[0], "－１")
    qtbot.keyClick(shown.control.boxes[1], Qt.Key.Key_Up)
    qtbot.keyClick(shown.control.sliders[1], Qt.Key.Key_Right)
    assert shown.asked == [((-1.0, 2.0), ""), ((-1.0, 2.1), "step it"), ((-1.0, 2.2), "step it")]


def test_a_bad_entry_survives_a_change_of_another_but_not_of_the_count(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0))
    boxes = shown.control.boxes
    type_into(qtbot, boxes[0], "77")
    assert shown.reason == "77 is outside −10 to 10."
    type_into(qtbot, boxes[1], "3")
    assert (boxes[0].text(), boxes[0].is_bad(), shown.asked[-1]) == ("77", True, ((0.5, 3.0), ""))
    qtbot.mouseClick(shown.control.adder, Qt.MouseButton.LeftButton)
    assert (boxes[0].text(), boxes[0].is_bad(), shown.reason) == ("0.5", False, None)


def test_escape_gives_up_and_discard_shows_the_value(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0))
    for give_up in (lambda: qtbot.keyClick(shown.control.boxes[0], Qt.Key.Key_Escape), shown.control.discard):
        type_into(qtbot, shown.control.boxes[0], "x")
        assert shown.reason is not None
        give_up()
        assert shown.reason is None and shown.control.boxes[0].text() == "0.5"


def test_everything_has_a_name_in_both_languages(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _FIELD, (0.5, 2.0))
    control = shown.control
    assert control.boxes[1].accessibleName() == "Scores, z2"
    assert (control.removers[0].accessibleName(), control.adder.text()) == ("Remove z1", "Add z3")
    set_language("zh_CN")
    control.retranslate()
    assert control.boxes[1].accessibleName() == "得分 z2"
    assert (control.removers[0].accessibleName(), control.adder.text()) == ("删除 z1", "添加 z3")
    assert all(widget.accessibleName() and widget.toolTip() for widget in control.focus_widgets())
