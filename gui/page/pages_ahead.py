"""Builds the pages that are likely to be opened next, part by part while the user does nothing, and has their runs
computed up to their openings.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from gui.page.pages import Pages
from gui.run.runner import Runner

STILL = 300
"""Milliseconds without any input by keyboard or mouse before one part is built."""
_INPUT = frozenset(
    (
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate,
        QEvent.Type.Resize,
    )
)  # fmt: skip


class PagesAhead(QObject):
    """Builds requested pages while there is no user input and no run plays.

    Each turn of the event loop builds one part, such as the plots or the controls of a page, so that a user who begins
    to do something waits for one part at most. ``Pages`` closes the pages that were hidden for longest, so that the
    number of pages stays limited.
    """

    def __init__(self, pages: Pages, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._pages, self._runner = pages, runner
        self._wanted: list[str] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        if (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)

    def want(self, experiment_ids: Sequence[str]) -> None:
        """Build the pages of these experiments next, in this order; earlier requests are dropped."""
        self._wanted = [*experiment_ids]
        self._timer.start(STILL)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be built or computed."""
        return not self._wanted and not self._runner.is_preparing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self._timer.isActive():
            self._timer.start(STILL)
        return False

    @Slot()
    def _go_on(self) -> None:
        """Build one part, unless a run plays or its first frame has not arrived."""
        if not self._wanted:
            return
        if not self._runner.is_settled or self._runner.state.phase == "running":
            self._timer.start(STILL)
            return
        try:
            is_more = self._pages.build_part(self._wanted[0])
        except Exception:  # whatever keeps a page from being built is told when somebody opens it
            is_more = False
        if not is_more:
            page = self._pages.there(self._wanted.pop(0))
            if page is not None:
                page.controller.prepare()
        self._timer.start(0)
