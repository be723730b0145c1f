"""A name that is typed without its suffix replaces no file without a yes, whatever is saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from engine.contract.text import LANGUAGES
from gui.style.language import set_language
from tests.gui.window.shown import shown

_SAVES = {
    ".png": lambda window: window.files.export(),
    ".layerwise.json": lambda window: window.files.save_session(),
    ".csv": lambda window: window.files.export_tables(),
    "progress": lambda window: window.learning.export(),
}


@pytest.fixture
def typed(monkeypatch, tmp_path):
    """The names that a person types into the dialog, one after the other, and where each of them began."""
    names, starts = [], []

    def answer(_window, _title, start, _filters):
        starts.append(start)
        return (str(tmp_path / names.pop(0)) if names else ""), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return names, starts


def _click(role, seen):
    """Answer the question that comes, and note what it says."""

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(f"{box.text()} {box.informativeText()}")
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()

    QTimer.singleShot(0, answer)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", _SAVES)
def test_a_file_that_is_there_is_replaced_after_a_yes_and_stays_after_a_no(
    qtbot, window, tmp_path, typed, what, language
):
    set_language(language)
    shown(qtbot, window, "gates")
    names, starts = typed
    there = tmp_path / ("homework" + (what if what.startswith(".") else ".json"))
    there.write_text("mine", encoding="utf-8")
    seen: list[str] = []
    names[:] = ["homework"]
    _click(QMessageBox.ButtonRole.RejectRole, seen)
    _SAVES[what](window)
    assert there.read_text(encoding="utf-8") == "mine"
    assert there.name in seen[0] and str(tmp_path) in seen[0]
    assert starts[-1] == str(there), "the dialog comes again with the whole name"
    names[:] = ["homework"]
    _click(QMessageBox.ButtonRole.DestructiveRole, seen)
    _SAVES[what](window)
    assert there.read_bytes() != b"mine"


def test_what_the_dialog_has_asked_about_is_not_asked_again(qtbot, window, tmp_path, typed):
    shown(qtbot, window, "gates")
    (tmp_path / "homework.png").write_text("mine", encoding="utf-8")
    typed[0][:] = ["homework.png"]
    window.files.export()
    assert (tmp_path / "homework.png").read_bytes() != b"mine"
    typed[0][:] = ["another"]
    window.files.export()
    assert (tmp_path / "another.png").stat().st_size > 100
