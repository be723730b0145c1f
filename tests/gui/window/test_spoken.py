"""What the window tells somebody who does not see it, and where keys take him: one window for many facts."""

from __future__ import annotations

from itertools import pairwise
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from gui.form.widgets.slider import Slider
from gui.panels.prose import Prose, ReadingText
from gui.spoken.spoken import APART, Announcer
from gui.style.language import translate
from tests.gui.window.shown import lead, shown

pytestmark = pytest.mark.usefixtures("listening")

_Text, _Role = QAccessible.Text, QAccessible.Role


def _tree(interface):
    yield interface
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None and not child.state().invisible:
            yield from _tree(child)


def _is_stop_of_tab(widget):
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return by_tab and widget.isVisible() and widget.isEnabled()


def _wait(qtbot, holds):
    qtbot.waitUntil(holds, timeout=20_000)


def test_everything_in_a_window_is_named_in_the_order_of_the_eye_with_its_value(qtbot, window):
    page = shown(qtbot, window, "gates")
    parts = list(_tree(QAccessible.queryAccessibleInterface(window)))
    objects = [part.object() for part in parts]
    order = [page.headline.sentence, page.view.stage, page.transport, page.panels, page.form]
    places = [objects.index(one) for one in order if one.isVisible()]
    assert places == sorted(places)
    for widget in window.findChildren(QWidget):
        if _is_stop_of_tab(widget):
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(_Text.Name) or interface.text(_Text.Description), widget
    headings = [part.text(_Text.Name) for part in parts if part.role() == _Role.Heading]
    assert page.headline.sentence.text() in headings and len(headings) >= 3
    page.panels.guide.background_button.click()
    read = [part for part in _tree(QAccessible.queryAccessibleInterface(window)) if part.role() == _Role.Heading]
    assert len(read) >= len(headings) + 3
    page.show_all_controls(True)
    for number in (0.5, -1.25):
        page.editor.change({"w1": number})
        control = page.form.controls["w1"]
        spoken = QAccessible.queryAccessibleInterface(control.findChild(Slider))
        assert spoken.text(_Text.Value) == translate(control.field.spell(number))
        assert spoken.valueInterface().currentValue() == number
        assert spoken.text(_Text.Name) == translate(control.field.label)
    page = shown(qtbot, window, "descent")
    for box in window.findChildren(QComboBox):
        if box.isVisible():
            spoken = QAccessible.queryAccessibleInterface(box)
            assert spoken.text(_Text.Name) and spoken.text(_Text.Value) == box.currentText()
    assert QAccessible.queryAccessibleInterface(page.transport.line).text(_Text.Value) == "step 30"


def test_the_headline_a_verdict_and_a_goal_are_announced(qtbot, window, said):
    page = shown(qtbot, window, "gates")
    _wait(qtbot, lambda: any(page.headline.sentence.text() in one for one in said))
    said.clear()
    begun = monotonic()
    page.editor.change({"b": 0.2})
    _wait(qtbot, lambda: any(page.headline.sentence.text() in one for one in said))
    assert monotonic() - begun >= 0.4
    said.clear()
    page.editor.change({"w1": 1.0, "w2": 1.0, "b": -1.5})
    _wait(qtbot, lambda: page.goal_strip.is_reached)
    assert any(one.startswith("Goal reached.") for one in said)
    row = page.panels.guide.rows[0]
    lead(row)
    _wait(qtbot, lambda: row.verdict is not None)
    assert row.outcome.text() in said


def test_a_sentence_that_keeps_changing_is_read_once_a_second(qtbot, said):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    count = 0
    announcer = Announcer(widget, lambda: str(count))
    begun, times = monotonic(), []
    while monotonic() - begun < 2.2 * APART:
        count += 1
        announcer.changed()
        before = len(said)
        QTest.qWait(20)
        times += [monotonic() - begun] * (len(said) - before)
    assert 1 <= len(times) <= 3
    assert all(later - earlier >= 0.9 * APART for earlier, later in pairwise(times))


def test_f6_goes_round_the_regions_and_page_down_turns_the_guide(qtbot, window):
    page = shown(qtbot, window, "descent")
    page.view.stage.setFocus()
    window.activateWindow()
    visited = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        regions = (page.panels, page.controls_area, page.transport, page.view.stage)
        visited.append(next(n for n, region in enumerate(regions) if region is focus or region.isAncestorOf(focus)))
    assert visited == [0, 1, 2, 3]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.transport.isAncestorOf(QApplication.focusWidget())
    bar, update = page.panels.guide.verticalScrollBar(), page.controller.snapshot.frame.update
    page.panels.guide.background_button.click()
    _wait(qtbot, lambda: bar.maximum() > 0)
    page.panels.guide.rows[0].findChildren(QAbstractButton)[0].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    _wait(qtbot, lambda: bar.value() > 0)
    assert page.controller.snapshot.frame.update == update
    page.panels.tabBar().setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageUp)
    _wait(qtbot, lambda: page.controller.snapshot.frame.update < update)


def test_a_link_that_has_the_keys_lies_in_sight(qtbot, window):
    page = shown(qtbot, window, "descent")
    guide = page.panels.guide
    guide.background_button.click()
    window.activateWindow()
    proses = [one for one in guide.findChildren(Prose) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    proses[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen = 0
    for _ in range(60):
        focus = QApplication.focusWidget()
        if not guide.isAncestorOf(focus):
            break
        if isinstance(focus, ReadingText):
            QTest.qWait(0)
            place = focus.viewport().mapTo(guide.viewport(), focus.cursorRect().center())
            assert guide.viewport().rect().contains(place), focus.accessibleName()
            seen += 1
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen >= 3
