"""The runs that were replaced after a change of parameters, which undo and redo restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.contract.experiment import Experiment
from engine.contract.frame import required
from engine.contract.params import Params
from engine.contract.run import Shelved
from engine.contract.text import Text
from gui.form.editor import ParameterEditor, UndoPosition
from gui.page.ghost import Ghost
from gui.page.headline import Headline
from gui.run.open_run import KeptRun
from gui.run.runner import Runner
from gui.stage.snapshot import Snapshot

_MOST = 8
WORTH_A_WORD = 10.0
"""Seconds of computing above which the headline mentions that a run was put away."""


@dataclass(frozen=True, eq=False)
class RunBefore:
    """A replaced run, its position in the editor's undo stack, and the ghost it was compared with."""

    kept: KeptRun
    place: UndoPosition
    ghost: Ghost | None


class RunHistory:
    """Keeps the last few replaced runs of one experiment, each at its position in the undo stack.

    A run is put away (kept here) before another one begins. A new change after an undo drops the runs of the discarded
    steps. ``stands_at`` is the position at which the open run was restored, None if it was not; ``offered`` is the run
    that the headline's button restores.
    """

    def __init__(self, runner: Runner, editor: ParameterEditor) -> None:
        self._runner, self._editor = runner, editor
        self._runs: list[RunBefore] = []
        self.stands_at: UndoPosition | None = None
        self.offered: RunBefore | None = None
        self._last: RunBefore | None = None

    def put_away(self, place: UndoPosition, ghost: Ghost | None) -> None:
        """Keep the open run, if it has entries, with its undo position ``place`` and its ghost.

        During a drag, which may restart the run many times, only the run from before it is kept.
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
        """The run offered, if it is still kept and was long enough to be worth mentioning; None otherwise."""
        offered = self.offered
        is_long = offered is not None and offered.kept.seconds > WORTH_A_WORD
        return offered if is_long and offered in self._runs else None

    @property
    def last(self) -> RunBefore | None:
        """The last replaced run that had played on beyond its first pause; None if there is none or it is not kept any
        more.
        """
        return self._last if self._last in self._runs else None

    def at(self, place: UndoPosition) -> RunBefore | None:
        """The last run put away at this position; None if there is none."""
        return next((one for one in reversed(self._runs) if one.place == place), None)

    def with_moment(self, moment: Shelved) -> RunBefore | None:
        """The last run put away that contains a pinned moment (a run up to an update); None if there is none."""
        return next((one for one in reversed(self._runs) if one.kept.has(moment)), None)

    def bring_back(self, before: RunBefore, params: Params) -> None:
        """Restore a run with the view parameters of ``params``, and remove it from here, since it is open now."""
        self._runs = [one for one in self._runs if one is not before]
        self.stands_at, self.offered = self._editor.place, None
        self._runner.bring_back(before.kept, params)

    def _kept(self, place: UndoPosition, ghost: Ghost | None) -> RunBefore | None:
        kept = self._runner.set_aside()
        if kept is None:
            return None
        steps = self._editor.undo_stack.count()
        self._runs = [one for one in self._runs if one.place.steps <= steps][-_MOST + 1 :]
        self._runs.append(RunBefore(kept, place, ghost))
        return self._runs[-1]


STEP = Text("{path} by hand")


class RunEditCommand:
    """Part of an undo step: a value of the run's state that was set by hand; ``put(path, value)`` sets it.

    During a drag ``after`` is updated, so that a drag is one step.
    """

    def __init__(self, put: Callable[[str, object], None], path: str, before: object, after: object) -> None:
        self._put = put
        self.path, self.before, self.after = path, before, after

    def undo(self) -> None:
        """Set the old value."""
        self._put(self.path, self.before)

    def redo(self) -> None:
        """Set the new value."""
        self._put(self.path, self.after)


class RunEdits:
    """Sets values of the run's state by hand, such as a single weight, and shows that in the headline.

    ``shown`` returns the snapshot on the stage, None while the page is hidden or has none.
    """

    def __init__(
        self,
        experiment: Experiment,
        runner: Runner,
        editor: ParameterEditor,
        headline: Headline,
        shown: Callable[[], Snapshot | None],
    ) -> None:
        self._experiment, self._runner, self._editor = experiment, runner, editor
        self._headline, self._shown = headline, shown
        self._putting: RunEditCommand | None = None
        self._not_drawn_yet: dict[str, object] = {}

    def put_in(self, path: str, value: object) -> None:
        """Set the value at ``path`` in the run's state and journal, and show that in the headline. It is an undo step,
        or during a drag part of the drag's step; after a restart of the run that step does nothing.
        """
        value, shown = self._experiment.checked_change(path, value), self._shown()
        before = self._experiment.value_at(shown.params, shown.frame, path) if shown else None
        before = self._not_drawn_yet.get(path, before)
        self._put(path, value)
        if self._putting is not None and self._putting.path == path:
            self._putting.after = value
        elif before is not None:
            self._putting = RunEditCommand(self._editor.put_again.emit, path, before, value)
            self._editor.add_step(STEP(path=path), self._putting)

    def let_go(self) -> None:
        """End the drag; the next value set is an undo step of its own."""
        self._putting = None

    def was_drawn(self) -> None:
        """Note that the frame shown contains all values that were set."""
        self._not_drawn_yet = {}

    def _put(self, path: str, value: object) -> None:
        shown = self._shown()
        said = shown and self._experiment.place_change(shown.params, shown.frame, path, value)
        self._not_drawn_yet[path] = value
        self._runner.change(path, value)
        entry = self._runner.entry
        if said and entry is not None:
            self._headline.show_by_hand(said, entry.label)

    def put_again(self, path: str, value: object) -> None:
        """Set the value at ``path`` for undo or redo, if the run has a change at that path."""
        if self._shown() is None:
            return
        known = {*self._not_drawn_yet, *(change.path for change in required(self._runner.run).journal)}
        if path in known:
            self._put(path, self._experiment.checked_change(path, value))
