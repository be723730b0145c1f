"""Our lines put in order in the window: behind the last hint, by mouse and keys, checked like any other code."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import chapters
from engine.exercises import exercises_of
from engine.exercises.parsons import puzzle_of, right_lines, steps_of
from gui.learner.printed.page import page_html
from gui.panels.exercises.order_lines import LineList, OrderLines
from gui.style.language import set_language
from tests.gui.panels.test_writing import writing


@pytest.fixture
def lines(qtbot):
    """A list with two lines that are used and three that are not."""
    shown = LineList()
    qtbot.addWidget(shown)
    shown.show_lines(["def f():", "    a"], ["    b", "    c", "    d"])
    shown.show()
    shown.setFocus()
    return shown


def given_lines(qtbot, window, experiment_id="layers"):
    """The panel in which an exercise has its lines given to be put in order."""
    page, panel = writing(qtbot, window, experiment_id)
    panel.first_step.let_me_write.click()
    for _ in range(len(panel.exercise.hints) + bool(steps_of(panel.exercise))):
        panel.hint_button.click()
    panel.hint_button.click()
    assert panel.order.isVisible()
    return page, panel


def in_order(panel):
    """Put our lines into their order."""
    right = list(right_lines(panel.exercise))
    panel.order.lines.show_lines(right, [line for line in panel.order.lines.unused if line not in right])
    panel.order.lines.moved.emit()


def test_nothing_of_it_is_shown_before_the_last_hint_and_the_steps_come_first(qtbot, window):
    _, panel = writing(qtbot, window)
    panel.first_step.let_me_write.click()
    for number in range(3):
        assert panel.hint_button.text() == f"Hint {number + 1} of 3"
        panel.hint_button.click()
        assert not panel.order.isVisible() and "The steps" not in panel.notes
    assert panel.hint_button.text() == "Name the steps"
    panel.hint_button.click()
    named = [f"{number}. {one.render('en')}" for number, one in enumerate(steps_of(panel.exercise), start=1)]
    assert panel.notes.endswith("\n".join(["The steps:", *named])) and not panel.order.isVisible()
    assert panel.hint_button.text() == "Put our lines in order"
    panel.hint_button.click()
    assert panel.order.isVisible() and panel.order.lines.hasFocus() and not panel.hint_button.isEnabled()
    puzzle = puzzle_of(panel.exercise, 1)
    assert (tuple(panel.order.lines.used), tuple(panel.order.lines.unused)) == (puzzle.placed, puzzle.loose)


def test_what_was_put_together_is_the_learner_s_code_and_checked_as_such(qtbot, window):
    _, panel = given_lines(qtbot, window)
    mine = panel.editor.source + "\n# mine\n"
    panel.editor.setPlainText(mine)
    panel.order.check_button.click()
    qtbot.waitUntil(lambda: not panel.is_checking)
    assert "✓" not in panel.checks.signs or "×" in panel.checks.signs
    in_order(panel)
    with qtbot.waitSignal(panel.passed) as passed:
        panel.order.check_button.click()
    assert passed.args == [panel.exercise.id, panel.exercise.plain_source]
    assert panel.editor.source == panel.exercise.plain_source and set(panel.checks.signs) == {"✓"}
    # What stood there before is kept, and undo brings it back.
    assert mine.rstrip() in [one.rstrip() for one in window.learner.versions(panel.exercise.id)]
    panel.editor.undo()
    panel.editor.undo()
    assert panel.editor.source.rstrip() == mine.rstrip()


def test_the_two_wrong_lines_are_told_as_the_check_tells_them(qtbot, window):
    _, panel = given_lines(qtbot, window)
    wrong = puzzle_of(panel.exercise, 1).wrong[0]
    right = [wrong.text if line == wrong.instead_of else line for line in right_lines(panel.exercise)]
    panel.order.lines.show_lines(right, [])
    panel.order.check_button.click()
    qtbot.waitUntil(lambda: not panel.is_checking)
    hint = next(one.hint for one in panel.exercise.mistakes if one.id == wrong.mistake)
    assert hint.render("en") in panel.outcome


def test_it_costs_nothing_and_is_noted(qtbot, window):
    _, panel = given_lines(qtbot, window)
    progress = window.learner.progress("layers")
    assert progress.ordered == {panel.exercise.id} and not progress.written and not progress.read
    in_order(panel)
    with qtbot.waitSignal(panel.passed):
        panel.order.check_button.click()
    progress = window.learner.progress("layers")
    assert progress.written == {panel.exercise.id}
    for language, noted in (("en", "Our lines were put in order"), ("zh_CN", "排过我们的代码")):
        assert noted in page_html(chapters(), {"layers": progress}, language, window.learner.today())


def test_lines_given_for_what_was_written_before_are_not_noted(window):
    window.learner.write("layers", "affine")
    window.learner.order_lines("layers", "affine")
    assert not window.learner.progress("layers").ordered
    assert window.learner.today() <= date.max


def test_an_order_stays_while_another_exercise_is_looked_at_and_goes_with_a_new_beginning(qtbot, window):
    _, panel = given_lines(qtbot, window)
    panel.order.lines.use(panel.order.lines.currentItem())
    used = panel.order.lines.used
    here = panel.chooser.currentIndex()
    panel.chooser.setCurrentIndex(here + 1)
    assert not panel.order.isVisible()
    panel.chooser.setCurrentIndex(here)
    assert panel.order.isVisible() and panel.order.lines.used == used
    set_language("zh_CN")
    assert panel.order.lines.used == used
    panel.anew.trigger()
    assert not panel.order.isVisible() and panel.hint_button.isEnabled()


def test_arrows_go_from_line_to_line_and_move_them_with_alt(lines):
    assert lines.currentItem().text().removeprefix("  ") == "    b"
    QTest.keyClick(lines, Qt.Key.Key_Down)
    assert lines.currentItem().text().removeprefix("  ") == "    c" and lines.used == ["def f():", "    a"]
    for _ in range(3):
        QTest.keyClick(lines, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert lines.used == ["def f():", "    c", "    a"] and lines.unused == ["    b", "    d"]
    QTest.keyClick(lines, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert lines.used == ["def f():", "    a", "    c"] and lines.currentItem().text().removeprefix("  ") == "    c"
    for _ in range(9):
        QTest.keyClick(lines, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert lines.unused == ["    b", "    d", "    c"]


def test_space_takes_a_line_which_the_arrows_then_move_until_it_is_put_down(lines):
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert lines.is_held
    QTest.keyClick(lines, Qt.Key.Key_Up)
    QTest.keyClick(lines, Qt.Key.Key_Up)
    assert lines.used == ["def f():", "    b", "    a"]
    QTest.keyClick(lines, Qt.Key.Key_Space)
    QTest.keyClick(lines, Qt.Key.Key_Up)
    assert not lines.is_held and lines.used == ["def f():", "    b", "    a"]
    for ends in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.keyClick(lines, Qt.Key.Key_Space)
        assert lines.is_held
        QTest.keyClick(lines, ends)
        assert not lines.is_held


def test_enter_uses_one_line_after_the_other_and_leaves_a_line_out_again(lines):
    for _ in range(2):
        QTest.keyClick(lines, Qt.Key.Key_Return)
    assert lines.used == ["def f():", "    a", "    b", "    c"] and lines.unused == ["    d"]
    lines.setCurrentRow(1)
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert lines.used == ["def f():", "    b", "    c"] and lines.unused == ["    a", "    d"]


def test_a_line_follows_the_mouse_that_holds_it(lines):
    def middle(row: int) -> QPoint:
        return lines.visualItemRect(lines.item(row)).center()

    view = lines.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle(5))
    QTest.mouseMove(view, middle(3))
    assert lines.unused == ["    d", "    b", "    c"]
    QTest.mouseMove(view, middle(1))
    assert lines.used == ["def f():", "    d", "    a"]
    QTest.mouseMove(view, QPoint(5, -400))
    assert lines.used == ["    d", "def f():", "    a"]
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle(0))
    QTest.mouseMove(view, middle(4))
    assert lines.used == ["    d", "def f():", "    a"]


def test_the_row_between_the_parts_is_never_taken(lines):
    between = lines.item(2)
    QTest.mousePress(lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.visualItemRect(between).center())
    QTest.mouseMove(lines.viewport(), QPoint(5, 5))
    QTest.mouseRelease(lines.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    lines.move_line(between, 0)
    assert lines.used == ["def f():", "    a"] and lines.item(2) is between


def test_each_line_says_where_it_stands_and_so_does_a_move(lines, listening, said):
    def told(row: int) -> str:
        return lines.item(row).data(Qt.ItemDataRole.AccessibleTextRole)

    assert (told(1), told(3)) == ("Line 2 of 2: a", "Not used: b")
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert told(2) == "Line 3 of 3: b" and said[-1] == "Line 3 of 3: b"


def test_the_keys_are_the_list_s_own_in_a_window_with_other_uses_for_them_and_all_others_are_not(lines):
    def is_taken(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(lines, event)
        return event.isAccepted()

    assert all(is_taken(key) for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Up))
    assert is_taken(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert not is_taken(Qt.Key.Key_Escape), "nothing was taken: it is the window's"
    assert not is_taken(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier) and not is_taken(Qt.Key.Key_Slash)
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert is_taken(Qt.Key.Key_Escape)


def test_every_line_is_in_sight_whatever_its_number(qtbot):
    order = OrderLines()
    qtbot.addWidget(order)
    longest = max((one for one in exercises_of("pooling")), key=lambda one: len(right_lines(one)))
    puzzle = puzzle_of(longest, 1)
    order.lines.show_lines(puzzle.placed, puzzle.loose)
    order.show()
    order.resize(order.sizeHint())
    last = order.lines.visualItemRect(order.lines.item(order.lines.count() - 1))
    assert last.bottom() <= order.lines.viewport().height()
