"""Stores what was done in a guide, and opens what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.learner.learner import Learner

if TYPE_CHECKING:
    from gui.learner.goal_strip import GoalStrip
    from gui.page.experiment_page import ExperimentPage
    from gui.panels.derivations.derive_panel import DerivePanel
    from gui.panels.exercises.write_panel import WritePanel
    from gui.panels.guide.guide_panel import GuidePanel
    from gui.panels.guide.try_row import JudgedAnswer
    from gui.run.runner import Runner


class GuideProgress(QObject):
    """Connects the guides of a window's pages to the learner's progress. ``experiment_wanted(id)``,
    ``overview_wanted()`` and, at the end of a chapter, ``chapter_ended(number)`` ask to open what comes next.
    """

    experiment_wanted = Signal(str)
    overview_wanted = Signal()
    chapter_ended = Signal(int)

    def __init__(
        self,
        window: QObject,
        runner_of: Callable[[], Runner],
        page_of: Callable[[], ExperimentPage | None],
        learner: Learner,
    ) -> None:
        super().__init__(window)
        self._runner_of, self._page_of, self._learner = runner_of, page_of, learner
        self._guides: dict[str, GuidePanel] = {}
        self._strips: dict[str, GoalStrip] = {}
        self._served: set[str] = set()
        learner.changed.connect(self._mark)

    def serve(self, page: ExperimentPage) -> None:
        """Show the stored progress in a page and store further progress; connects each page only once."""
        experiment_id, guide = page.experiment.id, page.panels.guide
        if experiment_id in self._guides:
            return
        self._guides[experiment_id], self._strips[experiment_id] = guide, page.goal_strip
        self._mark_in(experiment_id)
        strip = page.goal_strip
        strip.reached.connect(lambda goal: self._learner.reach(guide.progress_key, goal, strip.setting))
        strip.hinted.connect(lambda goal, count: self._learner.read_hint(guide.progress_key, goal, count))
        guide.try_followed.connect(lambda key, answer: self._followed(guide.progress_key, key, answer))
        guide.source_chosen.connect(self._mark)
        guide.next_chosen.connect(self._go_on)
        guide.chapter_ended.connect(self.chapter_ended)
        page.panels.writing_begun.connect(lambda panel: self._serve_writing(experiment_id, panel))
        page.panels.deriving_begun.connect(lambda panel: self._serve_deriving(experiment_id, panel))
        if experiment_id not in self._served:
            # A page that replaces another takes over its editor, which is connected already.
            self._served.add(experiment_id)
            page.editor.changed.connect(lambda *_: self._touched(experiment_id))
        self._runner_of().state_changed.connect(self._state_changed, Qt.ConnectionType.UniqueConnection)

    @Slot(str)
    def forget(self, experiment_id: str) -> None:
        """Forget the page of this experiment, which was closed, so that its next page will be connected."""
        self._guides.pop(experiment_id, None)
        self._strips.pop(experiment_id, None)

    def look_for_guides(self) -> None:
        """Let all pages look again which further guides their experiments have, such as after a pack was added."""
        for guide in self._guides.values():
            guide.look_for_guides()
        self._mark()

    def _serve_writing(self, experiment_id: str, panel: WritePanel) -> None:
        """Show the code written in earlier sessions, and store what is written."""
        learner = self._learner
        ids = {one.id for one in (*panel.at_work.exercises, *panel.exercises)}
        sources = {one: learner.source(one) for one in ids}
        right = {one: learner.right_source(one) for one in ids}
        panel.set_known(
            {name: source for name, source in sources.items() if source is not None},
            {name: source for name, source in right.items() if source is not None},
            set(learner.progress(experiment_id).read),
            learner.versions,
        )
        panel.kept.connect(learner.keep_source)
        panel.checked.connect(lambda exercise: learner.check(experiment_id, exercise))
        panel.passed.connect(lambda exercise, source: self._passed(experiment_id, exercise, source))
        panel.place_wanted.connect(self.experiment_wanted)
        panel.lines_ordered.connect(lambda exercise: learner.order_lines(experiment_id, exercise))
        panel.answer_read.connect(lambda exercise: learner.read_answer(experiment_id, exercise))

    def _serve_deriving(self, experiment_id: str, panel: DerivePanel) -> None:
        """Show the lines derived in earlier sessions, and store further ones."""
        learner = self._learner
        panel.set_known(learner.progress(experiment_id).lines)
        panel.line_stands.connect(lambda key, typed: learner.keep_line(experiment_id, key, typed))
        panel.derived.connect(lambda derivation: learner.derive(experiment_id, derivation))
        panel.begun_anew.connect(lambda derivation: learner.forget_lines(experiment_id, derivation))

    def _passed(self, experiment_id: str, exercise: str, source: str) -> None:
        self._learner.keep_right_source(exercise, source)
        self._learner.write(experiment_id, exercise)

    def _followed(self, experiment_id: str, key: str, answer: JudgedAnswer | None) -> None:
        if answer is None:
            self._learner.follow(experiment_id, [key])
        else:
            self._learner.answer(experiment_id, key, answer.right, given=answer.given, followed=True)

    @Slot()
    def _state_changed(self) -> None:
        page = self._page_of()
        if page is not None and self._runner_of().state.phase in ("running", "stepping"):
            self._touched(page.experiment.id)

    def _touched(self, experiment_id: str) -> None:
        # A drag changes something sixty times a second, and only the first time is new.
        if not self._learner.progress(experiment_id).touched:
            self._learner.touch(experiment_id)

    def _mark(self) -> None:
        for experiment_id in self._guides:
            self._mark_in(experiment_id)

    def _mark_in(self, experiment_id: str) -> None:
        """Show the stored progress in the guide and the goal of one experiment."""
        guide = self._guides[experiment_id]
        progress = self._learner.progress(guide.progress_key)
        guide.set_followed(progress.followed)
        guide.set_given({key: one.given for key, one in progress.questions.items() if one.given is not None})
        self._strips[experiment_id].set_reached(progress.goals)

    @Slot(str)
    def _go_on(self, experiment_id: str) -> None:
        """Ask for the next experiment, or, after the last one, for the overview."""
        if experiment_id:
            self.experiment_wanted.emit(experiment_id)
        else:
            self.overview_wanted.emit()
