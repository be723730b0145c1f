"""Plays a run: sends requests to its generator and puts the journal's changes in at their updates."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Iterator
from typing import Any

from engine.contract.experiment import Amount, Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params, fields_of
from engine.contract.protocol import Answer, Request
from engine.contract.run import Change, Run

NO_LIMIT = 10**12


class Player:
    """One run being played. ``params`` are the parameters as of now, live changes included.

    ``run`` gains every change that is put in, so that it always replays to where the player stands.
    """

    def __init__(self, experiment: Experiment, run: Run) -> None:
        self.experiment = experiment
        self.run = run
        self.params: Params = run.params
        self.update = 0
        self.counts: tuple[int, ...] = (0,) * len(experiment.units)
        self.finished = False
        self._generator = experiment.start(run.params, run.seed)
        self._due = list(run.journal)
        self._begun = False

    def answers(self, request: Request) -> Iterator[Answer]:
        """The answers to one request: any number with progress, the last without.

        A change due at an update is put in as soon as that update is reached, before a frame is made. Leaving the
        iteration early leaves the request unfinished; only closing the player is sensible then.
        """
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
        answer = yield from self._exchange(Request(0, None, self._take_due(), request.frame, request.heavy))
        yield answer

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

    def change(self, path: str, value: Any) -> None:
        """Put a live change in now."""
        for _ in self.answers(Request(0, changes=((path, value),), frame=False)):
            pass

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
        now = [change for change in self._due if change.at_update <= self.update]
        self._due = self._due[len(now) :]
        changes = []
        for change in now:
            value = change.value
            if change.path in fields_of(type(self.params)):
                value = getattr(type(self.params).from_json({change.path: value}), change.path)
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
