"""The control of several of many options: check boxes, wrapping, and what happens when too few are ticked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.contract.fields import Choices, Option
from gui.style.language import set_language
from tests.bilingual import both
from tests.gui.form.shown_control import ShownControl

_OPTIONS = tuple(Option(value, both(f"the {value}", f"第 {value} 个")) for value in "abcdef")
_SOME = Choices(label=both("Letters", "字母"), options=_OPTIONS)


def _press(qtbot: QtBot, shown: ShownControl, number: int) -> None:
    qtbot.keyClick(shown.control.boxes[number], Qt.Key.Key_Space)


def test_boxes_are_ticked_and_emptied_one_by_one(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _SOME, ("b", "d"))
    assert [box.isChecked() for box in shown.control.boxes] == [False, True, False, True, False, False]
    _press(qtbot, shown, 0)
    qtbot.mouseClick(shown.control.boxes[3], Qt.MouseButton.LeftButton)
    assert shown.asked == [(("a", "b", "d"), ""), (("a", "b"), "")]
    assert shown.ended == 2


def test_an_emptied_last_box_waits_for_another(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _SOME, ("b",))
    _press(qtbot, shown, 1)
    assert (shown.asked, shown.reason) == ([], "Choose at least 1.")
    assert not any(box.isChecked() for box in shown.control.boxes)
    _press(qtbot, shown, 4)
    assert (shown.asked, shown.reason) == ([(("e",), "")], None)


def test_giving_up_shows_the_value_again(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _SOME, ("b",))
    _press(qtbot, shown, 1)
    shown.control.discard()
    assert shown.control.boxes[1].isChecked() and shown.reason is None


def test_options_are_named_in_the_language_in_use(qtbot: QtBot) -> None:
    shown = ShownControl(qtbot, _SOME, ("b",))
    assert shown.control.boxes[0].text() == "the a"
    assert shown.control.boxes[0].accessibleName() == "Letters: the a"
    set_language("zh_CN")
    shown.control.retranslate()
    assert shown.control.boxes[0].text() == "第 a 个"
    assert shown.control.boxes[0].accessibleName() == "字母：第 a 个"


@pytest.mark.parametrize(("width", "columns"), [(700, 6), (250, 3), (60, 1)])
def test_boxes_wrap_when_it_is_narrow(qtbot: QtBot, width: int, columns: int) -> None:
    shown = ShownControl(qtbot, _SOME, ("b",))
    shown.control.resize(width, 300)
    QApplication.processEvents()
    boxes = shown.control.boxes
    tops = [box.mapTo(shown.control, QPoint()).y() for box in boxes]
    assert tops.count(tops[0]) == columns
    assert all(box.mapTo(shown.control, QPoint(box.width(), 0)).x() <= max(width, boxes[0].width()) for box in boxes)
