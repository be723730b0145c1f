"""What is this?: everything says in a sentence what it is, by the pointer and by keys, and nothing else happens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.form.controls.base import Control
from gui.shell.meanings import meaning_of
from gui.shell.panels.sheet import Sheet
from gui.style.language import show
from tests.gui.shell.shown import shown

LEFT = Qt.MouseButton.LeftButton


def _sheets(window):
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]


def test_a_press_while_asking_says_what_is_there_and_does_nothing_else(qtbot, window):
    page = shown(qtbot, window, "gates")
    window.whats_this.toggle()
    assert QApplication.overrideCursor().shape() == Qt.CursorShape.WhatsThisCursor
    viewport, before = page.view.stage.viewport(), page.editor.params
    handle = next(item for item in page.view.handle_items.values() if item.isVisible())
    place = page.view.stage.mapFromScene(handle.mapToScene(0, 0))
    QTest.mousePress(viewport, LEFT, pos=place)
    QTest.mouseMove(viewport, place + QPoint(60, 40))
    QTest.mouseRelease(viewport, LEFT, pos=place + QPoint(60, 40))
    (sheet,) = _sheets(window)
    assert sheet.accessibleDescription()
    assert window.rect().contains(sheet.geometry())
    assert page.editor.params == before
    assert QApplication.overrideCursor() is None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not _sheets(window)
    # From now on a press is a press again.
    page.view.move_handle(handle.handle_id, (0.9, 0.9))
    assert page.editor.params != before


def test_escape_and_a_second_time_leave_the_asking(qtbot, window):
    page = shown(qtbot, window, "gates")
    for leave in (lambda: QTest.keyClick(page.view.stage, Qt.Key.Key_Escape), window.whats_this.toggle):
        window.whats_this.toggle()
        assert window.whats_this.is_on
        leave()
        assert not window.whats_this.is_on
        assert QApplication.overrideCursor() is None
        assert not _sheets(window)


def test_enter_asks_about_what_has_the_focus(qtbot, window):
    page = shown(qtbot, window, "gates")
    control = next(control for control in page.findChildren(Control) if control.name == "b")
    focused = control.focus_widgets()[0]
    focused.setFocus()
    window.whats_this.toggle()
    QTest.keyClick(focused, Qt.Key.Key_Return)
    (sheet,) = _sheets(window)
    assert show(control.field.help) in sheet.accessibleDescription()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is focused


def test_the_button_shows_whether_the_pointer_asks(qtbot, window):
    shown(qtbot, window, "gates")
    button = window.top_bar._question
    button.click()
    assert window.whats_this.is_on
    assert button.isChecked()
    button.click()
    assert not window.whats_this.is_on
    assert not button.isChecked()


def test_a_term_in_a_text_is_explained(qtbot, window):
    page = shown(qtbot, window, "gates")
    label = page.headline.findChild(QLabel)
    label.setText("the learning rate is 0.1")
    meaning = meaning_of(label, QCursor.pos())
    assert meaning.name == "learning rate"
