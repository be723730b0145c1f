"""Computes the result of a try in the background."""

from __future__ import annotations

import threading
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from engine.contract.experiment import Experiment
from engine.contract.run import Run
from engine.contract.text import Refused
from engine.guides.guide import Try, Verdict, checking
from engine.guides.tries import Checking

_SLICE = 0.008
"""Seconds for which a slice goes on computing steps."""
_WAIT = 0.012
"""The most seconds that the window waits for a slice: a single step may take longer."""
_APART = 15
"""Milliseconds between two checks whether a longer step has ended."""


class TryChecker(QObject):
    """Computes one try at a time, in slices; emits ``judged(try, verdict)``, with the frame it is compared with.
    ``refused(text)`` is emitted instead if it cannot be computed, for example because its data is missing. Each slice
    is computed on a worker thread, for which the window waits as long as a slice usually takes: taking turns, neither
    slows the other down, and one long step, such as a numerical gradient, does not block the window.
    """

    judged = Signal(object, object)
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: _Work | None = None
        self._left: list[_Work] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_on)

    @property
    def is_checking(self) -> bool:
        """Whether the result of a try is being computed."""
        return self._work is not None

    @property
    def is_at_work(self) -> bool:
        """Whether a step is being computed, possibly of a cancelled try."""
        self._left = [work for work in self._left if work.is_busy]
        return bool(self._left) or (self._work is not None and self._work.is_busy)

    def check(self, experiment: Experiment, asked: Try, current: Run | None = None) -> None:
        """Start computing this try, and cancel the one before; ``current`` is the base of a ``try+:``."""
        self.forget()
        self._work = _Work(asked, checking(experiment, asked, current, compare=True))
        self._timer.start(0)

    def forget(self) -> None:
        """Cancel the computation; the result of a running step is ignored."""
        self._timer.stop()
        if self._work is not None:
            work, self._work = self._work, None
            work.leave()
            self._left = [one for one in (*self._left, work) if one.is_busy]

    def _check_on(self) -> None:
        work = self._work
        if work is None:
            return
        if not work.goes_on():
            self._timer.start(_APART if work.is_busy else 0)
            return
        self.forget()
        if work.refusal is not None:
            self.refused.emit(work.refusal.text)
        elif work.error is not None:
            raise work.error
        else:
            self.judged.emit(work.asked, work.verdict)


class _Work:
    """The steps of one try, and their result: a ``verdict``, a ``refusal`` or an ``error``."""

    def __init__(self, asked: Try, steps: Checking) -> None:
        self.asked = asked
        self.verdict: Verdict | None = None
        self.refusal: Refused | None = None
        self.error: Exception | None = None
        self._steps = steps
        self._thread: threading.Thread | None = None
        self._is_done = self._is_left = False

    @property
    def is_busy(self) -> bool:
        """Whether a slice is being computed."""
        return self._thread is not None and self._thread.is_alive()

    def goes_on(self) -> bool:
        """Start a slice and wait for it, or check one that takes longer; True once all steps are done."""
        if not self.is_busy and not self._is_done:
            self._thread = threading.Thread(target=self._slice, name="try", daemon=True)
            self._thread.start()
            self._thread.join(_WAIT)
        return self._is_done and not self.is_busy

    def leave(self) -> None:
        """Cancel the work, and close its generator as soon as no step is being computed."""
        self._is_left = True
        if not self.is_busy:
            self._steps.close()

    def _slice(self) -> None:
        ends = perf_counter() + _SLICE
        try:
            while perf_counter() < ends and not self._is_left:
                next(self._steps)
        except StopIteration as stop:
            self.verdict, self._is_done = stop.value, True
        except Refused as refusal:
            self.refusal, self._is_done = refusal, True
        except Exception as error:  # raised again where the window's hook finds it
            self.error, self._is_done = error, True
        if self._is_left:
            self._steps.close()
