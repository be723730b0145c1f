"""Saves votes to a file in a background thread after every count, so that none is lost if the program ends."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.contract.text import Refused, Text
from engine.export.writing import write_together
from engine.votes.kept import SUFFIX, KeptVote, content_of, read_votes, text_of, with_vote
from gui.app.promises import Promise
from gui.app.store import Locked, file_lock
from gui.run.aside import start_thread
from gui.vote import words

NAME = "class" + SUFFIX
_PATIENCE = 5.0
"""Seconds that the background thread waits for another window that is writing the file."""
_BUSY = Text("another window is writing {path}")


class VotesFile(QObject):
    """The file of votes at ``path``. ``keep`` writes the newest state of each question in a background thread.

    ``failed(text)`` carries the reason if writing fails, and is emitted again only after a write has succeeded.
    """

    failed = Signal(object)
    _written = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, str], KeptVote] = {}
        self.is_at_work = self._has_failed = False
        self._promise = Promise(self)
        self._written.connect(self._ended, Qt.ConnectionType.QueuedConnection)

    def rows(self) -> tuple[KeptVote, ...]:
        """The votes in the file, the oldest first; empty if there is no file or it cannot be read."""
        try:
            return read_votes(self.path) if self.path.exists() else ()
        except Refused:
            return ()

    def keep(self, kept: KeptVote) -> None:
        """Have a vote written; it replaces the one in the file with the same question and time."""
        with self._lock:
            self._waiting[kept.when, kept.question] = kept
            starts = not self.is_at_work
            self.is_at_work = True
        if starts:
            self._promise.make(words.KEEPING)
            start_thread(self._work, "votes")

    def _work(self) -> None:
        reason: Text | None = None
        while True:
            with self._lock:
                waiting, self._waiting = self._waiting, {}
                if not waiting:
                    self.is_at_work = False
                    break
            reason = self._write(waiting)
        self._written.emit(reason)

    def _write(self, waiting: dict[tuple[str, str], KeptVote]) -> Text | None:
        """Write these votes, by (time, question id), to the file; returns the reason if that fails, else None."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with file_lock(self.path.with_name(self.path.name + ".lock"), _PATIENCE):
                content = content_of(self.path)
                for kept in waiting.values():
                    content = with_vote(content, kept)
                write_together({self.path: text_of(content).encode()})
        except Refused as refusal:
            return refusal.text
        except Locked:
            return _BUSY(path=str(self.path))
        except OSError as error:
            return Text("{path}: {reason}")(path=str(self.path), reason=error.strerror or str(error))
        return None

    @Slot(object)
    def _ended(self, reason: Text | None) -> None:
        if not self.is_at_work:
            self._promise.end(kept=reason is None)
        if reason is not None and not self._has_failed:
            self.failed.emit(words.NOT_KEPT(reason=reason))
        self._has_failed = reason is not None
