"""The companion's main loop: reads requests, plays runs and answers, until the window closes the pipe."""

from __future__ import annotations

import pickle
import traceback
from collections import defaultdict, deque
from contextlib import suppress
from multiprocessing.connection import Connection

from engine.companion.flow import Flow
from engine.companion.frame_transport import Packer, addressed
from engine.companion.messages import Ask, Begin, Failure, Follow, Halt, Message, Next, Ready, Refusal, Reply, Taken
from engine.contract.catalogue import find_further
from engine.contract.params import Params
from engine.contract.protocol import Answer, Request
from engine.contract.run import Run
from engine.contract.text import Refused
from engine.playing import Player
from engine.system import leave_interrupts_to_parent


def serve(wishes: Connection, replies: Connection) -> None:
    """The main function of the companion process. Ctrl+C is ignored, since the window handles it."""
    leave_interrupts_to_parent()
    find_further()
    with suppress(WindowEnded):
        RequestServer(wishes, replies).serve()


class RequestServer:
    """Keeps a player for each run number and handles one request at a time."""

    def __init__(self, wishes: Connection, replies: Connection) -> None:
        self._wishes, self._replies = wishes, replies
        self._read_ahead: deque[object] = deque()
        self._players: dict[int, Player] = {}
        self._unbegun: set[int] = set()
        self._told: dict[int, tuple[Run, Params]] = {}
        self._packers: dict[int, Packer] = defaultdict(Packer)

    def serve(self) -> None:
        """Handles requests until the window closes the pipe."""
        self.send(Ready(number=0))
        while True:
            wish = self._read_ahead.popleft() if self._read_ahead else self._receive()
            if isinstance(wish, Begin | Ask | Follow):
                self._answer(wish)

    def _answer(self, wish: Begin | Ask | Follow) -> None:
        self.begun(wish.number)
        try:
            if isinstance(wish, Begin):
                self.prepare()
                self._players[wish.number] = Player(wish.experiment(), wish.run)
            elif wish.number in self._unbegun:  # which has been said
                return
            elif isinstance(wish, Ask):
                self._ask(wish.number, wish.request)
            else:
                self._follow(wish)
        except WindowEnded:
            raise
        except Exception as error:  # whatever an experiment raises; the other runs go on
            if isinstance(wish, Begin):
                self._unbegun.add(wish.number)
            refusal = self.refusal(wish.number, error)
            self.send(refusal or _failure(wish.number, error))

    def _ask(self, number: int, request: Request) -> None:
        for answer in self._players[number].answers(request):
            self._reply(number, answer, last=answer.progress is None)
            if answer.progress is not None:
                wish = self._receive()
                if not isinstance(wish, Next):  # it was left in the middle
                    self._read_ahead.append(wish)
                    return

    def _follow(self, wish: Follow) -> None:
        player, flow = self._players[wish.number], Flow()

        def is_wanted() -> bool:
            while self._has_wish():
                came = self._receive()
                if isinstance(came, Taken):
                    flow.taken = came.frames
                else:
                    if not isinstance(came, Halt):  # something else is wanted first
                        self._read_ahead.append(came)
                    return False
            return True

        for answer in player.follow(wish.course, lambda: flow.waiting, is_wanted):
            if answer.frame is not None or answer.progress is not None:
                flow.given += answer.frame is not None
                self._reply(wish.number, answer)
        self._reply(wish.number, Answer(player.update, player.counts, player.finished), last=True)

    def _reply(self, number: int, answer: Answer, last: bool = False) -> None:
        player = self._players[number]
        run, params = self._told.get(number, (None, None))
        self._told[number] = player.run, player.params
        self.send(
            Reply(
                number,
                answer,
                player.run if player.run is not run else None,
                player.params if player.params is not params else None,
                last,
            )
        )

    def _has_wish(self) -> bool:
        try:
            return self._wishes.poll()
        except OSError:
            raise WindowEnded from None

    def _receive(self) -> object:
        """Receives the next request, and drops the runs that it lists as ``forgotten``."""
        try:
            wish = pickle.loads(self._wishes.recv_bytes())
        except (EOFError, OSError):
            raise WindowEnded from None
        for number in wish.forgotten:
            self.forget(number)
        return wish

    def forget(self, number: int) -> None:
        """Drops the player and all other state of a run."""
        self._players.pop(number, None)
        self._told.pop(number, None)
        self._packers.pop(number, None)

    def prepare(self) -> None:
        """Hook: called when the modules that the next run needs have been imported, before the run begins."""

    def begun(self, number: int) -> None:
        """Hook: called before a request for the run ``number`` is handled."""

    def refusal(self, number: int, error: Exception) -> Message | None:
        """The message for an exception caused by the user's input; None if it is an error of the program."""
        return Refusal(number, error.text) if isinstance(error, Refused) else None

    def send(self, message: Message) -> None:
        """Sends a message to the window; ``WindowEnded`` if it has closed."""
        parcel = addressed(message.number, self._packers[message.number].pack(message))
        try:
            self._replies.send_bytes(parcel)
        except OSError:
            raise WindowEnded from None


_MOST_WORDS, _MOST_OF_TRACE = 1_000, 10_000
"""The maximum number of characters in a failure's message and its traceback: an error may contain a whole array as
text, and a traceback a deep recursion.
"""


def _failure(number: int, error: Exception) -> Failure:
    """The message about a failed run, with the beginning of the error text and the end of the traceback, where the
    error was raised.
    """
    words = f"{type(error).__name__}: {error}"[:_MOST_WORDS]
    trace = "".join(traceback.format_tb(error.__traceback__))
    return Failure(number, words, f"{trace[-_MOST_OF_TRACE:]}{words}\n")


class WindowEnded(Exception):
    """Raised when the window has closed the pipe."""
