"""Plays a run: sends requests to its generator and puts the journal's changes in at their updates."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator
from time import perf_counter
from typing import Any

from engine.contract.experiment import Experiment
from engine.contract.params import fields_of
from engine.contract.run.protocol import Answer, Request
from engine.contract.run.run import Change, Run
from engine.playing.run_plan import RunPlan
from engine.playing.run_player import RunPlayer
from engine.playing.slices import Slices


class Player(RunPlayer):
    """One run being played here."""

    def __init__(self, experiment: Experiment[Any, Any], run: Run) -> None:
        super().__init__(experiment, run)
        self.slices = Slices()
        self._generator = experiment.start(run.params, run.seed)
        self._due = list(run.journal)
        self._begun = False
        self._unfinished: Iterator[Answer] | None = None

    def answers(self, request: Request) -> Iterator[Answer]:
        """The answers to one request; a change due at an update is put in as soon as that is reached, before a frame
        is made."""
        if self._unfinished is not None:
            yield from (answer for answer in self._finish() if answer.progress is not None)
        self._unfinished = self._work_on(request)
        yield from self._finish()

    def slice(self, most: int, until: str | None = None) -> Iterator[Answer]:
        """Up to ``most`` updates, or to the next end of a unit ``until``, but no more than fit in a short time."""
        before, began = self.update, perf_counter()
        yield from self.answers(Request(min(most, self.slices.updates), until, frame=False))
        self.slices.measured(self.update - before, perf_counter() - began)

    def follow(
        self, course: RunPlan, waiting: Callable[[], int] = lambda: 0, is_wanted: Callable[[], bool] = lambda: True
    ) -> Generator[Answer, None, None]:
        """Go a course as long as ``is_wanted()``."""
        for answer in course.answers(self, waiting):
            yield answer
            if not is_wanted():
                return

    def _finish(self) -> Iterator[Answer]:
        """Go on with the request that is at work; it is not closed with this iteration."""
        assert self._unfinished is not None
        for answer in self._unfinished:  # noqa: UP028 - yield from would close it
            yield answer
        self._unfinished = None

    def _work_on(self, request: Request) -> Iterator[Answer]:
        if not self._begun:
            self._begun = True
            yield from self._exchange(None)
        new = tuple(request.changes)
        if new:
            added = tuple(Change(self.update, path, value) for path, value in new)
            self.run = dataclasses.replace(self.run, journal=(*self._standing(new), *added))
            self._due = sorted([*self._due, *added], key=lambda change: change.at_update)
        left = request.updates
        while left > 0 and not self.finished:
            now = self._take_due()
            chunk = min(left, self._due[0].at_update - self.update) if self._due else left
            before = self.counts
            yield from self._exchange(Request(chunk, request.until, now, frame=False))
            left -= chunk
            if request.until is not None and self._completed(request.until, before):
                break
        answer = yield from self._exchange(
            Request(0, None, self._take_due(), request.frame, request.heavy, request.network)
        )
        yield answer

    def come_back(self) -> None:
        """Nothing is to be done: what is computed here is known at once."""

    def close(self) -> None:
        """End the run; nothing can be asked of it afterwards."""
        self._generator.close()

    def _standing(self, new: tuple[tuple[str, Any], ...]) -> Iterator[Change]:
        """The journal without what ``new`` replaces: of a parameter's values at one update only the last counts.

        A stroke that is being drawn changes its parameter at every move of the pen.
        """
        replaced = {path for path, _ in new} & set(fields_of(type(self.params)))
        for change in self.run.journal:
            if change.at_update != self.update or change.path not in replaced:
                yield change

    def _take_due(self) -> tuple[tuple[str, Any], ...]:
        count = bisect_right(self._due, self.update, key=lambda change: change.at_update)
        now, self._due = self._due[:count], self._due[count:]
        changes = []
        for change in now:
            value = change.value
            if change.path in fields_of(type(self.params)):
                value = self.params.value_of(change.path, value)
                self.params = self.params.replaced({change.path: value})
            changes.append((change.path, value))
        return tuple(changes)

    def _completed(self, unit: str, before: tuple[int, ...]) -> bool:
        index = self.experiment.unit_ids.index(unit)
        return self.counts[index] > before[index]

    def _exchange(self, message: Request | None) -> Generator[Answer, None, Answer]:
        answer = self._generator.send(message)
        while answer.progress is not None:
            yield answer
            answer = self._generator.send(None)
        self.update, self.counts, self.finished = answer.update, answer.counts, answer.finished
        return answer
