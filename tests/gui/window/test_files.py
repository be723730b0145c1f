"""Sessions and exports from the window: what is written reopens, what is refused is said and nothing is lost."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gui.export.formats import FORMATS
from gui.window import files
from tests.gui.window.shown import shown


def _notice(window) -> str:
    return window.notice.findChild(QLabel).text()


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_shown_can_be_saved_in_every_format(qtbot, window, tmp_path, suffix):
    shown(qtbot, window, "gates")
    path = tmp_path / f"图 one{suffix}"
    assert window.files.save_to(path)
    assert path.stat().st_size > 100
    assert str(path) in _notice(window)


@pytest.mark.parametrize("suffix", [".layerwise.json", ".json", ".png", ".npz"])
def test_a_session_reopens_to_the_same_picture(qtbot, window, tmp_path, suffix):
    page = shown(qtbot, window, "gates")
    page.editor.change({"target": "NAND", "b": 0.3, "selected": "11"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)
    before = page.controller.snapshot
    window.files.save_to(tmp_path / f"session{suffix}")
    page.editor.restore_defaults()
    window.files.open_path(tmp_path / f"session{suffix}")
    qtbot.waitUntil(lambda: page.controller.snapshot.params == before.params)
    assert page.editor.params == before.params
    page.editor.undo_stack.undo()
    assert page.editor.params == page.experiment.params_type()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"layerwise": 1, "experiment": "nothing"}', "\0\0"])
def test_a_damaged_session_is_a_notice_and_changes_nothing(qtbot, window, tmp_path, content):
    page = shown(qtbot, window, "gates")
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    window.files.open_path(path)
    assert window.notice.isVisible() and str(path) in _notice(window)
    assert page.editor.params == page.experiment.params_type() and not page.editor.undo_stack.canUndo()


def test_a_place_that_cannot_be_written_is_a_notice(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    assert not window.files.save_to(tmp_path / "missing" / "a.png")
    assert "missing" in _notice(window)


def test_the_chosen_format_tells_which_script_is_meant(qtbot, window, tmp_path, monkeypatch):
    shown(qtbot, window, "gates")
    written = {}

    def ask(parent, title, start, filters, completed):
        importing = next(one for one in filters.split(";;") if ".layerwise.py" in one)
        alone = next(one for one in filters.split(";;") if "(*.py)" in one)
        for name, chosen in (("a", alone), ("b", importing), ("c.py", alone), ("d.py", importing), ("e.ipynb", alone)):
            written[name] = completed(tmp_path / name, chosen).name

    monkeypatch.setattr(files, "ask_where_to_save", ask)
    window.files.export()
    assert written == {
        "a": "a.py", "b": "b.layerwise.py", "c.py": "c.py", "d.py": "d.layerwise.py", "e.ipynb": "e.ipynb",
    }  # fmt: skip


def test_the_clipboard_gets_picture_and_caption(qtbot, window):
    page = shown(qtbot, window, "gates")
    window.files.copy_picture()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage() and data.text() == page.view.stage.spoken().help
    QGuiApplication.clipboard().clear()


def test_the_session_file_names_run_and_update(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    window.files.save_to(tmp_path / "a.json")
    session = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert session["experiment"] == "gates" and session["params"]["b"] == -0.2 and session["update"] == 0


def test_a_session_of_another_version_says_so_when_it_is_open(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    path = tmp_path / "a.json"
    window.files.save_to(path)
    session = json.loads(path.read_text(encoding="utf-8"))
    session["program"] = "Layerwise 0.1.0"
    path.write_text(json.dumps(session), encoding="utf-8")
    shown(qtbot, window, "xor")
    window.files.open_path(path)
    assert window.page.experiment.id == "gates"
    assert window.notice.isVisible() and "Layerwise 0.1.0" in _notice(window)


def test_what_went_well_is_said_for_six_seconds_and_what_did_not_until_it_is_closed(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    assert window.files.save_to(tmp_path / "gates.json")
    ending = window.notice.findChild(QTimer)
    assert window.notice.isVisible() and ending.isActive() and ending.interval() == 6000
    ending.timeout.emit()
    assert not window.notice.isVisible()
    assert not window.files.save_to(tmp_path / "no folder" / "gates.json")
    assert window.notice.isVisible() and not ending.isActive()
