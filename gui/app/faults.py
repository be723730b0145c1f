"""Faults of the program itself (uncaught exceptions): a hook, a dialog that shows each once, and a log file."""

from __future__ import annotations

import faulthandler
import logging
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from engine.contract.catalogue import further_folders
from engine.contract.text import Text
from gui.panels.copying import copy_text
from gui.style.language import translate
from gui.window import words

TITLE = Text("Something went wrong")
SENTENCE = Text("A fault in the program: {fault}. Your work is still there; the details are {place}.")
_BELOW = Text("below")
_IN_LOG = Text("in {log}")
_log = logging.getLogger("layerwise")


class NotOpened(Exception):
    """Raised when the window cannot be built; ``text`` says so in one sentence."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text


class Faults(QObject):
    """Receives uncaught exceptions from any thread, logs them, and shows one dialog at a time.

    ``log_file`` is None if no log can be written.
    """

    _arrived = Signal(str, str)

    def __init__(self, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted_log = log_file
        self.log_file: Path | None = log_file
        self.window: QWidget | None = None
        self.report_of: Callable[[str], str] = str
        """Makes a fault report from a traceback; by default it is only the traceback itself."""
        self._dialog: QMessageBox | None = None
        self._seen: set[str] = set()
        # Queued, because a fault may come from another thread or from within a paint event.
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Install the hooks for uncaught exceptions and Qt's messages, and let crashes of the interpreter be logged."""
        try:
            self._wanted_log.parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = _LogFile(self._wanted_log)
        except OSError:
            self.log_file = None
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        sys.excepthook = self.caught
        qInstallMessageHandler(_log_qt_message)

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report an uncaught exception; installed as ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(f"{kind.__name__}: {error}", "".join(traceback.format_exception(kind, error, trace)))

    def report(self, fault: str, details: str, *, again: bool = False) -> None:
        """Log a fault and show it in a dialog. ``details`` is its traceback; a fault whose traceback was shown before
        is shown once more only if ``again``.
        """
        _log.error("%s\n%s", fault, details)
        if again or details not in self._seen:
            self._seen.add(details)
            self._arrived.emit(fault, details)

    def _show(self, fault: str, details: str) -> None:
        if self._dialog is not None:
            return
        place = _BELOW if self.log_file is None else _IN_LOG(log=str(self.log_file))
        sentence = _of_pack(details) or SENTENCE(fault=fault, place=place)
        self._dialog = QMessageBox(self.window)
        self._dialog.setIcon(QMessageBox.Icon.Warning)
        self._dialog.setWindowTitle(translate(TITLE))
        self._dialog.setTextFormat(Qt.TextFormat.PlainText)
        self._dialog.setText(translate(sentence))
        self._dialog.setDetailedText(details)
        copying = self._dialog.addButton(translate(words.COPY_REPORT), QMessageBox.ButtonRole.ActionRole)
        copying.clicked.disconnect()  # from what would close the dialog
        copying.clicked.connect(lambda: self._copy(copying, details))
        self._dialog.setEscapeButton(self._dialog.addButton(QMessageBox.StandardButton.Close))
        self._dialog.finished.connect(self._dialog_closed)
        self._dialog.open()

    def _copy(self, button: QAbstractButton, details: str) -> None:
        copy_text(self.report_of(details))
        button.setText(translate(words.REPORT_COPIED))

    def _dialog_closed(self, _: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None


def _of_pack(details: str) -> Text | None:
    """A sentence that names the pack whose Python is in the traceback ``details``; None if no pack's is."""
    if not further_folders():
        return None
    # Only now: most learners have no packs.
    from engine.packs.trust import fault_in

    return fault_in(details)


class _LogFile(RotatingFileHandler):
    """A log file that ignores errors of writing, such as a full disk, instead of printing them to the terminal.

    On a crash, Python's faulthandler writes the stacks of all threads to it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
        self._watch()

    def doRollover(self) -> None:
        faulthandler.disable()  # which holds the file that is put away
        with suppress(OSError):  # Windows moves no file that another window has open: then this one goes on growing
            super().doRollover()
        self.stream = self.stream or self._open()
        self._watch()

    def close(self) -> None:
        faulthandler.disable()
        super().close()

    def _watch(self) -> None:
        assert self.stream is not None  # opened at once
        faulthandler.enable(self.stream)

    def handleError(self, record: logging.LogRecord) -> None:
        pass


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _log_qt_message(kind: QtMsgType, context: object, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), message)
