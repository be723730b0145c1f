"""What the window's process and its companion say to each other, as pickles over two anonymous pipes.

Runs are numbered by the window. The companion works on one thing at a time and answers in order.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.experiment import Experiment
from engine.contract.params import Params
from engine.contract.run.protocol import Answer, Request
from engine.contract.run.run import Run
from engine.contract.text.text import Text
from engine.playing.run_plan import RunPlan

# From the window.


@dataclass(frozen=True)
class Wish:
    """Base of all that the window says; the runs ``forgotten`` are not wanted any more, before anything is done."""

    forgotten: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Begin(Wish):
    """Have a player for this run; nothing is answered."""

    number: int
    experiment: type[Experiment]
    run: Run


@dataclass(frozen=True, kw_only=True)
class Ask(Wish):
    """Answer a request: one ``Reply`` with progress for each ``Next``, until the last."""

    number: int
    request: Request


@dataclass(frozen=True)
class Next(Wish):
    """Go on with the request that is being answered."""


@dataclass(frozen=True, kw_only=True)
class Follow(Wish):
    """Go a course without waiting to be asked again, up to its end or any wish but ``Taken``; then comes the last
    ``Reply``."""

    number: int
    course: RunPlan


@dataclass(frozen=True, kw_only=True)
class Taken(Wish):
    """So many frames of the course have been taken by now."""

    frames: int


@dataclass(frozen=True)
class Halt(Wish):
    """Leave the course after this slice; nothing is done about it where the course has ended already."""


# From the companion.


@dataclass(frozen=True)
class Message:
    """Base of all that the companion says; ``number`` is the run's."""

    number: int


@dataclass(frozen=True)
class Ready(Message):
    """Everything is imported, the first wish can be read."""


@dataclass(frozen=True)
class Reply(Message):
    """Where a run stands; ``run`` and ``params`` where they are others than before, ``last`` if nothing follows."""

    answer: Answer
    run: Run | None
    params: Params | None
    last: bool


@dataclass(frozen=True)
class Refusal(Message):
    """The run cannot go on, for a reason that is meant for the person at the screen."""

    text: Text


@dataclass(frozen=True)
class Failure(Message):
    """The run cannot go on: an exception was raised, ``words`` says which, ``trace`` where."""

    words: str
    trace: str
