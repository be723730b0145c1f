"""Computes what a try comes to while the window goes on."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.contract.experiment import Experiment
from engine.contract.refusal import Refused
from engine.contract.run import Run
from engine.guides.guide import Try, checking
from engine.guides.tries import Checking

_SLICE_MS = 8


class TryChecker(QObject):
    """One try at a time, in slices; ``judged(try, verdict)`` follows, with the frame that the try is compared with.

    ``refused(text)`` follows instead where it cannot be computed, such as without the data that it needs.
    """

    judged = Signal(object, object)
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checking: tuple[Try, Checking] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._check_on)

    @property
    def is_checking(self) -> bool:
        """Whether it is still being computed what a try comes to."""
        return self._checking is not None

    def check(self, experiment: Experiment, asked: Try, current: Run | None = None) -> None:
        """Begin with this try, and leave the one before; ``current`` is what a ``try+:`` is put on top of."""
        self.forget()
        self._checking = (asked, checking(experiment, asked, current, compare=True))
        self._timer.start()

    def forget(self) -> None:
        """Compute no more."""
        self._timer.stop()
        if self._checking is not None:
            self._checking[1].close()
            self._checking = None

    def _check_on(self) -> None:
        # Stopped first: should a step raise, it is not tried again for ever.
        self._timer.stop()
        if self._checking is None:
            return
        clock = QElapsedTimer()
        clock.start()
        asked, steps = self._checking
        while clock.elapsed() < _SLICE_MS:
            try:
                next(steps)
            except StopIteration as stop:
                self.forget()
                self.judged.emit(asked, stop.value)
                return
            except Refused as refusal:
                self.forget()
                self.refused.emit(refusal.text)
                return
        self._timer.start()
