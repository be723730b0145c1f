"""In a large window all controls are in sight once they are asked for, without scrolling."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from engine.contract.language import LANGUAGES
from gui.style.language import set_language
from tests.gui.window.shown import shown

WIDE = (1920, 1080)
LAPTOP = (1366, 768)


def _unseen(page) -> list[str]:
    """The fields of these parameters that are not wholly in sight."""
    area, unseen = page.controls_area.viewport(), []
    for name, row in page.form.rows.items():
        if page.editor.params.shows(name):
            place = QRect(row.mapTo(area, QPoint()), row.size())
            if not (row.isVisible() and area.rect().contains(place)):
                unseen.append(name)
    return unseen


def test_every_field_is_seen_at_once_in_a_large_window(qtbot, window):
    window.resize(*WIDE)
    page = shown(qtbot, window, "overfitting")
    assert len(_unseen(page)) > 5
    page.show_all_controls(True)
    for language in LANGUAGES:
        set_language(language)
        qtbot.waitUntil(lambda: _unseen(page) == [], timeout=5000)
    set_language("en")
    # What the learner closes stays closed, and with less room few rows are shown as before.
    page.form.more_button.click()
    QApplication.processEvents()
    assert len(_unseen(page)) >= 3
    page.form.set_more_open(None)
    qtbot.waitUntil(lambda: _unseen(page) == [], timeout=5000)
    window.resize(*LAPTOP)
    qtbot.waitUntil(lambda: not page.form.more_button.isChecked(), timeout=5000)
