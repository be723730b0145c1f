"""The number under the pointer is found as a whole, and nothing else is taken for one."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from gui.panels.copying import number_in, plain_number, text_menu
from gui.panels.prose import ReadingText
from gui.style.language import set_language


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("a = 0.25", 5, "0.25"), ("a = 0.25", 8, "0.25"), ("a = 0.25", 1, None), ("0.5·1 − 0.2", 9, "0.2"),
        ("0.5·(−1)", 6, "−1"), ("w1·x1", 1, None), ("−3e−05 m", 3, "−3e−05"), ("3−2", 3, "2"), ("1.", 1, "1."),
        ("(0.5, −2)", 7, "−2"), ("", 0, None), ("sqrt(0.5^2)", 6, "0.5"), ("v1.2", 3, None),
    ],
)  # fmt: skip
def test_the_number_at_a_place_of_a_line(text, place, number):
    assert number_in(text, place) == number


def test_a_copied_number_can_be_read_by_programs():
    assert float(plain_number("−3e−05")) == -3e-05


def test_the_menu_offers_the_number_under_the_pointer(qtbot):
    view = ReadingText()
    qtbot.addWidget(view)
    view.setPlainText("−0.75")
    view.show()
    menu = text_menu(view, QPoint(12, 10))
    assert [action.text() for action in menu.actions()] == ["Copy −0.75", "Copy", "Select all"]
    assert [action.isEnabled() for action in menu.actions()] == [True, False, True]
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "-0.75"
    set_language("zh_CN")
    assert [action.text() for action in text_menu(view, QPoint(12, 10)).actions()] == ["复制 −0.75", "复制", "全选"]
