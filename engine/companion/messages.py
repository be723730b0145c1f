"""Messages between the window's process and its companion, sent as pickles over two anonymous pipes.

Runs are numbered by the window. The companion handles one request at a time and answers in order.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.experiment import Experiment
from engine.contract.params import Params
from engine.contract.protocol import Answer, Request
from engine.contract.run import Run
from engine.contract.text import Text
from engine.playing import RunPlan

# From the window.


@dataclass(frozen=True)
class Wish:
    """Base of the window's requests; the runs whose numbers are in ``forgotten`` are dropped before the request is
    handled.
    """

    forgotten: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Begin(Wish):
    """Requests a player for a run with this ``number``; there is no answer."""

    number: int
    experiment: type[Experiment]
    run: Run


@dataclass(frozen=True, kw_only=True)
class Ask(Wish):
    """Sends a request to a player. Every ``Reply`` with progress waits for a ``Next``; the final one has no
    progress.
    """

    number: int
    request: Request


@dataclass(frozen=True)
class Next(Wish):
    """Asks to continue the request that is being answered, after a ``Reply`` with progress."""


@dataclass(frozen=True, kw_only=True)
class Follow(Wish):
    """Asks to follow a run plan to its end. Any other request but ``Taken`` interrupts the plan. Whether finished or
    interrupted, a last ``Reply`` is sent.
    """

    number: int
    course: RunPlan


@dataclass(frozen=True, kw_only=True)
class Taken(Wish):
    """Reports how many frames of the current course (run plan) the window has taken so far."""

    frames: int


@dataclass(frozen=True)
class Halt(Wish):
    """Asks to stop the course (run plan) after the current slice of work; ignored if the course has already ended."""


# From the companion.


@dataclass(frozen=True)
class Message:
    """Base of the companion's messages; ``number`` is that of the run."""

    number: int


@dataclass(frozen=True)
class Ready(Message):
    """Reports that the companion process has imported everything and accepts requests."""


@dataclass(frozen=True)
class Reply(Message):
    """The state of a run. ``run`` and ``params`` are set if they changed; ``last`` says that no further reply
    follows.
    """

    answer: Answer
    run: Run | None
    params: Params | None
    last: bool


@dataclass(frozen=True)
class Refusal(Message):
    """The run cannot continue for a reason that is shown to the learner."""

    text: Text


@dataclass(frozen=True)
class Failure(Message):
    """The run cannot continue because of an exception: ``words`` is its message, ``trace`` the traceback."""

    words: str
    trace: str
