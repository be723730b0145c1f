"""The control of a typed function."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.calculus import Expression
from engine.contract.fields import TypedExpression
from tests.bilingual import both
from tests.gui.form.shown_control import ShownControl, leave, type_into

_FIELD = TypedExpression(label=both("Function", "函数"), variables=("x0", "x1"), understand=Expression)


def _shown(qtbot: QtBot) -> ShownControl:
    return ShownControl(qtbot, _FIELD, "x0^2 + x1^2")


def test_a_function_is_taken_over_in_plain_signs(qtbot: QtBot) -> None:
    shown = _shown(qtbot)
    type_into(qtbot, shown.control.box, "x0²÷２0＋x1²")
    assert shown.asked == [("x0^2/20+x1^2", "")] and shown.ended == 1
    assert shown.control.box.text() == "x0^2/20+x1^2" and shown.reason is None


def test_leaving_the_box_takes_the_function_over(qtbot: QtBot) -> None:
    shown = _shown(qtbot)
    type_into(qtbot, shown.control.box, "x0*x1", key=None)
    assert shown.asked == []
    leave(shown.control.box)
    assert shown.asked == [("x0*x1", "")]


def test_a_mistake_stays_with_its_reason_and_the_cursor_is_there(qtbot: QtBot) -> None:
    shown = _shown(qtbot)
    type_into(qtbot, shown.control.box, "x0 + y")
    assert shown.asked == [] and shown.control.box.text() == "x0 + y" and shown.control.box.is_bad()
    assert shown.reason is not None and "column 6" in shown.reason and "“y”" in shown.reason
    assert shown.control.box.selectedText() == "y"
    qtbot.keyClicks(shown.control.box, "x1")
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Return)
    assert shown.asked == [("x0 + x1", "")] and shown.reason is None


def test_what_is_missing_at_the_end_puts_the_cursor_there(qtbot: QtBot) -> None:
    shown = _shown(qtbot)
    type_into(qtbot, shown.control.box, "x0 +")
    assert shown.control.box.cursorPosition() == 4 and not shown.control.box.hasSelectedText()


def test_escape_gives_the_draft_up(qtbot: QtBot) -> None:
    shown = _shown(qtbot)
    type_into(qtbot, shown.control.box, "x0 +")
    qtbot.keyClick(shown.control.box, Qt.Key.Key_Escape)
    assert shown.control.box.text() == "x0^2 + x1^2" and shown.reason is None
