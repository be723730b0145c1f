"""Starts the application: style, settings, fault hook, window."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths

from engine.contract.catalogue import chapters, entries, entry_of
from engine.contract.text.text import EMPTY, Text
from engine.data.image_reader import set_image_reader
from gui.app.closing import ClosingSignals
from gui.app.faults import Faults, NotOpened
from gui.app.first_paint import FirstPaint
from gui.app.settings import Settings
from gui.form.picture_reader import read_grey
from gui.run.collecting import begin_start, end_start
from gui.spoken.factory import speak
from gui.style.icons import program_icon
from gui.style.language import set_language
from gui.style.running import Application, running_application
from gui.style.theme import apply_to, set_theme
from gui.style.typography import set_zoom
from gui.window.main_window import MainWindow

_SET_ASIDE = Text("The settings were damaged and start anew; the old ones are kept in {path}.")


_NOT_KEPT = Text("Settings will be forgotten when the window closes: {folder} cannot be written.")
_NOT_BUILT = Text("The window could not be built: {fault}{place}.")
_SEE_LOG = Text("; the details are in {log}")
# Here other programs, or the system, keep what was copied; elsewhere it ends with the program, and badly (see below).
_LASTING_CLIPBOARDS = ("windows", "cocoa", "xcb", "wayland")


def run_window(
    chapter: int | None = None,
    experiment: str | None = None,
    language: str | None = None,
    theme: str | None = None,
    session: Path | None = None,
    is_lesson: bool = False,
    settings: Settings | None = None,
    then: Callable[[MainWindow], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit status, of a signal too.

    ``Refused`` before anything is shown for an unknown experiment, ``NotOpened`` if the window cannot be built. A
    language or theme given here is kept, in ``settings`` where there are others than the user's. ``then`` is called
    once the window was painted, before what was asked for is shown in it.
    """
    begin_start()
    set_image_reader(read_grey)
    if experiment is not None:
        entry_of(experiment)
    app = running_application(sys.argv[:1])
    app.setApplicationName("Layerwise")
    app.setDesktopFileName("layerwise")
    speak()
    app.setWindowIcon(program_icon())
    closing = ClosingSignals(app)
    faults = Faults(log_path())
    faults.install()
    settings = settings or Settings()
    set_language(language or settings.language)
    set_theme(theme or settings.theme)
    set_zoom(settings.zoom)
    apply_to(app)
    window = _built(settings, faults)
    faults.window = closing.window = window
    faults.report_of = window.report_text
    # The window is painted first; the experiment, and NumPy and pyqtgraph with it, follows.

    def painted() -> None:
        if then is not None:
            then(window)
        _open_first(window, settings, chapter, experiment, session, is_lesson)
        end_start()
        if isinstance(app, Application):
            app.hand_over(window.files.open_path)

    FirstPaint(window, painted)
    window.show_first()
    status = app.exec()
    # Deleted before the application: graphics items that outlive it crash the exit.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    if not app.platformName().startswith(_LASTING_CLIPBOARDS):
        # What was copied was made in Python; Qt would delete it after Python's end, and crash.
        app.clipboard().clear()
    closing.uninstall()
    return closing.status or status


def _built(settings: Settings, faults: Faults) -> MainWindow:
    try:
        return MainWindow(settings, faults)
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        faults.report(fault, traceback.format_exc())
        place = _SEE_LOG(log=str(faults.log_file)) if faults.log_file is not None else EMPTY
        raise NotOpened(_NOT_BUILT(fault=fault, place=place)) from error


def log_path() -> Path:
    """The log file of this user."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(folder or Path.home()) / "layerwise" / "layerwise.log"


def _open_first(
    window: MainWindow,
    settings: Settings,
    chapter: int | None,
    experiment: str | None,
    session: Path | None,
    is_lesson: bool = False,
) -> None:
    """What was asked for, else what was visible last, else the first experiment."""
    # Before the page, so that the page has its place from the beginning.
    window.reminder.begin()
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
    if session is not None and is_lesson:
        window.lessons.open_path(session)
    elif session is not None:
        window.files.open_path(session)
    elif experiment is None and chapter is None:
        window.lessons.take_up()
    if settings.set_aside is not None:
        window.notice.show_text(_SET_ASIDE(path=str(settings.set_aside)))
    elif not settings.is_kept:
        window.notice.show_text(_NOT_KEPT(folder=str(settings.path.parent)))
