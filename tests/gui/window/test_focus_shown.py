"""What has the keys is in sight and shows its ring, wherever keys have brought them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from gui.panels.prose import Prose
from gui.style.typography import set_zoom
from tests.gui.views.test_focus_ring import _changed
from tests.gui.window.shown import shown


def _press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QTest.qWait(0)


def _ring_pixels(widget) -> int:
    """How many pixels in and about a widget stand out by 3 : 1 because it has the keys."""
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-6, -6, 6, 6)
    now = window.grab(box).toImage()
    widget.clearFocus()
    before = window.grab(box).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return _changed(before, now, now.rect())


def _is_in_sight(widget) -> bool:
    return widget.visibleRegion().boundingRect().height() >= widget.height() - 1


@pytest.fixture
def page(qtbot, window):
    made = shown(qtbot, window, "optimizers")
    # Another test may have left a button of the mouse pressed, of which the application keeps account.
    QTest.mouseRelease(made, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
    return made


def test_f6_comes_to_a_ring_in_every_region_and_to_a_field_rather_than_to_undo(page):
    page.show_all_controls(True)
    page.editor.change({"sgd_rate": 0.5})
    header = page.form.header
    assert header.undo_button.isEnabled()
    page.view.stage.setFocus()
    visited = []
    for _ in range(4):
        _press(Qt.Key.Key_F6)
        visited.append(QApplication.focusWidget())
        if visited[-1] is not page.view.stage:
            assert _ring_pixels(visited[-1]) >= 16, visited[-1]
    assert page.panels.isAncestorOf(visited[0])
    assert page.form.isAncestorOf(visited[1]) and not header.isAncestorOf(visited[1])
    assert visited[-1] is page.view.stage and page.view.focused_handle() is not None
    buttons = [one for one in page.transport.findChildren(QToolButton) if one.isVisible() and one.isEnabled()]
    for button in (*buttons, header.undo_button, header.restore_button):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert _ring_pixels(button) >= 16, button.accessibleName()
    # Whoever presses with the mouse sees where that is.
    page.view.stage.setFocus()
    with_ring = len(header.all_button.children())
    QTest.mousePress(header.all_button, Qt.MouseButton.LeftButton)
    assert header.all_button.hasFocus() and len(header.all_button.children()) == with_ring
    QTest.mouseRelease(header.all_button, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))


def test_a_question_that_is_answered_by_keys_keeps_them_in_sight(qtbot, page):
    guide = page.panels.guide
    row = next(row for row in guide.rows if row.reasons is not None)
    guide.open_question(row.asked.key)
    reasons = row.reasons
    row.not_sure.setFocus(Qt.FocusReason.TabFocusReason)
    assert _ring_pixels(row.not_sure) >= 16
    row.answers[1].setFocus(Qt.FocusReason.TabFocusReason)
    _press(Qt.Key.Key_Down)
    assert row.answers[2].hasFocus()
    _press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not guide.is_checking and row.verdict is not None, timeout=60_000)
    QTest.qWait(0)
    assert row.answers[2].hasFocus() and _is_in_sight(row.answers[2])
    _press(Qt.Key.Key_Down)
    for key in (Qt.Key.Key_No, Qt.Key.Key_Return):
        _press(key)
        assert reasons.buttons[0].hasFocus() and _is_in_sight(reasons.buttons[0])
        assert _ring_pixels(reasons.buttons[0]) >= 16
    other = next(one for one in guide.rows if one.not_sure is not None and one is not row)
    guide.open_question(other.asked.key)
    other.not_sure.setFocus(Qt.FocusReason.TabFocusReason)
    _press(Qt.Key.Key_Return)
    assert other.button.hasFocus() and _is_in_sight(other.button)


@pytest.mark.parametrize("zoomed", [1.0, 1.25])
def test_the_ring_around_a_text_lies_on_none_of_its_letters(qtbot, page, zoomed):
    set_zoom(zoomed)
    QTest.qWait(0)
    guide = page.panels.guide
    guide.background_button.click()
    prose = next(one for one in guide.findChildren(Prose) if one.toHtml().count('href="term:'))
    prose.setFocus(Qt.FocusReason.TabFocusReason)

    def is_in_sight() -> bool:
        # Its place is another one as long as the larger type settles.
        guide.verticalScrollBar().setValue(prose.y() - 20)
        return prose.visibleRegion().boundingRect().height() > 40

    qtbot.waitUntil(is_in_sight, timeout=10_000)
    assert _ring_pixels(prose) >= 200
    # Without the link that the keys are at, which Qt marks.
    cursor = prose.textCursor()
    cursor.clearSelection()
    prose.setTextCursor(cursor)
    now = _seen_of(prose)
    prose.clearFocus()
    assert now == _seen_of(prose)


def _seen_of(prose):
    """What is seen of the window where a text lies."""
    window = prose.window()
    return window.grab(QRect(prose.mapTo(window, QPoint(0, 0)), prose.size())).toImage()
