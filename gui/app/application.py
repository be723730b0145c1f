"""Starts the application: style, settings, exception hook, window."""

from __future__ import annotations

import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.class_file import class_in_use
from engine.contract.catalogue import chapters, entries, entry_of
from engine.contract.text import EMPTY, Refused, Text, sentences
from engine.data.image_reader import set_image_reader
from gui.app.faults import Faults, NotOpened
from gui.app.promises import open_promises
from gui.app.settings import Settings
from gui.run.collecting import begin_start, end_start
from gui.spoken.interfaces import speak
from gui.style.icons import program_icon
from gui.style.language import set_language
from gui.style.running import Application, running_application
from gui.style.theme import apply_to, set_theme
from gui.style.typography import set_zoom
from gui.window.main_window import MainWindow

_PATIENCE, _LOOK_AGAIN = 5.0, 20
"""Seconds that closing waits at most for pending writes, and milliseconds between two checks whether they are done."""
_WANTED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Names of the signals that close the window; SIGBREAK is Windows' Ctrl+Break, also sent when a console is closed."""


class ClosingSignals(QObject):
    """Closes ``window`` on a termination signal, once the window exists and the event loop runs.

    ``status`` is the exit status then, as terminals expect it: 128 plus the number of the signal, 0 without one. A
    second signal ends the process at once, in case the window hangs. Signals that were ignored before stay ignored.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status = 0
        self.window: QWidget | None = None
        self._rest: Callable[[], None] = lambda: None
        # Queued: Python calls a handler between any two of its instructions, also in the middle of a drawing.
        self._arrived.connect(self._close, Qt.ConnectionType.QueuedConnection)
        with suppress(OSError):  # Windows makes the pair by its loopback, which may be blocked
            self._be_woken(*socket.socketpair())
        self._before = {}
        for number in [getattr(signal, name) for name in _WANTED if hasattr(signal, name)]:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._take)

    def uninstall(self) -> None:
        """Restore the former signal handlers."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._rest()

    def _be_woken(self, woken: socket.socket, waking: socket.socket) -> None:
        """Have a signal wake Qt's event loop by a byte in a socket. Python handles a signal only when Python code runs;
        without this it would wait until some event runs a slot.
        """
        for end in (woken, waking):
            end.setblocking(False)
        notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: woken.recv(64))
        before = signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)

        def rest() -> None:
            signal.set_wakeup_fd(before)
            notifier.setEnabled(False)
            woken.close()
            waking.close()

        self._rest = rest

    def _take(self, number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        self.status = 128 + number
        self._arrived.emit()

    def _close(self) -> None:
        if self.window is not None:
            self.window.close()
        self._leave(time.monotonic() + _PATIENCE)

    def _leave(self, until: float) -> None:
        if self.window is not None and open_promises(self.window):
            if time.monotonic() < until:
                QTimer.singleShot(_LOOK_AGAIN, self, lambda: self._leave(until))
                return
            self.window.close()  # once more, which waits for nothing
        # Dialogs that wait for an answer would keep the program alive.
        QCoreApplication.exit(self.status)


PATIENCE = 1000
"""Milliseconds after which ``FirstPaint`` waits no longer: a window that opens minimised is not painted."""


class FirstPaint(QObject):
    """Calls ``then`` once, when ``window`` has been painted for the first time, or after ``PATIENCE``.

    A timer of 0 ms would not do: on X11 it fires before the system has asked for the first painting.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._then = window, then
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(PATIENCE)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start(0)  # after the painting, which this event begins
        return False

    def _go_on(self) -> None:
        self._window.removeEventFilter(self)
        if self._window.isVisible():  # it may have been closed already
            self._then()


_SET_ASIDE = Text("The settings were damaged and start anew; the old ones are kept in {path}.")


_NOT_KEPT = Text("Settings will be forgotten when the window closes: {folder} cannot be written.")
_NOT_BUILT = Text("The window could not be built: {fault}{place}.")
_SEE_LOG = Text("; the details are in {log}")
# Here other programs, or the system, keep what was copied; elsewhere it ends with the program, and badly (see below).
_LASTING_CLIPBOARDS = ("windows", "cocoa", "xcb", "wayland")


def _read_grey(content: bytes, side: int) -> tuple[int, int, bytes] | None:
    """Read an image file by Qt; see ``picture_reader.read_grey``, which is imported only with the first image."""
    from gui.form.picture_reader import read_grey

    return read_grey(content, side)


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
    """Open the window and run until it is closed; returns the exit status, also after a termination signal.

    ``Refused`` before anything is shown for an unknown experiment, ``NotOpened`` if the window cannot be built. A
    language or theme given here is saved, in ``settings`` or else in the user's settings. ``then`` is called once the
    window was painted, before an experiment or session is opened in it.
    """
    begin_start()
    set_image_reader(_read_grey)
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
            app.hand_over(lambda asked: open_asked(window, asked))

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


def open_asked(window: MainWindow, asked: Path | str) -> None:
    """Open what the operating system hands to the program: a file, or the experiment of an address (as in a link). A
    wrong address becomes a notice.
    """
    if isinstance(asked, Path):
        window.files.open_path(asked)
        return
    from engine.contract.address import experiment_at

    try:
        window.show_experiment(experiment_at(asked))
    except Refused as refusal:
        window.notice.show_text(refusal.text)


def _built(settings: Settings, faults: Faults) -> MainWindow:
    try:
        return MainWindow(settings, faults)
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        faults.report(fault, traceback.format_exc())
        place = _SEE_LOG(log=str(faults.log_file)) if faults.log_file is not None else EMPTY
        raise NotOpened(_NOT_BUILT(fault=fault, place=place)) from error


def log_path() -> Path:
    """The path of this user's log file."""
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
    """Open the experiment or chapter named on the command line, else the experiment that was visible last, else the
    first one. Then open the session or lesson, and show a notice on damaged settings.
    """
    # Before the page, so that the page has its place from the beginning.
    window.reminder.begin()
    window.take_up_packs()
    known = [entry.id for entry in entries()]
    of_class = class_in_use()
    said: list[Text | None] = []
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
        if of_class.lesson is None:
            window.lessons.take_up()
        else:
            said.append(_begin_lesson(window, of_class.lesson))
    if settings.set_aside is not None:
        said.append(_SET_ASIDE(path=str(settings.set_aside)))
    elif not settings.is_kept:
        said.append(_NOT_KEPT(folder=str(settings.path.parent)))
    if wrong := [one for one in (*said, of_class.told) if one is not None]:
        window.notice.show_text(sentences(wrong))


def _begin_lesson(window: MainWindow, path: Path) -> Text | None:
    """Open the lesson that the class file names; returns the reason if that is not possible, else None."""
    from engine.lessons.reading import read_lesson

    try:
        window.lessons.open(read_lesson(path), path)
    except Refused as refusal:
        return refusal.text
    return None
