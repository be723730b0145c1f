"""Self-check: opens every experiment in the window, runs it, shows its code, and reports the result."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from engine.contract.text import Text, enumerated, untranslated
from gui.window.main_window import MainWindow

LONGEST_OPENING = 60.0
"""Seconds that an experiment may take to show its first frame, even on a slow machine."""
_PULSE = 20
_NOT_OPENED = Text("no picture after {seconds:.0f} s")
_NOT_MOVED = Text("it does not run")
_NO_CODE = Text("no code is shown")


@dataclass(frozen=True)
class Seen:
    """What the self-check found in one experiment: seconds until it ``opened``, number of ``frames`` shown during its
    run, number of functions (``sources``) listed in the panel Code.

    ``faults`` is empty if all is well.
    """

    experiment: str
    opened: float
    frames: int
    sources: int
    faults: tuple[Text, ...]

    @property
    def sentence(self) -> Text:
        """The result as one line to be printed."""
        if self.faults:
            return Text("{name}: {faults}")(name=self.experiment, faults=enumerated(self.faults))
        return Text("{name}: opened, {frames} frames, {sources} functions")(
            name=self.experiment, frames=self.frames, sources=self.sources
        )


class SelfCheck(QObject):
    """Checks these experiments one after the other, each for ``seconds``, beginning as soon as it is created; calls
    ``told`` with each result, and closes the window after the last.
    """

    def __init__(
        self, window: MainWindow, experiments: Sequence[str], seconds: float, told: Callable[[Seen], None]
    ) -> None:
        super().__init__(window)
        self._window, self._seconds, self._told = window, seconds, told
        self._frames = 0
        self._complaints = _Complaints()
        logging.getLogger().addHandler(self._complaints)
        self._course = self._through(experiments)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(_PULSE)

    @Slot(object)
    def _count(self, _: object) -> None:
        self._frames += 1

    def _go_on(self) -> None:
        if next(self._course, self) is self:
            self._timer.stop()
            logging.getLogger().removeHandler(self._complaints)
            self._window.close()

    def _through(self, experiments: Sequence[str]) -> Generator[None]:
        """Check the experiments step by step; each yield lets the event loop run."""
        for name in experiments:
            try:
                yield from self._look_at(name)
            except Exception as error:  # such as a library that cannot be loaded: the others are looked at all the same
                said = untranslated(f"{type(error).__name__}: {error}".partition("\n")[0])
                self._told(Seen(name, 0.0, 0, 0, (said,)))

    def _look_at(self, name: str) -> Generator[None]:
        self._complaints.texts.clear()
        began = monotonic()
        self._window.show_experiment(name)
        page = self._window.page
        assert page is not None
        self._window.runner.frame_changed.connect(self._count, Qt.ConnectionType.UniqueConnection)
        while page.controller.snapshot is None and monotonic() - began < LONGEST_OPENING:
            yield
        opened = monotonic() - began
        faults = [] if page.controller.snapshot is not None else [_NOT_OPENED(seconds=opened)]
        self._frames = 0
        runs = not faults and page.experiment.has_course(page.editor.params)
        if runs:
            page.controller.toggle()
        page.panels.show_panel(page.panels.code)
        # A slow machine may need longer until the second picture; how many there are then says little.
        while monotonic() - began - opened < (self._seconds if self._frames or not runs else LONGEST_OPENING):
            yield
        if runs and self._window.runner.state.phase not in ("paused", "finished", "idle"):
            page.controller.toggle()
        if runs and not self._frames:
            faults.append(_NOT_MOVED)
        sources = page.panels.code.shown
        if not sources:
            faults.append(_NO_CODE)
        faults += [untranslated(text) for text in dict.fromkeys(self._complaints.texts)]
        self._told(Seen(name, opened, self._frames, sources, tuple(faults)))


class _Complaints(logging.Handler):
    """Log handler that collects warnings and errors, which count as faults of the experiment being checked."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "propagateSizeHints" in record.getMessage():  # what Qt says of every window without a screen
            return
        self.texts.append(" ".join(record.getMessage().split())[:200])
