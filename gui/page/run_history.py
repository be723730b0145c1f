"""The runs that changes have taken the place of: undo and redo bring them back as they were."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.params import Params
from engine.contract.run.run import Shelved
from gui.form.editor import ParameterEditor, Place
from gui.run.open_run import KeptRun
from gui.run.runner import Runner
from gui.stage.view import Snapshot

_MOST = 8
WORTH_A_WORD = 10.0
"""Seconds of work from which on it is said that a run was put away."""


@dataclass(frozen=True, eq=False)
class RunBefore:
    """A run, where the editor stood while it went on, and the picture that it was compared with."""

    kept: KeptRun
    place: Place
    ghost: Snapshot | None


class RunHistory:
    """Keeps the last few runs of one experiment, each at its place among the steps of undo.

    To put one away is asked for before another run begins. What is done anew after an undo drops the runs of the steps
    that are gone by that. ``stands_at`` is the place at which the run that is open was brought back, if it was;
    ``offered`` is the one that a press brings back.
    """

    def __init__(self, runner: Runner, editor: ParameterEditor) -> None:
        self._runner, self._editor = runner, editor
        self._runs: list[RunBefore] = []
        self.stands_at: Place | None = None
        self.offered: RunBefore | None = None
        self._last: RunBefore | None = None

    def put_away(self, place: Place, ghost: Snapshot | None) -> None:
        """Keep the run that is open, which went on at ``place``, where there is something of it already.

        Within a gesture only the run from before it is kept.
        """
        self.stands_at = None
        if place.steps == self._editor.place.steps and place != self._editor.place:
            return
        before = self._kept(place, ghost)
        # A long run stays on offer while short ones come and go.
        is_long = before is not None and before.kept.seconds > WORTH_A_WORD
        if is_long or self.offered not in self._runs:
            self.offered = before
        if before is not None and before.kept.went_on:
            self._last = before

    @property
    def worth_a_word(self) -> RunBefore | None:
        """The run on offer, if it is still kept and took so long that it is to be spoken of."""
        offered = self.offered
        is_long = offered is not None and offered.kept.seconds > WORTH_A_WORD
        return offered if is_long and offered in self._runs else None

    @property
    def last(self) -> RunBefore | None:
        """The run that was left last, if it is still kept, of those that had gone beyond where they first waited."""
        return self._last if self._last in self._runs else None

    def at(self, place: Place) -> RunBefore | None:
        """The run that was left last at this place."""
        return next((one for one in reversed(self._runs) if one.place == place), None)

    def with_moment(self, moment: Shelved) -> RunBefore | None:
        """The run that was left last in which a moment lies."""
        return next((one for one in reversed(self._runs) if one.kept.has(moment)), None)

    def bring_back(self, before: RunBefore, params: Params) -> None:
        """Take a run up again, seen with these parameters; it is kept no more, since it is the one that is open."""
        self._runs = [one for one in self._runs if one is not before]
        self.stands_at, self.offered = self._editor.place, None
        self._runner.bring_back(before.kept, params)

    def _kept(self, place: Place, ghost: Snapshot | None) -> RunBefore | None:
        kept = self._runner.set_aside()
        if kept is None:
            return None
        steps = self._editor.undo_stack.count()
        self._runs = [one for one in self._runs if one.place.steps <= steps][-_MOST + 1 :]
        self._runs.append(RunBefore(kept, place, ghost))
        return self._runs[-1]
