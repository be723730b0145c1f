"""Starts the application: style, settings, fault hook, window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import chapters, entries, entry_of
from engine.contract.text import Text
from gui.shell.faults import Faults
from gui.shell.main_window import MainWindow
from gui.shell.settings import Settings
from gui.style.language import set_language
from gui.style.theme import apply_to, set_theme
from gui.style.typography import set_zoom

_SET_ASIDE = Text(
    "The settings were damaged and start anew; the old ones are kept in {path}.",
    "设置文件已损坏，现改用默认设置；旧文件保留在 {path}。",
)


def run_window(
    chapter: int | None = None,
    experiment: str | None = None,
    language: str | None = None,
    theme: str | None = None,
    session: Path | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit status.

    ``Refused`` before anything is shown for an unknown experiment. A language or theme given here is kept.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("Layerwise")
    app.setDesktopFileName("layerwise")
    settings = Settings()
    set_language(language or settings.language)
    set_theme(theme or settings.theme)
    set_zoom(settings.zoom)
    apply_to(app)
    faults = Faults(log_path())
    faults.install()
    window = MainWindow(settings, faults)
    faults.window = window
    if experiment is not None:
        entry_of(experiment)
    window.show()
    # The window is painted first; the experiment, and pyqtgraph with it, follows.
    QTimer.singleShot(0, window, lambda: _open_first(window, settings, chapter, experiment))
    if settings.set_aside is not None:
        window.notice.show_text(_SET_ASIDE.with_values(path=str(settings.set_aside)))
    if session is not None:
        QTimer.singleShot(0, window, lambda: window.files.open_path(session))
    status = app.exec()
    # Deleted before the application: graphics items that outlive it crash the exit.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    return status


def log_path() -> Path:
    """The log file of this user."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(folder or Path.home()) / "layerwise" / "layerwise.log"


def _open_first(window: MainWindow, settings: Settings, chapter: int | None, experiment: str | None) -> None:
    """What was asked for, else what was visible last, else the first experiment."""
    known = [entry.id for entry in entries()]
    if experiment is not None:
        window.show_experiment(experiment)
    elif chapter is not None:
        window.show_chapter(chapter)
    elif settings.experiment in known:
        window.show_experiment(settings.experiment)
    elif known:
        window.show_experiment(known[0])
    else:
        window.show_chapter(chapters()[0].number)
