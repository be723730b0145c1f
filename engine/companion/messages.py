"""Messages between the window's process and its companion, sent as pickles over two anonymous pipes.

Runs are numbered by the window. The companion works on one thing at a time and answers in order.
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
    """Base of the window's requests; the runs ``forgotten`` are dropped before the request is handled."""

    forgotten: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Begin(Wish):
    """Creates a player for this run; there is no answer."""

    number: int
    experiment: type[Experiment]
    run: Run


@dataclass(frozen=True, kw_only=True)
class Ask(Wish):
    """A request to a player. Answered by a ``Reply`` with progress for each ``Next``, and finally by one without."""

    number: int
    request: Request


@dataclass(frozen=True)
class Next(Wish):
    """Asks to continue the request that is being answered."""


@dataclass(frozen=True, kw_only=True)
class Follow(Wish):
    """Asks to follow a run plan to its end. Any other request but ``Taken`` interrupts the plan; in both cases a last
    ``Reply`` is sent.
    """

    number: int
    course: RunPlan


@dataclass(frozen=True, kw_only=True)
class Taken(Wish):
    """Reports how many frames of the course (the run plan) the window has taken so far."""

    frames: int


@dataclass(frozen=True)
class Halt(Wish):
    """Asks to stop the course (the run plan) after this slice of work; ignored if the course has ended already."""


# From the companion.


@dataclass(frozen=True)
class Message:
    """Base of the companion's messages; ``number`` is the run's."""

    number: int


@dataclass(frozen=True)
class Ready(Message):
    """The process has imported everything and accepts requests."""


@dataclass(frozen=True)
class Reply(Message):
    """The state of a run. ``run`` and ``params`` are set if they changed; ``last`` says that no reply follows."""

    answer: Answer
    run: Run | None
    params: Params | None
    last: bool


@dataclass(frozen=True)
class Refusal(Message):
    """The run cannot go on, for a reason that the learner is told."""

    text: Text


@dataclass(frozen=True)
class Failure(Message):
    """The run cannot go on because of an exception: ``words`` is its text, ``trace`` the traceback."""

    words: str
    trace: str
