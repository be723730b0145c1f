"""Nothing that is painted or laid out runs an event loop or paints something else, whatever is open and answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from gui.stage.accessible.help_texts import meaning_at
from tests.gui.window.shown import lead, shown
from tests.painting import Painting, painting_is_watched
from tests.walk import EXPERIMENT_IDS


class _GrabsWhatItPaints(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        self.other.grab()


def test_a_picture_taken_while_something_is_painted_is_seen(qtbot):
    widget, told = _GrabsWhatItPaints(), []
    widget.other = QWidget()
    qtbot.addWidget(widget)
    qtbot.addWidget(widget.other)
    painting = Painting(told.append)
    painting.install()
    try:
        widget.show()
        qtbot.waitUntil(lambda: bool(told))
    finally:
        painting.uninstall()
    assert told[0].startswith("QWidget.grab within _GrabsWhatItPaints.paintEvent")


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_nothing_else_is_painted_while_something_is(qtbot, window, experiment_id):
    with painting_is_watched() as (painting, told):
        page = shown(qtbot, window, experiment_id)
        page.panels.show_panel(page.panels.guide)
        window.runner.full_speed(True)
        for row in page.panels.guide.rows[:2]:
            lead(row)
            qtbot.waitUntil(lambda: not page.panels.guide.is_checking)
            qtbot.waitUntil(lambda: window.runner.is_settled)
        _look_about(page)
        for size in ((640, 560), (1920, 1080)):
            window.resize(*size)
            window.switch_theme()
            _painted()
        window.switch_language()
        _painted()
        window.switch_language()
        window.show_overview()
        _painted()
        for button in window.overview.findChildren(QAbstractButton)[:2]:
            QTest.mouseMove(button, button.rect().center())
        _painted()
        window.show_overview()
        assert painting.count > 100
    assert not told, "\n".join(told[:5])


def _look_about(page):
    """Press, hover and ask what is there."""
    port = page.view.stage.viewport()
    for x in range(8, port.width(), 160):
        QTest.mouseMove(port, QPoint(x, port.height() // 2))
        meaning_at(page.view, QPoint(x, port.height() // 2))
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(x, port.height() // 2))
        _painted()


def _painted():
    for _ in range(4):
        QApplication.processEvents()
