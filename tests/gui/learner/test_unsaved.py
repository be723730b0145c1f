"""What was done and cannot be written is said, tried again, and not lost with the window without a question."""

from __future__ import annotations

import errno
import os

import pytest
from PySide6.QtWidgets import QMessageBox

from engine.contract.text import LANGUAGES, Refused
from engine.export import writing
from gui.app import store
from gui.app.settings import Settings
from gui.learner import progress_files
from gui.style.language import set_language
from tests.bilingual import both

FULL = both("The disk is full.", "磁盘已满。")


@pytest.fixture
def full(monkeypatch):
    """A disk that takes nothing; what is returned makes room again."""
    monkeypatch.setattr(progress_files, "EVERY_MS", 10)

    def refuse(_):
        raise Refused(FULL)

    patch = pytest.MonkeyPatch()
    patch.setattr(store, "write_together", refuse)
    yield patch.undo
    patch.undo()


def _box(window):
    return window.findChild(QMessageBox)


def _click(window, role):
    box = _box(window)
    next(button for button in box.buttons() if box.buttonRole(button) == role).click()


@pytest.mark.logs
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_cannot_be_saved_is_said_and_saved_once_there_is_room(qtbot, full, window, settings, language):
    set_language(language)
    window.show()
    window.learner.answer("gates", "k", True)
    assert FULL.render(language) in window.notice.words
    assert window.learner.progress("gates").questions.keys() == {"k"}
    said = window.notice.words
    full()
    qtbot.waitUntil(lambda: window.notice.words not in ("", said))
    assert Settings(settings.path).progress("gates").questions.keys() == {"k"}


@pytest.mark.logs
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_closes_over_unsaved_answers_only_after_a_yes(qtbot, full, window, language):
    set_language(language)
    window.show()
    window.learner.answer("gates", "k", True)
    assert not window.close() and window.isVisible()
    assert FULL.render(language) in _box(window).informativeText()
    _click(window, QMessageBox.ButtonRole.RejectRole)
    qtbot.waitUntil(lambda: _box(window) is None)
    assert window.isVisible()
    window.close()
    _click(window, QMessageBox.ButtonRole.AcceptRole)
    qtbot.waitUntil(lambda: _box(window) is not None)
    assert window.isVisible()
    qtbot.waitUntil(lambda: _box(window).isVisible())
    _click(window, QMessageBox.ButtonRole.DestructiveRole)
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.mark.logs
def test_at_closing_it_is_tried_once_more_and_nothing_asked_where_that_helps(full, window, settings):
    window.show()
    window.learner.answer("gates", "k", True)
    full()
    assert window.close()
    assert Settings(settings.path).progress("gates").questions.keys() == {"k"}


def test_an_export_that_fails_leaves_the_older_file_whole(window, tmp_path, monkeypatch):
    older = tmp_path / "older.json"
    older.write_text("mine", encoding="utf-8")
    window.learner.answer("gates", "k", True)

    def fail(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing.os, "fsync", fail)
    window.learning.write_to(older)
    monkeypatch.undo()
    assert older.read_text(encoding="utf-8") == "mine"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["older.json"]
    assert "the disk is full" in window.notice.words
