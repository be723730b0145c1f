"""Places of the run that are changed by hand, such as a weight, each a step of undo."""

from __future__ import annotations

from collections.abc import Callable

from engine.contract.experiment import Experiment
from engine.contract.required import required
from engine.contract.text.text import Text
from gui.form.editor import ParameterEditor
from gui.page.headline import Headline
from gui.run.runner import Runner
from gui.stage.snapshot import Snapshot

STEP = Text("{path} by hand")


class RunEditCommand:
    """What stood at a place of the run and what was put there; ``put(path, value)`` puts something there.

    As long as the hand moves on, ``after`` follows it, so that a drag is one step.
    """

    def __init__(self, put: Callable[[str, object], None], path: str, before: object, after: object) -> None:
        self._put = put
        self.path, self.before, self.after = path, before, after

    def undo(self) -> None:
        """Put back what was there."""
        self._put(self.path, self.before)

    def redo(self) -> None:
        """Put in again what was put there."""
        self._put(self.path, self.after)


class RunEdits:
    """Puts values into places of the run where it stands, and has the headline say so.

    ``shown`` is the snapshot on the stage of the experiment's page, None while that is hidden or has none.
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
        """Change a place of the run, where it stands; that is in its journal, and the headline says so. It is a step of
        undo, all of a drag one; one of a run that was begun anew since does nothing.
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
        """What is put in next is a step of its own."""
        self._putting = None

    def was_drawn(self) -> None:
        """The stage shows everything that was put in."""
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
        """Undo and redo: of a run that knows of no such change they are none."""
        if self._shown() is None:
            return
        known = {*self._not_drawn_yet, *(change.path for change in required(self._runner.run).journal)}
        if path in known:
            self._put(path, self._experiment.checked_change(path, value))
