"""The running application with its own type, unlike Qt's ``instance``, and the files and addresses the system opens
with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """The application. Until a handler is set, it collects what the system asks it to open, as macOS does on a double
    click or when a web page has a link to the program: files as paths, addresses as text.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._asked: list[Path | str] = []
        self._take: Callable[[Path | str], None] | None = None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            # With its escapes: a space or a zero byte stays what no id has.
            address = event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
            self._asked.append(Path(event.file()) if event.file() else address)
            self._give()
            return True
        return super().event(event)

    def hand_over(self, take: Callable[[Path | str], None]) -> None:
        """Set the handler for what the system asks to open; what was collected before is passed to it at once."""
        self._take = take
        self._give()

    def _give(self) -> None:
        while self._asked and self._take is not None:
            self._take(self._asked.pop(0))


def running_application(arguments: Sequence[str] | None = None) -> QApplication:
    """The application, made with these arguments if there is none; RuntimeError if none are given."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if arguments is None:
        raise RuntimeError("no application runs yet")
    return Application(arguments)
