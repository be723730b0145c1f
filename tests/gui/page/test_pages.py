"""Pages that were not seen for long are let go, and what comes back is what went: nothing of it is lost."""

from __future__ import annotations

import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.page import pages as pages_module
from tests.gui.window.shown import lead, settled_picture, shown
from tests.walk import EXPERIMENT_IDS


def _told(page):
    """What can be read of a page, and what it can be brought back to."""
    stack = page.editor.undo_stack
    parts = [one for one in page.findChildren(QWidget) if one.isVisibleTo(page)]
    words = sorted((type(one).__name__, one.text()) for one in parts if callable(getattr(one, "text", None)))
    return words, stack.index(), [stack.text(index) for index in range(stack.count())], page.editor.state


def _let_go(window, experiment_id):
    """Let the page go that was left, with all its widgets."""
    gone = weakref.ref(window.pages.there(experiment_id))
    assert gone().may_go
    window.pages.let_go(experiment_id)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.pages.there(experiment_id) is None and gone() is None


def _other(experiment_id):
    return "gates" if experiment_id != "gates" else "softmax"


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_page_that_was_let_go_comes_back_as_it_was(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    page.editor.change(dict(page.experiment.presets[-1].changes) if page.experiment.presets else {})
    qtbot.waitUntil(lambda: window.runner.is_settled)
    for _ in range(3):
        page.controller.step()
        qtbot.waitUntil(lambda: window.runner.is_settled)
    page.controller.back()
    page.panels.show_panel(page.panels.data)
    page.view.setFocus()
    before, told = settled_picture(qtbot, window), _told(page)
    timeline, drawn = window.runner.timeline, page.view.current
    shown(qtbot, window, _other(experiment_id))
    del page
    _let_go(window, experiment_id)
    page = shown(qtbot, window, experiment_id)
    after = settled_picture(qtbot, window)
    assert window.runner.timeline is timeline
    assert (page.view.current.frame.counts, page.view.current.params) == (drawn.frame.counts, drawn.params)
    assert _told(page) == told
    assert after == before


def test_what_was_answered_and_what_was_put_in_by_hand_are_there_again(qtbot, window):
    page = shown(qtbot, window, "playground")
    page.panels.show_panel(page.panels.guide)
    lead(next(row for row in page.panels.guide.rows if row.answers))
    assert not page.may_go, "its try is still computed"
    qtbot.waitUntil(lambda: window.page.may_go and window.runner.is_settled)
    before = page.controller.snapshot.frame.parameters[1]
    page.view.placed.emit("W1[0,1]", 2.5)
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.parameters[1] == 2.5)
    told, ghost = [row.outcome.text() for row in page.panels.guide.rows], page.view.ghost
    shown(qtbot, window, "gates")
    del page
    _let_go(window, "playground")
    page = shown(qtbot, window, "playground")
    assert [row.outcome.text() for row in page.panels.guide.rows] == told and any(told)
    assert page.view.ghost is ghost is not None
    page.editor.undo_stack.undo()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.parameters[1] == before)
    # The signals of the page that is gone do nothing any more, and those of this one are heard once.
    page.controller.restart()
    qtbot.waitUntil(lambda: window.runner.is_settled)


def test_the_oldest_pages_go_and_one_in_which_something_is_written_stays(qtbot, window, monkeypatch):
    monkeypatch.setattr(pages_module, "KEPT", 2)
    monkeypatch.setattr(pages_module, "_PAUSE", 0)
    page = shown(qtbot, window, "losses")
    page.panels.begin_writing()
    assert not page.may_go
    for experiment_id in ("gates", "softmax", "xor"):
        shown(qtbot, window, experiment_id)
    qtbot.waitUntil(lambda: window.pages.there("gates") is None and window.pages.there("softmax") is None)
    assert window.pages.there("losses") is page and window.pages.there("xor") is window.page
    window.show_experiment("losses")
    assert window.page is page


def test_a_page_goes_when_it_was_not_seen_for_long(qtbot, window, monkeypatch):
    monkeypatch.setattr(pages_module, "_PAUSE", 0)
    shown(qtbot, window, "gates")
    shown(qtbot, window, "xor")
    QApplication.processEvents()
    assert window.pages.there("gates") is not None
    monkeypatch.setattr(pages_module, "UNSEEN", 0.0)
    shown(qtbot, window, "softmax")
    qtbot.waitUntil(lambda: window.pages.there("gates") is None and window.pages.there("xor") is None)
    assert window.pages.there("softmax") is window.page


def test_the_question_that_is_read_and_what_is_open_are_there_again(qtbot, window):
    page = shown(qtbot, window, "gates")
    guide = page.panels.guide
    guide.open_question(guide.rows[2].asked.key)
    lead(guide.rows[2])
    qtbot.waitUntil(lambda: guide.rows[2].is_told and window.runner.is_settled and page.may_go)
    # Answered out of turn it stays what is looked at.
    assert guide.open_row is guide.rows[2] and guide.further_button.isVisible()
    guide.background_button.click()
    page.show_all_controls(True)
    page.panels.show_panel(page.panels.data)
    in_play = page.form.in_play
    for _ in range(2):
        # The second time nobody has looked at the guide in between.
        shown(qtbot, window, "softmax")
        page = guide = None
        _let_go(window, "gates")
        page = shown(qtbot, window, "gates")
        assert page.form.in_play == in_play and page.form.shows_all
    page.panels.show_panel(page.panels.guide)
    guide = page.panels.guide
    assert guide.open_row is guide.rows[2] and guide.rows[2].is_told and guide.further_button.isVisible()
    assert guide.background_button.isChecked() and guide._prose["see"].isVisible()
