"""What plays a run, here or in another process, and how it is talked to."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator
from typing import Any

from engine.contract.experiment import Amount, Experiment
from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.run.protocol import NO_LIMIT, Answer, Request
from engine.contract.run.run import Run
from engine.networks.kept import KeptNetwork
from engine.playing.run_plan import RunPlan


class ComputationFailed(Exception):
    """An experiment raised something in another process: ``str`` of this says what, ``trace`` where."""

    def __init__(self, words: str, trace: str) -> None:
        super().__init__(words)
        self.trace = trace


class Lost(Exception):
    """The process that played the run has ended; what it had computed is gone."""


class RunPlayer(ABC):
    """One run being played: where it stands, by what it was last heard to say.

    ``params`` are the parameters as of now, live changes included. ``run`` gains every change that is put in, so that
    it always replays to where the run stands. ``is_elsewhere``: the work is done by another process, and takes nothing
    away from this one.
    """

    is_elsewhere: bool = False

    def __init__(self, experiment: Experiment[Any, Any], run: Run) -> None:
        self.experiment = experiment
        self.run = run
        self.params: Params = run.params
        self.update = 0
        self.counts: tuple[int, ...] = (0,) * len(experiment.units)
        self.finished = False

    @property
    def is_lost(self) -> bool:
        """Whether what was computed is gone for good, so that nothing can be asked any more."""
        return False

    @abstractmethod
    def answers(self, request: Request) -> Iterator[Answer]:
        """The answers to one request: any number with progress, the last without.

        One may leave early: the next request then first finishes the one that was left, with its progress.
        """

    @abstractmethod
    def follow(
        self, course: RunPlan, waiting: Callable[[], int] = lambda: 0, is_wanted: Callable[[], bool] = lambda: True
    ) -> Generator[Answer, None, None]:
        """Go a course as long as ``is_wanted()``; what has neither frame nor progress need not be told.

        ``waiting()`` is how many of the frames given out nobody has taken yet.
        """

    @abstractmethod
    def come_back(self) -> None:
        """Stand still after a course that was left: from now on ``update`` says where the run really stands."""

    @abstractmethod
    def close(self) -> None:
        """End the run; RuntimeError where something is asked of it afterwards."""

    def go(self, updates: int = 0, until: str | None = None, heavy: bool = False) -> Frame:
        """The frame after up to ``updates`` more updates, or at the next end of a unit ``until``; waits for it."""
        *_, answer = self.answers(Request(updates, until, heavy=heavy))
        assert answer.frame is not None
        return answer.frame

    def go_by(self, amount: Amount | None, heavy: bool = False) -> Frame:
        """The frame after so many units more; None goes to the end of a run that has one."""
        if amount is None:
            return self.go(NO_LIMIT, heavy=heavy)
        if amount.unit == self.experiment.units[0].id:
            return self.go(amount.count, heavy=heavy)
        for _ in range(amount.count):
            self.go(NO_LIMIT, until=amount.unit)
        return self.go(0, heavy=heavy)

    def network(self) -> KeptNetwork | None:
        """The network as it stands now, with what is known of the run that made it; None where there is none."""
        *_, answer = self.answers(Request(frame=False, network=True))
        if answer.network is None:
            return None
        return dataclasses.replace(answer.network, seed=self.run.seed, updates=answer.update)

    def change(self, path: str, value: Any) -> None:
        """Put a live change in now."""
        for _ in self.answers(Request(0, changes=((path, value),), frame=False)):
            pass
