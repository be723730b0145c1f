"""A player whose work is done by the companion process."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress

from engine.companion.companion import Companion
from engine.companion.flow import Flow
from engine.companion.messages import Ask, Begin, Failure, Follow, Halt, Message, Next, Refusal, Reply, Taken
from engine.contract.experiment import Experiment
from engine.contract.protocol import Answer, Request
from engine.contract.run import Run
from engine.contract.text import Refused
from engine.playing import ComputationFailed, Lost, RunPlan, RunPlayer


class RemotePlayer(RunPlayer):
    """A player whose work is done by the companion process. The experiment's class must be importable by name.

    Requests raise ``Lost`` if the other process has ended. When this object is garbage-collected, the run's state in
    the other process is dropped too.
    """

    is_elsewhere = True

    def __init__(self, companion: Companion, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._companion = companion
        self._number = companion.new_number()
        self._under_way = False
        """Whether a run plan was begun in the other process and its last reply has not been received yet."""
        self._forgetting = weakref.finalize(self, companion.forget, self._number)
        self._forgetting.atexit = False
        companion.send(Begin(number=self._number, experiment=type(experiment), run=run))

    @property
    def is_lost(self) -> bool:
        """Whether the companion process, and with it the run's state, has ended."""
        return self._companion.is_lost

    def answers(self, request: Request) -> Iterator[Answer]:
        """Yields the answers to one request: any number with progress, the last without."""
        self.come_back()
        self._companion.send(Ask(number=self._number, request=request))
        while True:
            reply = self._hear()
            assert reply is not None  # nothing else ends the waiting here
            yield reply.answer
            if reply.last:
                return
            self._companion.send(Next())

    def follow(
        self, course: RunPlan, waiting: Callable[[], int] = lambda: 0, is_wanted: Callable[[], bool] = lambda: True
    ) -> Generator[Answer, None, None]:
        """Follows a run plan in the other process, which works ahead; yields the answers that have a frame or progress.

        Code that changes the result of ``waiting`` or ``is_wanted`` must notify the companion's condition.
        """
        self.come_back()
        self._companion.send(Follow(number=self._number, course=course))
        self._under_way = True
        flow = Flow()

        def some_taken() -> bool:
            return waiting() < flow.waiting

        try:
            while is_wanted():
                reply = self._hear(lambda: not is_wanted() or some_taken())
                if reply is not None:
                    if reply.last:
                        return
                    flow.given += reply.answer.frame is not None
                    yield reply.answer
                elif some_taken():
                    flow.taken = flow.given - waiting()
                    self._companion.send(Taken(frames=flow.taken))
        finally:
            if self._under_way:
                with suppress(Lost):
                    self._companion.send(Halt())

    def close(self) -> None:
        """Ends the run; later requests raise RuntimeError."""
        self._forgetting()

    def come_back(self) -> None:
        """Reads and discards the remaining answers of an abandoned plan, so that ``update`` is the run's actual
        position. The other process may have worked ahead of the last frame shown.
        """
        if not self._forgetting.alive:
            raise RuntimeError("this player was closed")
        while self._under_way:
            self._hear()

    def _hear(self, until: Callable[[], bool] = lambda: False) -> Reply | None:
        message = self._heard(until)
        if isinstance(message, Refusal):
            self._under_way = False
            raise Refused(message.text)
        if isinstance(message, Failure):
            self._under_way = False
            raise ComputationFailed(message.words, message.trace)
        if message is None:
            return None
        assert isinstance(message, Reply)
        self._stand(message)
        return message

    def _heard(self, until: Callable[[], bool]) -> Message | None:
        return self._companion.hear(self._number, until)

    def _stand(self, reply: Reply) -> None:
        if reply.run is not None:
            self.run = reply.run
        if reply.params is not None:
            self.params = reply.params
        if reply.answer.progress is None:
            self.update, self.counts, self.finished = reply.answer.update, reply.answer.counts, reply.answer.finished
        if reply.last:
            self._under_way = False
