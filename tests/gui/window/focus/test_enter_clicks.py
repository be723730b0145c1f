"""Enter presses what has the focus: answers of the guide, and every other button of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.window.shown import shown


def test_enter_gives_the_answer_that_has_the_focus(qtbot, window):
    page = shown(qtbot, window, "gates")
    row = page.panels.guide.rows[0]
    row.answers[1].setFocus()
    qtbot.keyClick(row.answers[1], Qt.Key.Key_Return)
    assert row.answer == 1


def test_enter_presses_once(qtbot, window):
    page = shown(qtbot, window, "gates")
    pressed = []
    button = page.goal_strip.action_button
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Enter)
    assert pressed == [True]


def test_what_takes_enter_itself_keeps_it(qtbot, window):
    shown(qtbot, window, "gates")
    window.show_overview()
    card = window.overview.cards["xor"]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert window.page.experiment.id == "xor"
