"""The running application with its own type, unlike Qt's ``instance``, and the files that the system opens with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """The application. It collects the files that the system asks it to open, as macOS does on a double click, until a
    handler is set.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._files: list[Path] = []
        self._take: Callable[[Path], None] | None = None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self._files.append(Path(event.file()))
            self._give()
            return True
        return super().event(event)

    def hand_over(self, take: Callable[[Path], None]) -> None:
        """Set the handler for files that the system asks to open; called at once for those collected before."""
        self._take = take
        self._give()

    def _give(self) -> None:
        while self._files and self._take is not None:
            self._take(self._files.pop(0))


def running_application(arguments: Sequence[str] | None = None) -> QApplication:
    """The application, made with these arguments if there is none; RuntimeError if none are given."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if arguments is None:
        raise RuntimeError("no application runs yet")
    return Application(arguments)
