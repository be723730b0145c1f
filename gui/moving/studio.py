"""The window's side of the process that draws moving pictures: it starts with the first order, and ends with this."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from PySide6.QtCore import QObject, Qt, Signal

from engine.contract.text.text import Text
from gui.export.moving.order import About, Going, Made, NotMade, Order
from gui.export.moving.serving import serve

_LAST_WAIT = 2.0
"""Seconds that the thread, and what the process had started, have to end; the process has been ended by then."""
_NO_PROCESS = Text("The process that draws could not be started, or has ended.")

Answer = About | Made | NotMade
Serves = Callable[[Connection, Connection, str, Connection], None]

_log = logging.getLogger(__name__)


def is_dropped(is_dropping: bool, reply: Answer) -> bool:
    """Whether what was asked for last is made no more: also where a sample was answered before its process had ended,
    since an order may have waited behind it. What was made by then is there.
    """
    return is_dropping and not isinstance(reply, Made)


class Studio(QObject):
    """One order at a time; belongs to the GUI thread.

    ``sized(order, bytes)`` follows a sample that nobody has replaced meanwhile; ``went_on(Going)``, then ``made()`` or
    ``not_made(Text)`` an order with a path, or ``dropped()`` once nothing writes to its file any more.
    """

    sized = Signal(object, int)
    went_on = Signal(object)
    made = Signal()
    not_made = Signal(object)
    dropped = Signal()
    _said = Signal(object, object)

    def __init__(self, parent: QObject | None = None, serves: Serves = serve) -> None:
        super().__init__(parent)
        self._serves = serves
        self._condition = threading.Condition()
        self._wanted: Order | None = None
        self._at_work = False
        self._process: SpawnProcess | None = None
        self._wishes: Connection | None = None
        self._replies: Connection | None = None
        self._life: Connection | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._thread: threading.Thread | None = None
        self._is_dropping = self._closed = False
        self._said.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def ask(self, order: Order) -> None:
        """Have a picture made, or a sample looked at in place of one that waits."""
        with self._condition:
            if self._closed:
                return
            self._wanted = order
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="studio", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def drop(self) -> None:
        """Have what is being made made no more: its process ends at once, and ``dropped`` follows."""
        with self._condition:
            waited, self._wanted = self._wanted, None
            if self._at_work:
                self._is_dropping = True
                self._end_process()
            elif waited is not None:
                self._said.emit(waited, None)

    def close(self) -> None:
        """End the process, and wait until nothing writes any more."""
        with self._condition:
            self._closed, self._wanted = True, None
            self._end_process()
            self._condition.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(_LAST_WAIT)

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._wanted is not None or self._closed)
                if self._closed:
                    break
                order, self._wanted = self._wanted, None
                assert order is not None  # it was waited for
                self._at_work, self._is_dropping = True, False
            try:
                replies = self._send(order)
                while not isinstance(reply := replies.recv(), Answer):
                    self._said.emit(order, reply)
            except (EOFError, OSError) as error:
                self._forget_process()
                reply = NotMade(_NO_PROCESS, str(error))
            with self._condition:
                self._at_work = False
                is_ended, dropped = self._is_dropping, is_dropped(self._is_dropping, reply)
            if is_ended:
                self._forget_process()
            self._said.emit(order, None if dropped else reply)
        self._forget_process()

    def _send(self, order: Order) -> Connection:
        with self._condition:
            if self._process is None:
                self._start()
            wishes, replies = self._wishes, self._replies
        assert wishes is not None and replies is not None  # the process has begun
        wishes.send(order)
        return replies

    def _start(self) -> None:
        context = get_context("spawn")  # a copy of this process would hold the window and its locks
        its_wishes, self._wishes = context.Pipe(duplex=False)
        self._replies, its_replies = context.Pipe(duplex=False)
        self._life, its_life = context.Pipe(duplex=False)
        self._scratch = tempfile.TemporaryDirectory(prefix="layerwise-", ignore_cleanup_errors=True)
        held = (its_wishes, its_replies, self._scratch.name, its_life)
        try:
            process = context.Process(target=self._serves, args=held, name="studio", daemon=True)
            process.start()
            self._process = process
        finally:
            # Only the other process holds these ends now, so that each side hears of the other's end.
            its_wishes.close()
            its_replies.close()
            its_life.close()

    def _end_process(self) -> None:
        if self._process is not None:
            _kill(self._process)

    def _forget_process(self) -> None:
        """Wait for the end of a process that was ended or has died, and of what it had started: then nothing writes any
        more. What lay there for a moment is removed.
        """
        with self._condition:
            process, life, scratch = self._process, self._life, self._scratch
            ends = self._wishes, self._replies, life
            self._process = self._wishes = self._replies = self._life = self._scratch = None
        if process is not None:
            _kill(process)
            process.join()
        if life is not None:
            life.poll(_LAST_WAIT)  # at an end once nobody holds the other one
        if scratch is not None:
            scratch.cleanup()
        for end in ends:
            if end is not None:
                end.close()

    def _hear(self, order: Order, reply: object) -> None:
        """``reply`` is None where it was dropped."""
        if self._closed:
            return
        if isinstance(reply, Going):
            self.went_on.emit(reply)
        elif isinstance(reply, About):
            self.sized.emit(order, reply.size)
        elif isinstance(reply, Made):
            self.made.emit()
        elif reply is None:
            self.dropped.emit()
        elif isinstance(reply, NotMade):
            if reply.trace:
                _log.info("a moving picture was not made: %s", reply.trace)
            if order.path:
                self.not_made.emit(reply.reason)


def _kill(process: SpawnProcess) -> None:
    """End a process at once, with the programs that it has started."""
    if hasattr(os, "killpg") and process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it has no group of its own yet, or has ended
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
