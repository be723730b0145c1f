"""The real window on the screen, 1366 × 768, with settings of its own, and instruments that watch it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, Slot

from engine.contract.catalogue import chapters, entries
from engine.contract.params import Params
from gui.app.faults import Faults
from gui.app.plain_imports import skip_source_reading
from gui.app.settings import Settings
from gui.page.experiment_page import ExperimentPage
from gui.run.display import DISPLAY_INTERVAL
from gui.style.running import running_application
from gui.style.theme import apply_to
from gui.window.main_window import MainWindow

SIZE = (1366, 768)
EXPERIMENT_IDS = [entry.id for entry in entries()]
OF_EACH_CHAPTER = [chapter.entries[0].id for chapter in chapters()]


class Show:
    """The window with one experiment, at its opening if ``wait``; to be ended by ``close``."""

    def __init__(self, experiment_id: str, wait: bool = True) -> None:
        skip_source_reading()
        self.application = running_application([])
        apply_to(self.application)
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        self.window = MainWindow(Settings(folder / "layerwise.ini"), Faults(folder / "layerwise.log"))
        self.window.resize(*SIZE)
        self.window.show()
        self.runner = self.window.runner
        self.open(experiment_id, wait)

    def open(self, experiment_id: str, wait: bool = True) -> None:
        """Show an experiment and wait until its opening is painted."""
        self.window.show_experiment(experiment_id)
        self.painting = Painting(self)
        if not wait:
            return
        self.wait_until(lambda: self.runner.entry is not None and self.runner.is_settled)
        self.let_go_for(0.3)

    @property
    def page(self) -> ExperimentPage:
        """The page of the experiment that is shown."""
        page = self.window.page
        assert page is not None
        return page

    @property
    def params(self) -> Params | None:
        """The parameters of the frame shown."""
        snapshot = self.page.controller.snapshot
        return snapshot.params if snapshot is not None else None

    def wait_until(self, condition: Callable[[], bool], timeout: float = 30.0) -> None:
        """Run the event loop until ``condition()`` is True; RuntimeError after ``timeout`` seconds."""
        end = perf_counter() + timeout
        while not condition():
            self.let_go_for(0.002)  # asking all the time would keep the interpreter from the other threads
            if perf_counter() > end:
                raise RuntimeError("the window did not come to what was waited for")

    def let_go_for(self, seconds: float) -> None:
        """Run the event loop for a while."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start(round(seconds * 1000))
        loop.exec()

    def close(self) -> None:
        """Close the window and end its processes."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
        self._folder.cleanup()


class Painting(QObject):
    """Records when the stage was painted with a new frame."""

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show
        self._drawn = self._painted = 0
        self.times: list[float] = []
        self._params: list[Params | None] = []
        show.runner.frame_changed.connect(self.drawn)
        self._port = show.page.view.stage.viewport()
        self._port.installEventFilter(self)

    @Slot()
    def drawn(self) -> None:
        """Note that the stage got something new to paint."""
        self._drawn += 1

    def clear(self) -> None:
        """Forget all recorded paintings."""
        self.times.clear()
        self._params.clear()

    def first_with(self, params: Params) -> float | None:
        """When something with these parameters was first painted; None if it was not."""
        return next((at for at, painted in zip(self.times, self._params, strict=True) if painted == params), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._painted != self._drawn:
            self._painted = self._drawn
            # After the event, and the flush to the screen that follows it.
            QTimer.singleShot(0, self, self._note)
        return False

    @Slot()
    def _note(self) -> None:
        self.times.append(perf_counter())
        self._params.append(self._show.params)

    def intervals(self, show: Show, seconds: float) -> np.ndarray:
        """Milliseconds between paintings, recorded for ``seconds``."""
        self.clear()
        show.let_go_for(seconds)
        return np.diff(self.times) * 1000


class Redrawing(QObject):
    """Repaints the same frame at the display's rate, without any computation."""

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._redraw)
        self._timer.start(DISPLAY_INTERVAL)

    def stop(self) -> None:
        """Stop repainting."""
        self._timer.stop()

    @Slot()
    def _redraw(self) -> None:
        entry = self._show.runner.entry
        if entry is not None:
            self._show.page.controller.show_entry(entry)
        self._show.page.view.stage.viewport().update()
        self._show.painting.drawn()


class Gaps(QObject):
    """Measures how long the event loop is blocked, with a timer of two milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self._times: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start(2)

    @Slot()
    def _note(self) -> None:
        self._times.append(perf_counter())

    def stop(self) -> np.ndarray:
        """Stop, and return the milliseconds between the timer's events."""
        self._timer.stop()
        return np.diff(self._times) * 1000
