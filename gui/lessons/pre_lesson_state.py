"""The state of the experiments before a lesson, to be restored when it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.contract.run import Session
from gui.form.command import FormState

if TYPE_CHECKING:
    from gui.page.experiment_page import ExperimentPage
    from gui.run.runner import Runner


@dataclass(frozen=True)
class SavedState:
    """An experiment's state: the index of its undo stack (``steps``), its parameters and seed, and its run with the
    update that it had reached, None without a run.
    """

    steps: int
    state: FormState
    session: Session | None


class PreLessonState:
    """Keeps the state that each experiment had when the lesson opened it first."""

    def __init__(self) -> None:
        self._was: dict[str, SavedState] = {}

    def remember(self, page: ExperimentPage, runner: Runner) -> None:
        """Save the state of the visible experiment, unless it was saved already."""
        if page.experiment.id in self._was:
            return
        shown, run = page.controller.snapshot, runner.run
        # Before its first frame a run is at update 0.
        session = Session(run, shown.frame.update if shown is not None else 0) if run is not None else None
        self._was[page.experiment.id] = SavedState(page.editor.undo_stack.index(), page.editor.state, session)

    def state_of(self, experiment_id: str) -> FormState | None:
        """The saved parameters and seed of an experiment; None if the lesson has not opened it."""
        was = self._was.get(experiment_id)
        return was.state if was is not None else None

    def give_back(
        self, page_of: Callable[[str], ExperimentPage], visible: ExperimentPage | None, runner: Runner
    ) -> None:
        """Restore all saved states, and forget them. ``page_of`` returns the page of an experiment, ``visible`` is the
        page shown.
        """
        was, self._was = self._was, {}
        for experiment_id, one in was.items():
            if visible is not None and visible.experiment.id == experiment_id:
                _give_back_visible(visible, runner, one)
            elif one.session is not None:
                page_of(experiment_id).controller.open_session(one.session)


def _give_back_visible(page: ExperimentPage, runner: Runner, was: SavedState) -> None:
    # Undo restores the former run with its frames, if it is still kept.
    page.editor.undo_stack.setIndex(min(was.steps, page.editor.undo_stack.count()))
    session = was.session
    if session is None:
        return
    if page.editor.state == was.state and runner.run == session.run:
        runner.seek(session.update)
    if page.editor.state != was.state or runner.run != session.run or not _stands_at(runner, session.update):
        page.controller.open_session(session)


def _stands_at(runner: Runner, update: int) -> bool:
    return runner.entry is not None and runner.entry.update == update
