"""A report of a fault is one text with all that is asked for; About and the dialog of faults copy it."""

from __future__ import annotations

import faulthandler
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTextBrowser

from engine.contract.text import LANGUAGES
from engine.version import PROGRAM, VERSION
from gui.app.fault_report import LAST_LINES, report_text
from gui.app.faults import Faults
from gui.app.self_check import Seen, SelfCheck
from gui.style.language import set_language, translate
from gui.window import words
from gui.window.about import AboutDialog, ChangelogDialog
from tests.gui.window.shown import shown

ROOT = Path(__file__).resolve().parents[3]


def _button(dialog, text):
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == translate(text))


def test_it_says_what_was_open_and_ends_with_the_last_lines_of_the_log(qtbot, window, tmp_path, monkeypatch):
    page = shown(qtbot, window, "gates")
    page.editor.change({"w1": 0.25})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.w1 == 0.25, timeout=5000)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    log = tmp_path / "layerwise.log"
    log.write_text("".join(f"line {number}\n" for number in range(100)), encoding="utf-8")
    text = report_text(page, log, f"Traceback: in {tmp_path}/engine/x.py")
    assert text.startswith(f"{PROGRAM} (source)\n") and "PySide6 6." in text and "Python 3." in text
    assert f"gates, seed {page.editor.seed}, update 0" in text and '"w1": 0.25' in text
    assert "in ~/engine/x.py" in text and str(tmp_path) not in text
    told = text.splitlines()
    assert told[-1] == "line 99" and f"line {100 - LAST_LINES}" in told and f"line {99 - LAST_LINES}" not in told


def test_without_an_experiment_or_a_log_it_says_so(qapp, tmp_path):
    assert "No experiment was open." in report_text(None, None)
    assert "(no log could be written)" in report_text(None, None)
    assert "(there is none)" in report_text(None, tmp_path / "none.log")


@pytest.mark.logs
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dialog_of_faults_copies_it_and_stays(qtbot, qapp, tmp_path, language):
    set_language(language)
    faults = Faults(tmp_path / "log.txt")
    faults.report_of = lambda details: f"all about {details}"
    faults.report("KeyError: x", "the traceback")
    qtbot.waitUntil(lambda: any(isinstance(one, QMessageBox) for one in QApplication.topLevelWidgets()), timeout=5000)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox))
    copying = _button(dialog, words.COPY_REPORT)
    copying.click()
    assert QGuiApplication.clipboard().text() == "all about the traceback"
    assert dialog.isVisible() and copying.text() == translate(words.REPORT_COPIED)
    dialog.reject()
    assert not dialog.isVisible()


def test_about_copies_a_report_and_shows_what_is_new(qtbot, window):
    dialog = AboutDialog(window, window.report_text)
    dialog.open()
    _button(dialog, words.COPY_REPORT).click()
    assert QGuiApplication.clipboard().text().startswith(PROGRAM)
    _button(dialog, words.WHATS_NEW).click()
    news = dialog.findChild(ChangelogDialog)
    assert VERSION in news.findChild(QTextBrowser).toPlainText()
    news.reject()
    assert not [one for one in dialog.findChildren(QPushButton) if one.text() == translate(words.NEWER_VERSION)]
    dialog.reject()
    known = AboutDialog(window, window.report_text, page="https://example.org")
    assert _button(known, words.NEWER_VERSION)
    known.deleteLater()


def test_a_crash_leaves_its_traces_in_the_log_also_after_it_was_put_away(tmp_path, monkeypatch):
    files = []
    monkeypatch.setattr(faulthandler, "enable", lambda file: files.append(file.name))
    monkeypatch.setattr(faulthandler, "disable", lambda: files.append("none"))
    monkeypatch.setattr("gui.app.faults.qInstallMessageHandler", lambda _: None)
    monkeypatch.setattr("sys.excepthook", None)
    log = tmp_path / "cache" / "log.txt"
    before = list(logging.getLogger().handlers)
    Faults(log).install()
    (handler,) = (one for one in logging.getLogger().handlers if one not in before)
    try:
        assert files == [str(log)]
        handler.doRollover()
        assert files == [str(log), "none", str(log)]
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert files[-1] == "none"


@pytest.mark.logs
def test_the_check_of_everything_tells_what_it_saw_and_what_was_logged(qtbot, window):
    seen: list[Seen] = []
    window.show()

    def complain(_: object) -> None:
        if window.page.experiment.id == "forward":
            logging.getLogger("layerwise").warning("the lamp is broken")

    window.runner.frame_changed.connect(complain)
    SelfCheck(window, ["gates", "forward", "xor"], 0.05, seen.append)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)
    assert [one.experiment for one in seen] == ["gates", "forward", "xor"]
    assert all(one.sources > 0 for one in seen)
    assert seen[1].frames > 0 and seen[1].sentence.render("en") == "forward: the lamp is broken"
    # Pictures do not run, and what was logged of another is no fault of theirs.
    assert not seen[0].faults and not seen[2].faults and seen[0].frames == 0


@pytest.mark.logs
def test_a_log_that_cannot_be_put_away_since_another_window_has_it_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("gui.app.faults.qInstallMessageHandler", lambda _: None)
    monkeypatch.setattr("sys.excepthook", None)
    log = tmp_path / "log.txt"
    before = list(logging.getLogger().handlers)
    Faults(log).install()
    (handler,) = (one for one in logging.getLogger().handlers if one not in before)

    def held(*_):
        raise PermissionError(13, "another process has it open")

    monkeypatch.setattr("os.rename", held)
    try:
        handler.maxBytes = 200
        for number in range(5):
            logging.getLogger("layerwise").warning("%s %s", "long " * 20, number)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert [line[-1] for line in log.read_text("utf-8").splitlines()] == list("01234")


_WITHOUT_NUMPY = """
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "numpy":
            raise ImportError("DLL load failed")
sys.meta_path.insert(0, Broken())
from start.command_line import main
sys.exit(main(["self-check", "--language", "en", "--experiment", "gates", "--experiment", "cnn"]))
"""


def test_a_self_check_says_what_cannot_be_loaded_and_ends(tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "APPDATA": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    command = [sys.executable, "-c", _WITHOUT_NUMPY]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert [line.partition(": ")[2] for line in lines[:2]] == ["ImportError: DLL load failed"] * 2
    assert lines[2:] == ["2 of 2 experiments do not work."]
