"""The window's side of the companion process: starts it, exchanges messages with it, and ends it."""

from __future__ import annotations

import dataclasses
import logging
import pickle
import threading
from collections import deque
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from time import perf_counter

from engine.companion.frame_transport import Unpacker, address_of
from engine.companion.messages import Message, Ready, Wish
from engine.companion.serving import serve
from engine.playing import Lost

LAST_WAIT = 0.3
"""The seconds in which the process may end by itself when it is closed, before it is killed."""
STARTING = 20.0
"""The seconds in which the process must get ready; Python and NumPy may be slow to load from a cold disk."""

_log = logging.getLogger(__name__)


class Companion:
    """A child process that runs ``work``, a function of its two pipe ends and the arguments ``given``. The constructor
    starts it; OSError if that fails.

    ``condition`` is notified of every message received. One thread sends messages and another receives them, so that
    neither process can ever block the other's writing.
    """

    unpacker_type: Callable[[], Unpacker] = Unpacker
    longest_parcel: int | None = None
    """The maximum number of bytes of a received message; None for no limit, if the process runs only the program's own
    code.
    """

    def __init__(self, condition: threading.Condition, work: Callable[..., None] = serve, *given: object) -> None:
        self.condition = condition
        self.started = self.heard_at = perf_counter()
        self._is_ready = self._is_lost = False
        self._heard: dict[int, deque[Message]] = {}
        self._unpackers: dict[int, Unpacker] = {0: self.unpacker_type()}
        self._forgotten: deque[int] = deque()
        self._numbers = 0
        context = get_context("spawn")  # a copy of this process would hold the window and its locks
        its_wishes, self._wishes = context.Pipe(duplex=False)
        self._replies, its_replies = context.Pipe(duplex=False)
        _widen(self._replies)
        self.process = context.Process(target=work, args=(its_wishes, its_replies, *given), name="engine", daemon=True)
        try:
            self.process.start()
        except BaseException:
            self._wishes.close()
            self._replies.close()
            raise
        finally:
            # Now only the other process holds these pipe ends, so each process notices when the other one ends.
            its_wishes.close()
            its_replies.close()
        self._listener = threading.Thread(target=self._listen, name="companion", daemon=True)
        self._listener.start()

    @property
    def is_lost(self) -> bool:
        """Whether the process has ended or is being ended."""
        return self._is_lost

    def wait_until_ready(self, is_wanted: Callable[[], bool]) -> bool:
        """Waits until the process accepts requests; False if it failed to start, or once ``is_wanted()`` is false."""
        with self.condition:
            self.condition.wait_for(lambda: self._is_ready or self._is_lost or not is_wanted(), STARTING)
            return self._is_ready and not self._is_lost

    def new_number(self) -> int:
        """A new number by which a run is identified in messages."""
        self._numbers += 1
        self._heard[self._numbers], self._unpackers[self._numbers] = deque(), self.unpacker_type()
        return self._numbers

    def forget(self, number: int) -> None:
        """Drops a run here at once, and in the other process with the next request. May be called from any thread, and
        by the garbage collector.
        """
        self._heard.pop(number, None)
        self._unpackers.pop(number, None)
        self._forgotten.append(number)

    def send(self, wish: Wish) -> None:
        """Sends a request; ``Lost`` if the process has ended."""
        forgotten = []
        while self._forgotten:
            forgotten.append(self._forgotten.popleft())
        if forgotten:
            wish = dataclasses.replace(wish, forgotten=tuple(forgotten))
        try:
            self._wishes.send_bytes(pickle.dumps(wish, protocol=pickle.HIGHEST_PROTOCOL))
        except OSError:
            self.hang_up()
            raise Lost from None

    def tidy(self) -> None:
        """If runs are to be dropped, tells the other process at once, instead of with the next request."""
        if self._forgotten:
            self.send(Wish())

    def hear(self, number: int, until: Callable[[], bool] = lambda: False) -> Message | None:
        """Waits for and returns the next message about the run ``number``. Returns None once ``until()`` holds; raises
        ``Lost`` if no more messages will come.
        """
        heard = self._heard[number]
        with self.condition:
            self.condition.wait_for(lambda: heard or self._is_lost or until())
            if heard:
                return heard.popleft()
            if self._is_lost:
                raise Lost
            return None

    def has_heard(self, number: int) -> bool:
        """Whether ``hear`` would return or raise at once for the run ``number``."""
        return bool(self._heard[number]) or self._is_lost

    def end(self) -> None:
        """Kills the process; callers that wait for an answer get ``Lost``."""
        self.process.kill()
        self.hang_up()

    def hang_up(self) -> None:
        """Stops receiving: callers that wait for an answer get ``Lost`` at once."""
        with self.condition:
            self._is_lost = True
            self.condition.notify_all()

    def close(self) -> None:
        """Ends the process by closing its pipe, or kills it if it does not end within ``LAST_WAIT``."""
        self.hang_up()
        self._wishes.close()
        self.process.join(LAST_WAIT)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self._listener.join()
        self._replies.close()

    def note(self, message: Message) -> None:
        """Hook: called for every message received, while ``condition`` is locked."""

    def _listen(self) -> None:
        try:
            while self._is_told_more():
                parcel = self._replies.recv_bytes(self.longest_parcel)
                self.heard_at = perf_counter()
                unpacker = self._unpackers.get(address_of(parcel))
                if unpacker is None:  # of a run that was forgotten meanwhile
                    continue
                message = unpacker.unpack(parcel)
                with self.condition:
                    self.note(message)
                    if isinstance(message, Ready):
                        self._is_ready = True
                    elif (heard := self._heard.get(message.number)) is not None:
                        heard.append(message)
                    self.condition.notify_all()
        except (EOFError, OSError):
            pass
        except Exception:  # an answer that cannot be read: nothing that comes after it can be trusted
            _log.exception("an answer of the companion process cannot be read")
        self.hang_up()

    def _is_told_more(self) -> bool:
        """Waits for a message; False once the process has ended and all its messages have been read.

        Waiting for the pipe alone is not enough: on Windows, starting the process leaves a second handle to the pipe's
        other end here.
        """
        if self._replies.poll():
            return True
        come = wait([self._replies, self.process.sentinel])
        return self._replies in come or self._replies.poll()


def _widen(pipe: Connection) -> None:
    """Enlarges a pipe's buffer to hold whole frames where the system allows it, so that the sender need not wait."""
    try:
        from fcntl import F_SETPIPE_SZ, fcntl

        fcntl(pipe.fileno(), F_SETPIPE_SZ, 2**20)
    except (ImportError, OSError):  # not Linux, or its limit for one user is reached
        pass
