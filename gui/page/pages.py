"""The pages of experiments: a page hidden for long is closed, and created again with its state when it is shown."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Generator
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from engine.contract.catalogue import load
from engine.contract.run import Run
from gui.form.editor import ParameterEditor
from gui.run.runner import Runner
from gui.style.appearance import let_rest

if TYPE_CHECKING:
    from gui.page.experiment_page import ExperimentPage, Parts
    from gui.page.last_parameters import LastParameters

KEPT = 8
"""Maximum number of pages; each takes 11 MB and 480 widgets, all of which a change of theme or zoom goes through."""
UNSEEN = 600.0
"""Seconds after which a hidden page is closed, however few pages there are."""
_BUILT = object()
_SLICE = 0.005
"""Seconds per turn of the event loop in which the widgets of a page that is built ahead are styled."""
_PAUSE = 1000
"""Milliseconds from showing a page until another one is closed, so that showing it does not wait for that."""


class Pages(QObject):
    """Creates an experiment's page when it is shown first, or again after it was closed.

    Only the widgets are closed. The runner keeps the run, the editor parameters and undo, and the state of the page's
    parts is given to the page that replaces it; a page that would lose something stays open. ``gone(id)`` is emitted
    when a page was closed.
    """

    gone = Signal(str)

    def __init__(self, runner: Runner, left_as: LastParameters, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._runner, self._left_as = runner, left_as
        self._pages: dict[str, ExperimentPage] = {}
        self._editors: dict[str, ParameterEditor] = {}
        self._left: dict[str, tuple[ParameterEditor, tuple[Any, ...]]] = {}
        self._unseen_since: dict[str, float] = {}
        self._begun: tuple[str, Generator[None, None, None]] | None = None
        self._shown: str | None = None
        self._has_let_go = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def page(self, experiment_id: str) -> ExperimentPage:
        """The page of an experiment, created if necessary."""
        if self._begun is not None and self._begun[0] == experiment_id:
            _, rest = self._begun
            self._begun = None
            for _ in rest:
                pass
        if experiment_id not in self._pages:
            self._make(experiment_id, None)
        return self._pages[experiment_id]

    def build_part(self, experiment_id: str) -> bool:
        """Build the next part of the page of an experiment that is not open yet; returns whether there is more to be
        built. ``page`` finishes a page that was begun so.
        """
        if self._begun is None or self._begun[0] != experiment_id:
            if experiment_id in self._pages:
                return False
            self._begun = experiment_id, self._building(experiment_id)
        begun, self._begun = self._begun, None
        if next(begun[1], _BUILT) is _BUILT:
            return False
        self._begun = begun
        return True

    def _building(self, experiment_id: str) -> Generator[None, None, None]:
        from gui.page.experiment_page import building

        experiment = load(experiment_id)
        yield
        is_back = experiment_id in self._left
        editor = self._left[experiment_id][0] if is_back else self._editor(experiment_id)
        holder = QWidget(self._window)
        holder.hide()
        try:
            parts = yield from building(experiment, editor, holder)
            yield
            page = self._make(experiment_id, parts)
            page.setParent(self._window)
        finally:  # with what no page took, where another page was wanted meanwhile or the window has ended
            if isValid(holder):
                holder.deleteLater()
        self._unseen_since[experiment_id] = perf_counter()
        self._timer.start(_PAUSE)
        yield
        if self._shown is not None:
            page.resize(self._pages[self._shown].size())
        page.panels.guide.build()
        yield
        ended = perf_counter() + _SLICE
        for widget in page.findChildren(QWidget):
            widget.ensurePolished()
            if perf_counter() > ended:
                yield
                ended = perf_counter() + _SLICE
        let_rest(page)

    def _make(self, experiment_id: str, parts: Parts | None) -> ExperimentPage:
        # Imported here, because it brings pyqtgraph: the window is to be seen before that.
        from gui.page.experiment_page import ExperimentPage

        experiment = load(experiment_id)
        if experiment_id in self._left:
            editor, state = self._left.pop(experiment_id)
            page = ExperimentPage(experiment, self._runner, editor, parts)
            page.take_state(state)
        else:
            page = ExperimentPage(experiment, self._runner, self._editor(experiment_id), parts)
            del self._editors[experiment_id]
        self._pages[experiment_id] = page
        return page

    def begin(self, experiment_id: str, leave: Callable[[], object]) -> None:
        """Start the first run of an experiment of the shape "run" (a training or descent) before its page is created.
        The companion process computes the run while this process creates the page.

        Does nothing for other experiments, or if there is or was a page. ``leave`` is called first; it makes the
        visible page leave the runner.
        """
        if experiment_id in self._pages or experiment_id in self._left or load(experiment_id).shape != "run":
            return
        leave()
        editor = self._editor(experiment_id)
        self._runner.open(load(experiment_id), Run(experiment_id, editor.params, editor.seed))

    def _editor(self, experiment_id: str) -> ParameterEditor:
        """The parameter editor of an experiment without a page, created if necessary."""
        if experiment_id not in self._editors:
            experiment = load(experiment_id)
            left = self._left_as.state_of(experiment)
            self._editors[experiment_id] = ParameterEditor(experiment, left.params, left.seed)
        return self._editors[experiment_id]

    def there(self, experiment_id: str | None) -> ExperimentPage | None:
        """The page of an experiment; None if there is none at present."""
        return self._pages.get(experiment_id) if experiment_id is not None else None

    def show(self, experiment_id: str) -> None:
        """Note that this experiment's page is the visible one; the one before counts as hidden from now on."""
        if self._shown is not None:
            self._unseen_since[self._shown] = perf_counter()
        self._shown = experiment_id
        self._unseen_since.pop(experiment_id, None)
        if not self._timer.isActive() or self._timer.remainingTime() > _PAUSE:
            self._timer.start(_PAUSE)

    def let_go(self, experiment_id: str) -> None:
        """Close a hidden page, and keep its state."""
        page = self._pages.pop(experiment_id)
        self._unseen_since.pop(experiment_id, None)
        self._left[experiment_id] = page.editor, page.state()
        page.editor.setParent(self)
        page.hide()
        page.setParent(None)
        page.deleteLater()
        self._has_let_go = True
        self.gone.emit(experiment_id)

    def forget(self, experiment_id: str) -> None:
        """Close the hidden page of an experiment that no longer exists, and drop its state."""
        if self._begun is not None and self._begun[0] == experiment_id:
            self._begun = None
        if experiment_id in self._pages:
            self.let_go(experiment_id)
        editors = [*self._left.pop(experiment_id, ())[:1], self._editors.pop(experiment_id, None)]
        for editor in editors:
            if editor is not None:
                editor.deleteLater()

    def _look(self) -> None:
        """Close the page that was hidden for longest, if there are more than ``KEPT`` or it was hidden for ``UNSEEN``
        seconds, and schedule the next check.
        """
        if self._has_let_go:
            # Now, since the widgets of a page go only after it has been let go.
            self._has_let_go = False
            give_memory_back()
        free = [one for one in self._unseen_since if self._pages[one].may_go]
        if not free:
            return
        left = 0.0 if len(self._pages) > KEPT else UNSEEN - (perf_counter() - self._unseen_since[free[0]])
        if left <= 0:
            self.let_go(free[0])
            left = 0.0
        self._timer.start(max(_PAUSE, round(left * 1000)))


def give_memory_back() -> None:
    """Make the C library return free memory to the system: 90 MB of 380 after pages of all experiments were closed."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # that of glibc; others give it back by themselves
        if trim is not None:
            trim(0)
