"""Creates the window's runner when it is first needed, and passes its signals to page, notice bar and fault report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from engine.contract.text import Text
from gui.app.faults import Faults
from gui.style.language import language
from gui.window import words

if TYPE_CHECKING:
    from engine.contract.protocol import Progress
    from gui.page.experiment_page import ExperimentPage
    from gui.run.runner import Runner
    from gui.run.timeline import TimelineEntry
    from gui.window.notice_bar import NoticeBar

_AT_REST = ("paused", "finished", "failed", "idle")


class RunnerPresenter(QObject):
    """Connects the runner of a window to the visible page: frames, state and progress; errors go to the notice bar."""

    def __init__(
        self,
        window: QObject,
        page_of: Callable[[], ExperimentPage | None],
        notice: NoticeBar,
        faults: Faults,
        before_exit: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._page_of, self._notice = window, page_of, notice
        self._faults, self._before_exit = faults, before_exit
        self._runner: Runner | None = None

    @property
    def runner(self) -> Runner:
        """The runner, created with its thread for the first visible experiment."""
        if self._runner is None:
            # Only now: NumPy comes with it, and the window is to be seen before that.
            from gui.run.runner import Runner

            self._runner = runner = Runner(self._window, before_exit=self._before_exit)
            runner.frame_changed.connect(self._frame_changed)
            runner.state_changed.connect(self._state_changed)
            runner.progressed.connect(self._progressed)
            runner.failed.connect(self._run_failed)
            runner.lost.connect(self._run_lost)
        return self._runner

    def end(self) -> None:
        """Close the runner, if there is one."""
        if self._runner is not None:
            self._runner.close()

    @Slot(object)
    def _frame_changed(self, entry: TimelineEntry) -> None:
        page = self._page_of()
        if page is not None:
            with self.runner.drawing():
                page.probe_line.show_progress(None)
                page.controller.show_entry(entry)
                if not page.loading_overlay.isHidden():
                    page.loading_overlay.lift()
                    page.room.settle()

    @Slot()
    def _state_changed(self) -> None:
        phase = self.runner.state.phase
        if phase != "lost":
            self._notice.take_back(words.LOST, words.LOST_FOR_GOOD)
        page = self._page_of()
        if page is not None:
            if phase in _AT_REST:
                # What was still on its way when the last frame was taken is told too late.
                page.probe_line.show_progress(None)
            page.controller.show_state()

    @Slot(object)
    def _progressed(self, progress: Progress | None) -> None:
        page = self._page_of()
        if page is not None:
            page.probe_line.show_progress(progress)

    @Slot(object, str)
    def _run_failed(self, sentence: Text, details: str) -> None:
        if details:  # without them it is nothing that the program did wrong
            self._faults.report(sentence.render(language()), details)
        else:
            self._notice.show_text(sentence)

    @Slot(bool)
    def _run_lost(self, another: bool) -> None:
        sentence = words.LOST if another else words.LOST_FOR_GOOD
        self._notice.show_text(sentence, remedy=(words.COMPUTE_AGAIN, self.runner.recover))
