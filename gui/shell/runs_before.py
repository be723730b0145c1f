"""The runs that changes have taken the place of: undo and redo bring them back as they were."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.params import Params
from gui.form.editor import ParameterEditor, Place
from gui.run.runner import Runner
from gui.run.visit import KeptRun
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


class RunsBefore:
    """Keeps the last few runs of one experiment, each at its place among the steps of undo.

    To put one away is asked for before another run begins. What is done anew after an undo drops the runs of the steps
    that are gone by that.
    """

    def __init__(self, runner: Runner, editor: ParameterEditor) -> None:
        self._runner, self._editor = runner, editor
        self._runs: list[RunBefore] = []

    def put_away(self, place: Place, ghost: Snapshot | None) -> RunBefore | None:
        """Keep the run that is open, which went on at ``place``; None where there is nothing of it yet."""
        kept = self._runner.set_aside()
        if kept is None:
            return None
        steps = self._editor.undo_stack.count()
        self._runs = [one for one in self._runs if one.place.steps <= steps][-_MOST + 1 :]
        self._runs.append(RunBefore(kept, place, ghost))
        return self._runs[-1]

    def holds(self, before: RunBefore) -> bool:
        """Whether a run is still kept."""
        return before in self._runs

    def at(self, place: Place) -> RunBefore | None:
        """The run that was left last at this place."""
        return next((one for one in reversed(self._runs) if one.place == place), None)

    def bring_back(self, before: RunBefore, params: Params) -> None:
        """Take a run up again, seen with these parameters; it is kept no more, since it is the one that is open."""
        self._runs = [one for one in self._runs if one is not before]
        self._runner.bring_back(before.kept, params)
