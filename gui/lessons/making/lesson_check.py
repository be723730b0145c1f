"""Plays a step or a whole lesson in the background, and reports what fails in it."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.contract.text import Refused, Text

_SLICE_MS = 8
Working = Generator[int | None, None, tuple[Text, ...]]


class LessonCheck(QObject):
    """Plays in short slices on the GUI thread. Emits ``found(sentences)`` at the end, empty if nothing fails;
    ``at_step(number)`` tells which step of a lesson is being played.
    """

    found = Signal(object)
    at_step = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._working: Working | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_playing(self) -> bool:
        """Whether something is being played."""
        return self._working is not None

    def begin(self, working: Working) -> None:
        """Play this generator, which yields step numbers and returns what fails; cancels what was played before."""
        self.forget()
        self._working = working
        self._timer.start()

    def forget(self) -> None:
        """Cancel playing."""
        self._timer.stop()
        if self._working is not None:
            self._working.close()
            self._working = None

    def _go_on(self) -> None:
        # Stopped first: a step that raises is not played again and again.
        self._timer.stop()
        working = self._working
        if working is None:
            return
        number = None
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < _SLICE_MS:
            try:
                number = next(working)
            except StopIteration as stop:
                self.forget()
                self.found.emit(stop.value)
                return
            except Refused as refusal:
                self.forget()
                self.found.emit((refusal.text,))
                return
        if number is not None:
            self.at_step.emit(number)
        self._timer.start()
