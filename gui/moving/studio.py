"""The window's side of the process that draws moving pictures; the process is started with the first order."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import tempfile
import threading
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from PySide6.QtCore import QObject, Qt, Signal

from engine.contract.text import Text
from gui.export.moving.order import About, Going, Made, NotMade, Order
from gui.export.moving.serving import Serves, begin, serve
from gui.run.aside import start_thread

_LAST_WAIT = 2.0
"""The most seconds to wait for the thread, and for programs that the killed process had started, to end."""
_NO_PROCESS = Text("The process that draws could not be started, or has ended.")

Answer = About | Made | NotMade

_log = logging.getLogger(__name__)


def is_dropped(is_dropping: bool, reply: Answer) -> bool:
    """Whether the last order was cancelled: it was being cancelled (``is_dropping``), and its ``reply`` is no finished
    picture, which is kept. An estimate that arrived before the process ended does not matter, since another order may
    have waited behind it.
    """
    return is_dropping and not isinstance(reply, Made)


class Studio(QObject):
    """Sends one order at a time to the process that draws; lives in the GUI thread.

    For an order without a path (a sample, to estimate the size) it emits ``sized(order, bytes)``, unless it was
    replaced before it was sent. For an order with a path it emits ``went_on(Going)``, then ``made()``,
    ``not_made(Text)``, or ``dropped()`` once nothing writes to its file any more.
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
        """Send an order to the process; it replaces an order that still waits."""
        with self._condition:
            if self._closed:
                return
            self._wanted = order
            if self._thread is None:
                self._thread = start_thread(self._work, "studio")
            self._condition.notify_all()

    def drop(self) -> None:
        """Cancel the current order: the process is killed at once, and ``dropped`` is emitted."""
        with self._condition:
            waited, self._wanted = self._wanted, None
            if self._at_work:
                self._is_dropping = True
                self._end_process()
            elif waited is not None:
                self._said.emit(waited, None)

    def close(self) -> None:
        """End the process, and wait up to two seconds until nothing writes to a file any more."""
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
                assert order is not None  # wait_for has returned, and the studio is not closed
                self._at_work, self._is_dropping = True, False
            try:
                replies = self._send(order)
                while not isinstance(reply := self._heard(replies), Answer):
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
            is_new = self._process is None
            if is_new:
                self._start()
            wishes, replies = self._wishes, self._replies
        assert wishes is not None and replies is not None  # the process has begun
        if is_new:
            self._heard(replies)  # that it is ready
        wishes.send(order)
        return replies

    def _heard(self, replies: Connection) -> object:
        """Wait for the next reply; EOFError once the process has ended. The pipe alone would not tell that: on Windows,
        starting the process leaves a second handle to its end of the pipe here.
        """
        process = self._process
        ends: list[Connection | int] = [replies, *([process.sentinel] if process is not None else [])]
        if not replies.poll() and replies not in wait(ends) and not replies.poll():
            raise EOFError
        return replies.recv()

    def _start(self) -> None:
        context = get_context("spawn")  # a copy of this process would hold the window and its locks
        its_wishes, self._wishes = context.Pipe(duplex=False)
        self._replies, its_replies = context.Pipe(duplex=False)
        self._life, its_life = context.Pipe(duplex=False)
        self._scratch = tempfile.TemporaryDirectory(prefix="layerwise-", ignore_cleanup_errors=True)
        held = (its_wishes, its_replies, self._scratch.name, its_life)
        try:
            process = context.Process(target=begin, args=(self._serves, *held), name="studio", daemon=True)
            process.start()
            self._process = process
        finally:
            # Only the other process holds these ends now, so that each side notices when the other one ends.
            its_wishes.close()
            its_replies.close()
            its_life.close()

    def _end_process(self) -> None:
        if self._process is not None:
            _kill(self._process)

    def _forget_process(self) -> None:
        """Kill the process, wait until it and the programs that it started have ended, so that nothing writes any more,
        and remove its temporary files.
        """
        with self._condition:
            process, life, scratch = self._process, self._life, self._scratch
            ends = self._wishes, self._replies, life
            self._process = self._wishes = self._replies = self._life = self._scratch = None
        if process is not None:
            _kill(process)
            process.join()
        if life is not None:
            with contextlib.suppress(OSError):  # how Windows says that nobody holds the other end
                life.poll(_LAST_WAIT)  # at an end once nobody holds the other one
        if scratch is not None:
            scratch.cleanup()
        for end in ends:
            if end is not None:
                end.close()

    def _hear(self, order: Order, reply: object) -> None:
        """Emit the signal for a reply to an order; ``reply`` is None if the order was dropped."""
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
    """Kill a process and the programs that it has started."""
    if hasattr(os, "killpg") and process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it has no group of its own yet, or has ended
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
