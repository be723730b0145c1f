"""What is seen of an experiment without scrolling, in the window of an ordinary laptop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from gui.style.fonts import text_families
from gui.style.language import set_language
from tests.gui.shell.shown import shown
from tests.walk import EXPERIMENT_IDS

_SETTLED = 6


def _in(area, widget) -> bool:
    """Whether the whole of a widget is in sight in a scrolled area."""
    return area.viewport().rect().contains(QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size()))


def _laid_out() -> None:
    for _ in range(_SETTLED):
        QApplication.processEvents()


def _rows(page):
    """The rows of the form as they stand below each other."""
    grid = page.form._grid
    rows = [grid.itemAt(index).widget() for index in range(grid.count())]
    shown_rows = [row for row in rows if row.isVisible() and row is not page.form.more_button]
    return sorted(shown_rows, key=lambda row: row.y())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_question_first_try_and_first_controls_are_seen_at_once(qtbot, window, experiment_id, language):
    set_language(language)
    assert text_families(language)
    page = shown(qtbot, window, experiment_id)
    _laid_out()
    guide = page.panels.guide
    assert _in(guide, guide._prose["question"])
    first = guide.rows[0]
    parts = [first.button, *first.answers, first.entry, first.not_sure, first.just_show]
    unseen = [part for part in parts if part is not None and not _in(guide, part)]
    assert not unseen, f"{len(unseen)} parts of the first try are out of sight"
    rows = _rows(page)
    assert page.form.width() == page._controls.viewport().width()
    assert rows and [row.label.text() for row in rows[:4] if not _in(page._controls, row)] == []


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_another_language_and_back_shares_the_room_out_as_before(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    _laid_out()
    before = page._side.sizes()
    set_language("zh_CN")
    _laid_out()
    assert all(_in(page._controls, row) for row in _rows(page)[:4])
    set_language("en")
    _laid_out()
    assert page._side.sizes() == before


def test_an_answer_moves_no_border(qtbot, window):
    page = shown(qtbot, window, "forward")
    _laid_out()
    before = page._side.sizes()
    page.panels.guide.rows[0].answers[0].click()
    qtbot.waitUntil(lambda: page.panels.guide.rows[0].verdict is not None, timeout=10000)
    page.editor.change({"x": ((0.3, 0.2),)})
    _laid_out()
    assert page._side.sizes() == before
